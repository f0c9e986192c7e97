"""A cell of a table of many reports, and what it says."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from gxgen.model import LARGEST_FIGURE, Figure
from gxgen.published.cells import Mark, content, why_unread
from gxgen.published.folding import quoted
from gxgen.sheets.formats import SCALED
from gxgen.spec import Entry, Kind


class Cell(NamedTuple):
    """A cell as its sheet holds it."""

    row: int
    column: int
    """Both count from 1."""
    text: str
    """Empty: the cell is."""
    number: Decimal | None = None
    """Its number with the decimals that the sheet shows; None: it holds a text."""
    problem: str = ""
    """Why it is no number that can be used, whatever it shows."""
    unit: str = ""
    """What the sheet shows beside its number that makes another amount of it."""

    @property
    def name(self) -> str:
        """What spreadsheets call it: ``B7``."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return not self.text.strip() and not self.problem


class Read(NamedTuple):
    """What a cell says."""

    figure: Figure | None = None
    problem: str = ""
    """Why it has no figure."""
    note: str = ""
    """How it was read, where it is not spelled as a number is."""


def read_cell(cell: Cell, entry: Entry) -> Read:
    """The figure of a cell that is not blank."""
    if cell.problem:
        return Read(problem=f"{cell.name}{_quoted(cell)}：{cell.problem}")
    if cell.number is not None:
        return _of_number(cell, cell.number, entry)
    found = content(cell.text, entry)
    if found.mark is not Mark.FIGURE or found.figure is None:
        return Read(problem=f"{cell.name}{_quoted(cell)}：{why_unread(found)}")
    if entry.kind is not Kind.CHANGE and entry.kind is not Kind.AMOUNT and not _is_plain(cell.text):
        return Read(found.figure, note=f"{cell.name}{_quoted(cell)}读作 {found.figure}")
    return Read(found.figure)


def _of_number(cell: Cell, number: Decimal, entry: Entry) -> Read:
    if cell.unit and not (entry.unit and entry.unit == cell.unit):
        return Read(problem=f"{cell.name}{_quoted(cell)}：这一格的数字格式显示成{_shown(cell.unit)}，不知道以哪个为准")
    if entry.kind is not Kind.AMOUNT and number != int(number):
        return Read(problem=f"{cell.name}{_quoted(cell)}：这里须是整数")
    if entry.kind is not Kind.CHANGE and number < 0:
        return Read(problem=f"{cell.name}{_quoted(cell)}：不能是负数")
    if abs(number) > LARGEST_FIGURE:
        return Read(problem=f"{cell.name}{_quoted(cell)}：数字太大")
    if entry.kind is Kind.AMOUNT and int(number.as_tuple().exponent) < 0:
        return Read(number)
    return Read(int(number))


def _is_plain(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit()


def _shown(unit: str) -> str:
    return unit if unit == SCALED else f"带「{unit}」的数"


def _quoted(cell: Cell) -> str:
    return f"「{quoted(cell.text)}」" if cell.text.strip() else ""
