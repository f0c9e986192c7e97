"""A cell of a table of many reports, and what it says."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import msgspec
from openpyxl.utils import get_column_letter

from gxgen.model import LARGEST_FIGURE, Figure
from gxgen.published.labels import quoted
from gxgen.published.tables.cells import Mark, content, why_unread
from gxgen.spec import Entry, Kind

SCALED = "缩小了的数"
"""Stands for the unit of a number that is shown divided by a thousand or a million."""
PADDING = re.compile(r"_.|\*.")
"""Room as wide as a character, or filled up with it: neither is written."""
CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
CONDITION = re.compile(r"\[[^\]]*\]")
LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
UNIT = re.compile(r"[十百千万亿]*[元圆]|[十百千万亿]+|[¥￥$€£]|RMB|CNY")
SCALE = re.compile(r"[0#?],+(?![0#?,])")


@lru_cache(maxsize=1000)
def unit_in(number_format: str) -> str:
    """The unit that a number format writes beside a number, or :data:`SCALED`; empty where it writes none."""
    bare = PADDING.sub("", number_format.split(";", maxsplit=1)[0])
    bare = CONDITION.sub("", CURRENCY.sub(r'"\1"', bare))
    if SCALE.search(LITERAL.sub("", bare)):
        return SCALED
    unit = UNIT.search(LITERAL.sub(lambda found: found[1] or found[2] or "", bare))
    return unit[0] if unit else ""


class Cell(msgspec.Struct, frozen=True):
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


class CellValue(msgspec.Struct, frozen=True):
    """What a cell says."""

    figure: Figure | None = None
    problem: str = ""
    """Why it has no figure."""
    note: str = ""
    """How it was read, where it is not spelled as a number is."""


def read_cell(cell: Cell, entry: Entry) -> CellValue:
    """The figure of a cell that is not blank."""
    if cell.problem:
        return CellValue(problem=f"{cell.name}{_quoted(cell)}：{cell.problem}")
    if cell.number is not None:
        return _of_number(cell, cell.number, entry)
    found = content(cell.text, entry)
    if found.mark is not Mark.FIGURE or found.figure is None:
        return CellValue(problem=f"{cell.name}{_quoted(cell)}：{why_unread(found)}")
    if entry.kind is not Kind.CHANGE and entry.kind is not Kind.AMOUNT and not _is_plain(cell.text):
        return CellValue(found.figure, note=f"{cell.name}{_quoted(cell)}读作 {found.figure}")
    return CellValue(found.figure)


def _of_number(cell: Cell, number: Decimal, entry: Entry) -> CellValue:
    if cell.unit and not (entry.unit and entry.unit == cell.unit):
        return CellValue(
            problem=f"{cell.name}{_quoted(cell)}：这一格的数字格式显示成{_shown(cell.unit)}，不知道以哪个为准"
        )
    if entry.kind is not Kind.AMOUNT and number != int(number):
        return CellValue(problem=f"{cell.name}{_quoted(cell)}：这里须是整数")
    if entry.kind is not Kind.CHANGE and number < 0:
        return CellValue(problem=f"{cell.name}{_quoted(cell)}：不能是负数")
    if abs(number) > LARGEST_FIGURE:
        return CellValue(problem=f"{cell.name}{_quoted(cell)}：数字太大")
    if entry.kind is Kind.AMOUNT and int(number.as_tuple().exponent) < 0:
        return CellValue(number)
    return CellValue(int(number))


def _is_plain(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit()


def _shown(unit: str) -> str:
    return unit if unit == SCALED else f"带「{unit}」的数"


def _quoted(cell: Cell) -> str:
    return f"「{quoted(cell.text)}」" if cell.text.strip() else ""
