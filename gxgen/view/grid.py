"""Lay out a table on a rectangular grid, which gives each cell its extent in rows and columns.

Row and column headers are trees.  A head spans as many columns (rows) as it has leaves, and a leaf reaches down to the
figures however many levels the deepest branch has.

Crosstabs stacked in one table share its width.  Each divides the columns of figures evenly among its leaves, and the
grid's columns are the union of all boundaries: 1+1+1 above 1+1 gives columns of a third, a sixth, a sixth and a third.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache, cached_property
from itertools import pairwise
from math import lcm

import msgspec

from gxgen.spec import Head, Table
from gxgen.spec.vocabulary import Crosstab


class Role(Enum):
    """The role of a cell, by which renderers choose its style."""

    BAND = "band"
    CORNER = "corner"
    COLUMN_HEAD = "column head"
    ROW_HEAD = "row head"
    FIGURE = "figure"


class Cell(msgspec.Struct, frozen=True):
    """A cell by its top left corner (from 0) and its extent in grid rows and columns.

    The text of a figure's cell is in the grid.
    """

    row: int
    column: int
    rows: int
    columns: int
    role: Role
    text: str = ""


class Frame(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A table without its figures: its cells and columns.

    All reports of a form share one object, so that renderers can cache what depends on it alone.
    """

    cells: tuple[Cell, ...]
    """In reading order: by row, then by column."""
    label_columns: int
    """Grid columns on the left that hold row labels."""
    weights: tuple[int, ...]
    """The relative widths of the other grid columns."""
    header_rows: int
    """Rows at the top that head the whole table, and so repeat on each page."""

    @cached_property
    def rows(self) -> int:
        """Grid rows."""
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def columns(self) -> int:
        """Grid columns."""
        return self.label_columns + len(self.weights)


class Grid(msgspec.Struct, frozen=True):
    """A table: its frame, and its figures as printed, in reading order."""

    frame: Frame
    figures: tuple[str, ...]

    def texts(self) -> Iterator[tuple[Cell, str]]:
        """Yield every cell with its text."""
        figures = iter(self.figures)
        for cell in self.frame.cells:
            yield cell, next(figures) if cell.role is Role.FIGURE else cell.text


@cache
def frame_of(table: Table) -> Frame:
    """Lay out *table*."""
    shares = {_leaf_count(block.columns) for block in table.blocks}
    whole = lcm(*shares)
    edges = sorted({step * whole // count for count in shares for step in range(count + 1)})
    label_columns = max(_label_levels(block) for block in table.blocks)
    cells: list[Cell] = []
    top = 0
    for block in table.blocks:
        cells += _block_cells(block, top, label_columns, edges)
        top = max(cell.row + cell.rows for cell in cells)
    in_reading_order = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return Frame(
        cells=tuple(in_reading_order),
        label_columns=label_columns,
        weights=tuple(right - left for left, right in pairwise(edges)),
        header_rows=_header_rows(table.blocks[0]) if len(table.blocks) == 1 else 0,
    )


def _header_rows(block: Crosstab) -> int:
    return bool(block.caption) + _depth(block.columns)


def _block_cells(block: Crosstab, top: int, left: int, edges: list[int]) -> Iterator[Cell]:
    columns, whole = _leaf_count(block.columns), edges[-1]

    def across(start: int, width: int) -> tuple[int, int]:
        """Return the first grid column and the number of grid columns of *width* leaves from *start*."""
        first, last = (edges.index(step * whole // columns) for step in (start, start + width))
        return left + first, last - first

    if block.caption:
        yield Cell(top, 0, 1, left + len(edges) - 1, Role.BAND, block.caption)
        top += 1
    depth = _depth(block.columns)
    if left:
        yield Cell(top, 0, depth, left, Role.CORNER, block.corner)
    for place in _placed_heads(block.columns, depth):
        column, span = across(place.start, place.head.width)
        yield Cell(top + place.level, column, place.levels, span, Role.COLUMN_HEAD, place.head.label)
    top += depth
    for place in _placed_heads(block.rows, left) if left else ():
        yield Cell(top + place.start, place.level, place.head.width, place.levels, Role.ROW_HEAD, place.head.label)
    for row in range(_leaf_count(block.rows)):
        for index in range(columns):
            column, span = across(index, 1)
            yield Cell(top + row, column, 1, span, Role.FIGURE)


class _PlacedHead(msgspec.Struct, frozen=True):
    """A header cell: its level in the tree, the number of levels it covers, and its first leaf."""

    head: Head
    level: int
    levels: int
    start: int


def _placed_heads(heads: tuple[Head, ...], depth: int, level: int = 0, start: int = 0) -> Iterator[_PlacedHead]:
    """Place the cells of a header *depth* levels deep; rows and columns alike."""
    for head in heads:
        yield _PlacedHead(head, level, 1 if head.children else depth - level, start)
        yield from _placed_heads(head.children, depth, level + 1, start)
        start += head.width


def _leaf_count(heads: tuple[Head, ...]) -> int:
    return sum(head.width for head in heads)


def _depth(heads: tuple[Head, ...]) -> int:
    return max(head.depth for head in heads)


def _label_levels(block: Crosstab) -> int:
    return _depth(block.rows) if any(head.label for head in block.rows) else 0
