"""No text is lost: every paragraph of a report stands in every format, in its order."""

from __future__ import annotations

import re
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer
from gxgen.render.html import HtmlRenderer
from gxgen.render.text import TextRenderer
from gxgen.spec import layouts
from tests.docx_reader import read_docx
from tests.html_reader import read_html
from tests.render.made import document_of, expected_lines
from tests.strategies import HOSTILE, reports, without_quotations
from tests.text_reader import read_text

LAYOUT = layouts()[-1]
ANYTHING = st.text(
    st.characters(exclude_characters="\n") | st.characters(categories=("Cc", "Cs"), exclude_characters="\n"),
    min_size=1,
    max_size=12,
).map(without_quotations)
"""Every character of Unicode, those that no document can hold drawn more often."""
NOT_ON_THE_WEB = re.compile("[\x7f-\x9f\ufdd0-\ufdef]")
"""Controls and noncharacters that a .docx can hold and a page cannot; those beyond U+FFFF are found by their number."""


def saying(problems: str, *, agency: str = "", title: str = "") -> Report:
    """A report with a text."""
    narrative = MappingProxyType({"problems": problems})
    return Report(year=2023, layout=LAYOUT, agency=agency, title=title, narrative=narrative)


def lines_in_word(renderer: DocxRenderer, report: Report) -> list[str]:
    """What the .docx shows outside its tables; the title on one line."""
    title, *others = (line.text for line in read_docx(renderer.render(document_of(report))).lines)
    return [title.replace("\n", ""), *others]


def lines_in_text(report: Report) -> list[str]:
    """What the plain text shows outside its tables."""
    return list(read_text(TextRenderer().render(document_of(report))).lines)


def lines_on_page(report: Report) -> list[str]:
    """What the page shows outside its tables."""
    return read_html(HtmlRenderer().render(document_of(report))).lines


def web_text(text: str) -> str:
    """The text as a page shows it."""
    return "".join("\ufffd" if ord(char) & 0xFFFE == 0xFFFE else char for char in NOT_ON_THE_WEB.sub("\ufffd", text))


@settings(max_examples=80)
@given(report=reports())
def test_every_paragraph_stands_in_every_format_in_order(renderer: DocxRenderer, report: Report) -> None:
    """Title, headings and paragraphs come out complete and in order, less the asterisks of bold pieces."""
    assert lines_in_word(renderer, report) == expected_lines(report)
    assert lines_in_text(report) == expected_lines(report)
    assert lines_on_page(report) == expected_lines(report)


@pytest.mark.parametrize(
    "hostile",
    [
        *(*HOSTILE, "a --> b", "<![CDATA[", "{{ '{{' }}", "{%_ raw _%}", "&#0; &nbsp;", "%s {0}"),
        *("</style><script>alert(1)</script>", "</title><h1>", "<!-- ", '" onload="x', "&lt", "&copy=1", "<plaintext>"),
    ],
)
def test_text_that_looks_like_markup_stays_text(renderer: DocxRenderer, hostile: str) -> None:
    """What means something to XML, HTML, Jinja or docxtpl is shown as typed, wherever the report says it."""
    title = f"{hostile}2023年报告"
    report = saying(without_quotations(f"甲{hostile}乙"), title=title, agency=hostile)
    assert lines_in_word(renderer, report) == expected_lines(report)
    assert lines_in_text(report) == expected_lines(report)
    assert lines_on_page(report) == expected_lines(report)
    properties = read_docx(renderer.render(document_of(report)))
    assert (properties.title, properties.author) == (title, hostile)


@settings(max_examples=80)
@given(said=ANYTHING)
@example(said="空\x00字")
@example(said="回\r车")
@example(said="半个\ud800字")
@example(said="\udfff\ud800")
@example(said="非\ufffe字\uffff符")
def test_no_character_makes_a_word_file_fail(renderer: DocxRenderer, said: str) -> None:
    """A character that XML cannot hold shows as U+FFFD in the .docx; all others as they are."""
    report = saying(f"甲{said}乙", agency=f"甲{said}乙")
    assert lines_in_word(renderer, report) == expected_lines(report)


@settings(max_examples=80)
@given(said=ANYTHING)
@example(said="空\x00字")
@example(said="回\r车")
@example(said="半个\ud800字")
@example(said="\udfff\ud800")
def test_no_character_makes_plain_text_fail(said: str) -> None:
    """A character that no document can hold shows as U+FFFD in plain text too, so that both say the same."""
    report = saying(f"甲{said}乙", agency=f"甲{said}乙")
    assert lines_in_text(report) == expected_lines(report)


@settings(max_examples=80)
@given(said=ANYTHING)
@example(said="空\x00字")
@example(said="回\r车")
@example(said="半个\ud800字")
@example(said="删\x7f除\x85换行\x9f")
@example(said="非\ufdd0字\ufdef符\U0001fffe和\U0010ffff")
def test_no_character_makes_a_web_page_invalid(said: str) -> None:
    """A character that a page cannot hold shows as U+FFFD, and the page stays valid."""
    report = saying(f"甲{said}乙", agency=f"甲{said}乙")
    assert lines_on_page(report) == [web_text(line) for line in expected_lines(report)]


@pytest.mark.parametrize(
    "line",
    [
        "（一）**主动公开**。全年公开26条。",
        "**（一）主动公开。**全年公开26条。",
        "（一）**主动公开。全年公开**26条。",
        "**（一）主动公开。全年公开26条。**",
        "一、**加强领导：**成立小组。",
    ],
)
def test_asterisks_of_bold_pieces_are_never_shown(renderer: DocxRenderer, line: str) -> None:
    """A pair of ``**`` marks bold and is not printed, also where the piece reaches beyond the head of its paragraph."""
    report = saying(line)
    assert line.replace("**", "") in lines_in_text(report)
    assert line.replace("**", "") in lines_in_word(renderer, report)
    assert line.replace("**", "") in lines_on_page(report)


def test_a_hundred_thousand_characters_are_no_problem(renderer: DocxRenderer) -> None:
    """A narrative of 100 000 characters in one line, and in 2 000 lines, comes out whole."""
    report = saying("公" * 100_000 + "\n" + "\n".join(f"第{number}行" + "开" * 40 for number in range(2_000)))
    assert lines_in_word(renderer, report) == expected_lines(report)
    assert lines_in_text(report) == expected_lines(report)
    assert lines_on_page(report) == expected_lines(report)
