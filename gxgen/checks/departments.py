"""A government's figures are the sums of its departments', cell by cell (rule A-1).

This check is not in ``CHECKS``: it takes many reports at once, and is loaded only for a report with departments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import MAX_PREC, localcontext

import msgspec

from gxgen.compute import Completed
from gxgen.compute.sums import Number, numeric_value, sum_reports, without_trailing_zeros
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import YUAN, Figure, Money, Report, printed
from gxgen.spec import Entry, address_book

MAX_FINDINGS = 20
"""Maximum cells reported one by one: more differences have a common cause outside the cells."""
HINT = "核对这一格和各机关的数字；以政府名义办理、不在任何机关报告里的，为它另写一份数据文件，和各机关的放在一起"
SIGN = "，正负号相反"
LEFT_OUT, TWICE, VERTICAL = "是不是漏加了？", "是不是加了两次？", "垂直管理的机关不应计入"


class Cause(msgspec.Struct, frozen=True):
    """The only department whose figure equals the difference."""

    department: Report
    words: str


class Difference(msgspec.Struct, frozen=True):
    """A cell of the government's report that differs from the sum of its departments."""

    entry: Entry
    figure: Figure
    total: Number
    by: Number
    """How much more the figure is than the sum."""
    in_yuan: bool
    """Whether the offices typed their units, so that *total* and *by* are in yuan."""

    @property
    def only_sign_differs(self) -> bool:
        """Whether only the sign is wrong."""
        return self.figure == -self.total


def sums_of_departments(government: Completed, departments: Sequence[Report]) -> Iterator[Finding]:
    """Every figure is the sum of the departments' of the same year, without the 垂直管理 organs (A-1)."""
    return (finding for finding, _ in sums_with_explanations(government, departments))


def sums_with_explanations(
    government: Completed, departments: Sequence[Report]
) -> Iterator[tuple[Finding, Report | None]]:
    """The findings of :func:`sums_of_departments`, each with the only department that explains it, or None."""
    of_year = [each for each in departments if each.year == government.report.year]
    summed = [each for each in of_year if not each.vertical]
    differing = list(differences(government, summed))
    for difference in differing[:MAX_FINDINGS]:
        cause = None if difference.only_sign_differs else _cause(of_year, difference)
        yield _finding(government, difference, len(summed), cause), cause.department if cause else None
    if len(differing) > MAX_FINDINGS:
        yield _omitted_finding(len(differing) - MAX_FINDINGS), None


def differences(government: Completed, summed: Sequence[Report]) -> Iterator[Difference]:
    """The cells that differ from the sum over *summed*, in the order of the form.

    Unread figures and computed cells are not compared, nor are amounts to which only some offices typed a unit.
    """
    unread = government.report.unread.union(*(each.unread for each in summed))
    sums = sum_reports(summed)
    for entry in address_book(government.report.layout).entries.values():
        address = entry.address
        if entry.is_total or address in unread:
            continue
        figure = government.figure(address)
        value, has_unit = numeric_value(figure), isinstance(figure, Money)
        in_yuan = address in sums.yuan or bool(value and has_unit)
        if in_yuan and (address in sums.numbers or bool(value and not has_unit)):
            continue
        total = sums.yuan[address] if address in sums.yuan else sums.numbers.get(address, 0)
        with localcontext(prec=MAX_PREC):
            by = value - total
        if by:
            yield Difference(entry, figure, total, by, in_yuan)


def _cause(departments: Sequence[Report], difference: Difference) -> Cause | None:
    """The cause of a difference, if exactly one department fits."""
    found: list[Cause] = []
    for each in departments:
        value = numeric_value(each.figures.get(difference.entry.address, 0))
        if value == difference.by:
            found.append(Cause(each, VERTICAL if each.vertical else TWICE))
        elif value == -difference.by and not each.vertical:
            found.append(Cause(each, LEFT_OUT))
    return found[0] if len(found) == 1 else None


# Messages


def _finding(government: Completed, difference: Difference, summed: int, cause: Cause | None) -> Finding:
    entry, figure = difference.entry, printed(difference.figure)
    total, by = _digits(difference.total, difference), _digits(max(difference.by, -difference.by), difference)
    own = _digits(numeric_value(difference.figure), difference)
    shown = figure if figure == own or not difference.in_yuan else f"{figure}（合 {own}）"
    message = f"{entry.printed}是 {shown}，所属 {summed} 个机关之和是 {total}，相差 {by}"
    row = f"{entry.row.address}."
    near = () if any(address.startswith(row) for address in government.report.figures) else ("departments",)
    likely = SIGN if difference.only_sign_differs else _in_words(cause)
    return Finding(codes.SUM_OF_DEPARTMENTS, entry.address, message + likely, HINT, fallback_addresses=near)


def _in_words(cause: Cause | None) -> str:
    if cause is None:
        return ""
    agency = cause.department.agency
    return f"，恰等于{f'“{agency}”' if agency else '其中一个机关'}的数，{cause.words}"


def _digits(value: Number, difference: Difference) -> str:
    """A number without zeros at its end, with its unit where the offices typed theirs."""
    digits = printed(without_trailing_zeros(value))
    return f"{digits}{YUAN}" if difference.in_yuan else digits


def _omitted_finding(cells: int) -> Finding:
    message = f"除了列出的 {MAX_FINDINGS} 格，还有 {cells} 格也不等于所属机关之和"
    hint = "这么多格都不对，多半是少算或多算了机关：先看 departments 里有没有缺哪个机关的数据文件"
    return Finding(codes.SUM_OF_DEPARTMENTS, "departments", message, hint)
