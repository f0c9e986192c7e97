"""The form of 国办公开办函〔2021〕30号 (2021-09-26), for the report years 2021 and later."""

from __future__ import annotations

from gxgen.core import codes
from gxgen.spec.common import (
    DECISIONS,
    DOCUMENTS,
    ISSUED,
    KEY_FIGURES,
    TITLE,
    UNNAMED,
    disclosure_item,
    requests_table,
    sections,
)
from gxgen.spec.vocabulary import TEN_THOUSAND, Bound, Carry, Kind, Layout, Table, Wording, group, leaf

DECISION_COUNT = (leaf("decisions", "本年处理决定数量", wording=DECISIONS),)

DISCLOSURE = Table(
    (
        disclosure_item(
            "第二十条第（一）项",
            (
                leaf("issued", "本年制发件数", wording=Wording(phrase=ISSUED)),
                leaf("repealed", "本年废止件数", wording=Wording(phrase="废止")),
                leaf("in_force", "现行有效件数", "现行有效件", wording=Wording(phrase=r"现行有效(?:的)?")),
            ),
            leaf("rules", "规章", is_legislation=True),
            leaf("normative_documents", "行政规范性文件", "规范性文件", wording=DOCUMENTS),
            bounds=(Bound(codes.MORE_ISSUED_THAN_IN_FORCE, of=("issued",), within=("in_force", "repealed")),),
            carries=(
                Carry(codes.IN_FORCE, "in_force", last_year=("in_force",), plus=("issued",), minus=("repealed",)),
            ),
        ),
        disclosure_item("第二十条第（五）项", DECISION_COUNT, leaf("licences", "行政许可")),
        disclosure_item(
            "第二十条第（六）项",
            DECISION_COUNT,
            leaf("penalties", "行政处罚"),
            leaf("coercive_measures", "行政强制"),
        ),
        disclosure_item(
            "第二十条第（八）项",
            (leaf("amount", "本年收费金额（单位：万元）", kind=Kind.AMOUNT, unit=TEN_THOUSAND),),
            leaf("fees", "行政事业性收费"),
        ),
    )
)

OTHERWISE = group(
    "（六）其他处理",
    leaf("not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    leaf("fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    leaf("other", "3.其他", wording=UNNAMED),
    key="otherwise",
    wording=Wording(can_be_denied=False),
)

LAYOUT = Layout(
    first_year=2021,
    authority="国办公开办函〔2021〕30号",
    title=TITLE,
    sections=sections(DISCLOSURE, requests_table(OTHERWISE)),
    key_figures=KEY_FIGURES,
)
