"""Arithmetic inside the text: sums, percentages, and fees against the table of 二 (N-8, N-9)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gxgen import codes
from gxgen.checks.claims import Share, shares, sums
from gxgen.checks.narrative.counted import claims_of_applications, number_at, terms_of
from gxgen.checks.narrative.phrases import at_phrase, texts
from gxgen.compute import Completed
from gxgen.findings import Finding
from gxgen.model import Money
from gxgen.patterns import regex
from gxgen.spec import TEN_THOUSAND, YUAN_IN_TEN_THOUSAND, Kind, address_book

FEE = regex(
    r"(?:收取|共收取|合计收取|共计收取)(?:政府信息公开)?信息处理费(?:共计?|合计|为)?\s*(\d+(?:\.\d+)?)\s*(万?)元"
)


def spelled_out_sums(completed: Completed) -> Iterator[Finding]:
    """Parts spelled out after 其中 add up to their total (N-8)."""
    for place, text in texts(completed):
        for found in sums(text):
            if found.is_wrong:
                spelled = " + ".join(str(part.value) for part in found.parts)
                yield at_phrase(
                    completed,
                    place,
                    (found.total.start, found.total.end),
                    codes.TEXT_SUM,
                    f"正文写共 {found.total.value} {found.total.unit}，其后各项 {spelled} = {found.added_up}，"
                    f"相差 {abs(found.added_up - found.total.value)}，请核对",
                    "改正总数或其中一项",
                )


def percentages(completed: Completed) -> Iterator[Finding]:
    """A percentage is that of the numbers beside it, or of the tables where it is said of one of theirs (N-8)."""
    for place, text in texts(completed):
        for share in shares(text):
            wholes = tuple(total.value for total in share.totals) or _wholes_of_tables(completed, place, share)
            if share.is_wrong_of(wholes):
                worked_out = (100 * share.part.value / wholes[0]).quantize(Decimal("0.01")) if wholes[0] else Decimal(0)
                yield at_phrase(
                    completed,
                    place,
                    (share.percentage.start, share.percentage.end),
                    codes.TEXT_PERCENTAGE,
                    f"正文写占 {share.percentage.value}%，{share.part.value} ÷ {wholes[0]} 算得 {worked_out}%，请核对",
                    "改正百分比或前面的数字",
                )


def _wholes_of_tables(completed: Completed, place: str, share: Share) -> tuple[Decimal, ...]:
    """What a part may be a share of where the sentence names no total: the totals of the table of 三."""
    claims = claims_of_applications(completed, place, completed.narrative[place])
    term = next((claim.term for claim in claims if claim.number.start == share.part.start), None)
    terms = terms_of(completed.report.layout)
    if term is None or not terms.is_part(term.readings[0]):
        return ()
    rows = ((terms.outcome,), (terms.received,), (terms.received, terms.brought_forward))
    cells = [terms.cells(each, terms.everybody) for each in rows]
    are_known = all(completed.is_certain(cell) for reading in (*cells, term.readings[0]) for cell in reading)
    if not are_known or number_at(completed, term.readings[0]) != share.part.value:
        return ()
    return tuple(Decimal(number_at(completed, reading)) for reading in cells)


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
    for place, text in texts(completed):
        for found in FEE.finditer(text) if "信息处理费" in text else ():
            yuan = Decimal(found[1]) * (YUAN_IN_TEN_THOUSAND if found[2] else 1)
            if yuan > charged * YUAN_IN_TEN_THOUSAND:
                yield at_phrase(
                    completed,
                    place,
                    found.span(),
                    codes.TEXT_FEE,
                    f"正文写收取信息处理费 {yuan} 元，表中{cell.row.head.label}是 {charged} {TEN_THOUSAND}，请核对",
                    "信息处理费计入行政事业性收费，表中的金额不应更小",
                )
