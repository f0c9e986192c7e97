"""Tables drawn with strokes: ``+---+``, or the characters made for it.  A cell is what its strokes enclose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gxgen.core.text import display_width
from gxgen.published.document import Cell, Paragraph, Table

STROKES = str.maketrans(
    {
        **dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜┠┨┯┷┿", "+"),
        **dict.fromkeys("─━═", "-"),
        **dict.fromkeys("│┃║", "|"),
    }
)
RULE = re.compile(r"\+[-=]|[-=]\+")
MOST_CELLS = 20_000


def normal(line: str) -> str:
    """A line with its strokes as ``+``, ``-`` and ``|``."""
    return line.translate(STROKES).rstrip()


def starts_drawing(line: str) -> bool:
    """Whether a drawing can begin with a line: its top edge."""
    return bool(re.fullmatch(r"\s*\+(?:[-=]+\+)+", normal(line)))


def is_ruled(line: str) -> bool:
    """Whether a line belongs to a drawing."""
    return line.lstrip().startswith(("+", "|"))


class _Drawing:
    """A drawing as a page of columns: a wide character takes two, the second of which is empty."""

    def __init__(self, lines: list[str]) -> None:
        self.page = [_columns(normal(line)) for line in lines]
        ruled = [y for y, line in enumerate(lines) if RULE.search(normal(line))]
        self.rules = ruled
        self.edges = sorted(
            {x for y in ruled for x, char in enumerate(self.page[y]) if char == "+" and self._joins(y, x)}
        )

    def _joins(self, y: int, x: int) -> bool:
        row = self.page[y]
        return (x > 0 and row[x - 1] in "-=") or (x + 1 < len(row) and row[x + 1] in "-=")

    @property
    def is_sound(self) -> bool:
        """Whether all lines are as wide as the top, and strokes run round the whole."""
        width = len(self.page[0])
        return (
            len(self.rules) > 1
            and self.rules[0] == 0
            and self.rules[-1] == len(self.page) - 1
            and all(len(line) == width for line in self.page)
            and all(after - before > 1 for before, after in pairwise(self.rules))
            and len(self.edges) > 1
            and len(self.rules) * len(self.edges) < MOST_CELLS
        )

    def is_open_right(self, row: int, column: int) -> bool:
        """Whether no stroke parts a place of the grid from the next."""
        x, lines = self.edges[column + 1], range(self.rules[row] + 1, self.rules[row + 1])
        return all(self.page[y][x] != "|" for y in lines)

    def is_open_below(self, row: int, column: int) -> bool:
        """Whether no stroke parts a place of the grid from the one below."""
        y, columns = self.rules[row + 1], range(self.edges[column] + 1, self.edges[column + 1])
        return not all(self.page[y][x] in "-=" for x in columns)

    def text(self, cell: Cell) -> str:
        """What stands in a cell, line by line."""
        top, bottom = self.rules[cell.row], self.rules[cell.row + cell.rows]
        left, right = self.edges[cell.column], self.edges[cell.column + cell.columns]
        found = ("".join(self.page[y][left + 1 : right]).strip() for y in range(top + 1, bottom))
        return "\n".join(line for line in found if line)


def _columns(line: str) -> list[str]:
    found: list[str] = []
    for char in line:
        found += [char, ""] if display_width(char) == 2 else [char]
    return found


def read_drawing(lines: list[str], first_line: int) -> Table | None:
    """The table that is drawn; None where the drawing is not closed."""
    drawing = _Drawing(lines)
    if not drawing.is_sound:
        return None
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(drawing.rules) - 1):
        for column in range(len(drawing.edges) - 1):
            if (row, column) in taken:
                continue
            cell = _cell(drawing, row, column)
            places = {(y, x) for y in range(row, row + cell.rows) for x in range(column, column + cell.columns)}
            if not taken.isdisjoint(places):
                return None
            taken |= places
            cells.append(cell._replace(text=drawing.text(cell), line=first_line + drawing.rules[row] + 1))
    return Table(tuple(cells))


def _cell(drawing: _Drawing, row: int, column: int) -> Cell:
    columns, rows = 1, 1
    while column + columns < len(drawing.edges) - 1 and drawing.is_open_right(row, column + columns - 1):
        columns += 1
    while row + rows < len(drawing.rules) - 1 and drawing.is_open_below(row + rows - 1, column):
        rows += 1
    return Cell(row, column, rows, columns, "")


def drawing_or_lines(lines: Sequence[str], at: int) -> tuple[tuple[Table | Paragraph, ...], int]:
    """The table that is drawn from a line on, or the lines that are none, and the line after them."""
    end = at
    while end < len(lines) and (end > at or starts_drawing(lines[at])) and is_ruled(normal(lines[end])):
        end += 1
    table = read_drawing(list(lines[at:end]), at + 1) if end > at else None
    end = max(end, at + 1)
    if table:
        return (table,), end
    return tuple(Paragraph(line, number, is_line=True) for number, line in enumerate(lines[at:end], at + 1)), end
