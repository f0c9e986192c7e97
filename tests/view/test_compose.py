"""A completed report becomes a document: the official headings, the narrative in its place, the title."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import layouts
from gxgen.spec.amendments import Amendment, amended
from gxgen.view import ComposeOptions, Document, Subheading, compose, title_parts
from tests.strategies import reports

LAYOUT_2019, LAYOUT_2021 = layouts()
HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


REPORT = Report(year=2023, layout=LAYOUT_2021, agency="某县商务局")


def document(**narrative: str) -> Document:
    """The document of a report that says something."""
    return compose(
        complete(replace(REPORT, narrative={place.replace("__", "."): text for place, text in narrative.items()}))
    )


def section(made: Document, key: str) -> list[str]:
    """The texts of a section."""
    (found,) = (section for section in made.sections if section.key == key)
    return [block.text for block in found.blocks]


@given(reports())
def test_the_six_official_headings_stand_in_order(random_report: Report) -> None:
    """Whatever a report says, it has the six sections, and tables in the second, third and fourth."""
    made = compose(complete(random_report))
    assert [section.heading for section in made.sections] == HEADINGS
    assert [section.grid is not None for section in made.sections] == [False, True, True, True, False, False]


def test_texts_stand_in_their_sections() -> None:
    """Each text of the data file comes out in its place, the opening paragraph before the first heading."""
    made = document(
        preamble="开头",
        overview="总体",
        disclosure="公开",
        requests="申请",
        disputes="复议",
        problems="问题",
        other="其他",
    )
    assert [block.text for block in made.preamble] == ["开头"]
    assert [section(made, part.key) for part in made.sections] == [
        ["总体"],
        ["公开"],
        ["申请"],
        ["复议"],
        ["问题"],
        ["其他"],
    ]


# The topics of 一


def test_topics_are_numbered_in_the_order_of_the_form() -> None:
    """However the data file orders them, the five topics come in the form's order under （一） to （五）."""
    made = document(
        overview__supervision="督",
        overview__platform="台",
        overview__management="管",
        overview__on_request="申",
        overview__active="公",
        overview__lead="总",
    )
    assert section(made, "overview") == [
        "总",
        "（一）主动公开",
        "公",
        "（二）依申请公开",
        "申",
        "（三）政府信息管理",
        "管",
        "（四）政府信息公开平台建设",
        "台",
        "（五）监督保障",
        "督",
    ]


@pytest.mark.parametrize("management", [None, "", " \n　"])
def test_numbers_follow_on_when_a_topic_is_left_out(management: str | None) -> None:
    """A topic that is missing or empty has no head, and the next one takes its number."""
    left_out = {} if management is None else {"overview__management": management}
    made = document(overview__active="公", overview__platform="台", **left_out)
    assert section(made, "overview") == ["（一）主动公开", "公", "（二）政府信息公开平台建设", "台"]


def test_heads_of_topics_are_headings() -> None:
    """The head of a topic is a head of the second level, its text is not."""
    made = document(overview__lead="总", overview__active="公")
    assert [isinstance(block, Subheading) for block in made.sections[0].blocks] == [False, True, False]


def test_a_topic_may_have_several_paragraphs_and_heads_of_its_own() -> None:
    """One line is one paragraph within a topic, too."""
    made = document(overview__active="甲。\n一、乙\n丙。")
    assert section(made, "overview") == ["（一）主动公开", "甲。", "一、乙", "丙。"]


# Defaults


@pytest.mark.parametrize("other", [None, "", " \n"])
def test_the_last_section_says_none_when_nothing_is_said(other: str | None) -> None:
    """六 left out or empty prints 无."""
    assert section(document(**({} if other is None else {"other": other})), "other") == ["无"]


def test_what_is_said_takes_the_place_of_none() -> None:
    """无 is printed only when nothing else is."""
    assert section(document(other="收取信息处理费0元。"), "other") == ["收取信息处理费0元。"]


def test_other_sections_have_no_default() -> None:
    """Nobody's problems are 无 by themselves."""
    made = document()
    assert [section(made, part.key) for part in made.sections[:5]] == [[], [], [], [], []]


# The title


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({}, ("某县商务局", "2023年政府信息公开工作年度报告")),
        ({"agency": ""}, ("2023年政府信息公开工作年度报告",)),
        ({"title": "某县商务局2023年年报"}, ("某县商务局", "2023年年报")),
        ({"title": "2023年年报"}, ("2023年年报",)),
        ({"title": "某县商务局年报"}, ("某县商务局年报",)),
        ({"title": "某县商务局二〇二三年年报"}, ("某县商务局二〇二三年年报",)),
        ({"title": "某县2023新区管委会2023年年报"}, ("某县2023新区管委会", "2023年年报")),
        ({"year": 2020, "layout": LAYOUT_2019}, ("某县商务局", "2020年政府信息公开工作年度报告")),
    ],
)
def test_the_title_is_the_official_one_or_the_agencys_own(fields: dict[str, Any], parts: tuple[str, ...]) -> None:
    """Agency and official title, or only the latter; or a title of its own, which may break before the year."""
    assert title_parts(replace(REPORT, **fields)) == parts


@given(reports())
def test_the_title_is_its_parts_together(random_report: Report) -> None:
    """A title is the same text whether it takes one line or two."""
    official = f"{random_report.agency}{random_report.year}年政府信息公开工作年度报告"
    assert compose(complete(random_report)).title == official


def test_what_renderers_need_to_know_is_in_the_document() -> None:
    """Agency, year and day of publication go along, since a renderer never sees the report."""
    made = compose(complete(replace(REPORT, published=date(2024, 1, 12))))
    assert (made.agency, made.year, made.published) == ("某县商务局", 2023, date(2024, 1, 12))


def test_the_texts_of_a_document_are_all_it_shows() -> None:
    """texts() goes through title, opening, headings, paragraphs and the cells of tables in reading order."""
    made = document(preamble="开头", problems="问题")
    texts = list(made.texts())
    assert texts[:4] == ["某县商务局2023年政府信息公开工作年度报告", "开头", "一、总体情况", "二、主动公开政府信息情况"]
    assert texts[4:7] == ["第二十条第（一）项", "信息内容", "本年制发件数"]
    assert texts[-4:] == ["五、存在的主要问题及改进情况", "问题", "六、其他需要报告的事项", "无"]
    assert texts.count("0") == 10 + 25 * 7 + 15


# The manner of a region


@pytest.mark.parametrize("style", ["own_line", "run_in", "colon"])
def test_the_manner_arranges_topics_and_loses_no_text(style: str) -> None:
    """In every style each topic's label and text are there in the form's order, under 一 and nowhere else."""
    report = replace(REPORT, narrative={"overview.supervision": "监督到位。", "overview.active": "公开26条。"})
    made = compose(complete(report), ComposeOptions(topics=style))
    said = "".join(section(made, "overview"))
    parts = [said.index(part) for part in ("主动公开", "公开26条。", "监督保障", "监督到位。")]
    assert parts == sorted(parts)
    assert [each.blocks for each in made.sections[1:]] == [each.blocks for each in document().sections[1:]]


def test_the_document_carries_how_the_title_is_set() -> None:
    """Renderers find it there, and the parts of the title with it."""
    made = compose(complete(REPORT), ComposeOptions(title_lines="two"))
    assert (made.title_lines, document().title_lines) == ("two", "auto")
    assert made.title_parts == document().title_parts


def test_stock_texts_of_a_form_stand_where_the_agency_wrote_nothing() -> None:
    """They are printed like the agency's own, topics among them; the agency's own go before."""
    texts = (("preamble", "开头。"), ("other", "没有其他事项。"), ("overview.active", "公开。"))
    form = amended(LAYOUT_2021, Amendment(texts=texts))
    made = compose(complete(replace(REPORT, layout=form, narrative={"other": "收费0元。", "overview.lead": "总述。"})))
    assert [block.text for block in made.preamble] == ["开头。"]
    assert section(made, "other") == ["收费0元。"]
    assert section(made, "overview") == ["总述。", "（一）主动公开", "公开。"]
