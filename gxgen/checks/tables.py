"""Figures that contradict one another, or cannot be this agency's: the table of 二 (rules T2-1 to T2-5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gxgen.checks import causes
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Figure, printed
from gxgen.spec import (
    TEN_THOUSAND,
    YUAN_IN_TEN_THOUSAND,
    Address,
    BalanceCheck,
    BoundCheck,
    Entry,
    Leaf,
    Term,
    address_book,
    bounds,
    join,
    unnumbered,
)


def term_and_count(completed: Completed, term: Term) -> str:
    """A figure by its label: 「本年制发件数」9; a negative one in brackets, since signs stand before some."""
    number = completed.count(term.address)
    return f"「{term.label}」（{number}）" if number < 0 else f"「{term.label}」{number}"


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
            fallback_addresses=cells,
        )


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
        of, within = (sum(completed.count(term.address) for term in terms) for terms in (check.of, check.within))
        cells = tuple(term.address for term in (*check.of, *check.within))
        if of > within and all(map(completed.is_certain, cells)):
            code = check.bound.code
            yield Finding(
                code, cells[0], _out_of_bounds(completed, check, of, within), code.remedy, fallback_addresses=cells
            )


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
            codes.RULES_WITHOUT_POWER.remedy,
            fallback_addresses=tuple(entry.address for entry in cells),
        )
