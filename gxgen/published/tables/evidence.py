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
from enum import Enum
from functools import lru_cache
from itertools import combinations, islice, product
from typing import NamedTuple

import msgspec

from gxgen.model import Figure
from gxgen.published.document import Place
from gxgen.published.tables.cells import Content, Mark, content, is_dash, why_unread
from gxgen.spec import Address, AddressBook, BalanceCheck, Entry, join

MOST_HYPOTHESES = 5000
"""Of one row; a row with more is not read."""
LARGEST_SHIFT = 2
"""Columns that a row is thought to have slipped by; blanks in more than that many columns are blanks."""
MOST_LOST = 2
"""Cells of a row that may be lost."""


REMARK = re.compile(r"\d{1,12}\s*[（(〔\[【][^\d（(][^）)〕\]】]*[）)〕\]】]")
"""A number with a remark in brackets; anything else beside a number leaves it open what is meant."""


class Evidence(Enum):
    """Why a figure was taken."""

    READ = "read"
    ZERO_BY_TOTAL = "blank is 0 by its total"
    REMARK_BY_TOTAL = "remark left out, confirmed by its total"
    PLACED_BY_TOTAL = "place found by its total"
    LABEL_REPAIRED = "label repaired"
    GROUP_IS_ZERO = "its group is 0"


class Slot(NamedTuple):
    """A printed cell of a row of figures, and which cells of the form it covers: one, or several if merged."""

    entries: tuple[Entry, ...]
    """Empty in a row whose cells are only counted."""
    text: str
    place: Place
    unclear: str = ""


class Row(msgspec.Struct, frozen=True, eq=False):
    """A row of figures whose label has been recognised."""

    entries: tuple[Entry, ...]
    """All cells of figures that the form has in this row."""
    slots: tuple[Slot, ...]
    place: Place
    is_aligned: bool = True
    """Whether the reader knows under which column each cell stands; otherwise cells are only counted."""
    is_delimited: bool = True
    """Whether the cells of a counted row stand on one line with marks between them."""
    has_gap: bool = False
    """Whether columns are missing and a cell is empty: the others may have slipped."""
    evidence: Evidence = Evidence.READ
    """Why its plain cells are taken: its labels are the form's, or misprints of them, or it stands for its group."""
    needs_sums: bool = False
    """Whether a column is known by its neighbours alone, so that only totals confirm it."""
    needs_columns: bool = False
    """Whether its label is so uncertain that only the arithmetic of all columns confirms it."""
    is_recognised: bool = False
    """Whether its figures were recognised in a picture: only arithmetic confirms them."""

    @property
    def quoted(self) -> str:
        """The row's cells as a message quotes them."""
        return "｜".join(" ".join(slot.text.split()) or "（空）" for slot in self.slots)


class Taken(NamedTuple):
    """A figure that was taken."""

    entry: Entry
    figure: Figure
    text: str
    place: Place
    evidence: Evidence


class Unread(NamedTuple):
    """A cell that was not, and why."""

    entry: Entry
    reason: str
    text: str
    place: Place


class Verdict(NamedTuple):
    """What becomes of a row."""

    row: Row
    taken: tuple[Taken, ...]
    unread: tuple[Unread, ...]
    reason: str = ""
    """Why nothing of it was taken; empty if something was."""


class _Value(NamedTuple):
    """What a hypothesis says of one cell of the form."""

    number: int | None = None
    """None: nothing is known of it."""
    slot: int = -1
    """The printed cell that it is read from; -1: none."""
    is_blank: bool = False
    """Whether nothing is printed, or a stroke: it may be 0."""
    is_gap: bool = False
    """Whether nothing is printed: the row may have slipped."""


Hypothesis = tuple[_Value, ...]
"""A value for each cell of the form in the row."""


def judged(rows: Iterable[Row], book: AddressBook) -> Iterator[Verdict]:
    """What is taken of each row, and why the rest is not."""
    printed = [(row, _printed(row)) for row in rows]
    columns = _Columns(printed, book)
    for row, values in printed:
        if not _sums(row):
            yield _without_totals(row)
        elif values is None:
            yield _placed(row, columns)
        else:
            yield _with_totals(row, values, columns)


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
            unread.append(Unread(entry, "", "", row.place))
            continue
        found = content(slot.text, entry)
        if slot.unclear or found.figure is None:
            unread.append(_unread(entry, slot, found))
        else:
            taken.append(Taken(entry, found.figure, slot.text, slot.place, row.evidence))
    return Verdict(row, tuple(taken), tuple(unread))


def _unread(entry: Entry, slot: Slot, found: Content) -> Unread:
    return Unread(entry, slot.unclear or why_unread(found), slot.text, slot.place)


def _nothing(row: Row, reason: str) -> Verdict:
    slots = _by_entry(row) if row.is_aligned else [None] * len(row.entries)
    unread = tuple(
        Unread(entry, "", slot.text if slot else "", slot.place if slot else row.place)
        for entry, slot in zip(row.entries, slots, strict=True)
    )
    return Verdict(row, (), unread, reason)


# Rows with totals: hypotheses and arithmetic


def _with_totals(row: Row, printed: Hypothesis, columns: _Columns) -> Verdict:
    """A row of 三 or 四 that has a cell for each of the form's, or none where a column is not known."""
    if _is_empty(printed):
        settled = _settled(row, columns.settle(row, printed))
        return _verdict(row, [settled]) if any(value.number == 0 for value in settled) else _nothing(row, "整行是空的")
    closes = _closes(row, printed)
    if row.needs_columns or row.is_recognised:
        return _proven(row, printed, columns)
    printed = _settled(row, printed) if closes else printed
    if closes and _is_exact(row, printed) and not _may_have_slipped(row, printed):
        return _verdict(row, [columns.settle(row, printed)])
    if not closes and not _is_legible(row, printed):
        return _nothing(row, _why(row))
    if columns.confirm(row, printed):
        return _verdict(row, [columns.settle(row, printed)])
    if any(value.slot < 0 for value in printed):
        return _nothing(row, "有的列认不出，别的数字核对不了")
    slipped = [_settled(row, other) for other in _slips(row, printed) if _closes(row, other)]
    return _verdict(row, [printed, *slipped] if slipped else [columns.settle(row, printed)])


def _proven(row: Row, printed: Hypothesis, columns: _Columns) -> Verdict:
    """A row that is taken only if its own total and all columns confirm it; table 四 has no sums over its columns."""
    is_confirmed = columns.confirm(row, printed) or (row.is_recognised and not columns.close(row))
    if _closes(row, printed) and is_confirmed:
        return _verdict(row, [printed])
    return _nothing(row, "名称不完整，核对不了" if row.needs_columns else "数字是识别出来的，与总计不符，或者核对不了")


def _placed(row: Row, columns: _Columns) -> Verdict:
    """A row that has not one cell for each of the form's: what all places agree in that its cells can have."""
    placements = _placements(row)
    if len(placements) > MOST_HYPOTHESES:
        return _nothing(row, _why(row))
    others = [_settled(row, other) for other in placements if _closes(row, other)]
    confirmed = [other for other in others if columns.confirm(row, other)]
    if not confirmed and row.is_aligned and not all(_is_exact(row, other) for other in others):
        return _nothing(row, "这一行有合并的格子，核对不了")  # it may have slipped as well
    return _verdict(row, confirmed or others)


def _why(row: Row) -> str:
    if not row.is_aligned and len(row.slots) != len(row.entries):
        return f"这一行应有 {len(row.entries)} 个数字，读到 {len(row.slots)} 个"
    if any(not slot.text.strip() for slot in row.slots):
        return "行中有空格，别的数字可能错了位"
    return "总计与各项之和不符，或者核对不了，不知道是哪一格有误"


def _printed(row: Row) -> Hypothesis | None:
    """The row as it is printed; None where its cells are not one for each of the form's."""
    if not row.slots:
        return tuple(_Value(is_blank=True, is_gap=True) for _ in row.entries)
    if not row.is_aligned and len(row.slots) != len(row.entries):
        return None
    if any(len(slot.entries) > 1 for slot in row.slots):
        return None
    at = {slot.entries[0].address if row.is_aligned else "": number for number, slot in enumerate(row.slots)}
    order = [at.get(entry.address, -1) for entry in row.entries] if row.is_aligned else list(range(len(row.slots)))
    return tuple(_seeming(row, entry, number) for entry, number in zip(row.entries, order, strict=True))


def _seeming(row: Row, entry: Entry, number: int) -> _Value:
    """What a cell seems to say: a number with a remark that number; a blank and a stroke nothing, as yet."""
    if number < 0:
        return _Value()
    slot = row.slots[number]
    found = content(slot.text, entry)
    if slot.unclear:
        return _Value(None, number)
    if isinstance(found.figure, int):
        return _Value(found.figure, number)
    if found.mark is Mark.BLANK:
        return _Value(None, number, is_blank=True, is_gap=True)
    if is_dash("".join(slot.text.split())):
        return _Value(None, number, is_blank=True)
    begins = re.match(r"\s*(\d{1,12})(?![\d.,])", slot.text)
    return _Value(int(begins[1]) if begins else None, number)


def _is_empty(values: Hypothesis) -> bool:
    """Whether no number stands in any of the row's cells."""
    return all(value.is_blank for value in values)


def _is_legible(row: Row, values: Hypothesis) -> bool:
    """Whether a row that does not add up is plainly printed: in its columns, all of them known and none empty."""
    if not row.is_delimited or row.has_gap or any(value.is_gap for value in values):
        return False
    if row.is_aligned:
        return all(value.slot >= 0 for value in values)
    return all(value.number is not None for value in values)


def _may_have_slipped(row: Row, values: Hypothesis) -> bool:
    """Whether a row has as many blanks at one end as a slip would leave, and not only its totals."""
    if row.has_gap:
        return True
    if not row.is_aligned and any(value.is_gap for value in values):
        return True
    totals = [value for entry, value in zip(row.entries, values, strict=True) if entry.column.head.is_total]
    others = [value for entry, value in zip(row.entries, values, strict=True) if not entry.column.head.is_total]
    if all(value.number == 0 for value in totals) and all(value.is_blank for value in others):
        return False  # a total of 0 settles the row
    return any(values[end].is_gap for end in _ends(values))


def _printed_order(values: Hypothesis) -> list[int]:
    """The places of the values from the left of the table, which may have its columns in another order."""
    return sorted((place for place, value in enumerate(values) if value.slot >= 0), key=lambda at: values[at].slot)


def _ends(values: Hypothesis) -> tuple[int, int]:
    order = _printed_order(values)
    return order[0], order[-1]


def _sums(row: Row) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The totals of a row by the places of the total and of its summands."""
    return _sums_of(row.entries)


@lru_cache(maxsize=256)
def _sums_of(entries: tuple[Entry, ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    at = {entry.address: number for number, entry in enumerate(entries)}
    return tuple(
        (at[entry.address], tuple(at[join(entry.row.address, column)] for column in entry.column.summands))
        for entry in entries
        if entry.column.head.is_total
    )


def _closes(row: Row, values: Hypothesis) -> bool:
    """Whether every total can be the sum of its row: no figure is below 0, so what is known is at most the total."""
    for total, parts in _sums(row):
        known = [values[part].number for part in parts]
        least = sum(number for number in known if number is not None)
        wanted = values[total].number
        if wanted is not None and (least > wanted or (None not in known and least != wanted)):
            return False
    return True


def _is_exact(row: Row, values: Hypothesis) -> bool:
    """Whether every total is there and so is all that it adds up: then a row cannot have slipped unseen."""
    return not any(values[place].number is None for total, parts in _sums(row) for place in (total, *parts))


def _settled(row: Row, values: Hypothesis) -> Hypothesis:
    """The values with a 0 in each blank for which a total leaves nothing."""
    if not any(value.is_blank for value in values):
        return values
    settled = list(values)
    for total, parts in _sums(row):
        numbers = [settled[part].number for part in parts]
        wanted, known = settled[total].number, sum(number for number in numbers if number is not None)
        if wanted is not None and wanted == known:
            for part in parts:
                if settled[part].number is None and settled[part].is_blank:
                    settled[part] = settled[part]._replace(number=0)
        elif wanted is None and settled[total].is_blank and None not in numbers and known == 0:
            settled[total] = settled[total]._replace(number=0)
    return tuple(settled)


def _is_forced(row: Row, values: Hypothesis, place: int) -> bool:
    """Whether a total and the other figures of its row leave only one number for a cell."""
    sums = [(total, parts) for total, parts in _sums(row) if place == total or place in parts]
    for total, parts in sums:
        numbers = [values[part].number for part in (total, *parts)]
        if None in numbers or numbers[0] != sum(number or 0 for number in numbers[1:]):
            return False
    return bool(sums)


# Hypotheses


def _placements(row: Row) -> list[Hypothesis]:
    """What a row can mean that has not one cell for each of the form's."""
    if row.is_aligned:
        return list(_merged(row))
    if not row.is_delimited or len(row.slots) >= len(row.entries):
        return []
    return list(islice((*_with_lost_cells(row), *_run_together(row)), MOST_HYPOTHESES + 1))


def _slips(row: Row, printed: Hypothesis) -> Iterator[Hypothesis]:
    """The row with its cells where they were before it slipped by a column or two, or its total went to its front.

    It may have slipped in the order of the table or, where columns were moved later, in that of the form.
    """
    in_table = _printed_order(printed)
    for order in dict.fromkeys((tuple(in_table), tuple(sorted(in_table)))):
        for values in _moves([printed[place] for place in order], is_twice=len(_sums(row)) > 1):
            placed = dict(zip(order, values, strict=True))
            yield tuple(placed.get(place, _Value()) for place in range(len(printed)))


def _moves(cells: list[_Value], *, is_twice: bool) -> Iterator[list[_Value]]:
    """The cells moved; *is_twice* allows for both faults in one row, where several totals tell them apart."""
    turned = [*cells[1:], cells[0]]
    yield turned
    for start in (cells, turned) if is_twice else (cells,):
        for moved in _shifts(start):
            yield moved
            if is_twice:
                yield [*moved[1:], moved[0]]


def _shifts(cells: list[_Value]) -> Iterator[list[_Value]]:
    for by in range(1, min(LARGEST_SHIFT, len(cells) - 1) + 1):
        unknown = [_Value()] * by
        if all(map(_is_filler, cells[:by])):
            yield [*cells[by:], *unknown]
        if all(map(_is_filler, cells[-by:])):
            yield [*unknown, *cells[:-by]]


def _is_filler(value: _Value) -> bool:
    """Whether a cell can be what a slip has left behind: nothing, or a 0 or a stroke put there to fill it."""
    return value.is_blank or value.number == 0


def _merged(row: Row) -> Iterator[Hypothesis]:
    """The row with what stands in merged cells dealt out to the columns that they cover."""
    at = {entry.address: number for number, entry in enumerate(row.entries)}
    alternatives: list[list[tuple[tuple[int, _Value], ...]]] = []
    for number, slot in enumerate(row.slots):
        if len(slot.entries) == 1:
            entry = slot.entries[0]
            alternatives.append([((at[entry.address], _seeming(row, entry, number)),)])
            continue
        places = [at[entry.address] for entry in slot.entries]
        text = slot.text.strip()
        words = text.split()
        if slot.unclear or not all(word.isascii() and word.isdigit() and len(word) <= 12 for word in words):
            alternatives.append([tuple((place, _Value(None, number)) for place in places)])
            continue
        if len(words) > 1:
            if len(words) != len(places):
                return
            alternatives.append(
                [tuple((place, _Value(int(word), number)) for place, word in zip(places, words, strict=True))]
            )
            continue
        dealt = [
            tuple((place, _Value(part, number)) for place, part in zip(places, parts, strict=True))
            for parts in _partitions(text, len(places))
        ]
        # The cells may have been made one with the text of one of them, or with none.
        dealt += [
            tuple((place, _Value(int(text) if place == kept else None, number)) for place in places)
            for kept in (places if text else ())
        ]
        alternatives.append(dealt or [tuple((place, _Value(None, number)) for place in places)])
    for chosen in islice(product(*alternatives), MOST_HYPOTHESES + 1):
        values = dict(pair for pairs in chosen for pair in pairs)
        yield tuple(values.get(place, _Value()) for place in range(len(row.entries)))


def _with_lost_cells(row: Row) -> Iterator[Hypothesis]:
    """The row with a cell or two of the form that have left no trace."""
    lost = len(row.entries) - len(row.slots)
    if lost > MOST_LOST:
        return
    for missing in combinations(range(len(row.entries)), lost):
        numbers = iter(range(len(row.slots)))
        yield tuple(
            _Value(is_blank=True) if place in missing else _seeming(row, entry, next(numbers))
            for place, entry in enumerate(row.entries)
        )


def _run_together(row: Row) -> Iterator[Hypothesis]:
    """The row with the figures parted that have run together: ``8100009``."""
    texts = [slot.text.strip() for slot in row.slots]
    if any(slot.unclear for slot in row.slots) or not all(text.isascii() and text.isdigit() for text in texts):
        return
    yield from _parted(texts, len(row.entries), 0)


def _parted(texts: list[str], wanted: int, number: int) -> Iterator[Hypothesis]:
    """Every way to make *wanted* figures of some cells."""
    if number == len(texts):
        if wanted == 0:
            yield ()
        return
    rest = sum(map(len, texts[number + 1 :]))
    for count in range(max(1, wanted - rest), min(wanted - (len(texts) - number - 1), len(texts[number])) + 1):
        for parts in _partitions(texts[number], count):
            head = tuple(_Value(part, number) for part in parts)
            for tail in _parted(texts, wanted - count, number + 1):
                yield (*head, *tail)


def _partitions(digits: str, count: int) -> Iterator[tuple[int, ...]]:
    """Every way to part digits into *count* numbers, none with a 0 before it; nothing is tried in vain."""
    if count == 1 and _can_part(digits, 1):
        yield (int(digits),)
    for end in range(1, min(len(digits) - count + 1, MOST_DIGITS) + 1) if count > 1 else ():
        if _can_part(digits[:end], 1) and _can_part(digits[end:], count - 1):
            for rest in _partitions(digits[end:], count - 1):
                yield (int(digits[:end]), *rest)


MOST_DIGITS = 12


def _can_part(digits: str, count: int) -> bool:
    """Whether digits are *count* numbers in some way: a run of zeros is that many numbers, or ends one."""
    if count == 1:
        return 0 < len(digits) <= MOST_DIGITS and (digits == "0" or digits[0] != "0")
    zeros = len(digits) - len(digits.lstrip("0"))
    if zeros == len(digits):
        return zeros == count
    if not zeros <= count - 1 or not len(digits) >= count:
        return False
    return len(digits) - zeros <= MOST_DIGITS * (count - zeros)


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
        at = slot.place if slot else row.place
        if first.number is None or any(value.number != first.number for value in values):
            unread.append(_why_cell(row, entry, slot, is_ambiguous=len(values) > 1))
            continue
        evidence = _evidence(row, place, hypotheses)
        if evidence is None:
            unread.append(_why_cell(row, entry, slot, is_ambiguous=False))
        else:
            taken.append(Taken(entry, first.number, slot.text if slot else "", at, evidence))
    if not taken:
        return _nothing(row, _why(row))
    return Verdict(row, tuple(taken), tuple(unread))


def _why_cell(row: Row, entry: Entry, slot: Slot | None, *, is_ambiguous: bool) -> Unread:
    if slot is None:
        return Unread(entry, "这一格没有读到", "", row.place)
    found = content(slot.text, entry)
    if slot.unclear or found.figure is None:
        return _unread(entry, slot, found)
    reason = "不知道是不是错了位" if is_ambiguous else "核对不了"
    return Unread(entry, reason, slot.text, slot.place)


def _evidence(row: Row, place: int, hypotheses: Sequence[Hypothesis]) -> Evidence | None:
    """Why a number is taken; None where a remark leaves it open what is meant."""
    value, entry = hypotheses[0][place], row.entries[place]
    if value.is_blank or value.slot < 0:
        return Evidence.ZERO_BY_TOTAL
    slot = row.slots[value.slot]
    if len(slot.entries) > 1 or (not row.is_aligned and len(row.slots) != len(row.entries)):
        return Evidence.PLACED_BY_TOTAL
    if slot.unclear:
        return None
    if content(slot.text, entry).figure is not None:
        return row.evidence
    is_forced = len(hypotheses) == 1 and _is_forced(row, hypotheses[0], place)
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
        """The values with a 0 in each blank whose column closes without it; totals of rows are the rows' own."""
        if not any(value.is_blank and value.number is None for value in values):
            return values
        if not row.is_aligned and not row.is_delimited:
            return values
        given, balances = self._given(row, values), self._balances(row)
        return tuple(
            value._replace(number=0)
            if value.is_blank
            and value.number is None
            and not entry.column.head.is_total
            and balances
            and all(self._is_closed(entry.column.address, balance, given) for balance in balances)
            else value
            for entry, value in zip(row.entries, values, strict=True)
        )

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
