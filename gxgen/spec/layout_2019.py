"""The form of 国办公开办函〔2019〕60号 (试行), for the report years 2019 and 2020."""

from __future__ import annotations

from gxgen.core import codes
from gxgen.spec.common import (
    CREATED,
    DECISIONS,
    DOCUMENTS,
    KEY_FIGURES,
    TITLE,
    disclosure_item,
    requests_table,
    sections,
)
from gxgen.spec.vocabulary import Bound, Carry, Kind, Layout, Table, Wording, leaf

ITEMS = (
    leaf("last_year", "上一年项目数量"),
    leaf("change", "本年增/减", kind=Kind.CHANGE),
    leaf("decisions", "处理决定数量", wording=DECISIONS),
)
NOT_BELOW_ZERO = (Bound(codes.FEWER_ITEMS_THAN_NONE, of=(), within=("last_year", "change")),)
FROM_LAST_YEAR = (Carry(codes.ITEMS_OF_LAST_YEAR, "last_year", last_year=("last_year", "change")),)

DISCLOSURE = Table(
    (
        disclosure_item(
            "第二十条第（一）项",
            (
                leaf("created", "本年新制作数量", wording=Wording(phrase=CREATED)),
                leaf("disclosed", "本年新公开数量", wording=Wording(phrase="新公开")),
                leaf("disclosed_to_date", "对外公开总数量", wording=Wording(phrase=r"对外公开(?:总数量?)?")),
            ),
            leaf("rules", "规章", is_legislation=True),
            leaf("normative_documents", "规范性文件", "行政规范性文件", wording=DOCUMENTS),
            bounds=(Bound(codes.MORE_DISCLOSED_THAN_EVER, of=("disclosed",), within=("disclosed_to_date",)),),
        ),
        disclosure_item(
            "第二十条第（五）项",
            ITEMS,
            leaf("licences", "行政许可"),
            leaf("other_services", "其他对外管理服务事项"),
            bounds=NOT_BELOW_ZERO,
            carries=FROM_LAST_YEAR,
        ),
        disclosure_item(
            "第二十条第（六）项",
            ITEMS,
            leaf("penalties", "行政处罚"),
            leaf("coercive_measures", "行政强制"),
            bounds=NOT_BELOW_ZERO,
            carries=FROM_LAST_YEAR,
        ),
        disclosure_item(
            "第二十条第（八）项",
            ITEMS[:2],
            leaf("fees", "行政事业性收费"),
            bounds=NOT_BELOW_ZERO,
            carries=FROM_LAST_YEAR,
        ),
        disclosure_item(
            "第二十条第（九）项",
            (leaf("projects", "采购项目数量"), leaf("amount", "采购总金额", kind=Kind.AMOUNT)),
            leaf("procurement", "政府集中采购"),
        ),
    )
)

OTHERWISE = leaf("otherwise", "（六）其他处理", wording=Wording(can_be_denied=False))

LAYOUT = Layout(
    first_year=2019,
    authority="国办公开办函〔2019〕60号",
    title=TITLE,
    sections=sections(DISCLOSURE, requests_table(OTHERWISE)),
    key_figures=KEY_FIGURES,
)
