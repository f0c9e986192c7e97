"""The neutral document that readers make: paragraphs and tables of cells, in the order of the file.

A reader (a .docx, a web page, plain text …) knows its own format and nothing of reports; what comes after knows
reports and no format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import msgspec

from gxgen.core.findings import Position

UNDECODED = "\ufffd"
"""What stands for bytes that are no character in the file's encoding."""


class Location(NamedTuple):
    """Where in the document something stands; numbers count from 1, and 0 means that the reader has none."""

    table: int = 0
    row: int = 0
    cell: int = 0
    line: int = 0

    def __str__(self) -> str:
        steps = ((self.table, "个表格"), (self.row, "行"), (self.cell, "格"))
        if not self.table:
            return f"第 {self.line} 行" if self.line else ""
        return "".join(f"第 {number} {unit}" for number, unit in steps if number)


class PrintedCell(NamedTuple):
    """A cell that was read: where it stands, and what stands in it."""

    location: Location
    text: str


class Paragraph(NamedTuple):
    """A paragraph, or (where ``is_line``) a line that may be part of one."""

    text: str
    line: int = 0
    is_line: bool = False
    branch: tuple[int, ...] = ()
    """The parts of the document that it stands in, from the outermost; empty where the reader knows none."""
    is_full: bool | None = None
    """Whether a line reaches the right margin; None where the reader knows no margin."""
    number: str = ""
    """What the program that shows the document prints before the text by itself: 1. or （一）."""

    @property
    def words(self) -> str:
        """The text without the marks of what is bold."""
        return self.text.replace("**", "")


class Cell(NamedTuple):
    """A cell of a table by its top left corner (from 0) and its extent; lines of its text are kept apart."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    line: int = 0
    unclear: str = ""
    """Why the text of this cell is not certain, in Chinese and with the characters; empty if it is."""


class Table(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A table as the reader gives it, holes and ragged rows included."""

    cells: tuple[Cell, ...]
    number: int = 0
    branch: tuple[int, ...] = ()
    """The parts of the document that it stands in, as a paragraph's."""

    @cached_property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """For each row, the cells that cover it, from the left."""
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                rows[row].append(cell)
        return tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in rows)

    @cached_property
    def width(self) -> int:
        """The columns that most rows have."""
        ends = Counter(row[-1].column + row[-1].columns for row in self.rows if row)
        return ends.most_common(1)[0][0] if ends else 0

    def is_whole(self, row: int) -> bool:
        """Whether a row's cells fill the table's width without gap or overlap: only then are its columns certain."""
        edge = 0
        for cell in self.rows[row]:
            if cell.column != edge:
                return False
            edge += cell.columns
        return edge == self.width

    def location_of(self, cell: Cell, row: int | None = None) -> Location:
        """Where a reader finds a cell: its row, and the how-manieth cell of that row it is."""
        row = cell.row if row is None else row
        return Location(self.number, row + 1, self.rows[row].index(cell) + 1, cell.line)

    def numbered(self, number: int) -> Table:
        """The same table as the how-manieth of its document."""
        return Table(self.cells, number, self.branch)

    def texts(self) -> Iterator[str]:
        """The text of every cell."""
        yield from (cell.text for cell in self.cells)


Block = Paragraph | Table


class Omission(NamedTuple):
    """Text of the file that is left out of its blocks."""

    kind: str
    """In Chinese: 页眉、页脚、页码、网站框架、划去的字 …"""
    text: str
    characters: int
    line: int = 0
    page: int = 0


class Pages(msgspec.Struct, frozen=True):
    """A document read: its blocks in order."""

    blocks: tuple[Block, ...]
    text: str = ""
    """The text that lines are counted in; empty for a reader that has none."""
    omissions: tuple[Omission, ...] = ()
    """What the reader has left out, in the order of the file."""
    recognised: tuple[int, ...] = ()
    """The pages, from 1, whose text is not the file's but recognised from a picture (OCR)."""


def line_of(text: str, number: int) -> str:
    """A line by its number, from 1; nothing where the text has no such line."""
    lines = text.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def whole_line(text: str, number: int) -> Position:
    """The words of a line, from the first to the last."""
    line = line_of(text, number)
    words = line.strip()
    return Position(number, line.index(words) + 1 if words else 1, max(len(words), 1))
