"""Sums: the totals that an office typed, and the 勾稽关系 (rules T3-1 to T4-1 of the form)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxgen import codes
from gxgen.checks import causes
from gxgen.compute import Completed
from gxgen.findings import Finding
from gxgen.model import printed
from gxgen.spec import Address, BalanceCheck, Leaf, address_book, join, unnumbered


def typed_totals(completed: Completed) -> Iterator[Finding]:
    """A typed total equals the computed one (T3-2, T3-3, T4-1)."""
    entries = address_book(completed.report.layout).entries
    for address, typed in completed.report.assertions.items():
        computed = completed.count(address)
        if typed != computed and completed.is_certain(address):
            assert isinstance(typed, int), "the reader takes whole numbers only for a total"
            yield Finding(
                codes.TYPED_TOTAL,
                address,
                f"{entries[address].printed}填写 {printed(typed)}，由各分项算得 {computed}，"
                f"相差 {abs(typed - computed)}{causes.of_typed_total(completed, entries[address], typed)}",
                "核对各分项；总计由程序计算，也可以删去手填的数字",
            )


def balances(completed: Completed) -> Iterator[Finding]:
    """In every column 一 + 二 = （七） + 四 (T3-1, printed in the corner of the table itself)."""
    for check in address_book(completed.report.layout).balances:
        for column in check.columns:
            yield from _unbalanced_column(completed, check, column)


def _unbalanced_column(completed: Completed, check: BalanceCheck, column: Leaf) -> Iterator[Finding]:
    def added_up(rows: Iterable[Address]) -> int:
        return sum(completed.count(join(row, column.address)) for row in rows)

    def spelled_out(rows: Iterable[Address]) -> str:
        return " + ".join(f"{check.rows[row].printed} {completed.count(join(row, column.address))}" for row in rows)

    left, right = added_up(check.balance.left), added_up(check.balance.right)
    if left == right:
        return
    rows = tuple(check.rows[row] for row in (*check.balance.left, *check.balance.right))
    cells = tuple(join(row, column.address) for row in (*check.balance.left, *check.balance.right))
    if all(map(completed.is_certain, cells)):
        yield Finding(
            codes.BALANCE,
            join(check.balance.right[0], column.address),
            f"「{column.printed}」列的勾稽关系不成立：{spelled_out(check.balance.left)} = {left}，"
            f"{spelled_out(check.balance.right)} = {right}，"
            f"相差 {abs(left - right)}{causes.of_imbalance(completed, check, column)}",
            f"核对这一列的{'、'.join(map(_row_name, rows))}",
            near=cells,
        )


def _row_name(row: Leaf) -> str:
    """A row as one says it: without its number, and a total by what it adds up."""
    head = row.trail[-2] if row.head.is_total and len(row.trail) > 1 else row.head
    return unnumbered(head.label)
