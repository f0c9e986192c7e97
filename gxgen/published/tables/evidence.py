"""What is known of the figures of a table: taken where all that can be meant agrees, reported as unread otherwise.

The idea is that of constraint satisfaction.  A row of cells can be meant in several ways (its *hypotheses*): as it is
printed, with a blank that is 0, slipped to one side, with a cell lost, with figures run together.  The arithmetic of
the form (总计 of the row, （七）总计 and 勾稽关系 of the columns) rules some of them out.  A figure is taken when every
hypothesis left gives it the same value.  Nothing is ever corrected: a row that is plainly printed, in its columns and
legible, is read as it stands even if its total is wrong; the wrong total is then the agency's.

Source of the arithmetic: 国办公开办函〔2019〕60号 and 〔2021〕30号, annexes, as written down in :mod:`gxgen.spec`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gxgen.model import Figure
from gxgen.published.document import Location
from gxgen.published.tables.cells import Content, Mark, content, why_unread
from gxgen.published.tables.hypotheses import (
    MOST_HYPOTHESES,
    Evidence,
    Hypothesis,
    Row,
    Slot,
    all_placements,
    can_close,
    has_totals,
    is_empty,
    is_exact,
    is_legible,
    leaves_one_number,
    may_have_slipped,
    printed_values,
    settled_by_totals,
    shifts,
    sums_of,
    without_unclear,
)
from gxgen.spec import Address, AddressBook, BalanceCheck, Entry, join

REMARK = re.compile(r"\d{1,12}\s*[（(〔\[【][^\d（(][^）)〕\]】]*[）)〕\]】]")
"""A number with a remark in brackets; anything else beside a number leaves it open what is meant."""


class Taken(NamedTuple):
    """A figure that was taken."""

    entry: Entry
    figure: Figure
    text: str
    location: Location
    evidence: Evidence
    unclear: str = ""
    """What made the text of the cell uncertain before its total confirmed the figure."""


class Unread(NamedTuple):
    """A cell that was not, and why."""

    entry: Entry
    reason: str
    text: str
    location: Location


class Verdict(NamedTuple):
    """What becomes of a row."""

    row: Row
    taken: tuple[Taken, ...]
    unread: tuple[Unread, ...]
    reason: str = ""
    """Why nothing of it was taken; empty if something was."""


def judged(rows: Iterable[Row], book: AddressBook) -> Iterator[Verdict]:
    """What is taken of each row, and why the rest is not."""
    printed = [(row, printed_values(row)) for row in rows]
    columns = _Columns(printed, book)
    for row, values in printed:
        if not sums_of(row):
            yield _without_totals(row)
        elif row.is_beside_other_years:
            yield _beside_other_years(row, values)
        elif values is None:
            yield _placed(row, columns)
        elif is_exact(row, values) and can_close(row, values):
            yield _with_totals(row, values, columns)
        else:
            yield _with_totals(row, without_unclear(values), columns)


# Rows without totals: nothing but their places tells what they say


def _without_totals(row: Row) -> Verdict:
    """A row of 二: every cell counts for itself, if none can have slipped."""
    if not row.slots:
        return _nothing(row, "整行是空的")
    if not row.is_aligned and len(row.slots) != len(row.entries):
        return _nothing(row, f"这一行应有 {len(row.entries)} 个数字，读到 {len(row.slots)} 个")
    if row.needs_columns:
        return _nothing(row, "名称不完整，核对不了")
    if row.is_recognised:
        return _nothing(row, "数字是识别出来的，没有总计可以核对")
    slots = _by_entry(row)
    marks = [content(slot.text, row.entries[0]).mark for slot in row.slots]
    if all(mark is Mark.BLANK for mark in marks):
        return _nothing(row, "整行是空的")
    ends = (slots[0], slots[-1], row.slots[0], row.slots[-1])  # in the order of the form, and of the table
    at_edge = any(slot and content(slot.text, row.entries[0]).mark is Mark.BLANK for slot in ends)
    if row.has_gap or (Mark.BLANK in marks and (at_edge or not row.is_aligned)):
        return _nothing(row, "行中有空格，别的数字可能错了位")
    return _as_printed(row, slots)


def _by_entry(row: Row) -> list[Slot | None]:
    """For each cell of the form the printed one, if it stands alone for it."""
    if not row.is_aligned:
        return list(row.slots)
    alone = {slot.entries[0].address: slot for slot in row.slots if len(slot.entries) == 1}
    return [alone.get(entry.address) for entry in row.entries]


def _as_printed(row: Row, slots: Sequence[Slot | None]) -> Verdict:
    """Every legible cell of a row, as it is."""
    taken: list[Taken] = []
    unread: list[Unread] = []
    for entry, slot in zip(row.entries, slots, strict=True):
        if slot is None:
            unread.append(Unread(entry, "", "", row.location))
            continue
        found = content(slot.text, entry)
        if slot.unclear or found.figure is None:
            unread.append(_unread(entry, slot, found))
        else:
            taken.append(Taken(entry, found.figure, slot.text, slot.location, row.evidence))
    return Verdict(row, tuple(taken), tuple(unread))


def _unread(entry: Entry, slot: Slot, found: Content) -> Unread:
    return Unread(entry, slot.unclear or why_unread(found), slot.text, slot.location)


def _nothing(row: Row, reason: str) -> Verdict:
    slots = _by_entry(row) if row.is_aligned else [None] * len(row.entries)
    unread = tuple(
        Unread(entry, "", slot.text if slot else "", slot.location if slot else row.location)
        for entry, slot in zip(row.entries, slots, strict=True)
    )
    return Verdict(row, (), unread, reason)


# Rows with totals: hypotheses and arithmetic


def _with_totals(row: Row, printed: Hypothesis, columns: _Columns) -> Verdict:
    """A row of 三 or 四 that has a cell for each of the form's, or none where a column is not known."""
    if is_empty(printed):
        settled = settled_by_totals(row, columns.settle(row, printed))
        return _verdict(row, [settled]) if any(value.number == 0 for value in settled) else _nothing(row, "整行是空的")
    closes = can_close(row, printed)
    if row.needs_columns or row.is_recognised:
        return _proven(row, printed, columns)
    printed = settled_by_totals(row, printed) if closes else printed
    if closes and is_exact(row, printed) and not may_have_slipped(row, printed):
        return _verdict(row, [columns.settle(row, printed)])
    if not closes and not is_legible(row, printed):
        return _nothing(row, _why(row))
    if columns.confirm(row, printed):
        return _verdict(row, [columns.settle(row, printed)])
    if any(value.slot < 0 for value in printed):
        return _nothing(row, "有的列认不出，别的数字核对不了")
    slipped = [settled_by_totals(row, other) for other in shifts(row, printed) if can_close(row, other)]
    if not slipped:
        return _verdict(row, [columns.settle(row, printed)])
    return _verdict(row, [printed, *slipped])


def _beside_other_years(row: Row, printed: Hypothesis | None) -> Verdict:
    """A row whose figures stand between those of other years: one that has slipped shows those of another year."""
    if printed is None or row.has_gap or any(value.is_gap for value in printed):
        return _nothing(row, _why(row))
    printed = without_unclear(printed)
    is_certain = is_exact(row, printed) and can_close(row, printed) and not row.is_recognised
    return _verdict(row, [printed]) if is_certain else _nothing(row, _why(row))


def _proven(row: Row, printed: Hypothesis, columns: _Columns) -> Verdict:
    """A row that is taken only if its total confirms it, and of an uncertain label or text all columns as well.

    Its own total will do where its neighbours say which row it is; table 四 has no sums over its columns.
    """
    is_confirmed = columns.confirm(row, printed)
    if row.is_recognised:
        is_confirmed |= not columns.close(row)
    elif not may_have_slipped(row, printed):
        is_confirmed |= is_exact(row, printed)
    if can_close(row, printed) and is_confirmed:
        return _verdict(row, [printed])
    return _nothing(row, "名称不完整，核对不了" if row.needs_columns else "数字是识别出来的，与总计不符，或者核对不了")


def _placed(row: Row, columns: _Columns) -> Verdict:
    """A row that has not one cell for each of the form's: what all places agree in that its cells can have."""
    placements = all_placements(row)
    if len(placements) > MOST_HYPOTHESES:
        return _nothing(row, _why(row))
    others = [settled_by_totals(row, other) for other in placements if can_close(row, other)]
    confirmed = [other for other in others if columns.confirm(row, other)]
    if not confirmed and not all(
        is_exact(row, other) if row.is_aligned else has_totals(row, other) for other in others
    ):
        # It may have slipped as well.
        return _nothing(row, "这一行有合并的格子，核对不了" if row.is_aligned else _why(row))
    return _verdict(row, confirmed or others)


def _why(row: Row) -> str:
    if not row.is_aligned and len(row.slots) != len(row.entries):
        return f"这一行应有 {len(row.entries)} 个数字，读到 {len(row.slots)} 个"
    if any(not slot.text.strip() for slot in row.slots):
        return "行中有空格，别的数字可能错了位"
    return "总计与各项之和不符，或者核对不了，不知道是哪一格有误"


# What is taken


def _verdict(row: Row, hypotheses: Sequence[Hypothesis]) -> Verdict:
    """The figures in which all hypotheses agree."""
    if not hypotheses:
        return _nothing(row, _why(row))
    taken: list[Taken] = []
    unread: list[Unread] = []
    for place, entry in enumerate(row.entries):
        values = [hypothesis[place] for hypothesis in hypotheses]
        first = values[0]
        slot = row.slots[first.slot] if first.slot >= 0 else None
        at = slot.location if slot else row.location
        if first.number is None or any(value.number != first.number for value in values):
            unread.append(_why_cell(row, entry, slot, is_ambiguous=len(values) > 1))
            continue
        evidence = _evidence(row, place, hypotheses)
        if evidence is None:
            unread.append(_why_cell(row, entry, slot, is_ambiguous=False))
        else:
            unclear = slot.unclear if slot else ""
            taken.append(Taken(entry, first.number, slot.text if slot else "", at, evidence, unclear))
    if not taken:
        return _nothing(row, _why(row))
    return Verdict(row, tuple(taken), tuple(unread))


def _why_cell(row: Row, entry: Entry, slot: Slot | None, *, is_ambiguous: bool) -> Unread:
    if slot is None:
        return Unread(entry, "这一格没有读到", "", row.location)
    found = content(slot.text, entry)
    if slot.unclear or found.figure is None:
        return _unread(entry, slot, found)
    reason = "不知道是不是错了位" if is_ambiguous else "核对不了"
    return Unread(entry, reason, slot.text, slot.location)


def _evidence(row: Row, place: int, hypotheses: Sequence[Hypothesis]) -> Evidence | None:
    """Why a number is taken; None where a remark leaves it open what is meant."""
    value, entry = hypotheses[0][place], row.entries[place]
    if value.is_blank or value.slot < 0:
        return Evidence.ZERO_BY_TOTAL
    slot = row.slots[value.slot]
    if len(slot.entries) > 1 or (not row.is_aligned and len(row.slots) != len(row.entries)):
        return Evidence.PLACED_BY_TOTAL
    if slot.unclear:
        is_forced = len(hypotheses) == 1 and leaves_one_number(row, hypotheses[0], place)
        return Evidence.REMARK_BY_TOTAL if is_forced else None
    if content(slot.text, entry).figure is not None:
        return row.evidence
    is_forced = len(hypotheses) == 1 and leaves_one_number(row, hypotheses[0], place)
    return Evidence.REMARK_BY_TOTAL if is_forced and REMARK.fullmatch(slot.text.strip()) else None


# The arithmetic of columns


class _Columns:
    """The sums and balances of the columns of a table, by what its cells seem to say.

    A blank or a stroke seems to be 0, a number with a remark that number.
    """

    def __init__(self, rows: Iterable[tuple[Row, Hypothesis | None]], book: AddressBook) -> None:
        self._book = book
        self._values: dict[Address, int | None] = {}
        for row, printed in rows:
            for entry, value in zip(row.entries, printed or (), strict=False):
                self._values[entry.address] = 0 if value.is_blank else value.number

    def confirm(self, row: Row, values: Hypothesis) -> bool:
        """Whether every column closes in which the row has a certain cell, by its totals and its balance."""
        if not row.is_aligned and not row.is_delimited:
            return False
        given = self._given(row, values)
        columns = [
            entry.column.address
            for entry, value in zip(row.entries, values, strict=True)
            if not entry.column.head.is_total and (value.number is not None or value.is_blank)
        ]
        balances = self._balances(row)
        return bool(balances and columns) and all(
            self._is_closed(column, balance, given) for column in columns for balance in balances
        )

    def close(self, row: Row) -> bool:
        """Whether the form has sums over the columns of a row."""
        return bool(self._balances(row))

    def settle(self, row: Row, values: Hypothesis) -> Hypothesis:
        """The values with a 0 in each blank whose column closes without it, if the row's totals allow it."""
        if not any(value.is_blank and value.number is None for value in values):
            return values
        if not row.is_aligned and not row.is_delimited:
            return values
        given, balances = self._given(row, values), self._balances(row)
        settled = tuple(
            value._replace(number=0)
            if value.is_blank
            and value.number is None
            and not entry.column.head.is_total
            and balances
            and all(self._is_closed(entry.column.address, balance, given) for balance in balances)
            else value
            for entry, value in zip(row.entries, values, strict=True)
        )
        return settled if can_close(row, settled) else values

    @staticmethod
    def _given(row: Row, values: Hypothesis) -> Mapping[Address, int | None]:
        return {
            entry.address: 0 if value.is_blank and value.number is None else value.number
            for entry, value in zip(row.entries, values, strict=True)
        }

    def _balances(self, row: Row) -> list[BalanceCheck]:
        """The 勾稽关系 that the row's cells take part in."""
        return [balance for balance in self._book.balances if row.entries[0].row.address in balance.rows]

    def _is_closed(self, column: Address, check: BalanceCheck, given: Mapping[Address, int | None]) -> bool:
        def cells(rows: Iterable[Address]) -> list[int | None]:
            return [self._value(join(row, column), given) for row in rows]

        totals = {address: leaf.summands for address, leaf in check.rows.items() if leaf.head.is_total}
        return _are_equal(cells(check.balance.left), cells(check.balance.right)) and all(
            _are_equal(cells([total]), cells(parts)) for total, parts in totals.items()
        )

    def _value(self, address: Address, given: Mapping[Address, int | None]) -> int | None:
        return given[address] if address in given else self._values.get(address)


def _are_equal(left: Sequence[int | None], right: Sequence[int | None]) -> bool:
    if None in left or None in right:
        return False
    return sum(number or 0 for number in left) == sum(number or 0 for number in right)
