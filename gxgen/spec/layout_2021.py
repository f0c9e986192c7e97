"""The form of 国办公开办函〔2021〕30号 (2021-09-26), for the report years 2021 and later."""

from __future__ import annotations

from gxgen.spec.common import TITLE, disclosure_item, requests_table, sections
from gxgen.spec.vocabulary import TEN_THOUSAND, Bound, Carry, Kind, Layout, Table, group, leaf

DECISIONS = (leaf("decisions", "本年处理决定数量"),)

DISCLOSURE = Table(
    (
        disclosure_item(
            "第二十条第（一）项",
            (
                leaf("issued", "本年制发件数"),
                leaf("repealed", "本年废止件数"),
                leaf("in_force", "现行有效件数", "现行有效件"),
            ),
            leaf("rules", "规章", is_legislation=True),
            leaf("normative_documents", "行政规范性文件", "规范性文件"),
            bounds=(Bound("T2-2", of=("issued",), within=("in_force", "repealed")),),
            carries=(Carry("Y-2", "in_force", last_year=("in_force",), plus=("issued",), minus=("repealed",)),),
        ),
        disclosure_item("第二十条第（五）项", DECISIONS, leaf("licences", "行政许可")),
        disclosure_item(
            "第二十条第（六）项",
            DECISIONS,
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
    leaf("other", "3.其他"),
    key="otherwise",
)

LAYOUT = Layout(
    first_year=2021,
    authority="国办公开办函〔2021〕30号",
    title=TITLE,
    sections=sections(DISCLOSURE, requests_table(OTHERWISE)),
)
