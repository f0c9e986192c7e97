"""Statements that there was none, or that all were alike, against the tables (N-6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gxgen import codes
from gxgen.checks.claims import can_be_named
from gxgen.checks.claims.decisions import rows_of_one_number
from gxgen.checks.narrative.counted import DISPUTES, ON_REQUEST, number_at, terms_of
from gxgen.checks.narrative.phrases import at_phrase, texts
from gxgen.compute import Completed
from gxgen.findings import Finding
from gxgen.model import printed
from gxgen.spec import TEN_THOUSAND, Address

if TYPE_CHECKING:
    from gxgen.checks.claims.nothing import Denial


def denied(completed: Completed) -> Iterator[Finding]:
    """Where the text says that there was none, the table has zeros (N-6)."""
    report = completed.report
    # Most offices received nothing and decided nothing: no denial of theirs can be wrong.
    if not can_be_named(report.layout) or not any(report.figures.values()):
        return
    from gxgen.checks.claims.absent import AbsentRows
    from gxgen.checks.claims.everything import AllOfThem
    from gxgen.checks.claims.nothing import denials

    terms = terms_of(report.layout)
    absent = AbsentRows(terms, report.layout, report.year, report.agency)
    alike = AllOfThem(terms, report.year, report.agency)
    for place, text in texts(completed):
        on_request = place in ON_REQUEST
        found = (
            *denials(text, terms, report.year, about_disputes=place == DISPUTES),
            *absent.denials(text, about_applications=on_request),
            *alike.denials(text, about_applications=on_request),
        )
        for denial in found:
            yield from _denied_wrongly(completed, place, denial)


def _denied_wrongly(completed: Completed, place: str, denial: Denial) -> Iterator[Finding]:
    there = [(term, number_at(completed, term.readings[0])) for term in denial.of]
    cells = (*(cell for term in denial.of for cell in term.readings[0]), *denial.spare)
    spare = number_at(completed, denial.spare)
    if sum(number for _, number in there) <= spare or not all(map(completed.is_certain, cells)):
        return
    named = "、".join(
        f"{term.name} {printed(number)} {_unit(completed, term.readings[0])}" for term, number in there if number
    )
    yield at_phrase(
        completed,
        place,
        (denial.offset, denial.offset + len(denial.phrase)),
        codes.TEXT_DENIES,
        f"正文写「{denial.phrase}」，表中有{named}，请核对",
        "改正文字或表中的数字",
    )


def _unit(completed: Completed, cells: tuple[Address, ...]) -> str:
    of_money = (row.term.readings[0] for row in rows_of_one_number(completed.report.layout).values() if row.is_money)
    return TEN_THOUSAND if cells in of_money else "件"
