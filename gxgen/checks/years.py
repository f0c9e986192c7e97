"""Compare carried figures with the report of the year before (rules Y-1 to Y-3)."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.causes import is_transposed, sole_cause
from gxgen.checks.tables import labelled_counts
from gxgen.checks.wording import CarriedOverDiffers
from gxgen.compute import Completed
from gxgen.core.findings import Finding, RelatedLocation
from gxgen.spec import CarryCheck, Term, carries


def carried_figures(previous: Completed, current: Completed) -> Iterator[Finding]:
    """A figure is what last year's report, and the changes of this year, make it (Y-1, Y-2, Y-3)."""
    if previous.report.year != current.report.year - 1:
        return
    differing = [
        check
        for check in carries(previous.report.layout, current.report.layout)
        if _difference(previous, current, check) and _is_certain(previous, current, check)
    ]
    for check in differing:
        yield _differs(previous, current, check, _cause(previous, current, check, differing))


def _difference(previous: Completed, current: Completed, check: CarryCheck) -> int:
    """How much a figure is more than what is settled."""
    return current.count(check.figure.address) - _settled(previous, current, check)


def _settled(previous: Completed, current: Completed, check: CarryCheck) -> int:
    return _sum(previous, check.last_year) + _sum(current, check.plus) - _sum(current, check.minus)


def _sum(completed: Completed, terms: tuple[Term, ...]) -> int:
    return sum(completed.count(term.address) for term in terms)


def _is_certain(previous: Completed, current: Completed, check: CarryCheck) -> bool:
    return all(previous.is_certain(term.address) for term in check.last_year) and all(
        current.is_certain(term.address) for term in (check.figure, *check.plus, *check.minus)
    )


def _differs(previous: Completed, current: Completed, check: CarryCheck, cause: str) -> Finding:
    here = tuple(term.address for term in (check.figure, *check.plus, *check.minus))
    there = tuple(term.address for term in check.last_year)
    (figure,) = labelled_counts(current, (check.figure,))
    differs = CarriedOverDiffers(
        check.line,
        figure,
        current.report.year,
        labelled_counts(previous, check.last_year),
        labelled_counts(current, check.plus),
        labelled_counts(current, check.minus),
        cause,
    )
    return Finding.of(
        check.carry.code,
        here[0],
        differs,
        fallback_addresses=here,
        related=(RelatedLocation(there[0], fallback_addresses=there),),
    )


def _cause(previous: Completed, current: Completed, check: CarryCheck, differing: list[CarryCheck]) -> str:
    """Why the figure may be off: it stands in another line, a change was forgotten, or digits changed places."""
    by, figure = _difference(previous, current, check), current.count(check.figure.address)
    others = [one for one in differing if one.carry is check.carry and one is not check]
    off = {one.line: _difference(previous, current, one) for one in others}
    opposite = [line for line, difference in off.items() if difference == -by]
    if opposite and by in off.values():
        return ""
    if opposite:
        return sole_cause(f"，而{line}正好相反，可能填错了{line[-1]}" for line in opposite)
    return sole_cause(_causes(check, previous, current, by, figure))


def _causes(check: CarryCheck, previous: Completed, current: Completed, by: int, figure: int) -> Iterator[str]:
    changes = (
        *((f"{previous.report.year}年的", previous, term, 1) for term in check.last_year[1:]),
        *(("", current, term, 1) for term in check.plus),
        *(("", current, term, -1) for term in check.minus),
    )
    for whose, completed, term, sign in changes:
        if completed.count(term.address) * sign == -by:
            yield f"，可能没有算进{whose}「{term.label}」"
    if is_transposed(figure, figure - by):
        yield f"，可能是把 {figure - by} 写成了 {figure}"
