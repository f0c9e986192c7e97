"""Tables laid out on a grid; ``pictures/*.txt`` shows those of the official forms.

In a picture ``<`` continues the cell on its left and ``^`` the one above.  Run with ``GXGEN_REWRITE=1`` to draw the
pictures anew, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings

from gxgen.spec import Section, Table, entries
from gxgen.spec import layouts as official_layouts
from gxgen.spec.vocabulary import Crosstab, group, leaf
from gxgen.view import Cell, Frame, Grid, Role, frame_of
from tests.header_trees import tables

PICTURES = Path(__file__).with_name("pictures")
OFFICIAL = [(layout, section, table) for layout in official_layouts() for section, table in layout.tables]
NAMES = [f"{layout.name}_{section.key}" for layout, section, _ in OFFICIAL]


def owners(frame: Frame) -> dict[tuple[int, int], Cell]:
    """The cell that covers each place of the grid; no two may."""
    covered: dict[tuple[int, int], Cell] = {}
    for cell in frame.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                assert (row, column) not in covered, f"{cell} lies over {covered[row, column]}"
                covered[row, column] = cell
    return covered


def picture(grid: Grid) -> str:
    """The grid in characters."""
    texts = dict(grid.texts())
    lines = [["" for _ in range(grid.frame.columns)] for _ in range(grid.frame.rows)]
    for (row, column), cell in owners(grid.frame).items():
        lines[row][column] = "<" if column > cell.column else "^" if row > cell.row else texts[cell]
    return "".join(" | ".join(line) + "\n" for line in lines)


@pytest.mark.parametrize("table", [table for _, _, table in OFFICIAL], ids=NAMES)
def test_official_tables_look_like_the_official_form(table: Table, request: pytest.FixtureRequest) -> None:
    """Each table of each form, empty, is cell for cell its picture."""
    path = PICTURES / f"{request.node.callspec.id}.txt"
    drawn = picture(Grid(frame_of(table), ("0",) * len(entries(table))))
    if os.environ.get("GXGEN_REWRITE"):
        path.write_text(drawn, "utf-8", newline="\n")
    assert drawn == path.read_text("utf-8")


def test_there_is_a_picture_for_every_table() -> None:
    """A form that is added needs its pictures, and one that goes takes its own along."""
    assert sorted(path.stem for path in PICTURES.glob("*.txt")) == sorted(NAMES)


@settings(max_examples=300)
@given(tables())
def test_a_grid_tiles_its_rectangle(table: Table) -> None:
    """Whatever the header trees, every place of the rectangle is covered by exactly one cell."""
    frame = frame_of(table)
    assert set(owners(frame)) == {(row, column) for row in range(frame.rows) for column in range(frame.columns)}


@given(tables())
def test_every_figure_has_its_cell_in_reading_order(table: Table) -> None:
    """There is a figure's cell for each address, one row high, and they come row by row from the left."""
    cells = [cell for cell in frame_of(table).cells if cell.role is Role.FIGURE]
    assert len(cells) == len(entries(table))
    assert cells == sorted(cells, key=lambda cell: (cell.row, cell.column))
    assert all(cell.rows == 1 for cell in cells)


@given(tables())
def test_heads_stand_over_and_beside_what_they_head(table: Table) -> None:
    """The heads above and left of a figure's cell are those of its column and its row, outermost first."""
    frame = frame_of(table)
    covered = owners(frame)
    figures = (cell for cell in frame.cells if cell.role is Role.FIGURE)
    for cell, entry in zip(figures, entries(table), strict=True):
        beside = dict.fromkeys(covered[cell.row, column] for column in range(frame.label_columns))
        assert [one.text for one in beside if one.text] == [head.label for head in entry.row.trail if head.label]
        above = dict.fromkeys(covered[row, cell.column] for row in range(cell.row))
        heads = [one.text for one in above if one.role is Role.COLUMN_HEAD]
        assert heads[-len(entry.column.trail) :] == [head.label for head in entry.column.trail]


@given(tables())
def test_blocks_share_the_width_evenly(table: Table) -> None:
    """In each block every column of figures takes the same share of the width."""
    frame = frame_of(table)
    shares: dict[int, set[int]] = {}
    for cell in frame.cells:
        if cell.role is Role.FIGURE:
            left = cell.column - frame.label_columns
            shares.setdefault(cell.row, set()).add(sum(frame.weights[left : left + cell.columns]))
    assert all(len(of_row) == 1 for of_row in shares.values())


@pytest.mark.parametrize(("section", "table"), [(section, table) for _, section, table in OFFICIAL], ids=NAMES)
def test_the_frame_of_a_table_is_always_the_same_object(section: Section, table: Table) -> None:
    """Renderers may keep what they work out about a frame: there is one for each table."""
    assert frame_of(table) is frame_of(table), section.key


def test_a_caption_over_the_only_block_is_one_of_its_header_rows() -> None:
    """The header rows of a table are all rows above its figures, so that no merged head reaches out of them."""
    block = Crosstab((group("申请人", leaf("a", "甲"), leaf("b", "乙")),), (leaf("r", "丙"),), caption="第二十条")
    assert frame_of(Table((block,))).header_rows == 3


def test_only_a_table_of_one_block_repeats_its_header() -> None:
    """三 repeats its three header rows and 四 its three; 二, which is stacked, has none that head the whole table."""
    assert {name: frame_of(table).header_rows for name, (_, _, table) in zip(NAMES, OFFICIAL, strict=True)} == {
        "2019_disclosure": 0,
        "2019_requests": 3,
        "2019_disputes": 3,
        "2021_disclosure": 0,
        "2021_requests": 3,
        "2021_disputes": 3,
    }
