"""Tables on the web: cells that tile, and heads that a screen reader reads out with each figure."""

from __future__ import annotations

import html
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from gxgen.render.html.tables import table as html_of
from gxgen.spec import Layout, Table, layouts
from gxgen.view import Grid, Role, frame_of
from tests.forms import Trail, trails
from tests.header_trees import tables
from tests.html_reader import read_html
from tests.html_table import HtmlCell, HtmlTable

OFFICIAL = [table for layout in layouts() for _, table in layout.tables]
PAGE = '<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body>{}</body></html>'


def figures_of(table: Table) -> tuple[str, ...]:
    """A figure of its own for every cell."""
    count = sum(cell.role is Role.FIGURE for cell in frame_of(table).cells)
    return tuple(map(str, range(count)))


def set_table(table: Table) -> HtmlTable:
    """The table set, and read as a browser reads it."""
    (read,) = read_html(PAGE.format(html_of(Grid(frame_of(table), figures_of(table)), "t", "表")).encode()).html_tables
    return read


def expected_heads(table: Table) -> Iterator[list[str]]:
    """For each figure the labels over it and beside it, from the trees as they are written down."""
    for block in table.blocks:
        band = [block.caption] if block.caption else []
        for row in trails(block.rows):
            for column in trails(block.columns):
                yield [*band, *_labels(column), *_labels(row)]


def _labels(trail: Trail) -> list[str]:
    return [head.label for head in trail if head.label]


def texts(cells: list[HtmlCell]) -> list[str]:
    """What cells show."""
    return [cell.text for cell in cells]


def figures(read: HtmlTable) -> list[HtmlCell]:
    """The cells of figures: data cells that something heads, or that hold their number."""
    return [cell for cell in read.cells if not cell.is_head and cell.text.isdigit()]


@settings(max_examples=150)
@given(tables())
def test_cells_stand_where_the_frame_has_them(table: Table) -> None:
    """By HTML's own rules every cell covers the slots of its frame: no gap, no overlap, the same order and text."""
    frame = frame_of(table)
    texts = iter(figures_of(table))
    assert [(cell.y, cell.x, cell.height, cell.width, cell.text) for cell in set_table(table).cells] == [
        (cell.row, cell.column, cell.rows, cell.columns, next(texts) if cell.role is Role.FIGURE else cell.text)
        for cell in frame.cells
    ]


@settings(max_examples=150)
@given(tables())
def test_every_figure_names_the_heads_over_and_beside_it(table: Table) -> None:
    """``headers`` names band, column heads and row heads, each from the outermost in, and nothing of another block."""
    read = set_table(table)
    assert [texts(read.heads(cell)) for cell in figures(read)] == list(expected_heads(table))


@settings(max_examples=150)
@given(tables())
def test_in_a_table_of_one_block_scope_alone_says_the_same(table: Table) -> None:
    """A reader that goes by ``scope`` finds the same heads, merged ones on any level included."""
    single = Table(table.blocks[:1])
    read = set_table(single)
    for cell, heads in zip(figures(read), expected_heads(single), strict=True):
        assert sorted(texts(read.heads(cell, by_scope=True))) == sorted(heads)


def parents(table: Table) -> set[tuple[str, tuple[str, ...]]]:
    """Every head with the heads over or beside it, from the trees as they are written down."""
    found: set[tuple[str, tuple[str, ...]]] = {(block.caption, ()) for block in table.blocks if block.caption}
    for block in table.blocks:
        band = (block.caption,) if block.caption else ()
        for trail in (*trails(block.rows), *trails(block.columns)):
            labels = _labels(trail)
            found |= {(label, (*band, *labels[:level])) for level, label in enumerate(labels)}
    return found


@pytest.mark.parametrize("table", OFFICIAL)
def test_every_head_names_the_heads_above_it(table: Table) -> None:
    """A head on a lower level names those under which it stands, a head of rows none of columns."""
    read = set_table(table)
    named = {
        (cell.text, tuple(texts(read.heads(cell))) if cell.element.get("headers") else ())
        for cell in read.cells
        if cell.is_head
    }
    assert named == parents(table)


def scopes(layout: Layout, key: str) -> dict[str, str]:
    """The ``scope`` of every head of a table by its label; of two of one label that of the first."""
    table = next(table for section, table in layout.tables if section.key == key)
    heads = [cell for cell in set_table(table).cells if cell.is_head]
    return {cell.text: cell.scope for cell in reversed(heads)}


@pytest.mark.parametrize("layout", layouts(), ids=["2019", "2021"])
def test_a_head_of_a_whole_group_says_so(layout: Layout) -> None:
    """A merged head that is alone over its group of rows or columns heads the group, one within it its own ones."""
    requests, disputes = scopes(layout, "requests"), scopes(layout, "disputes")
    assert (requests["申请人情况"], requests["法人或其他组织"], requests["总计"]) == ("colgroup", "col", "col")
    assert (requests["三、本年度办理结果"], requests["（三）不予公开"]) == ("rowgroup", "row")
    assert (
        requests["一、本年新收政府信息公开申请数量"],
        requests["（七）总计" if "（七）总计" in requests else "（六）总计"],
    ) == ("row", "row")
    assert (disputes["行政复议"], disputes["行政诉讼"], disputes["未经复议直接起诉"]) == ("colgroup", "colgroup", "col")
    assert scopes(layout, "disclosure")["第二十条第（一）项"] == "rowgroup"


def test_a_wide_table_scrolls_in_a_box_that_a_keyboard_reaches() -> None:
    """The box is named by the table's caption, which is the section's heading."""
    markup = html_of(Grid(frame_of(OFFICIAL[1]), figures_of(OFFICIAL[1])), "gx-requests", "三、申请")
    assert markup.startswith('<div class="gx-scroll" role="region" aria-labelledby="gx-requests" tabindex="0">\n<table')
    assert '<caption id="gx-requests">三、申请</caption>' in markup


def test_only_header_rows_that_head_the_whole_table_are_repeated() -> None:
    """三 and 四 have a ``thead``, which browsers repeat on every page; 二, whose blocks have their own, has none."""
    grids = [html_of(Grid(frame_of(table), figures_of(table)), "t", "表") for table in OFFICIAL[:3]]
    assert ["<thead>" in grid for grid in grids] == [False, True, True]


def test_a_small_table_reads_like_this() -> None:
    """The markup can be read and mended by hand: a line for each cell, and no attribute that says nothing."""
    grid = Grid(frame_of(OFFICIAL[2]), ("7", "<8>", *("0",) * 13))
    lines = html_of(grid, "gx-disputes", "四、A&B").splitlines()
    assert [html.unescape(line) for line in lines if "width:" not in line][:20] == [
        '<div class="gx-scroll" role="region" aria-labelledby="gx-disputes" tabindex="0">',
        '<table class="gx-dense" style="--gx-ems:42">',
        '<caption id="gx-disputes">四、A&B</caption>',
        "<thead>",
        "<tr>",
        '<th id="gx-disputes-1" scope="colgroup" colspan="5">行政复议</th>',
        '<th id="gx-disputes-2" scope="colgroup" colspan="10">行政诉讼</th>',
        "</tr>",
        "<tr>",
        '<th id="gx-disputes-3" scope="col" rowspan="2" headers="gx-disputes-1">结果维持</th>',
        '<th id="gx-disputes-4" scope="col" rowspan="2" headers="gx-disputes-1">结果纠正</th>',
        '<th id="gx-disputes-5" scope="col" rowspan="2" headers="gx-disputes-1">其他结果</th>',
        '<th id="gx-disputes-6" scope="col" rowspan="2" headers="gx-disputes-1">尚未审结</th>',
        '<th id="gx-disputes-7" scope="col" rowspan="2" headers="gx-disputes-1">总计</th>',
        '<th id="gx-disputes-8" scope="col" colspan="5" headers="gx-disputes-2">未经复议直接起诉</th>',
        '<th id="gx-disputes-9" scope="col" colspan="5" headers="gx-disputes-2">复议后起诉</th>',
        "</tr>",
        "<tr>",
        '<th id="gx-disputes-10" scope="col" headers="gx-disputes-2 gx-disputes-8">结果维持</th>',
        '<th id="gx-disputes-11" scope="col" headers="gx-disputes-2 gx-disputes-8">结果纠正</th>',
    ]
    assert '<td headers="gx-disputes-1 gx-disputes-4">&lt;8&gt;</td>' in lines
