"""Rows of figures as they are found, and which of them are certain.

A label and a place under a header are what a figure is known by.  Where either leaves room for doubt (a blank that may
mean that the row has slipped, a total that does not fit), only what the table's own arithmetic confirms is taken;
nothing is ever corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gxgen.published.document import Place
from gxgen.published.tables.cells import Content, Mark, is_dash
from gxgen.spec import Address, AddressBook, BalanceCheck, Entry, join


class Reading(NamedTuple):
    """A cell of figures with the entry of the form that its labels lead to."""

    entry: Entry
    found: Content
    place: Place


class Row(NamedTuple):
    """A row of figures, its label recognised and its columns aligned."""

    readings: tuple[Reading, ...]
    place: Place
    has_lines: bool
    """Whether the carrier says which column a cell is in; otherwise cells are only counted."""
    has_gap: bool = False
    """Whether columns of the form are missing, and a cell of the row is empty: the others may have slipped."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The cells of the form that the row fills."""
        return tuple(reading.entry for reading in self.readings)

    @property
    def quoted(self) -> str:
        """The row's cells as a message quotes them."""
        return "｜".join(" ".join(reading.found.text.split()) or "（空）" for reading in self.readings)


class Doubt(NamedTuple):
    """A row that is left out, and why."""

    row: Row
    reason: str


def judged(rows: Iterable[Row], book: AddressBook) -> Iterator[Row | Doubt]:
    """Every row, as it is or doubted."""
    rows = tuple(rows)
    table = _Arithmetic(rows, book)
    for row in rows:
        reason = _doubt(row, table)
        yield Doubt(row, reason) if reason else row


def _doubt(row: Row, table: _Arithmetic) -> str:
    """Why a row is uncertain; empty if it is not."""
    marks = [reading.found.mark for reading in row.readings]
    if all(mark is Mark.BLANK for mark in marks):
        return "整行是空的"
    has_blank = Mark.BLANK in marks
    if not table.has_totals(row):
        return "行中有空格，别的数字可能错了位" if has_blank or row.has_gap else ""
    if table.is_confirmed(row) or (table.row_closes(row) and not has_blank):
        return ""
    if has_blank:
        return "行中有空格，别的数字可能错了位"
    return "总计与各项之和不符，或者核对不了，不知道是哪一格有误"


class _Arithmetic:
    """The sums and balances of a table, by what its cells seem to say.

    A blank or a stroke seems to be 0, a number with a remark that number.  This only confirms where figures stand; no
    figure is taken from it.
    """

    def __init__(self, rows: Iterable[Row], book: AddressBook) -> None:
        self._book = book
        self._totals_by_row: dict[Address, list[Entry]] = {}
        for entry in book.entries.values():
            if entry.column.head.is_total:
                self._totals_by_row.setdefault(entry.row.address, []).append(entry)
        self._values = {reading.entry.address: _seeming(reading.found) for row in rows for reading in row.readings}

    def has_totals(self, row: Row) -> bool:
        """Whether the form has totals in the row's table."""
        return bool(self._totals(row))

    def _totals(self, row: Row) -> list[Entry]:
        """The totals that the form has in a row, read or not."""
        return self._totals_by_row.get(row.entries[0].row.address, [])

    def row_closes(self, row: Row) -> bool:
        """Whether every total of a row is there, and is the sum of the figures of its row."""
        blank = {reading.entry.address for reading in row.readings if reading.found.mark is Mark.BLANK}
        return all(
            total.address not in blank and self._adds_up([total.address], _summands_in_row(total))
            for total in self._totals(row)
        )

    def is_confirmed(self, row: Row) -> bool:
        """Whether every column of the row closes, by its totals and by its balance; False where there is no balance."""
        columns = {entry.column.address for entry in row.entries if not entry.column.head.is_total}
        balances = self._balances(row)
        return (
            row.has_lines
            and bool(balances and columns)
            and all(self._column_closes(column, balance) for column in columns for balance in balances)
        )

    def _balances(self, row: Row) -> list[BalanceCheck]:
        """The 勾稽关系 that the row's cells take part in."""
        return [balance for balance in self._book.balances if row.entries[0].row.address in balance.rows]

    def _column_closes(self, column: Address, check: BalanceCheck) -> bool:
        def cells(rows: Iterable[Address]) -> list[Address]:
            return [join(row, column) for row in rows]

        totals = {address: row.summands for address, row in check.rows.items() if row.head.is_total}
        return self._adds_up(cells(check.balance.left), cells(check.balance.right)) and all(
            self._adds_up(cells([total]), cells(parts)) for total, parts in totals.items()
        )

    def _adds_up(self, left: Iterable[Address], right: Iterable[Address]) -> bool:
        sides = [[self._values.get(address) for address in side] for side in (left, right)]
        return not any(None in side for side in sides) and _sum(sides[0]) == _sum(sides[1])


def _seeming(found: Content) -> int | None:
    if isinstance(found.figure, int):
        return found.figure
    if found.mark is Mark.BLANK or is_dash("".join(found.text.split())):
        return 0
    begins = re.match(r"\s*(\d{1,12})(?![\d.,])", found.text)
    return int(begins[1]) if begins else None


def _summands_in_row(total: Entry) -> list[Address]:
    return [join(total.row.address, column) for column in total.column.summands]


def _sum(parts: Iterable[int | None]) -> int:
    return sum(part for part in parts if part is not None)
