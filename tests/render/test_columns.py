"""Columns hold their labels and figures, on paper and in plain text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from gxgen.core.text import display_width
from gxgen.render.columns import MIN_LABEL_WIDTH, column_widths
from gxgen.view import Cell, Grid, Role
from tests.render.made import document_of, full_reports
from tests.strategies import reports

EVERYDAY_ROOM = 78
"""Half ems beside the overheads: what a terminal has, and less than a page."""


def grids() -> st.SearchStrategy[Grid]:
    """The tables of random reports."""
    documents = reports().map(document_of)
    return documents.flatmap(lambda document: st.sampled_from([s.grid for s in document.sections if s.grid]))


@st.composite
def measures(draw: st.DrawFn) -> tuple[Grid, int, int, int]:
    """A table, and the total, unit and overhead of its columns, not narrower than a terminal's."""
    grid = draw(grids())
    unit, overhead = draw(st.integers(1, 200)), draw(st.integers(0, 300))
    least = EVERYDAY_ROOM * unit + grid.frame.columns * overhead
    return grid, draw(st.integers(least, 2 * least)), unit, overhead


LONG_GRIDS = [(s.grid, 77, 1, 1) for report in full_reports() for s in document_of(report).sections if s.grid]


def width_of(cell: Cell, widths: tuple[int, ...]) -> int:
    """The width of a cell."""
    return sum(widths[cell.column : cell.column + cell.columns])


@given(given=measures())
def test_widths_sum_to_the_total_or_a_little_less(given: tuple[Grid, int, int, int]) -> None:
    """What is left over is less than one unit for each part into which the columns of figures are divided."""
    grid, total, unit, overhead = given
    left_over = total - sum(column_widths(grid, total, unit=unit, overhead=overhead))
    assert 0 <= left_over < sum(grid.frame.weights)
    if grid.frame.label_columns:
        assert left_over == 0


@given(given=measures())
def test_equal_columns_are_equal(given: tuple[Grid, int, int, int]) -> None:
    """The columns of figures are as wide as their weights say, exactly."""
    grid, total, unit, overhead = given
    widths = column_widths(grid, total, unit=unit, overhead=overhead)[grid.frame.label_columns :]
    assert len({width / weight for width, weight in zip(widths, grid.frame.weights, strict=True)}) == 1


@given(given=measures(), may_grow=st.booleans())
def test_a_label_column_has_room_for_two_characters(given: tuple[Grid, int, int, int], may_grow: bool) -> None:
    """However long the figures, a column of labels holds two Chinese characters a line."""
    grid, total, unit, overhead = given
    widths = column_widths(grid, total, unit=unit, overhead=overhead, may_grow=may_grow)
    labels = widths[: grid.frame.label_columns]
    assert all(width >= MIN_LABEL_WIDTH * unit + overhead for width in labels)


@given(given=measures())
@example(given=LONG_GRIDS[0])
@example(given=LONG_GRIDS[1])
@example(given=LONG_GRIDS[2])
@example(given=LONG_GRIDS[3])
@example(given=LONG_GRIDS[4])
@example(given=LONG_GRIDS[5])
def test_every_figure_fits_its_cell_where_columns_may_grow(given: tuple[Grid, int, int, int]) -> None:
    """In plain text a figure stays on one line, whatever its length: the table grows if it must."""
    grid, total, unit, overhead = given
    widths = column_widths(grid, total, unit=unit, overhead=overhead, may_grow=True)
    for cell, text in grid.texts():
        if cell.role is Role.FIGURE:
            assert display_width(text) * unit + overhead <= width_of(cell, widths), (cell, text)


@given(given=measures(), room=st.integers(4, 5))
def test_every_figure_has_the_room_asked_for(given: tuple[Grid, int, int, int], room: int) -> None:
    """Where there is space enough, each cell of figures holds as many half ems as asked for."""
    grid, total, unit, overhead = given
    widths = column_widths(grid, 2 * total, unit=unit, overhead=overhead, figure_room=room)
    cells = [cell for cell in grid.frame.cells if cell.role is Role.FIGURE]
    assert all(width_of(cell, widths) >= room * unit + overhead for cell in cells)


@given(grid=grids())
def test_figures_that_fit_do_not_change_the_table(grid: Grid) -> None:
    """A table whose figures need no more than the room given looks the same as one of zeros."""
    zeros = Grid(grid.frame, ("0",) * len(grid.figures))
    small = Grid(grid.frame, ("1234",) * len(grid.figures))
    assert column_widths(small, 8845, unit=90, overhead=130) == column_widths(zeros, 8845, unit=90, overhead=130)
