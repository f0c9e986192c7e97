"""Rows of figures as they are found, and which of them are certain.

A label and a place under a header are what a figure is known by.  Where either leaves room for doubt (a blank that may
mean that the row has slipped, a total that does not fit), only what the table's own arithmetic confirms is taken;
nothing is ever corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gxgen.model import Figure
from gxgen.published.blocks import Place
from gxgen.published.cells import Content, Mark
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
    has_blank = any(reading.found.mark is Mark.BLANK for reading in row.readings)
    if all(reading.found.mark is Mark.BLANK for reading in row.readings):
        return "整行是空的"
    wrong = [reading.entry for reading in row.readings if table.disagrees(reading.entry)]
    if has_blank and not (row.has_lines and not wrong and table.confirms(row)):
        return "行中有空格，别的数字可能错了位"
    if wrong and not _is_only_a_wrong_total(row, table):
        return "总计与各项之和不符，数字可能错了位"
    return ""


def _is_only_a_wrong_total(row: Row, table: _Arithmetic) -> bool:
    """Whether the figures stand where they belong although a total is wrong: the agency's slip, not the reader's."""
    if table.balances_of(row):
        return table.confirms(row)
    return row.has_lines and not _has_slipped(row)


def _has_slipped(row: Row) -> bool:
    """Whether the totals of a row would be right if its figures were moved to one side."""
    figures = [reading.found.figure for reading in row.readings]
    width = len(figures)
    for by in (*range(-5, 0), *range(1, 6)):
        moved = [figures[at + by] if 0 <= at + by < width else None for at in range(width)]
        turned = [figures[(at + by) % width] for at in range(width)]
        if any(_fits(row.entries, candidate) for candidate in (moved, turned)):
            return True
    return False


def _fits(entries: tuple[Entry, ...], figures: list[Figure | None]) -> bool:
    """Whether every total that is known is the sum of figures that are known; and there is one."""
    at = {entry.address: figure for entry, figure in zip(entries, figures, strict=True)}
    known = [
        (at[entry.address], [at.get(summand) for summand in entry.summands])
        for entry in entries
        if entry.is_total and at[entry.address] is not None
    ]
    complete = [(total, parts) for total, parts in known if None not in parts]
    return bool(complete) and all(total == _sum(parts) for total, parts in complete)


def _sum(parts: Iterable[Figure | None]) -> int:
    return sum(part for part in parts if isinstance(part, int))


class _Arithmetic:
    """The sums and balances of a table, a blank counted as 0 and whatever is no figure as unknown."""

    def __init__(self, rows: Iterable[Row], book: AddressBook) -> None:
        self._values: dict[Address, Figure | None] = {}
        self._blanks: set[Address] = set()
        self._book = book
        for row in rows:
            for entry, found, _ in row.readings:
                is_blank = found.mark is Mark.BLANK
                self._values[entry.address] = 0 if is_blank else found.figure
                self._blanks |= {entry.address} if is_blank else set()

    def disagrees(self, entry: Entry) -> bool:
        """Whether the printed total of a row is not the sum of the figures of its row."""
        if not entry.column.head.is_total or entry.address in self._blanks:
            return False
        parts = [join(entry.row.address, column) for column in entry.column.summands]
        unknown = [address for address in (entry.address, *parts) if self._values.get(address) is None]
        return not unknown and not self._adds_up([entry.address], parts)

    def confirms(self, row: Row) -> bool:
        """Whether every column of the row closes, by its totals and by its balance; False where there is no balance."""
        columns = {entry.column.address for entry in row.entries if not entry.column.head.is_total}
        balances = self.balances_of(row)
        return bool(balances and columns) and all(
            self._closes(column, balance) for column in columns for balance in balances
        )

    def balances_of(self, row: Row) -> tuple[BalanceCheck, ...]:
        """The 勾稽关系 that the row's cells take part in."""
        return tuple(balance for balance in self._book.balances if row.entries[0].row.address in balance.rows)

    def _closes(self, column: Address, check: BalanceCheck) -> bool:
        def cells(rows: Iterable[Address]) -> list[Address]:
            return [f"{row}.{column}" for row in rows]

        totals: Mapping[Address, tuple[Address, ...]] = {
            address: row.summands for address, row in check.rows.items() if row.head.is_total
        }
        return self._adds_up(cells(check.balance.left), cells(check.balance.right)) and all(
            self._adds_up(cells([total]), cells(parts)) for total, parts in totals.items()
        )

    def _adds_up(self, left: list[Address], right: list[Address]) -> bool:
        sides = [[self._values.get(address) for address in side] for side in (left, right)]
        return all(isinstance(value, int) for side in sides for value in side) and _sum(sides[0]) == _sum(sides[1])
