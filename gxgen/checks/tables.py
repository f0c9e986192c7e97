"""Check the figures of the tables: totals, balances, bounds, units, and powers of the agency (rules T2-1 to T4-1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxgen.checks import causes
from gxgen.checks.agencies import cannot_make_rules
from gxgen.checks.wording import (
    Imbalance,
    LabelledCount,
    LegislationReported,
    OutOfBounds,
    TotalDiffers,
)
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import printed
from gxgen.spec import (
    Address,
    BalanceCheck,
    Entry,
    Leaf,
    Term,
    address_book,
    bounds,
    join,
    unnumbered,
)


def labelled_counts(completed: Completed, terms: Iterable[Term]) -> tuple[LabelledCount, ...]:
    """Return the figures of terms with their labels."""
    return tuple(LabelledCount(term.label, completed.count(term.address)) for term in terms)


def typed_totals(completed: Completed) -> Iterator[Finding]:
    """A typed total equals the computed one (T3-2, T3-3, T4-1)."""
    entries = address_book(completed.report.layout).entries
    for address, typed in completed.report.assertions.items():
        computed = completed.count(address)
        if typed != computed and completed.is_certain(address):
            assert isinstance(typed, int), "the reader takes whole numbers only for a total"
            entry = entries[address]
            cause = causes.cause_of_wrong_total(completed, entry, typed)
            differs = TotalDiffers(entry.printed, printed(typed), computed, abs(typed - computed), cause)
            yield Finding.of(codes.TYPED_TOTAL, address, differs)


def balances(completed: Completed) -> Iterator[Finding]:
    """In every column 一 + 二 = （七） + 四 (T3-1, printed in the corner of the table itself)."""
    for check in address_book(completed.report.layout).balances:
        for column in check.columns:
            yield from _unbalanced_column(completed, check, column)


def _unbalanced_column(completed: Completed, check: BalanceCheck, column: Leaf) -> Iterator[Finding]:
    if not causes.imbalance(completed, check, column):
        return

    def side(rows: Iterable[Address]) -> tuple[LabelledCount, ...]:
        return tuple(LabelledCount(check.rows[row].printed, completed.count(join(row, column.address))) for row in rows)

    rows = tuple(check.rows[row] for row in (*check.balance.left, *check.balance.right))
    cells = tuple(join(row, column.address) for row in (*check.balance.left, *check.balance.right))
    if all(map(completed.is_certain, cells)):
        imbalance = Imbalance(
            column.printed,
            side(check.balance.left),
            side(check.balance.right),
            tuple(map(_row_name, rows)),
            causes.cause_of_imbalance(completed, check, column),
        )
        at = join(check.balance.right[0], column.address)
        yield Finding.of(codes.BALANCE, at, imbalance, fallback_addresses=cells)


def _row_name(row: Leaf) -> str:
    """A row as one says it: without its number, and a total by what it adds up."""
    head = row.trail[-2] if row.head.is_total and len(row.trail) > 1 else row.head
    return unnumbered(head.label)


def column_bounds(completed: Completed) -> Iterator[Finding]:
    """No figure is larger than those of its row allow (T2-2, T2-3, T2-4)."""
    for check in bounds(completed.report.layout):
        of, within = labelled_counts(completed, check.of), labelled_counts(completed, check.within)
        cells = tuple(term.address for term in (*check.of, *check.within))
        exceeds = sum(each.number for each in of) > sum(each.number for each in within)
        if exceeds and all(map(completed.is_certain, cells)):
            bounds_broken = OutOfBounds(check.line, of, within)
            yield Finding.of(check.bound.code, cells[0], bounds_broken, fallback_addresses=cells)


def rulemaking_power(completed: Completed) -> Iterator[Finding]:
    """Only an agency that can make 规章 reports any (T2-5)."""
    report = completed.report
    if not cannot_make_rules(report.agency):
        return
    entries = address_book(report.layout).entries
    rows: dict[str, list[Entry]] = {}
    for address, figure in report.figures.items():
        entry = entries[address]
        if entry.row.head.is_legislation and figure and completed.is_certain(address):
            rows.setdefault(entry.row.address, []).append(entry)
    for row, cells in rows.items():
        shown = tuple((entry.column.printed, printed(report.figures[entry.address])) for entry in cells)
        yield Finding.of(
            codes.RULES_WITHOUT_POWER,
            row,
            LegislationReported(cells[0].row.printed, shown, report.agency),
            fallback_addresses=tuple(entry.address for entry in cells),
        )
