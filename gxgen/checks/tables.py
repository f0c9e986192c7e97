"""Figures that contradict one another, or cannot be this agency's: the table of 二 (rules T2-1 to T2-5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gxgen.checks import causes
from gxgen.checks.wording import (
    Imbalance,
    LegislationReported,
    LooksLikeYuan,
    OutOfBounds,
    Quantity,
    TotalDiffers,
)
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Figure, printed
from gxgen.spec import (
    TEN_THOUSAND,
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


def quantities(completed: Completed, terms: Iterable[Term]) -> tuple[Quantity, ...]:
    """Return the figures of terms with their labels."""
    return tuple(Quantity(term.label, completed.count(term.address)) for term in terms)


def typed_totals(completed: Completed) -> Iterator[Finding]:
    """A typed total equals the computed one (T3-2, T3-3, T4-1)."""
    entries = address_book(completed.report.layout).entries
    for address, typed in completed.report.assertions.items():
        computed = completed.count(address)
        if typed != computed and completed.is_certain(address):
            assert isinstance(typed, int), "the reader takes whole numbers only for a total"
            entry = entries[address]
            cause = causes.of_typed_total(completed, entry, typed)
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

    def side(rows: Iterable[Address]) -> tuple[Quantity, ...]:
        return tuple(Quantity(check.rows[row].printed, completed.count(join(row, column.address))) for row in rows)

    rows = tuple(check.rows[row] for row in (*check.balance.left, *check.balance.right))
    cells = tuple(join(row, column.address) for row in (*check.balance.left, *check.balance.right))
    if all(map(completed.is_certain, cells)):
        imbalance = Imbalance(
            column.printed,
            side(check.balance.left),
            side(check.balance.right),
            tuple(map(_row_name, rows)),
            causes.of_imbalance(completed, check, column),
        )
        at = join(check.balance.right[0], column.address)
        yield Finding.of(codes.BALANCE, at, imbalance, fallback_addresses=cells)


def _row_name(row: Leaf) -> str:
    """A row as one says it: without its number, and a total by what it adds up."""
    head = row.trail[-2] if row.head.is_total and len(row.trail) > 1 else row.head
    return unnumbered(head.label)


NATIONAL = r"国家|国务院|中国|中华|全国|.*部"
"""Organs of the state council, and their branches: some of them make 规章, and their names follow no rule."""
LARGER_THAN_A_COUNTY = r"自治区|特别行政区|特区|地区"
"""Words for regions in which 区 is no district."""
COUNTY = r"[县区旗]"
"""No province, city with districts or 自治州 has one of these in its name."""
TOWN = r"(?:镇|乡)(?:人民)?政府(?:办公室)?$|街道办事处$"
"""Only at the end: 镇江 and 新乡 are cities with districts."""
OFFICE = r"(?<!总)局$|中心$"
LAW_OFFICE = r"司法局$"
"""It keeps the register of its government's 规章, and may report them."""

GOVERNMENT = r"(?:政府|管委会|区管理委员会)$"
NOT_A_DEPARTMENT = r"政府办公[厅室]$|街道办事处$|公署$|兵团$"
"""May report in the name of a government, or is none of the 部门 of 条例第四十九条."""


def is_minor(agency: str) -> bool:
    """Whether the name is clearly that of a county, a district, a town, one of their organs, or of a bureau.

    None of them makes 规章 (立法法第九十一条、第九十三条).
    """
    if not agency or re.match(NATIONAL, agency):
        return False
    if re.search(COUNTY, re.sub(LARGER_THAN_A_COUNTY, "", agency)) or re.search(TOWN, agency):
        return True
    return bool(re.search(OFFICE, agency)) and not re.search(LAW_OFFICE, agency)


def is_department(agency: str) -> bool:
    """Whether the name is that of a department, and not of a government or its office."""
    return bool(agency) and not re.search(GOVERNMENT, agency) and not re.search(NOT_A_DEPARTMENT, agency)


MOST_OF_A_COUNTY = 10**6
"""万元, 10 thousand million yuan: several times what a county or a bureau takes in fees in its best years."""
MOST_OF_A_PROVINCE = 10**7
"""万元, 100 thousand million yuan: about a quarter of what the whole country takes in a year."""
DIGITS_OF_YUAN = 2
"""An amount in 元 has two decimals at most; one that was worked out in 万元 mostly has more."""


def bounded(completed: Completed) -> Iterator[Finding]:
    """No figure is larger than those of its row allow (T2-2, T2-3, T2-4)."""
    for check in bounds(completed.report.layout):
        of, within = quantities(completed, check.of), quantities(completed, check.within)
        cells = tuple(term.address for term in (*check.of, *check.within))
        exceeds = sum(each.number for each in of) > sum(each.number for each in within)
        if exceeds and all(map(completed.is_certain, cells)):
            bounds_broken = OutOfBounds(check.line, of, within)
            yield Finding.of(check.bound.code, cells[0], bounds_broken, fallback_addresses=cells)


def amounts_in_yuan(completed: Completed) -> Iterator[Finding]:
    """An amount in 万元 is not one in 元 (T2-1)."""
    limit = MOST_OF_A_COUNTY if is_minor(completed.report.agency) else MOST_OF_A_PROVINCE
    entries = address_book(completed.report.layout).entries
    for address, figure in completed.report.figures.items():
        if entries[address].unit == TEN_THOUSAND and _looks_like_yuan(figure, limit) and completed.is_certain(address):
            amount = LooksLikeYuan(entries[address].printed, Decimal(str(figure)))
            yield Finding.of(codes.YUAN_FOR_TEN_THOUSAND, address, amount)


def _looks_like_yuan(figure: Figure, limit: int) -> bool:
    if isinstance(figure, int):
        return figure >= limit
    return isinstance(figure, Decimal) and figure >= limit and figure == round(figure, DIGITS_OF_YUAN)


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
        shown = tuple((entry.column.printed, printed(report.figures[entry.address])) for entry in cells)
        yield Finding.of(
            codes.RULES_WITHOUT_POWER,
            row,
            LegislationReported(cells[0].row.printed, shown, report.agency),
            fallback_addresses=tuple(entry.address for entry in cells),
        )
