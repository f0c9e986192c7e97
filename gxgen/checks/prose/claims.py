"""Check what the text claims in numbers against the tables and against itself (rules N-1 to N-9)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from gxgen.checks.prose.applications import ApplicationClaims
from gxgen.checks.prose.counts import Count
from gxgen.checks.prose.disclosure import (
    MONEY,
    DecisionClaims,
    DocumentClaims,
    places_of_disclosure,
    single_figure_rows,
)
from gxgen.checks.prose.quantities import CellSum, Claim, Quantities, Quantity, has_applications
from gxgen.checks.prose.sentences import with_wide_punctuation
from gxgen.checks.prose.sums import Share, shares, sums
from gxgen.checks.wording import DeniedWrongly, FeeExceeds, NumberDiffers, PercentageDiffers, SumDiffers
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Code, Finding, Parameters
from gxgen.core.regex import regex
from gxgen.model import YUAN, Money, printed
from gxgen.spec import TEN_THOUSAND, YUAN_IN_TEN_THOUSAND, Address, Kind, Layout, address_book

if TYPE_CHECKING:
    from gxgen.checks.prose.negations import Denial


def texts(completed: Completed) -> Iterator[tuple[str, str]]:
    """The printed texts by place, without those whose quotations are faulty, which have findings of their own."""
    return ((place, text) for place, text in completed.narrative.items() if place not in completed.faults)


def read_texts(completed: Completed) -> Iterator[tuple[str, str]]:
    """The same with full-width punctuation, as the readers of claims expect it; every character keeps its offset."""
    return ((place, with_wide_punctuation(text)) for place, text in texts(completed))


def finding_at(
    completed: Completed, place: str, phrase: tuple[int, int], code: Code, parameters: Parameters
) -> Finding:
    """A finding about the characters from *phrase[0]* to *phrase[1]* of a text, as it will be printed.

    Where quotations were filled in, it points at the words as they are written, quotations included.
    """
    start, end = completed.source_span(place, *phrase)
    return Finding.of(code, f"narrative.{place}", parameters, offset=start, length=end - start)


def claimed_numbers(completed: Completed) -> Iterator[Finding]:
    """A number in the text is one that the tables give (N-1 to N-5, N-7)."""
    if not has_applications(completed.report.layout):
        return
    for place, text in read_texts(completed):
        for claim in claims_of_text(completed, place, text):
            yield from _contradicted(completed, place, claim)


def claims_of_text(completed: Completed, place: str, text: str) -> Iterator[Claim]:
    """Every number of a text at a place of the narrative that is understood, with the quantity that it counts."""
    report = completed.report
    yield from claims_of_applications(completed, place, text)
    documents = DocumentClaims(report.layout, report.year, report.agency, quantities_of(report.layout).names)
    yield from documents.claims(text)
    decisions = DecisionClaims(report.layout, report.year, report.agency)
    yield from decisions.claims(text, about_all=place in places_of_disclosure(report.layout))


def claims_of_applications(completed: Completed, place: str, text: str) -> tuple[Claim, ...]:
    """The numbers of applications and disputes that a text at a place of the narrative gives."""
    report = completed.report
    return _claims_of_applications(report.layout, report.year, report.agency, place, text)


@lru_cache(maxsize=64)
def _claims_of_applications(layout: Layout, year: int, agency: str, place: str, text: str) -> tuple[Claim, ...]:
    """Cached, because the checks of shares read the same texts again."""
    quantities = quantities_of(layout)
    on_request, on_disputes = place in quantities.places_of_applications, place in quantities.places_of_disputes
    reader = ApplicationClaims(quantities, year, agency)
    return tuple(reader.claims(text, about_applications=on_request, about_disputes=on_disputes))


@lru_cache(maxsize=8)
def quantities_of(layout: Layout) -> Quantities:
    """The quantities of a form."""
    return Quantities(layout)


def number_at(completed: Completed, cells: tuple[Address, ...]) -> int | Decimal:
    """The sum of counts, or of amounts in the unit of the form."""
    return sum(figure for cell in cells if not isinstance(figure := completed.figure(cell), Money))


def is_certain(completed: Completed, claim: Claim) -> bool:
    """Whether every figure that a claim could be held against was read."""
    every = (*claim.quantity.candidates, *claim.quantity.unlikely_candidates)
    return all(completed.is_certain(cell) for candidate in every for cell in candidate)


def is_true(completed: Completed, claim: Claim) -> bool:
    """Whether a claim agrees with any of the figures that it may mean."""
    every = (*claim.quantity.candidates, *claim.quantity.unlikely_candidates)
    numbers = tuple(number_at(completed, candidate) for candidate in every)
    is_within = claim.quantity.is_limit and claim.number.value <= max(numbers)
    return is_within or any(_matches(claim.number, number) for number in numbers)


def permitted(completed: Completed, quantity: Quantity) -> tuple[str, ...]:
    """The numbers, as printed, that a quantity may have."""
    return tuple(map(printed, sorted({number_at(completed, candidate) for candidate in quantity.candidates})))


def _contradicted(completed: Completed, place: str, claim: Claim) -> Iterator[Finding]:
    if is_true(completed, claim) or not is_certain(completed, claim):
        return
    stated = f"{printed(claim.number.value)} {claim.number.unit}"
    unit = TEN_THOUSAND if claim.number.unit in MONEY else ""
    yield finding_at(
        completed,
        place,
        (claim.number.start, claim.number.end),
        codes.TEXT_NUMBER,
        NumberDiffers(claim.quantity.name, stated, permitted(completed, claim.quantity), unit),
    )


def _matches(count: Count, number: int | Decimal) -> bool:
    """Whether a count equals a figure of the tables; of amounts, in 万元, either may be rounded."""
    if count.unit not in MONEY:
        bounds = count.bounds
        return bounds is not None and bounds[0] <= number <= bounds[1]
    said = count.value / YUAN_IN_TEN_THOUSAND if count.unit == YUAN else count.value
    figure = Decimal(number)
    return _is_rounded(said, figure) or _is_rounded(figure, said)


def _is_rounded(rounded: Decimal, exact: Decimal) -> bool:
    ulp = Decimal(1).scaleb(min(int(rounded.as_tuple().exponent), 0))
    return rounded in (exact.quantize(ulp, ROUND_HALF_UP), exact.quantize(ulp, ROUND_DOWN))


def denied_figures(completed: Completed) -> Iterator[Finding]:
    """Where the text says that there was none, the table has zeros (N-6)."""
    report = completed.report
    # Most offices received nothing and decided nothing, so that none of their denials can be wrong.
    if not has_applications(report.layout) or not any(report.figures.values()):
        return
    for place, text in read_texts(completed):
        for denial in denials_of_text(completed, place, text):
            yield from _denied_wrongly(completed, place, denial)


def denials_of_text(completed: Completed, place: str, text: str) -> Iterator[Denial]:
    """Every statement of a text at a place of the narrative that there was none of a quantity."""
    from gxgen.checks.prose.negations import RowDenials, denials
    from gxgen.checks.prose.universal_claims import UniversalClaims

    report = completed.report
    quantities = quantities_of(report.layout)
    on_request, on_disputes = place in quantities.places_of_applications, place in quantities.places_of_disputes
    yield from denials(text, quantities, report.year, report.agency, about_disputes=on_disputes)
    absent = RowDenials(quantities, report.layout, report.year, report.agency)
    yield from absent.denials(text, about_applications=on_request)
    alike = UniversalClaims(quantities, report.year, report.agency)
    yield from alike.denials(text, about_applications=on_request)


def figures_denied(completed: Completed, denial: Denial) -> tuple[tuple[Quantity, int | Decimal], ...]:
    """What the tables have of each quantity that a statement denies."""
    return tuple((quantity, number_at(completed, quantity.candidates[0])) for quantity in denial.of)


def is_denied_rightly(completed: Completed, denial: Denial) -> bool:
    """Whether the tables have no more than the cases that the statement need not include."""
    there = sum(number for _, number in figures_denied(completed, denial))
    return there <= number_at(completed, denial.offset_cells)


def cells_denied(denial: Denial) -> CellSum:
    """Every cell that a statement is held against."""
    return (*(cell for quantity in denial.of for cell in quantity.candidates[0]), *denial.offset_cells)


def _denied_wrongly(completed: Completed, place: str, denial: Denial) -> Iterator[Finding]:
    if is_denied_rightly(completed, denial) or not all(map(completed.is_certain, cells_denied(denial))):
        return
    there = figures_denied(completed, denial)
    figures = tuple(
        f"{quantity.name} {printed(number)} {_unit(completed, quantity.candidates[0])}"
        for quantity, number in there
        if number
    )
    yield finding_at(
        completed,
        place,
        (denial.offset, denial.offset + len(denial.phrase)),
        codes.TEXT_DENIES,
        DeniedWrongly(denial.phrase, figures),
    )


def _unit(completed: Completed, cells: tuple[Address, ...]) -> str:
    of_money = (
        row.quantity.candidates[0] for row in single_figure_rows(completed.report.layout).values() if row.is_money
    )
    return TEN_THOUSAND if cells in of_money else "件"


FEE = regex(
    r"(?:收取|共收取|合计收取|共计收取)(?:政府信息公开)?信息处理费(?:共计?|合计|为)?\s*(\d+(?:\.\d+)?)\s*(万?)元"
)


def spelled_out_sums(completed: Completed) -> Iterator[Finding]:
    """Parts spelled out after 其中 add up to their total (N-8)."""
    for place, text in read_texts(completed):
        for found in sums(text):
            if found.is_wrong:
                parts = tuple(part.value for part in found.parts)
                yield finding_at(
                    completed,
                    place,
                    (found.total.start, found.total.end),
                    codes.TEXT_SUM,
                    SumDiffers(found.total.value, found.total.unit, parts, found.added_up),
                )


def percentages(completed: Completed) -> Iterator[Finding]:
    """A percentage is that of the numbers beside it, or of the tables where it is said of one of theirs (N-8)."""
    for place, text in read_texts(completed):
        for share in shares(text):
            wholes = tuple(total.value for total in share.totals) or _wholes_of_tables(completed, place, share)
            if share.is_wrong_of(wholes):
                worked_out = (100 * share.part.value / wholes[0]).quantize(Decimal("0.01")) if wholes[0] else Decimal(0)
                yield finding_at(
                    completed,
                    place,
                    (share.percentage.start, share.percentage.end),
                    codes.TEXT_PERCENTAGE,
                    PercentageDiffers(share.percentage.value, share.part.value, wholes[0], worked_out),
                )


def _wholes_of_tables(completed: Completed, place: str, share: Share) -> tuple[Decimal, ...]:
    """The totals of 三 that a part may be a share of, where the sentence names no total."""
    claims = claims_of_applications(completed, place, with_wide_punctuation(completed.narrative[place]))
    quantity = next((claim.quantity for claim in claims if claim.number.start == share.part.start), None)
    quantities = quantities_of(completed.report.layout)
    if quantity is None or not quantities.is_part(quantity.candidates[0]):
        return ()
    rows = ((quantities.outcome,), (quantities.received,), (quantities.received, quantities.brought_forward))
    cells = [quantities.cells(each, quantities.total_columns) for each in rows]
    are_known = all(completed.is_certain(cell) for candidate in (*cells, quantity.candidates[0]) for cell in candidate)
    if not are_known or number_at(completed, quantity.candidates[0]) != share.part.value:
        return ()
    return tuple(Decimal(number_at(completed, candidate)) for candidate in cells)


def fees(completed: Completed) -> Iterator[Finding]:
    """信息处理费 is part of the 行政事业性收费 of the table (N-9)."""
    cell = next(
        (
            entry
            for entry in address_book(completed.report.layout).entries.values()
            if entry.kind is Kind.AMOUNT and entry.unit == TEN_THOUSAND
        ),
        None,
    )
    if cell is None or not completed.is_certain(cell.address):
        return
    charged = completed.figure(cell.address)
    assert not isinstance(charged, Money), "a cell with a printed unit takes no other"
    for place, text in read_texts(completed):
        for found in FEE.finditer(text) if "信息处理费" in text else ():
            yuan = Decimal(found[1]) * (YUAN_IN_TEN_THOUSAND if found[2] else 1)
            if yuan > charged * YUAN_IN_TEN_THOUSAND:
                yield finding_at(
                    completed,
                    place,
                    found.span(),
                    codes.TEXT_FEE,
                    FeeExceeds(yuan, cell.row.head.label, f"{charged} {TEN_THOUSAND}"),
                )
