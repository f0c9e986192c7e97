"""Numbers of applications, outcomes, disputes and documents in the text, against the tables (N-1 to N-7)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from gxgen import codes
from gxgen.checks.claims import Claim, ClaimReader, Denial, DocumentClaims, Terms, can_be_named, denials
from gxgen.checks.claims.nothing import APPLICATIONS, LITIGATION, RECONSIDERATION
from gxgen.checks.narrative.phrases import at_phrase, texts
from gxgen.compute import Completed
from gxgen.findings import Finding
from gxgen.spec import Layout

ON_REQUEST = ("requests", "overview.on_request")
"""Places that are about applications even where a sentence does not say so."""
DISPUTES = "disputes"
DISPUTE_LABELS = (RECONSIDERATION, LITIGATION)
NAMES = {APPLICATIONS: "本年新收政府信息公开申请"}


def claimed_numbers(completed: Completed) -> Iterator[Finding]:
    """A number in the text is one that the tables give (N-1 to N-5, N-7)."""
    report = completed.report
    if not can_be_named(report.layout):
        return
    reader = ClaimReader(_terms(report.layout), report.year, report.agency)
    documents = DocumentClaims(report.layout, report.year, reader.names)
    for place, text in texts(completed):
        claims = reader.claims(text, about_applications=place in ON_REQUEST, about_disputes=place == DISPUTES)
        for claim in (*claims, *documents.claims(text)):
            yield from _contradicted(completed, place, claim)


@lru_cache(maxsize=8)
def _terms(layout: Layout) -> Terms:
    return Terms(layout)


def _contradicted(completed: Completed, place: str, claim: Claim) -> Iterator[Finding]:
    cells = {address for reading in claim.term.readings for address in reading}
    if not all(map(completed.is_certain, cells)):
        return
    permitted = sorted({sum(map(completed.count, reading)) for reading in claim.term.readings})
    if claim.count.value not in permitted:
        numbers = " 或 ".join(map(str, permitted))
        yield at_phrase(
            completed,
            place,
            (claim.count.start, claim.count.end),
            codes.TEXT_NUMBER,
            f"正文写{claim.term.name} {claim.count.value} {claim.count.unit}，表中是 {numbers}，请核对",
            "改正文字或表中的数字；如果说的不是全机关的数，可不改",
        )


def denied(completed: Completed) -> Iterator[Finding]:
    """Where the text says that there was none, the table has zeros (N-6)."""
    if not can_be_named(completed.report.layout) or not _anything_happened(completed):
        return
    for place, text in texts(completed):
        for denial in denials(text, completed.report.year, about_disputes=place == DISPUTES):
            yield from _denied_wrongly(completed, place, denial)


def _anything_happened(completed: Completed) -> bool:
    """Whether there is a figure that a denial could be wrong about; most offices received nothing."""
    terms = _terms(completed.report.layout)
    cells = (*terms.cells((terms.received,), terms.everybody), *terms.disputes(*DISPUTE_LABELS))
    return any(map(completed.count, cells))


def _denied_wrongly(completed: Completed, place: str, denial: Denial) -> Iterator[Finding]:
    terms = _terms(completed.report.layout)
    there = []
    for kind in sorted(denial.of):
        cells = terms.cells((terms.received,), terms.everybody) if kind == APPLICATIONS else terms.disputes(kind)
        if (number := sum(map(completed.count, cells))) and all(map(completed.is_certain, cells)):
            there.append(f"{NAMES.get(kind, kind)} {number} 件")
    if there:
        yield at_phrase(
            completed,
            place,
            (denial.offset, denial.offset + len(denial.phrase)),
            codes.TEXT_DENIES,
            f"正文写「{denial.phrase}」，表中有{'、'.join(there)}，请核对",
            "改正文字或表中的数字",
        )
