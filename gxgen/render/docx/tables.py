"""Render a grid as a Word table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain

import msgspec

from gxgen.core.text import display_width
from gxgen.render.columns import column_widths
from gxgen.render.docx import wordml
from gxgen.render.docx.metrics import BAND, DENSE, ROOMY, TABLE, TemplateMetrics
from gxgen.view import Cell, Frame, Grid, Role

MIN_DENSE_COLUMNS = 8
"""Columns from which a table takes the dense styles."""
FIGURE_ROOM = 5
"""Half ems of room that every figure has."""
ALLOWANCE = 40
"""Twips for the rules on both sides of a cell, and for differences between programs that measure text."""
MIN_SCALE = 33
"""Per cent to which the characters of a long figure are narrowed at most."""


class TableStyle(msgspec.Struct, frozen=True, eq=False):
    """The style of tables as far as Word's styles do not carry it.  Heights in twips."""

    band_fill: str = "C6D9F1"
    """RRGGBB, empty for no colour."""
    header_fill: str = ""
    """The fill of column heads and of the corner beside them."""
    row_height: int = 425
    dense_row_height: int = 340


class TableRenderer(msgspec.Struct, frozen=True, eq=False):
    """Renders grids with the styles of one template."""

    metrics: TemplateMetrics
    table_style: TableStyle

    def render(self, grid: Grid) -> bytes:
        """Render *grid* as ``w:tbl`` in UTF-8.

        A report is mostly tables, and most of a table is the same in every report: the XML between the figures is
        made and encoded once for each frame and column widths.
        """
        overhead = self.metrics.cell_margins + ALLOWANCE
        half_em = self.metrics.half_ems[_styles(grid.frame)["figure"]]
        widths = column_widths(grid, self.metrics.text_width, unit=half_em, overhead=overhead, figure_room=FIGURE_ROOM)
        pieces, rooms = _pattern(self, grid.frame, widths)
        figures = [_figure(figure, room // half_em) for figure, room in zip(grid.figures, rooms, strict=True)]
        return b"".join(chain.from_iterable(zip(pieces, (*figures, b""), strict=True)))


def _styles(frame: Frame) -> Mapping[str, str]:
    return DENSE if frame.columns >= MIN_DENSE_COLUMNS else ROOMY


@lru_cache(maxsize=4096)
def _figure(figure: str, room: int) -> bytes:
    """Return a figure's run; one too long for its cell is narrowed, since a number broken over two lines is misread."""
    width = display_width(figure)
    return wordml.run(figure, scale=100 if width <= room else max(room * 100 // width, MIN_SCALE)).encode()


SLOT = "\x00"
"""Stands for a figure's run in the XML of a table; no XML may contain it."""


@lru_cache(maxsize=64)
def _pattern(renderer: TableRenderer, frame: Frame, widths: tuple[int, ...]) -> tuple[list[bytes], list[int]]:
    """Return the table's XML between its figures, and the room for text in each figure's cell in twips."""
    starting: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in frame.cells:
        for row in range(cell.row, cell.row + cell.rows):
            starting[row].append(cell)
    height = renderer.table_style.dense_row_height if _styles(frame) is DENSE else renderer.table_style.row_height
    rows = (
        wordml.row(
            "".join(_cells(renderer, frame, widths, row, sorted(starting[row], key=lambda cell: cell.column))),
            height=height,
            is_header=row < frame.header_rows,
        )
        for row in range(frame.rows)
    )
    xml = wordml.table(renderer.metrics.style_ids[TABLE], widths, "".join(rows))
    overhead = renderer.metrics.cell_margins + ALLOWANCE
    rooms = [_width(cell, widths) - overhead for cell in frame.cells if cell.role is Role.FIGURE]
    return [piece.encode() for piece in xml.split(SLOT)], rooms


def _cells(
    renderer: TableRenderer, frame: Frame, widths: tuple[int, ...], row: int, cells: list[Cell]
) -> Iterator[str]:
    ids, styles = renderer.metrics.style_ids, _styles(frame)
    style_of = {
        Role.BAND: BAND,
        Role.CORNER: styles["label"],
        Role.COLUMN_HEAD: styles["head"],
        Role.ROW_HEAD: styles["label"],
        Role.FIGURE: styles["figure"],
    }
    looks = renderer.table_style
    fills = {
        Role.BAND: looks.band_fill,
        Role.CORNER: looks.header_fill,
        Role.COLUMN_HEAD: looks.header_fill,
    }
    kept = row < frame.rows - 1
    for cell in cells:
        starts_here = cell.row == row
        content = SLOT if cell.role is Role.FIGURE else wordml.run(cell.text)
        yield wordml.cell(
            _width(cell, widths),
            wordml.paragraph(ids[style_of[cell.role]], (content,) if starts_here else (), keep_next=kept),
            columns=cell.columns,
            merge="" if cell.rows == 1 else "restart" if starts_here else "continue",
            fill=fills.get(cell.role, ""),
        )


def _width(cell: Cell, widths: tuple[int, ...]) -> int:
    return sum(widths[cell.column : cell.column + cell.columns])
