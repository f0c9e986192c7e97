"""The form of a fictional circular, for the report years 2027 and later.

Beside the form of 2021: 行政许可 is called 行政许可事项, 行政确认 is new, with a column of its own, 行政强制 is gone,
the topic of platforms is called otherwise, and reports are published a fortnight later.
"""

from __future__ import annotations

from msgspec.structs import replace

from gxgen.core import codes
from gxgen.spec.common import DECISIONS, DOCUMENTS, ISSUED, KEY_FIGURES, disclosure_item, requests_table, sections
from gxgen.spec.layout_2021 import OTHERWISE
from gxgen.spec.vocabulary import (
    TEN_THOUSAND,
    Bound,
    Carry,
    Deadline,
    Kind,
    Layout,
    Section,
    Table,
    Wording,
    leaf,
)

DECISION_COUNT = (leaf("decisions", "本年处理决定数量", wording=DECISIONS),)

DISCLOSURE = Table(
    (
        disclosure_item(
            "第二十条第（一）项",
            (
                leaf("issued", "本年制发件数", wording=Wording(phrase=ISSUED)),
                leaf("repealed", "本年废止件数", wording=Wording(phrase="废止")),
                leaf("in_force", "现行有效件数", wording=Wording(phrase=r"现行有效(?:的)?")),
            ),
            leaf("rules", "规章", is_legislation=True),
            leaf("normative_documents", "行政规范性文件", wording=DOCUMENTS),
            bounds=(Bound(codes.MORE_ISSUED_THAN_IN_FORCE, of=("issued",), within=("in_force", "repealed")),),
        ),
        disclosure_item("第二十条第（五）项", DECISION_COUNT, leaf("licences", "行政许可事项", "行政许可")),
        disclosure_item(
            "第二十条第（五）项之二",
            (leaf("decisions", "本年处理决定数量", wording=DECISIONS), leaf("revoked", "本年撤销决定数量")),
            leaf("confirmations", "行政确认"),
            bounds=(Bound(codes.MORE_DISCLOSED_THAN_EVER, of=("revoked",), within=("decisions",)),),
            carries=(Carry(codes.IN_FORCE, "decisions", last_year=("decisions",), minus=("revoked",)),),
        ),
        disclosure_item("第二十条第（六）项", DECISION_COUNT, leaf("penalties", "行政处罚")),
        disclosure_item(
            "第二十条第（八）项",
            (leaf("amount", "本年收费金额（单位：万元）", kind=Kind.AMOUNT, unit=TEN_THOUSAND),),
            leaf("fees", "行政事业性收费"),
        ),
    )
)


def _with_channels(section: Section) -> Section:
    topics = tuple(
        replace(topic, label="政府信息公开渠道建设", words=("渠道", "网站")) if topic.key == "platform" else topic
        for topic in section.topics
    )
    return replace(section, topics=topics)


LAYOUT = Layout(
    first_year=2027,
    authority="国办公开办函〔2027〕1号",
    title="{year}年政府信息公开工作年度报告",
    sections=tuple(map(_with_channels, sections(DISCLOSURE, requests_table(OTHERWISE)))),
    key_figures=KEY_FIGURES,
    department_deadline=Deadline(2, 15),
    government_deadline=Deadline(4, 15),
)
