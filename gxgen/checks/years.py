"""What the report of the year before has settled (rules Y-1 to Y-3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gxgen import codes
from gxgen.checks.wording import term_and_count
from gxgen.compute import Completed
from gxgen.findings import Code, Elsewhere, Finding
from gxgen.spec import CarryCheck, Term, carries

CARRIES: Mapping[str, Code] = {
    "Y-1": codes.BROUGHT_FORWARD,
    "Y-2": codes.IN_FORCE,
    "Y-3": codes.ITEMS_OF_LAST_YEAR,
}
"""The code of every figure that a form takes over from last year."""


def taken_over(previous: Completed, current: Completed) -> Iterator[Finding]:
    """A figure is what last year's report, and the changes of this year, make it (Y-1, Y-2, Y-3)."""
    if previous.report.year != current.report.year - 1:
        return
    for check in carries(previous.report.layout, current.report.layout):
        settled = _sum(previous, check.last_year) + _sum(current, check.plus) - _sum(current, check.minus)
        if current.count(check.figure.address) != settled and _is_certain(previous, current, check):
            yield _differs(previous, current, check, settled)


def _sum(completed: Completed, terms: tuple[Term, ...]) -> int:
    return sum(completed.count(term.address) for term in terms)


def _is_certain(previous: Completed, current: Completed, check: CarryCheck) -> bool:
    return all(previous.is_certain(term.address) for term in check.last_year) and all(
        current.is_certain(term.address) for term in (check.figure, *check.plus, *check.minus)
    )


def _differs(previous: Completed, current: Completed, check: CarryCheck, settled: int) -> Finding:
    figure = current.count(check.figure.address)
    code = CARRIES[check.carry.rule]
    here = tuple(term.address for term in (check.figure, *check.plus, *check.minus))
    there = tuple(term.address for term in check.last_year)
    return Finding(
        code,
        here[0],
        f"{check.line}的{term_and_count(current, check.figure)}；{_settled(previous, current, check, settled)}，"
        f"相差 {abs(figure - settled)}，请核对",
        code.mend,
        near=here,
        elsewhere=(Elsewhere(there[0], near=there),),
    )


def _settled(previous: Completed, current: Completed, check: CarryCheck, settled: int) -> str:
    """How last year's figures and this year's changes come to the figure that was to be expected."""
    this_year = current.report.year
    last = " + ".join(term_and_count(previous, term) for term in check.last_year)
    steps = (
        f"{previous.report.year}年报告的{last}",
        *(f"加{this_year}年的{term_and_count(current, term)}" for term in check.plus),
        *(f"减{this_year}年的{term_and_count(current, term)}" for term in check.minus),
    )
    needs_sum = len(check.last_year) > 1 or len(steps) > 1
    return "，".join((*steps, f"应为 {settled}") if needs_sum else steps)
