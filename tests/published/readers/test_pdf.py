"""PDF files as they are laid out: what is drawn makes tables, what is seen is text, and paragraphs are whole."""

from __future__ import annotations

import pytest
from reportlab.lib.colors import Color, black, white

from gxgen.published.document import Table
from gxgen.published.readers import ReaderError
from gxgen.published.readers.pdf import read
from tests.published.readers.drawn import EM, HEIGHT, LEFT, RIGHT, WIDTH, Drawing, tables, texts

LONG = "本局公开各类信息一百二十三条其中规范性文件四件均在规定时限内公布" * 2 + "。"
SHORT = "本局没有收到申请。"
ROWS = (("信息内容", "本年制发件数"), ("规章", "0"), ("行政规范性文件", "31"))
COLUMNS = (LEFT, 300.0, RIGHT)


def test_shading_behind_lines_is_no_table() -> None:
    """A word processor lays a white rectangle behind each line; lines of one paragraph stay together."""
    drawing = Drawing()
    for number in range(10):
        drawing.shade(LEFT, 80 + 28 * number, RIGHT, 108 + 28 * number)
    below = drawing.paragraph(LONG, 100)
    drawing.paragraph(SHORT, below)
    pages = drawing.read()
    assert texts(pages) == [LONG, SHORT]
    assert tables(pages) == []


def test_coloured_cells_without_lines_are_no_ruled_table() -> None:
    """Two coloured areas that touch enclose nothing."""
    drawing = Drawing()
    for number, colour in enumerate((Color(0.8, 0.9, 1), Color(1, 0.9, 0.8))):
        drawing.shade(LEFT, 80 + 28 * number, RIGHT, 108 + 28 * number, colour)
        drawing.line(SHORT, 100 + 28 * number, LEFT + 2 * EM)
    assert texts(drawing.read()) == [SHORT, SHORT]


def test_a_table_is_ruled_by_strokes() -> None:
    """Its rows and cells are those between the lines."""
    drawing = Drawing()
    drawing.table(ROWS, 100, COLUMNS)
    assert tables(drawing.read()) == [[list(row) for row in ROWS]]


def test_a_table_is_ruled_by_thin_dark_rectangles() -> None:
    """Word and browsers fill its lines, in pieces."""
    drawing = Drawing()
    for left, top, right, bottom in (
        (100, 100, 200, 100.5), (200, 100, 300, 100.5), (100, 130, 300, 130.5), (100, 100, 100.5, 130.5),
        (200, 100, 200.5, 130.5), (300, 100, 300.5, 130.5),
    ):  # fmt: skip
        drawing.shade(left, top, right, bottom, Color(0, 0, 0))
    drawing.line("规章", 120, 110, 10)
    drawing.line("31", 120, 210, 10)
    assert tables(drawing.read()) == [[["规章", "31"]]]


def test_a_table_without_its_outer_lines_is_whole() -> None:
    """Open at the left and the right, as printed tables often are."""
    drawing = Drawing()
    for top in (100, 124, 148):
        drawing.stroke(LEFT, top, RIGHT, top)
    drawing.stroke(300, 100, 300, 148)
    for number, row in enumerate(ROWS[1:]):
        for left, words in zip(COLUMNS, row, strict=False):
            drawing.line(words, 116 + 24 * number, left + 4, 10.5)
    assert tables(drawing.read()) == [[list(row) for row in ROWS[1:]]]


def test_a_merged_cell_covers_its_rows() -> None:
    """Where no line is drawn between two places, they are one cell."""
    drawing = Drawing()
    for left, top, right, bottom in (
        (100, 100, 300, 100), (200, 130, 300, 130), (100, 160, 300, 160),
        (100, 100, 100, 160), (200, 100, 200, 160), (300, 100, 300, 160),
    ):  # fmt: skip
        drawing.stroke(left, top, right, bottom)
    for words, top, left in (("总计", 134, 110), ("1", 120, 210), ("2", 150, 210)):
        drawing.line(words, top, left, 10)
    (table,) = (block for block in drawing.read().blocks if isinstance(block, Table))
    assert [(cell.text, cell.rows) for cell in table.cells] == [("总计", 2), ("1", 1), ("2", 1)]


def test_a_merged_cell_that_ends_a_little_beside_its_rows_is_no_row_of_its_own() -> None:
    """A browser moves rows at the end of a page and leaves the merged cell beside them as it was."""
    drawing = Drawing()
    for left, top, right, bottom in (
        (100, 100, 300, 100), (200, 130, 300, 130), (200, 160, 300, 160), (100, 166, 200, 166), (100, 196, 300, 196),
        (100, 100, 100, 196), (200, 100, 200, 196), (300, 100, 300, 196),
    ):  # fmt: skip
        drawing.stroke(left, top, right, bottom)
    for words, top, left in (("组", 134, 110), ("1", 120, 210), ("2", 150, 210), ("总计", 184, 110), ("3", 184, 210)):
        drawing.line(words, top, left, 10)
    assert tables(drawing.read()) == [[["组", "1"], ["2"], ["总计", "3"]]]


def test_a_frame_around_a_page_is_no_table() -> None:
    """What it holds is paragraphs."""
    drawing = Drawing()
    drawing.canvas.rect(40, 40, WIDTH - 80, HEIGHT - 80)
    drawing.paragraph(SHORT, 100)
    assert texts(drawing.read()) == [SHORT]


@pytest.mark.parametrize(("size", "rise"), [(6, 5), (6, -2), (10.5, 4)])
def test_a_raised_or_lowered_digit_makes_a_cell_unclear(size: float, rise: float) -> None:
    """A footnote's mark is no digit of the figure."""
    drawing = Drawing()
    drawing.table((*ROWS[:2], ("行政规范性文件", "31")), 100, COLUMNS)
    drawing.line("1", 100 + 2 * 24 + 16, 304 + 10.5, size, rise)
    (table,) = (block for block in drawing.read().blocks if isinstance(block, Table))
    assert [(cell.text, "「1」" in cell.unclear) for cell in table.cells[-2:]] == [
        ("行政规范性文件", False),
        ("31", True),
    ]


def test_a_struck_digit_makes_a_cell_unclear() -> None:
    """A line is drawn through it."""
    drawing = Drawing()
    bottom = drawing.table((*ROWS[:2], ("行政规范性文件", "231")), 100, COLUMNS)
    drawing.stroke(304, bottom - 12, 304 + 5, bottom - 12)
    (table,) = (block for block in drawing.read().blocks if isinstance(block, Table))
    assert (table.cells[-1].text, "「2」" in table.cells[-1].unclear) == ("31", True)


def test_a_figure_struck_through_is_none() -> None:
    """Its cell is not empty, but unclear; a sentence struck through is left out and reported."""
    drawing = Drawing()
    bottom = drawing.table(ROWS, 100, COLUMNS)
    drawing.stroke(304, bottom - 12, 315, bottom - 12)
    drawing.line(SHORT, 300, LEFT + 2 * EM)
    drawing.line("不实之词。", 328, LEFT + 2 * EM)
    drawing.stroke(LEFT + 2 * EM, 323, LEFT + 7 * EM, 323)
    pages = drawing.read()
    (table,) = (block for block in pages.blocks if isinstance(block, Table))
    assert (table.cells[-1].text, "「31」" in table.cells[-1].unclear) == ("", True)
    assert texts(pages) == [SHORT]
    assert [(omission.kind, omission.text) for omission in pages.omissions] == [("划去的字", "不实之词。")]


def test_an_underline_strikes_nothing() -> None:
    """It stands below the characters."""
    drawing = Drawing()
    bottom = drawing.table(ROWS, 100, COLUMNS)
    drawing.stroke(304, bottom - 6.5, 304 + 12, bottom - 6.5)
    (table,) = (block for block in drawing.read().blocks if isinstance(block, Table))
    assert (table.cells[-1].text, table.cells[-1].unclear) == ("31", "")


def test_what_is_printed_twice_counts_once() -> None:
    """Moved by a fraction of a point, for boldness, line by line."""
    drawing = Drawing()
    for offset in (0, 0.4):
        drawing.line("共113件，22条", 100 + offset / 2, LEFT + offset)
    assert texts(drawing.read()) == ["共113件，22条"]


def test_what_cannot_be_seen_is_no_text() -> None:
    """Neither painted, white, nor on the page."""
    drawing = Drawing()
    drawing.line(SHORT, 100, LEFT + 2 * EM)
    drawing.line("不画出来", 150, mode=3)
    drawing.line("在页外", -50)
    drawing.line("太小", 200, size=1)
    drawing.canvas.setFillColor(white)
    drawing.line("白色", 250)
    drawing.canvas.setFillColor(black)
    drawing.line("涂掉", 300)
    drawing.shade(LEFT, 280, RIGHT, 310)
    drawing.canvas.saveState()
    outline = drawing.canvas.beginPath()
    outline.rect(LEFT, HEIGHT - 350, 20, 10)
    drawing.canvas.clipPath(outline, stroke=0)
    drawing.line("剪掉", 400)
    drawing.canvas.restoreState()
    assert texts(drawing.read()) == [SHORT]


def test_white_words_on_a_dark_ground_are_seen() -> None:
    """As in the head of a table on the web."""
    drawing = Drawing()
    drawing.shade(LEFT, 80, RIGHT, 110, Color(0, 0.2, 0.5))
    drawing.canvas.setFillColor(white)
    drawing.line(SHORT, 100, LEFT + 2 * EM)
    assert texts(drawing.read()) == [SHORT]


def test_a_paragraph_goes_on_over_a_page() -> None:
    """The page number between its two parts is left out."""
    drawing = Drawing()
    drawing.paragraph(LONG, 100)
    drawing.line(LONG[:25], 700, LEFT + 2 * EM)
    drawing.line("— 1 —", 790, 270, 12)
    drawing.page()
    drawing.line(LONG[25:40], 100)
    drawing.line("— 2 —", 790, 270, 12)
    pages = drawing.read()
    assert texts(pages) == [LONG, LONG[:40]]
    assert [(omission.kind, omission.page) for omission in pages.omissions] == [("页码", 1)]


def test_a_running_header_is_no_part_of_the_title() -> None:
    """The agency's name at one height on each page is left out once for all, and stays where it is the title's."""
    drawing = Drawing()
    for number in range(3):
        drawing.line("某某局", 50, 270, 10)
        if not number:
            drawing.line("某某局", 100, 240, 22)
        drawing.paragraph(f"第{'一二三'[number]}段。", 150)
        drawing.page()
    pages = drawing.read()
    assert texts(pages) == ["某某局", "第一段。", "第二段。", "第三段。"]
    assert [(omission.kind, omission.text) for omission in pages.omissions] == [("页眉", "某某局")]


def test_what_a_browser_prints_around_one_page_is_left_out() -> None:
    """Its date and title above, the address below."""
    drawing = Drawing()
    drawing.line("2024/1/31 10:22", 20, 30, 8)
    drawing.line("某某局年度报告", 20, 250, 8)
    drawing.paragraph(SHORT, 100)
    drawing.line("https://www.example.gov.cn/art/2024/1/31/1.html", 830, 30, 8)
    drawing.line("1/1", 830, 550, 8)
    assert texts(drawing.read()) == [SHORT]


def test_a_table_goes_on_over_a_page() -> None:
    """With its header printed again, or not."""
    for header in (ROWS[:1], ()):
        drawing = Drawing()
        drawing.table(ROWS, 700, COLUMNS)
        drawing.page()
        drawing.table((*header, ("其他", "5")), 60, COLUMNS)
        assert tables(drawing.read()) == [[*(list(row) for row in ROWS), ["其他", "5"]]]


def test_a_part_of_a_table_without_its_merged_cell_is_a_part_of_it() -> None:
    """A cell over many rows has no lines on a page that has neither its beginning nor its end."""
    drawing = Drawing()
    drawing.table((("组", "甲", "1"),), 700, (100, 200, 300, 400))
    drawing.page()
    drawing.table((("乙", "2"), ("丙", "3")), 60, (200, 300, 400))
    assert tables(drawing.read()) == [[["组", "甲", "1"], ["乙", "2"], ["丙", "3"]]]


def test_an_empty_strip_at_the_end_of_a_page_is_no_row() -> None:
    """The row that did not fit goes on the next page, the lines run to the end of this one."""
    drawing = Drawing()
    drawing.table((*ROWS, ("", "")), 690, COLUMNS)
    drawing.page()
    drawing.table((("其他", "5"),), 60, COLUMNS)
    assert tables(drawing.read()) == [[*(list(row) for row in ROWS), ["其他", "5"]]]


def test_a_figure_below_a_header_at_the_end_of_a_page_is_no_part_of_it() -> None:
    """However narrow the column."""
    drawing = Drawing()
    drawing.table((("维持", "纠正"),), 760, (100, 125, 150))
    drawing.page()
    drawing.table((("1", "2"),), 60, (100, 125, 150))
    assert tables(drawing.read()) == [[["维持", "纠正"], ["1", "2"]]]


def test_a_row_broken_by_a_page_is_one_row() -> None:
    """Its label goes on above, its figure stands below."""
    drawing = Drawing()
    drawing.table((*ROWS[:2], ("2.申请人逾期未按收费通知要求缴纳费用、行政", "")), 700, (LEFT, 304.0, RIGHT))
    drawing.page()
    drawing.table((("机关不再处理", "7"), ("其他", "5")), 60, (LEFT, 304.0, RIGHT))
    ((*_, broken, last),) = tables(drawing.read())
    assert broken == ["2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理", "7"]
    assert last == ["其他", "5"]


def test_two_tables_with_words_between_them_are_two() -> None:
    """Even over a page."""
    drawing = Drawing()
    drawing.table(ROWS, 700, COLUMNS)
    drawing.page()
    drawing.line("四、行政复议情况", 60, LEFT + 2 * EM)
    drawing.table(ROWS, 100, COLUMNS)
    assert len(tables(drawing.read())) == 2


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(rotation: int) -> None:
    """Its content is drawn turned the other way."""
    drawing = Drawing()
    drawing.canvas.setPageRotation(rotation)
    if rotation == 180:
        drawing.canvas.transform(-1, 0, 0, -1, WIDTH, HEIGHT)
    elif rotation == 90:
        drawing.canvas.transform(0, 1, -1, 0, HEIGHT, 0)
    else:
        drawing.canvas.transform(0, -1, 1, 0, WIDTH - HEIGHT, HEIGHT)
    drawing.table(ROWS, 400, (100, 300, 500))
    assert tables(drawing.read()) == [[list(row) for row in ROWS]]


def test_radicals_and_compatibility_forms_are_ordinary_characters() -> None:
    """Fonts without good tables give them for the characters that they look like."""
    from gxgen.published.characters import ordinary

    assert ordinary("⼈⺠⻓⾏⾦") == "人民长行金"


@pytest.mark.parametrize(("made", "reason"), [(Drawing, "没有文字"), (lambda: None, "损坏")])
def test_a_file_without_text_is_refused(made: object, reason: str) -> None:
    """A scan has none, and a damaged file cannot be opened."""
    drawing = Drawing()
    drawing.canvas.rect(100, 100, 100, 100)
    raw = drawing.bytes() if made is Drawing else b"%PDF-1.7\nnothing"
    with pytest.raises(ReaderError, match=reason):
        read(raw)
