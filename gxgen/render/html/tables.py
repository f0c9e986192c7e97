"""Render a grid as an HTML table that screen readers can follow, in a box that scrolls on narrow screens.

Header cells have ids, a scope, and every cell lists its headers (HTML Living Standard, 4.9): browsers' own rules for
finding headers fail on stacked crosstabs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

import msgspec

from gxgen.render.columns import column_widths
from gxgen.render.html.markup import element, escape, span, start_tag
from gxgen.view import Cell, Frame, Grid, Role

HEADER_ROLES = (Role.BAND, Role.COLUMN_HEAD, Role.ROW_HEAD)


def is_header(cell: Cell) -> bool:
    """Whether a cell is a header cell: corners and empty heads are not."""
    return cell.role in HEADER_ROLES and bool(cell.text)


class TableGroups(msgspec.Struct, frozen=True):
    """The row groups and column groups of a table; each covers all rows, or all columns."""

    rows: tuple[range, ...]
    columns: tuple[range, ...]


def headers_of(frame: Frame) -> dict[Cell, tuple[Cell, ...]]:
    """Return the header cells of each cell: band, column heads and row heads, each from the outermost in."""
    blocks = _ranges(_block_starts(frame), frame.rows)
    found: dict[Cell, tuple[Cell, ...]] = {}
    for block in blocks:
        cells = [cell for cell in frame.cells if cell.row in block]
        headers = [cell for cell in cells if is_header(cell)]
        for cell in cells:
            found[cell] = tuple(head for head in headers if _is_headed(cell, head))
    return found


def _is_headed(cell: Cell, head: Cell) -> bool:
    match head.role:
        case Role.COLUMN_HEAD:
            return head.row < cell.row and _columns(cell) <= _columns(head)
        case Role.ROW_HEAD:
            return head.column < cell.column and _rows(cell) <= _rows(head)
        case _:
            return cell is not head and cell.role is not Role.CORNER


def groups_of(frame: Frame) -> TableGroups:
    """Group rows and columns: stacked crosstabs are row groups; in a single one each outermost head has a group."""
    if not frame.header_rows:
        return TableGroups(_ranges(_block_starts(frame), frame.rows), _ranges({0}, frame.columns))
    outermost_rows = {cell.row for cell in frame.cells if cell.role is Role.ROW_HEAD and cell.column == 0}
    column_heads = [cell for cell in frame.cells if cell.role is Role.COLUMN_HEAD]
    outermost_columns = {cell.column for cell in column_heads if cell.row == column_heads[0].row}
    return TableGroups(
        _ranges({0, frame.header_rows} | outermost_rows, frame.rows),
        _ranges({0, frame.label_columns} | outermost_columns, frame.columns),
    )


def scope_of(cell: Cell, frame: Frame, groups: TableGroups) -> str:
    """Return the ``scope`` of a header cell.

    A header of a whole group has the group's scope; a merged header on another level has that of a row or column,
    since groups do not nest.
    """
    if cell.role is Role.ROW_HEAD:
        return "rowgroup" if cell.rows > 1 and _range(cell.row, cell.rows) in groups.rows else "row"
    if cell.role is Role.BAND and not frame.header_rows:
        return "rowgroup"
    is_group = frame.header_rows and cell.columns > 1 and _range(cell.column, cell.columns) in groups.columns
    return "colgroup" if is_group else "col"


def _block_starts(frame: Frame) -> set[int]:
    """Return the rows that begin a crosstab: the first, and each without figures after one with figures."""
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


MIN_DENSE_COLUMNS = 8
"""Columns from which a table is set small, and scrolls on a telephone."""
MIN_ROOMY_WIDTH, DENSE_WIDTH = 30, 40
"""Ems of a table's own type for which its columns are computed.  On a telephone a table that is not dense becomes
narrower; a dense one shows its labels and the first of its figures beside them."""
EM = 20
"""The units of length in an em."""
HALF_EM = 11
"""Units; digits on screens are a little wider than half an em."""
PADDING = 12
"""Units of padding on both sides of a cell, and its rule."""
CLASSES = {Role.BAND: "gx-band", Role.CORNER: "gx-corner"}
SLOT = "\x00"
"""Stands for a figure in the HTML of a table; no HTML may contain it."""


def table(grid: Grid, key: str, caption: str) -> str:
    """Render *grid* with ids that begin with *key*.

    The caption repeats the heading above the table for screen readers, which name a table by its caption.
    """
    total = (DENSE_WIDTH if _is_dense(grid.frame) else MIN_ROOMY_WIDTH) * EM
    widths = column_widths(grid, total, unit=HALF_EM, overhead=PADDING, may_grow=True)
    pieces = _pattern(grid.frame, widths, key, caption)
    figures = (*map(escape, grid.figures), "")
    return "".join(piece + figure for piece, figure in zip(pieces, figures, strict=True))


def _is_dense(frame: Frame) -> bool:
    return frame.columns >= MIN_DENSE_COLUMNS


class _TableWriter(msgspec.Struct, frozen=True):
    """Writes the cells of one table."""

    frame: Frame
    headers: Mapping[Cell, tuple[Cell, ...]]
    ids: Mapping[Cell, str]
    scopes: Mapping[Cell, str]

    def cell(self, cell: Cell) -> str:
        """Write a cell; its headers are listed in the order in which they should be read."""
        return element(
            "th" if cell in self.scopes else "td",
            SLOT if cell.role is Role.FIGURE else escape(cell.text),
            class_=CLASSES.get(cell.role),
            id=self.ids.get(cell),
            scope=self.scopes.get(cell),
            rowspan=span(cell.rows),
            colspan=span(cell.columns),
            headers=" ".join(self.ids[head] for head in self.headers[cell]),
        )


@lru_cache(maxsize=64)
def _pattern(frame: Frame, widths: tuple[int, ...], key: str, caption: str) -> list[str]:
    """Return the table's HTML between its figures."""
    groups, headers = groups_of(frame), headers_of(frame)
    of_heads = [cell for cell in frame.cells if is_header(cell)]
    writer = _TableWriter(
        frame=frame,
        headers=headers,
        ids={cell: f"{key}-{number}" for number, cell in enumerate(of_heads, start=1)},
        scopes={cell: scope_of(cell, frame, groups) for cell in of_heads},
    )
    lines = (
        start_tag("div", class_="gx-scroll", role="region", aria_labelledby=key, tabindex=0),
        start_tag("table", class_="gx-dense" if _is_dense(frame) else None, style=f"--gx-ems:{sum(widths) / EM:g}"),
        element("caption", escape(caption), id=key),
        *(_column_group(columns, widths) for columns in groups.columns),
        *(line for rows in groups.rows for line in _row_group(rows, writer)),
        "</table>",
        "</div>\n",
    )
    return "\n".join(lines).split(SLOT)


def _column_group(columns: range, widths: tuple[int, ...]) -> str:
    each = (start_tag("col", style=f"width:{100 * widths[column] / sum(widths):.4g}%") for column in columns)
    return element("colgroup", "".join(each))


def _row_group(rows: range, writer: _TableWriter) -> Iterator[str]:
    name = "thead" if rows.start < writer.frame.header_rows else "tbody"
    yield f"<{name}>"
    for row in rows:
        yield "<tr>"
        yield from (writer.cell(cell) for cell in writer.frame.cells if cell.row == row)
        yield "</tr>"
    yield f"</{name}>"
