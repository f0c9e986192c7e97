"""What a row of figures can mean, and whether its totals allow it.

A hypothesis gives a number, or nothing, to each cell that the form has in the row.  Those made here: the row as it is
printed, with its cells slipped to one side, with what stands in merged cells dealt out, with cells lost, with figures
run together.  No figure of a row with totals is below 0, so what is known of a sum is at most its total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain, combinations, islice, product
from typing import NamedTuple

import msgspec

from gxgen.published.document import Location
from gxgen.published.tables.cells import Mark, content, is_dash
from gxgen.spec import Entry, join

MOST_HYPOTHESES = 5000
"""Of one row; a row with more is not read."""
LARGEST_SHIFT = 2
"""Columns that a row is thought to have slipped by; blanks in more than that many columns are blanks."""
MOST_STEPS = 20_000
"""Numbers that are tried to part the digits of one cell."""
MOST_LOST = 2
"""Cells of a row that may be lost."""


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
    location: Location
    unclear: str = ""


class Row(msgspec.Struct, frozen=True, eq=False):
    """A row of figures whose label has been recognised."""

    entries: tuple[Entry, ...]
    """All cells of figures that the form has in this row."""
    slots: tuple[Slot, ...]
    location: Location
    is_aligned: bool = True
    """Whether the reader knows under which column each cell stands; otherwise cells are only counted."""
    is_delimited: bool = True
    """Whether the cells of a counted row stand on one line with marks between them."""
    has_gap: bool = False
    """Whether columns are missing and a cell is empty: the others may have slipped."""
    is_beside_other_years: bool = False
    """Whether columns of other years stand between its cells: where it has slipped, its totals say so, or nothing."""
    evidence: Evidence = Evidence.READ
    """Why its plain cells are taken: its labels are the form's, or misprints of them, or it stands for its group."""
    needs_columns: bool = False
    """Whether its label is so uncertain that only the arithmetic of all columns confirms it."""
    is_recognised: bool = False
    """Whether its figures were recognised in a picture: only arithmetic confirms them."""

    @property
    def quoted(self) -> str:
        """The row's cells as a message quotes them."""
        return "｜".join(" ".join(slot.text.split()) or "（空）" for slot in self.slots)


class Value(NamedTuple):
    """What a hypothesis says of one cell of the form."""

    number: int | None = None
    """None: nothing is known of it."""
    slot: int = -1
    """The printed cell that it is read from; -1: none."""
    is_blank: bool = False
    """Whether nothing is printed, or a stroke: it may be 0."""
    is_gap: bool = False
    """Whether nothing is printed: the row may have slipped."""
    is_unclear: bool = False
    """Whether it is uncertain that the number is the cell's: only a total can confirm it."""


Hypothesis = tuple[Value, ...]
"""A value for each cell of the form in the row."""


def printed_values(row: Row) -> Hypothesis | None:
    """The row as it is printed; None where its cells are not one for each of the form's."""
    if not row.slots:
        return tuple(Value(is_blank=True, is_gap=True) for _ in row.entries)
    if not row.is_aligned and len(row.slots) != len(row.entries):
        return None
    if any(len(slot.entries) > 1 for slot in row.slots):
        return None
    at = {slot.entries[0].address if row.is_aligned else "": number for number, slot in enumerate(row.slots)}
    order = [at.get(entry.address, -1) for entry in row.entries] if row.is_aligned else list(range(len(row.slots)))
    return tuple(_seeming(row, entry, number) for entry, number in zip(row.entries, order, strict=True))


def _seeming(row: Row, entry: Entry, number: int) -> Value:
    """What a cell seems to say: a number with a remark that number; a blank and a stroke nothing, as yet."""
    if number < 0:
        return Value()
    slot = row.slots[number]
    found = content(slot.text, entry)
    if slot.unclear:
        return Value(found.figure if isinstance(found.figure, int) else None, number, is_unclear=True)
    if isinstance(found.figure, int):
        return Value(found.figure, number)
    if found.mark is Mark.BLANK:
        return Value(None, number, is_blank=True, is_gap=True)
    if is_dash("".join(slot.text.split())):
        return Value(None, number, is_blank=True)
    begins = re.match(r"\s*(\d{1,12})(?![\d.,])", slot.text)
    return Value(int(begins[1]) if begins else None, number)


def without_unclear(values: Hypothesis) -> Hypothesis:
    """The values without the numbers of cells whose text is not certain."""
    return tuple(value._replace(number=None) if value.is_unclear else value for value in values)


def is_empty(values: Hypothesis) -> bool:
    """Whether no number stands in any of the row's cells."""
    return all(value.is_blank for value in values)


def is_legible(row: Row, values: Hypothesis) -> bool:
    """Whether a row that does not add up is plainly printed: in its columns, all of them known and none empty."""
    if not row.is_delimited or row.has_gap or any(value.is_gap for value in values):
        return False
    if row.is_aligned:
        return all(value.slot >= 0 and not value.is_unclear for value in values)
    return all(value.number is not None for value in values)


def may_have_slipped(row: Row, values: Hypothesis) -> bool:
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


def sums_of(row: Row) -> tuple[tuple[int, tuple[int, ...]], ...]:
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


def can_close(row: Row, values: Hypothesis) -> bool:
    """Whether every total can be the sum of its row: no figure is below 0, so what is known is at most the total."""
    for total, parts in sums_of(row):
        known = [values[part].number for part in parts]
        least = sum(number for number in known if number is not None)
        wanted = values[total].number
        if wanted is not None and (least > wanted or (None not in known and least != wanted)):
            return False
    return True


def is_exact(row: Row, values: Hypothesis) -> bool:
    """Whether every total is there and so is all that it adds up: then a row cannot have slipped unseen."""
    return not any(values[place].number is None for total, parts in sums_of(row) for place in (total, *parts))


def has_totals(row: Row, values: Hypothesis) -> bool:
    """Whether every total of a row is known; without one, nothing confirms the other figures."""
    return not any(values[total].number is None for total, _ in sums_of(row))


def settled_by_totals(row: Row, values: Hypothesis) -> Hypothesis:
    """The values with a 0 in each blank for which a total leaves nothing."""
    if not any(value.is_blank for value in values):
        return values
    settled = list(values)
    for total, parts in sums_of(row):
        numbers = [settled[part].number for part in parts]
        wanted, known = settled[total].number, sum(number for number in numbers if number is not None)
        if wanted is not None and wanted == known:
            for part in parts:
                if settled[part].number is None and settled[part].is_blank:
                    settled[part] = settled[part]._replace(number=0)
        elif wanted is None and settled[total].is_blank and None not in numbers and known == 0:
            settled[total] = settled[total]._replace(number=0)
    return tuple(settled)


def leaves_one_number(row: Row, values: Hypothesis, place: int) -> bool:
    """Whether a total and the other figures of its row leave only one number for a cell."""
    sums = [(total, parts) for total, parts in sums_of(row) if place == total or place in parts]
    for total, parts in sums:
        numbers = [values[part].number for part in (total, *parts)]
        if None in numbers or numbers[0] != sum(number or 0 for number in numbers[1:]):
            return False
    return bool(sums)


# Hypotheses


def all_placements(row: Row) -> list[Hypothesis]:
    """What a row can mean that has not one cell for each of the form's."""
    if row.is_aligned:
        return list(_merged(row))
    if not row.is_delimited or len(row.slots) >= len(row.entries):
        return []
    return list(islice(chain(_with_lost_cells(row), _run_together(row)), MOST_HYPOTHESES + 1))


def shifts(row: Row, printed: Hypothesis) -> Iterator[Hypothesis]:
    """The row with its cells where they were before it slipped by a column or two, or its total went to its front.

    It may have slipped in the order of the table or, where columns were moved later, in that of the form.
    """
    in_table = _printed_order(printed)
    orders = tuple(dict.fromkeys((tuple(in_table), tuple(sorted(in_table)))))
    turned = [_turned(printed, order) for order in orders]
    shifted = [values for order in orders for values in _shifted(printed, order)]
    yield from (*turned, *shifted)
    if len(sums_of(row)) > 1:  # several totals tell both faults in one row apart
        yield from (values for one in turned for order in orders for values in _shifted(one, order))
        yield from (_turned(one, order) for one in shifted for order in orders)


def _turned(values: Hypothesis, order: Sequence[int]) -> Hypothesis:
    """The values with the first of their order after the last."""
    return _in_order(values, order, [*(values[place] for place in order[1:]), values[order[0]]])


def _shifted(values: Hypothesis, order: Sequence[int]) -> Iterator[Hypothesis]:
    """The values moved by a column or two in their order, to either side."""
    for cells in _shifts([values[place] for place in order]):
        yield _in_order(values, order, cells)


def _in_order(values: Hypothesis, order: Sequence[int], cells: Sequence[Value]) -> Hypothesis:
    placed = dict(zip(order, cells, strict=True))
    return tuple(placed.get(place, Value()) for place in range(len(values)))


def _shifts(cells: list[Value]) -> Iterator[list[Value]]:
    for by in range(1, min(LARGEST_SHIFT, len(cells) - 1) + 1):
        unknown = [Value()] * by
        if all(map(_is_filler, cells[:by])):
            yield [*cells[by:], *unknown]
        if all(map(_is_filler, cells[-by:])):
            yield [*unknown, *cells[:-by]]


def _is_filler(value: Value) -> bool:
    """Whether a cell can be what a slip has left behind: nothing, a 0 or a stroke put there to fill it, or unknown."""
    return not value.number


def _merged(row: Row) -> Iterator[Hypothesis]:
    """The row with what stands in merged cells dealt out to the columns that they cover."""
    at = {entry.address: number for number, entry in enumerate(row.entries)}
    alternatives: list[list[tuple[tuple[int, Value], ...]]] = []
    for number, slot in enumerate(row.slots):
        if len(slot.entries) == 1:
            entry = slot.entries[0]
            alternatives.append([((at[entry.address], _seeming(row, entry, number)),)])
            continue
        places = [at[entry.address] for entry in slot.entries]
        text = slot.text.strip()
        words = text.split()
        if slot.unclear or not all(word.isascii() and word.isdigit() for word in words) or len(text) > LONGEST_RUN:
            alternatives.append([tuple((place, Value(None, number)) for place in places)])
            continue
        if len(words) > 1:
            if len(words) != len(places):
                return
            alternatives.append(
                [tuple((place, Value(int(word), number)) for place, word in zip(places, words, strict=True))]
            )
            continue
        dealt = [
            tuple((place, Value(part, number)) for place, part in zip(places, parts, strict=True))
            for parts in _dealt(row, text, places)
        ]
        # A few cells may have been made one with the text of one of them, or with none.
        is_one = len(places) <= MOST_LOST + 1 and _can_part(text, 1)
        dealt += [
            tuple(
                (place, Value(int(text), number) if place == kept else Value(None, number, is_blank=True))
                for place in places
            )
            for kept in (places if is_one else ())
        ]
        alternatives.append(dealt or [tuple((place, Value(None, number)) for place in places)])
    for chosen in islice(product(*alternatives), MOST_HYPOTHESES + 1):
        values = dict(pair for pairs in chosen for pair in pairs)
        yield tuple(values.get(place, Value()) for place in range(len(row.entries)))


def _dealt(row: Row, digits: str, places: list[int]) -> list[tuple[int, ...]]:
    """Every way to part digits into numbers for some places of a row whose totals, where all is there, add up.

    Empty where there are too many ways to try.
    """
    at = {place: number for number, place in enumerate(places)}
    sums = {
        at[total]: [at[part] for part in parts]
        for total, parts in sums_of(row)
        if total in at and all(part in at and at[part] < at[total] for part in parts)
    }

    steps = iter(range(MOST_STEPS))
    ways: list[tuple[int, ...]] = []

    def part(start: int, before: tuple[int, ...]) -> None:
        left = len(places) - len(before)
        if not left:
            ways.append(before)
        if not left or next(steps, None) is None:
            return
        wanted = sum(before[part] for part in sums[len(before)]) if len(before) in sums else None
        for end in range(start + 1, len(digits) - left + 2) if left > 1 else (len(digits),):
            head = digits[start:end]
            is_possible = _can_part(head, 1) and (left == 1 or _can_part(digits[end:], left - 1))
            if is_possible and (wanted is None or int(head) == wanted):
                part(end, (*before, int(head)))

    part(0, ())
    return ways if next(steps, None) is not None else []


def _with_lost_cells(row: Row) -> Iterator[Hypothesis]:
    """The row with a cell or two of the form that have left no trace."""
    lost = len(row.entries) - len(row.slots)
    if lost > MOST_LOST:
        return
    for missing in combinations(range(len(row.entries)), lost):
        numbers = iter(range(len(row.slots)))
        yield tuple(
            Value(is_blank=True) if place in missing else _seeming(row, entry, next(numbers))
            for place, entry in enumerate(row.entries)
        )


def _run_together(row: Row) -> Iterator[Hypothesis]:
    """The row with the figures parted that have run together: ``8100009``."""
    texts = [slot.text.strip() for slot in row.slots]
    if any(slot.unclear for slot in row.slots) or not all(text.isascii() and text.isdigit() for text in texts):
        return
    if sum(map(len, texts)) > LONGEST_RUN:
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
            head = tuple(Value(part, number) for part in parts)
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
"""Of one figure."""
LONGEST_RUN = 40
"""Digits of a row whose figures have run together."""


@lru_cache(maxsize=4096)
def _can_part(digits: str, count: int) -> bool:
    """Whether digits are *count* numbers in some way."""
    if count == 1:
        return 0 < len(digits) <= MOST_DIGITS and (digits == "0" or digits[0] != "0")
    longest = min(len(digits) - count + 1, MOST_DIGITS)
    return any(_can_part(digits[:end], 1) and _can_part(digits[end:], count - 1) for end in range(1, longest + 1))
