"""Web pages as a browser shows them: text that is hidden, struck out or raised, spans, and what surrounds a report."""

from __future__ import annotations

import pytest

from gxgen.published.document import Pages, Paragraph, Table
from gxgen.published.readers.html import read

HIDDEN = {
    "the attribute": "<i hidden>2</i>",
    "display": '<i style="DISPLAY : none !important">2</i>',
    "visibility": '<i style="visibility:hidden">2</i>',
    "no size": '<i style="font-size:0">2</i>',
    "no size in a shorthand": '<i style="font:0/0 a">2</i>',
    "no opacity": '<i style="opacity:0.0">2</i>',
    "far off": '<i style="position:absolute;left:-9999px">2</i>',
    "Word": '<i style="mso-hide:all">2</i>',
    "a class": '<i class="b a">2</i>',
    "an id and a child": '<b id="x"><i>2</i></b>',
    "a medium": '<i class="screen">2</i>',
    "a comment": "<!-- 2 -->",
    "a script": "<script>2</script>",
    "a ruby annotation": "<ruby><rt>2</rt></ruby>",
}
SHOWN = {
    "visible inside of hidden": '<i style="visibility:hidden"><b style="visibility:visible">2</b></i>',
    "for print only": '<i class="print">2</i>',
    "a state": '<i class="hover">2</i>',
    "a weaker rule": '<i class="weak">2</i>',
    "important": '<i class="strong" style="display:none">2</i>',
    "aligned in its cell": '<b style="font-size:12px;text-decoration:none">2</b>',
}
DOUBTFUL = {
    "<s>2</s>": "划去的字「2」",
    "<strike>2</strike>": "划去的字「2」",
    '<i style="text-decoration:red solid line-through">2</i>': "划去的字「2」",
    '<i class="struck"><b style="text-decoration:none">2</b></i>': "划去的字「2」",
    "<sup>2</sup>": "上标或下标的字「2」",
    '<i style="vertical-align:super">2</i>': "上标或下标的字「2」",
    '<i style="vertical-align:-3pt">2</i>': "上标或下标的字「2」",
    '<i style="position:relative;top:-4.0pt;mso-text-raise:4.0pt">2</i>': "上标或下标的字「2」",
}
SHEET = """<style><!--
.a{display:none} #x > i{visibility:hidden} .struck{text-decoration-line:line-through}
@media screen{.screen{display:none}} @media print{.print{display:none}} .hover:hover{display:none}
.weak{display:none} i.weak{display:inline} .strong{display:inline !important} broken { ;; } p::before{display:none}
--></style>"""


def page(cell: str) -> Pages:
    """A page with a table of two columns, the second of which has the cell."""
    table = f"<table><tr><td>项目</td><td>{cell}</td></tr></table>"
    return read(f"<html><head><meta charset=utf-8>{SHEET}</head><body>{table}</body></html>".encode())


def second(pages: Pages) -> tuple[str, str]:
    """Text of the second cell, and why it is unclear."""
    (table,) = pages.blocks
    assert isinstance(table, Table)
    return table.cells[1].text, table.cells[1].unclear


@pytest.mark.parametrize("markup", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_shown_is_no_text(markup: str) -> None:
    """Neither a digit of the figure nor a doubt of it."""
    assert second(page(f"{markup}31")) == ("31", "")


@pytest.mark.parametrize("markup", SHOWN.values(), ids=SHOWN)
def test_what_is_shown_is_text(markup: str) -> None:
    """Other styles leave it where it is."""
    assert second(page(f"{markup}31")) == ("231", "")


@pytest.mark.parametrize(("markup", "why"), DOUBTFUL.items())
def test_a_cell_with_struck_or_shifted_characters_is_unclear(markup: str, why: str) -> None:
    """It has the other characters, and says which ones are in doubt."""
    assert second(page(f"{markup}31")) == ("31", f"格内有{why}")


def test_vertical_alignment_of_a_cell_raises_no_text() -> None:
    """It is where the text stands in the cell."""
    assert second(page("31</td><td style='vertical-align:super'>4")) == ("31", "")


def test_struck_text_of_a_paragraph_is_left_out_and_noted() -> None:
    """With its characters."""
    pages = read("<p>收到申请<del>二十</del>三十件<sup>注</sup>。</p>".encode())
    assert [block.text for block in pages.blocks if isinstance(block, Paragraph)] == ["收到申请三十件。"]
    assert [(one.kind, one.text, one.characters) for one in pages.omissions] == [
        ("划去的字", "二十", 2),
        ("上标或下标的字", "注", 1),
    ]


@pytest.mark.parametrize(("written", "columns"), [("3;", 3), (" +2px", 2), ("0", 1), ("x", 1), ("-2", 1), ("", 1)])
def test_spans_are_read_as_browsers_read_them(written: str, columns: int) -> None:
    """The digits at the start count."""
    pages = read(f'<table><tr><td colspan="{written}">a</td><td>b</td></tr></table>'.encode())
    (table,) = pages.blocks
    assert isinstance(table, Table)
    assert table.cells[0].columns == columns


def test_the_foot_of_a_table_is_shown_last() -> None:
    """Wherever it is written."""
    foot, body = "<tfoot><tr><td>总计</td><td>9</td></tr></tfoot>", "<tbody><tr><td>项</td><td>9</td></tr></tbody>"
    (table,) = read(f"<table>{foot}{body}</table>".encode()).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["项", "9", "总计", "9"]


def test_one_form_around_the_page_is_no_form() -> None:
    """As ASP.NET writes pages; its fields are none of the text."""
    pages = read('<form><input value="x"><select><option>y</select><p>一、总体情况</p></form>'.encode())
    assert [block.text for block in pages.blocks if isinstance(block, Paragraph)] == ["一、总体情况"]


def test_style_sheets_without_end_are_read_in_bounded_time() -> None:
    """Rules times elements are limited."""
    sheet = "".join(f".c{number} * * * *{{display:none}}" for number in range(20_000))
    pages = read(f"<style>{sheet}</style>{'<p>字</p>' * 2000}".encode())
    assert len(pages.blocks) == 2000
