"""What HTML wants to know of a table: which cells head which, and which rows and columns belong together.

A browser can work out from ``scope`` what heads a cell (HTML, 4.9.12.2) as long as no head stands above the cells of
another block.  Stacked blocks, and readers that know no heads of several levels, need it said cell by cell: ``headers``
(WCAG techniques H43 and H63).
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from gxgen.view import Cell, Frame, Role

HEADS = (Role.BAND, Role.COLUMN_HEAD, Role.ROW_HEAD)


def is_head(cell: Cell) -> bool:
    """Whether a cell heads others.  A corner heads nothing, nor does a head that says nothing."""
    return cell.role in HEADS and bool(cell.text)


class Groups(NamedTuple):
    """How the rows and columns of a table are grouped; together the groups cover it."""

    rows: tuple[range, ...]
    columns: tuple[range, ...]


def heads_of(frame: Frame) -> dict[Cell, tuple[Cell, ...]]:
    """For each figure and head the cells that head it: band, column heads and row heads, each from the outermost in."""
    blocks = _ranges(_block_starts(frame), frame.rows)
    found: dict[Cell, tuple[Cell, ...]] = {}
    for block in blocks:
        cells = [cell for cell in frame.cells if cell.row in block]
        heads = [cell for cell in cells if is_head(cell)]
        for cell in cells:
            found[cell] = tuple(head for head in heads if _is_headed(cell, head))
    return found


def _is_headed(cell: Cell, head: Cell) -> bool:
    match head.role:
        case Role.COLUMN_HEAD:
            return head.row < cell.row and _columns(cell) <= _columns(head)
        case Role.ROW_HEAD:
            return head.column < cell.column and _rows(cell) <= _rows(head)
        case _:
            return cell is not head and cell.role is not Role.CORNER


def groups_of(frame: Frame) -> Groups:
    """Stacked blocks are a group of rows each; in a single block each outermost head has a group of its own."""
    if not frame.header_rows:
        return Groups(_ranges(_block_starts(frame), frame.rows), _ranges({0}, frame.columns))
    outermost_rows = {cell.row for cell in frame.cells if cell.role is Role.ROW_HEAD and cell.column == 0}
    column_heads = [cell for cell in frame.cells if cell.role is Role.COLUMN_HEAD]
    outermost_columns = {cell.column for cell in column_heads if cell.row == column_heads[0].row}
    return Groups(
        _ranges({0, frame.header_rows} | outermost_rows, frame.rows),
        _ranges({0, frame.label_columns} | outermost_columns, frame.columns),
    )


def scope_of(cell: Cell, frame: Frame, groups: Groups) -> str:
    """The ``scope`` of a head.

    A head whose cells are a whole group says so; a merged head on another level is a head of each of its rows or
    columns, since groups do not nest.
    """
    if cell.role is Role.ROW_HEAD:
        return "rowgroup" if cell.rows > 1 and _range(cell.row, cell.rows) in groups.rows else "row"
    if cell.role is Role.BAND and not frame.header_rows:
        return "rowgroup"
    is_group = frame.header_rows and cell.columns > 1 and _range(cell.column, cell.columns) in groups.columns
    return "colgroup" if is_group else "col"


def _block_starts(frame: Frame) -> set[int]:
    """Rows that begin a block: the first, and each that has no figure and follows one that has."""
    with_figures = {cell.row for cell in frame.cells if cell.role is Role.FIGURE}
    return {0} | {row + 1 for row in with_figures if row + 1 < frame.rows and row + 1 not in with_figures}


def _ranges(starts: set[int], stop: int) -> tuple[range, ...]:
    return tuple(range(first, last) for first, last in pairwise([*sorted(starts - {stop}), stop]))


def _range(first: int, extent: int) -> range:
    return range(first, first + extent)


def _rows(cell: Cell) -> set[int]:
    return set(range(cell.row, cell.row + cell.rows))


def _columns(cell: Cell) -> set[int]:
    return set(range(cell.column, cell.column + cell.columns))
