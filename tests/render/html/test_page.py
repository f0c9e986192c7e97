"""A web page: valid, whole in itself, and safe to paste into another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
import tinycss2
from hypothesis import given, settings
from markupsafe import escape
from msgspec.structs import replace

from gxgen.model import Report
from gxgen.render.html import HtmlElementRenderer, HtmlRenderer, PageStyle, style_sheet
from gxgen.spec import layouts
from tests.html_reader import WebPage, read_html
from tests.render.made import document_of, empty_reports, full_reports
from tests.strategies import reports

LAYOUT = layouts()[-1]
SCOPE = ".gx-report"
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "article", "section", "h1", "h2", "h3", "p", "span", "strong"),
    *("div", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "class", "id", "style", "role", "aria-labelledby", "tabindex"),
    *("rowspan", "colspan", "scope", "headers"),
}
SAYING = ("h1", "h2", "h3", "p", "th", "td")
HOST = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>甲局</title>{style}</head>
<body><main><p>导航</p><div>{article}</div>
<table><colgroup><col></colgroup><tbody><tr><td>站内</td></tr></tbody></table></main></body></html>"""


def page_of(report: Report) -> str:
    """The page of a report."""
    return HtmlRenderer().render(document_of(report)).decode("utf-8")


def read(page: str) -> WebPage:
    """The page as a browser takes it."""
    return read_html(page.encode("utf-8"))


def cut(page: str, name: str) -> str:
    """The one element of that name in a page, as it stands there: what somebody copies."""
    (found,) = re.findall(rf"<{name}\b.*</{name}>", page, re.DOTALL)
    return str(found)


def test_the_whole_of_a_report_reads_like_this() -> None:
    """Title, six headings, heads of the second level and paragraphs are the elements that HTML has for them."""
    report = Report(
        year=2023,
        layout=LAYOUT,
        agency="某县科学技术局",
        narrative={
            "preamble": "甲。",
            "overview": "（一）主动公开\n**乙**。\n（二）依申请公开。丙。",
            "problems": "丁。",
        },
    )
    page = page_of(report)
    assert read(page).outline == [
        ("h1", "某县科学技术局2023年政府信息公开工作年度报告"),
        ("p", "甲。"),
        ("h2", "一、总体情况"),
        ("h3", "（一）主动公开"),
        ("p", "乙。"),
        ("p", "（二）依申请公开。丙。"),
        ("h2", "二、主动公开政府信息情况"),
        ("h2", "三、收到和处理政府信息公开申请情况"),
        ("h2", "四、政府信息公开行政复议、行政诉讼情况"),
        ("h2", "五、存在的主要问题及改进情况"),
        ("p", "丁。"),
        ("h2", "六、其他需要报告的事项"),
        ("p", "无"),
    ]
    assert "<p><strong>乙</strong>。</p>" in page
    assert '<p><strong class="gx-head">（二）依申请公开。</strong>丙。</p>' in page


@settings(max_examples=40)
@given(report=reports())
def test_a_page_is_valid_and_needs_nothing_else(report: Report) -> None:
    """A strict parser finds no error; no element but these few, none that loads, links or runs anything."""
    page = read(page_of(report))
    assert page.root.get("lang") == "zh-CN"
    assert page.title == document_of(report).title
    assert {element.tag for element in page.elements} <= ELEMENTS
    assert {name for element in page.elements for name in element.attrib} <= ATTRIBUTES


@settings(max_examples=25)
@given(report=reports())
def test_every_text_of_the_document_is_on_the_page_in_order(report: Report) -> None:
    """What the document says, the page says, cell by cell and line by line; only the captions come on top."""
    document = document_of(report)
    shown = [element for element in read(page_of(report)).elements if element.tag in SAYING]
    assert ["".join(element.itertext()) for element in shown] == list(document.texts())


def test_ids_are_unique_and_the_same_for_every_report() -> None:
    """Ids depend on the form and not on the report, so that a link to a table holds, and none comes twice."""
    for layout in layouts():
        ids = [
            [element.get("id") for element in read(page_of(report)).elements if element.get("id")]
            for report in (*empty_reports(), *full_reports())
            if report.layout is layout
        ]
        assert ids[0] == ids[1]
        assert len(set(ids[0])) == len(ids[0]) > 50
        assert all(str(name).startswith("gx-") for name in ids[0])


@pytest.mark.parametrize("report", empty_reports(), ids=["2019", "2021"])
def test_the_article_can_be_pasted_into_another_page(report: Report) -> None:
    """The copied article, with the style in the head, makes a valid page that shows the same report."""
    page = page_of(report)
    pasted = read(HOST.format(style=cut(page, "style"), article=cut(page, "article")))
    assert pasted.lines == ["导航", *read(page).lines]
    shown = [[box.text for row in table for box in row] for table in pasted.tables[:-1]]
    assert shown == [[box.text for row in table for box in row] for table in read(page).tables]


def selectors(rules: list[Any]) -> Iterator[str]:
    """Every selector of a style sheet, those within ``@media`` too."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from tinycss2.serialize(rule.prelude).split(",")
        elif rule.at_keyword == "media":
            yield from selectors(tinycss2.parse_rule_list(rule.content, skip_whitespace=True))


def test_the_style_touches_nothing_outside_the_report() -> None:
    """Every selector begins with the report's class, the page has a name of its own, and nothing is loaded."""
    rules = tinycss2.parse_stylesheet(style_sheet(), skip_comments=True, skip_whitespace=True)
    assert {rule.type for rule in rules} == {"qualified-rule", "at-rule"}
    assert {rule.at_keyword for rule in rules if rule.type == "at-rule"} == {"media", "page"}
    pages = [tinycss2.serialize(rule.prelude).strip() for rule in rules if getattr(rule, "at_keyword", "") == "page"]
    assert pages == ["gx-report"]
    found = [selector.strip() for selector in selectors(rules)]
    assert len(found) > 30
    assert [selector for selector in found if not re.match(rf"{re.escape(SCOPE)}(?: |$)", selector)] == []
    assert not re.search(r"url\(|@import|@font-face|expression|<", style_sheet())


def test_every_class_on_the_page_has_a_name_of_its_own() -> None:
    """No class of a web site is met by chance."""
    page = read(page_of(full_reports()[1]))
    assert {element.get("class") for element in page.elements} - {None} == {
        *("gx-report", "gx-scroll", "gx-dense", "gx-band", "gx-corner")
    }


def test_the_bands_take_a_colour() -> None:
    """A pack's colour takes the place of the usual one."""
    document = document_of(empty_reports()[1])
    plain_text, red = HtmlRenderer().render(document), HtmlRenderer(PageStyle(band_fill="FF0000")).render(document)
    assert b"background: #C6D9F1;" in plain_text
    assert plain_text.replace(b"#C6D9F1", b"#FF0000") == red


def test_the_head_says_what_collectors_look_for() -> None:
    """Title, date and agency stand in the labels that government web sites use; what is not known has none."""

    def labels(report: Report) -> dict[str | None, str | None]:
        metas = read(page_of(report)).root.iter("meta")
        return {meta.get("name"): meta.get("content") for meta in metas if meta.get("name") not in {None, "viewport"}}

    report = Report(year=2023, layout=LAYOUT, agency='甲"局', published=date(2024, 1, 12))
    assert labels(report) == {
        "ArticleTitle": '甲"局2023年政府信息公开工作年度报告',
        "PubDate": "2024-01-12",
        "ContentSource": '甲"局',
    }
    assert labels(replace(report, agency="", published=None)) == {"ArticleTitle": "2023年政府信息公开工作年度报告"}


def test_the_pieces_are_what_the_page_is_made_of() -> None:
    """A template that places title, headings, texts and tables places what gxgen's own page has."""
    narrative = MappingProxyType({"preamble": "甲。", "problems": "乙&丙。"})
    document = document_of(Report(year=2023, layout=LAYOUT, agency="甲局", narrative=narrative))
    renderer = HtmlElementRenderer()
    pieces = [renderer.title(document), renderer.blocks(document.preamble)]
    for section in document.sections:
        pieces += [renderer.heading(section), renderer.blocks(section.blocks), renderer.table(section)]
    article = cut(HtmlRenderer().render(document).decode("utf-8"), "article")
    assert "".join(pieces) == re.sub(r"</?(?:article|section)\b[^>]*>\n?", "", article)
    assert [str(escape(piece)) for piece in pieces] == pieces, "Jinja takes the pieces as they are"
    assert [bool(renderer.table(section)) for section in document.sections] == [False, True, True, True, False, False]


def test_a_title_breaks_between_its_parts() -> None:
    """Each part of the title is a piece that moves to the next line as a whole."""
    page = page_of(empty_reports()[1])
    assert "<h1><span>某某县科学技术局</span><span>2021年政府信息公开工作年度报告</span></h1>" in page
