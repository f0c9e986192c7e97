"""Likely causes of a difference between numbers that should be equal.

Accountants look for the same ones: an item left out or counted twice (the difference equals it), two digits transposed,
a figure in the wrong line or column.  A cause is given only if exactly one fits; it is the end of a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gxgen.compute import Completed
from gxgen.spec import Address, BalanceCheck, Entry, Leaf, address_book, join

AMBIGUOUS_DIFFERENCE = 1
"""A difference that explains nothing: most columns have a figure of 1 somewhere."""


class Summand(msgspec.Struct, frozen=True):
    """A part of a sum: one figure, or the figures under one head together."""

    name: str
    number: int
    is_figure: bool = True


def sole_cause(causes: Iterable[str]) -> str:
    """The cause if there is exactly one, otherwise nothing: of two that fit, either is a guess."""
    found = tuple(causes)
    return found[0] if len(found) == 1 else ""


def is_transposed(one: int, other: int) -> bool:
    """Whether two numbers differ by the transposition of two adjacent digits: 21 and 12."""
    before, after = str(one), str(other)
    if one == other or len(before) != len(after):
        return False
    at = next(index for index, digit in enumerate(before) if digit != after[index])
    return before[at : at + 2] == after[at : at + 2][::-1] and before[at + 2 :] == after[at + 2 :]


def cause_of_wrong_total(completed: Completed, entry: Entry, typed: int) -> str:
    """The likely cause of a typed total that differs from the sum of its figures."""
    return sole_cause(_causes_of_wrong_total(completed, entry, typed))


def _causes_of_wrong_total(completed: Completed, entry: Entry, typed: int) -> Iterator[str]:
    computed = completed.count(entry.address)
    slip = "可能漏加了" if typed < computed else "可能加了两次"
    for part in nonzero_summands(completed, entry):
        if part.number == abs(typed - computed):
            yield f"，恰等于「{part.name}」的 {part.number}，{slip}"
    if is_transposed(typed, computed):
        yield f"，可能是把 {computed} 写成了 {typed}"
    for line in _neighbours(completed, entry):
        if typed and completed.count(line.entry.address) == typed and completed.is_certain(line.entry.address):
            yield f"，而「{line.name}」{line.kind}的正是 {typed}，可能看错了{line.kind}"


class _Neighbour(msgspec.Struct, frozen=True):
    entry: Entry
    name: str
    kind: str
    """行 or 列."""


def _neighbours(completed: Completed, entry: Entry) -> Iterator[_Neighbour]:
    """The totals of the rows above and below, or of the columns on either side."""
    entries = tuple(address_book(completed.report.layout).entries.values())
    if entry.column.head.is_total:
        rows = [one for one in entries if one.column is entry.column]
        yield from (_Neighbour(one, one.row.printed, "行") for one in _beside(entry, rows))
    if entry.row.head.is_total:
        columns = [one for one in entries if one.row is entry.row]
        yield from (_Neighbour(one, one.column.printed, "列") for one in _beside(entry, columns))


def _beside(entry: Entry, line: list[Entry]) -> list[Entry]:
    at = line.index(entry)
    return [*line[max(at - 1, 0) : at], *line[at + 1 : at + 2]]


def nonzero_summands(completed: Completed, entry: Entry) -> tuple[Summand, ...]:
    """The parts of a computed cell, by rows or by columns, without those that are 0 or the whole sum.

    Parts that consist of the same figures (a group with one figure that is not 0) are merged under the longest name.
    """
    given = [one for one in _summands(completed, entry) if completed.count(one.address)]
    found: dict[frozenset[Address], Summand] = {}
    for axis in ("row", "column"):
        whole: Leaf = getattr(entry, axis)
        if whole.head.is_total:
            for name, cells in _named(given, axis, len(whole.trail) - 1).items():
                found[frozenset(cells)] = Summand(name, sum(map(completed.count, cells)), len(cells) == 1)
    found.pop(frozenset(one.address for one in given), None)
    return tuple(found.values())


def _summands(completed: Completed, entry: Entry) -> Iterator[Entry]:
    entries = address_book(completed.report.layout).entries
    return (entries[address] for address in entry.summands)


def _named(given: list[Entry], axis: str, depth: int) -> dict[str, list[Address]]:
    """The addresses under every head below a depth, by the labels from that depth inwards."""
    named: dict[str, list[Address]] = {}
    for one in given:
        leaf: Leaf = getattr(one, axis)
        labels = [head.label for head in leaf.trail[depth:]]
        for end in range(1, len(labels) + 1):
            named.setdefault("—".join(labels[:end]), []).append(one.address)
    return named


def cause_of_imbalance(completed: Completed, check: BalanceCheck, column: Leaf) -> str:
    """The likely cause of an imbalance (勾稽关系) in a column."""
    by = imbalance(completed, check, column)
    others = {
        other: off
        for other in check.columns
        if not other.head.is_total and other is not column and (off := imbalance(completed, check, other))
    }
    if column.head.is_total:
        return sole_cause(f"，与「{other.printed}」列相差的一样，改好那一列就相等" for other in others)
    opposite = [other for other, off in others.items() if off == -by and _is_certain(completed, check, other)]
    if opposite and by in others.values():
        return ""
    if opposite:
        return sole_cause(_misplaced(completed, check, column, other) for other in opposite)
    return sole_cause(_causes_of_imbalance(completed, check, column))


def imbalance(completed: Completed, check: BalanceCheck, column: Leaf) -> int:
    """The left side of a balance (勾稽关系) less the right one, in a column."""
    left, right = (
        sum(completed.count(join(row, column.address)) for row in side)
        for side in (check.balance.left, check.balance.right)
    )
    return left - right


def _is_certain(completed: Completed, check: BalanceCheck, column: Leaf) -> bool:
    rows = (*check.balance.left, *check.balance.right)
    return all(completed.is_certain(join(row, column.address)) for row in rows)


def _misplaced(completed: Completed, check: BalanceCheck, column: Leaf, other: Leaf) -> str:
    """A figure in the wrong column makes that column too large by what the other one lacks."""
    wrong = tuple(
        (at, part)
        for at in (column, other)
        for part in _larger_side(completed, check, at)
        if part.is_figure and part.number == abs(imbalance(completed, check, column))
    )
    which = (
        "".join(f"「{at.printed}」列「{part.name}」的 {part.number} " for at, part in wrong) if len(wrong) == 1 else ""
    )
    return f"，而「{other.printed}」列正好相反，可能{which or '有一个数'}填错了列"


def _larger_side(completed: Completed, check: BalanceCheck, column: Leaf) -> tuple[Summand, ...]:
    is_left = imbalance(completed, check, column) > 0
    return _side(completed, check, check.balance.left if is_left else check.balance.right, column)


def _side(completed: Completed, check: BalanceCheck, side: tuple[Address, ...], column: Leaf) -> tuple[Summand, ...]:
    """The summands of one side of a balance in a column."""
    entries = address_book(completed.report.layout).entries
    found: list[Summand] = []
    for row in side:
        entry = entries[join(row, column.address)]
        if entry.row.head.is_total and (below := nonzero_summands(completed, entry)):
            found += below
        elif number := completed.count(entry.address):
            found.append(Summand(check.rows[row].printed, number))
    return tuple(found)


def _causes_of_imbalance(completed: Completed, check: BalanceCheck, column: Leaf) -> Iterator[str]:
    by = imbalance(completed, check, column)
    larger = _side(completed, check, check.balance.left if by > 0 else check.balance.right, column)
    smaller = _side(completed, check, check.balance.right if by > 0 else check.balance.left, column)
    if not smaller:
        return
    for part in larger:
        if part.number == abs(by) > AMBIGUOUS_DIFFERENCE:
            yield f"，恰等于「{part.name}」的 {part.number}，可能重复计入，或另一边漏计了"
    for side, change in ((larger, -abs(by)), (smaller, abs(by))):
        for part in side:
            if part.is_figure and is_transposed(part.number, part.number + change):
                yield f"，可能是把「{part.name}」的 {part.number + change} 写成了 {part.number}"
