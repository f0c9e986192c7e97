"""Numbers in the text against the tables: applications, outcomes, disputes, documents, decisions, fees (N-1 to N-7)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from gxgen import codes
from gxgen.checks.claims import (
    MONEY,
    ApplicationClaims,
    Claim,
    Count,
    DecisionClaims,
    DocumentClaims,
    Terms,
    can_be_named,
)
from gxgen.checks.narrative.phrases import at_phrase, texts
from gxgen.compute import Completed
from gxgen.findings import Finding
from gxgen.model import YUAN, Money, printed
from gxgen.spec import TEN_THOUSAND, YUAN_IN_TEN_THOUSAND, Address, Layout

ON_REQUEST = ("requests", "overview.on_request")
"""Places that are about applications even where a sentence does not say so."""
DISPUTES = "disputes"
DISCLOSURE = "disclosure"
"""The place that is about nothing but the agency's table of 二."""


def claimed_numbers(completed: Completed) -> Iterator[Finding]:
    """A number in the text is one that the tables give (N-1 to N-5, N-7)."""
    report = completed.report
    if not can_be_named(report.layout):
        return
    documents = DocumentClaims(report.layout, report.year, report.agency, terms_of(report.layout).names)
    decisions = DecisionClaims(report.layout, report.year, report.agency)
    for place, text in texts(completed):
        claims = claims_of_applications(completed, place, text)
        of_disclosure = (*documents.claims(text), *decisions.claims(text, about_all=place == DISCLOSURE))
        for claim in (*claims, *of_disclosure):
            yield from _contradicted(completed, place, claim)


def claims_of_applications(completed: Completed, place: str, text: str) -> Iterator[Claim]:
    """The numbers of applications and disputes that a text at a place of the narrative gives."""
    report = completed.report
    reader = ApplicationClaims(terms_of(report.layout), report.year, report.agency)
    return reader.claims(text, about_applications=place in ON_REQUEST, about_disputes=place == DISPUTES)


@lru_cache(maxsize=8)
def terms_of(layout: Layout) -> Terms:
    """What texts can name of a form."""
    return Terms(layout)


def number_at(completed: Completed, cells: tuple[Address, ...]) -> int | Decimal:
    """The sum of counts, or of amounts in the unit of the form."""
    return sum(figure for cell in cells if not isinstance(figure := completed.figure(cell), Money))


def _contradicted(completed: Completed, place: str, claim: Claim) -> Iterator[Finding]:
    readings = claim.term.readings
    every = (*readings, *claim.term.unlikely)
    if any(_is_said(claim.number, number_at(completed, reading)) for reading in every):
        return
    if all(completed.is_certain(cell) for reading in every for cell in reading):
        permitted = sorted({number_at(completed, reading) for reading in readings})
        numbers = " 或 ".join(map(printed, permitted)) + (f" {TEN_THOUSAND}" if claim.number.unit in MONEY else "")
        yield at_phrase(
            completed,
            place,
            (claim.number.start, claim.number.end),
            codes.TEXT_NUMBER,
            f"正文写{claim.term.name} {printed(claim.number.value)} {claim.number.unit}，表中是 {numbers}，请核对",
            "改正文字或表中的数字；如果说的不是全机关的数，可不改",
        )


def _is_said(count: Count, number: int | Decimal) -> bool:
    """Whether a count is a figure of the tables; of amounts, in 万元, either may be rounded."""
    if count.unit not in MONEY:
        return count.value == number
    said = count.value / YUAN_IN_TEN_THOUSAND if count.unit == YUAN else count.value
    figure = Decimal(number)
    return _is_rounded(said, figure) or _is_rounded(figure, said)


def _is_rounded(rounded: Decimal, exact: Decimal) -> bool:
    ulp = Decimal(1).scaleb(min(int(rounded.as_tuple().exponent), 0))
    return rounded in (exact.quantize(ulp, ROUND_HALF_UP), exact.quantize(ulp, ROUND_DOWN))
