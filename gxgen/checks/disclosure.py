"""Figures that contradict one another, or cannot be this agency's: the table of 二 (rules T2-1 to T2-5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gxgen import codes
from gxgen.checks.agencies import is_minor
from gxgen.checks.wording import term_and_count
from gxgen.compute import Completed
from gxgen.findings import Code, Finding
from gxgen.model import Figure, printed
from gxgen.spec import TEN_THOUSAND, YUAN_IN_TEN_THOUSAND, BoundCheck, Entry, Term, address_book, bounds

BOUNDS: Mapping[str, Code] = {
    "T2-2": codes.MORE_ISSUED_THAN_IN_FORCE,
    "T2-3": codes.MORE_DISCLOSED_THAN_EVER,
    "T2-4": codes.FEWER_ITEMS_THAN_NONE,
}
"""The code of every bound that a form declares."""

MOST_OF_A_COUNTY = 10**6
"""万元, 10 thousand million yuan: several times what a county or a bureau takes in fees in its best years."""
MOST_OF_A_PROVINCE = 10**7
"""万元, 100 thousand million yuan: about a quarter of what the whole country takes in a year."""
DIGITS_OF_YUAN = 2
"""An amount in 元 has two decimals at most; one that was worked out in 万元 mostly has more."""


def bounded(completed: Completed) -> Iterator[Finding]:
    """No figure is larger than those of its row allow (T2-2, T2-3, T2-4)."""
    for check in bounds(completed.report.layout):
        of, within = (sum(completed.count(term.address) for term in terms) for terms in (check.of, check.within))
        cells = tuple(term.address for term in (*check.of, *check.within))
        if of > within and all(map(completed.is_certain, cells)):
            code = BOUNDS[check.bound.rule]
            yield Finding(code, cells[0], _out_of_bounds(completed, check, of, within), code.mend, near=cells)


def _out_of_bounds(completed: Completed, check: BoundCheck, of: int, within: int) -> str:
    def spelled_out(terms: tuple[Term, ...], total: int) -> str:
        shown = " + ".join(term_and_count(completed, term) for term in terms)
        return f"{shown} = {total}" if len(terms) > 1 else shown

    if not check.of:
        return f"{check.line}的{spelled_out(check.within, within)}，小于 0"
    return (
        f"{check.line}的{spelled_out(check.of, of)}，大于{spelled_out(check.within, within)}，"
        f"相差 {of - within}，请核对"
    )


def amounts_in_yuan(completed: Completed) -> Iterator[Finding]:
    """An amount in 万元 is not one in 元 (T2-1)."""
    limit = MOST_OF_A_COUNTY if is_minor(completed.report.agency) else MOST_OF_A_PROVINCE
    entries = address_book(completed.report.layout).entries
    for address, figure in completed.report.figures.items():
        if entries[address].unit == TEN_THOUSAND and _looks_like_yuan(figure, limit) and completed.is_certain(address):
            yield _in_yuan(entries[address], figure)


def _looks_like_yuan(figure: Figure, limit: int) -> bool:
    if isinstance(figure, int):
        return figure >= limit
    return isinstance(figure, Decimal) and figure >= limit and figure == round(figure, DIGITS_OF_YUAN)


def _in_yuan(entry: Entry, figure: Figure) -> Finding:
    amount = Decimal(str(figure))
    return Finding(
        codes.YUAN_FOR_TEN_THOUSAND,
        entry.address,
        f"{entry.printed}填写 {printed(figure)}，合 {printed(amount // 10_000)} 亿元；是不是把元当成了万元？",
        f"如果填写的是元，应除以 {YUAN_IN_TEN_THOUSAND}，写成 {printed((amount / YUAN_IN_TEN_THOUSAND).normalize())}",
    )


def legislation(completed: Completed) -> Iterator[Finding]:
    """Only an agency that can make 规章 reports any (T2-5)."""
    report = completed.report
    if not is_minor(report.agency):
        return
    entries = address_book(report.layout).entries
    rows: dict[str, list[Entry]] = {}
    for address, figure in report.figures.items():
        entry = entries[address]
        if entry.row.head.is_legislation and figure and completed.is_certain(address):
            rows.setdefault(entry.row.address, []).append(entry)
    for row, cells in rows.items():
        shown = "、".join(f"「{entry.column.printed}」{printed(report.figures[entry.address])}" for entry in cells)
        yield Finding(
            codes.RULES_WITHOUT_POWER,
            row,
            f"「{cells[0].row.printed}」行填写了{shown}；{report.agency}有权制定规章吗？",
            codes.RULES_WITHOUT_POWER.mend,
            near=tuple(entry.address for entry in cells),
        )
