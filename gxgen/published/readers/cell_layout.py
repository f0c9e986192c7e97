"""Cells put on a grid as HTML does it (HTML Standard, 4.9.12): each takes the first free column of its row."""

from __future__ import annotations

from typing import NamedTuple

from gxgen.published.document import Cell
from gxgen.published.readers.errors import ReaderError

MOST_COLUMNS = 1000
MOST_ROWS = 5000
LARGEST_AREA = 200_000
"""Places covered by cells over several rows."""


class Given(NamedTuple):
    """A cell as it is written down: its spans, and its text."""

    text: str
    columns: int = 1
    rows: int = 1
    line: int = 0
    unclear: str = ""


def lay(rows: list[list[Given]]) -> tuple[Cell, ...]:
    """The cells with their places.  A cell that reaches below the last row is cut off there.

    Raises:
        ReaderError: the table is too large to be one of a report.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    area = 0
    for at, row in enumerate(rows[:MOST_ROWS]):
        column = 0
        for given in row[:MOST_COLUMNS]:
            while (at, column) in taken:
                column += 1
            across = min(max(given.columns, 1), MOST_COLUMNS)
            down = min(max(given.rows, 1), len(rows) - at)
            if column + across > MOST_COLUMNS:
                break
            if down > 1:
                area += (down - 1) * across
                if area > LARGEST_AREA:
                    raise ReaderError("表格太大，不像报告", "核对文件")
                taken |= {(y, x) for y in range(at + 1, at + down) for x in range(column, column + across)}
            cells.append(Cell(at, column, down, across, given.text, given.line, given.unclear))
            column += across
    return tuple(cells)
