"""Check that figures have a size that can be true: amounts in 元 for 万元, a digit too many, far from last year's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from gxgen.checks.agencies import cannot_make_rules, is_county_department, is_town
from gxgen.checks.wording import LooksLikeYuan, UnlikeLastYear
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding, RelatedLocation
from gxgen.model import Figure, Money
from gxgen.spec import TEN_THOUSAND, Address, Entry, Kind, address_book, carries

TOWN_FEES = 10**4
"""万元, 100 million yuan: a town or street takes in next to no fees of its own."""
DEPARTMENT_FEES = 10**5
"""万元, 1 thousand million yuan: more than a department of a county takes in, land registration included."""
COUNTY_FEES = 10**6
"""万元, 10 thousand million yuan: several times what a county takes in fees in its best years."""
PROVINCE_FEES = 10**7
"""万元, 100 thousand million yuan: about a quarter of what the whole country takes in a year."""
YUAN_DECIMALS = 2
"""An amount in 元 has two decimals at most; one that was worked out in 万元 mostly has more."""


class Jump(msgspec.Struct, frozen=True):
    """How far a figure may be from last year's before it is asked about.

    Attributes:
        least: the smaller of both years' figures, from which the ratio says anything; smaller ones vary freely.
        ratio: of the larger to the smaller.
        only_shifted: whether only the same digits with noughts behind them are meant: 37 and 370.
    """

    least: int
    ratio: int
    only_shifted: bool = False


COUNT_JUMPS = (
    Jump(least=20, ratio=10, only_shifted=True),  # a nought too many or too few is the commonest slip of the pen
    Jump(least=100, ratio=20),  # campaigns and transferred powers multiply decisions by ten, hardly by twenty
    Jump(least=10, ratio=200),
)
AMOUNT_JUMPS = (
    Jump(least=1, ratio=1_000),  # 元 for 万元 is 10 000 times, and fees do not grow a thousandfold in a year
    Jump(least=1, ratio=10, only_shifted=True),
)


def amounts_in_yuan(completed: Completed) -> Iterator[Finding]:
    """An amount in 万元 is not one in 元 (T2-1)."""
    limit = _most_fees(completed.report.agency)
    entries = address_book(completed.report.layout).entries
    for address, figure in completed.report.figures.items():
        if entries[address].unit == TEN_THOUSAND and _looks_like_yuan(figure, limit) and completed.is_certain(address):
            amount = LooksLikeYuan(entries[address].printed, Decimal(str(figure)))
            yield Finding.of(codes.YUAN_FOR_TEN_THOUSAND, address, amount)


def _most_fees(agency: str) -> int:
    """What an agency of this rank cannot take in, in 万元."""
    if is_town(agency):
        return TOWN_FEES
    if is_county_department(agency):
        return DEPARTMENT_FEES
    return COUNTY_FEES if cannot_make_rules(agency) else PROVINCE_FEES


def _looks_like_yuan(figure: Figure, limit: int) -> bool:
    if isinstance(figure, int):
        return figure >= limit
    return isinstance(figure, Decimal) and figure >= limit and figure == round(figure, YUAN_DECIMALS)


def unlike_last_year(previous: Completed, current: Completed) -> Iterator[Finding]:
    """No figure is so far from last year's that a slip is likelier than the change (Y-4)."""
    if previous.report.year != current.report.year - 1 or previous.report.layout is not current.report.layout:
        return
    entries = address_book(current.report.layout).entries
    settled = {check.figure.address for check in carries(previous.report.layout, current.report.layout)}
    for address, figure in current.report.figures.items():
        before = previous.report.figures.get(address)
        if address in settled or before is None or not _are_certain(previous, current, address):
            continue
        if _is_unlike(entries[address], before, figure):
            yield Finding.of(
                codes.UNLIKE_LAST_YEAR,
                address,
                UnlikeLastYear(
                    entries[address].printed, Decimal(str(figure)), previous.report.year, Decimal(str(before))
                ),
                related=(RelatedLocation(address),),
            )


def _are_certain(previous: Completed, current: Completed, address: Address) -> bool:
    return previous.is_certain(address) and current.is_certain(address)


def _is_unlike(entry: Entry, before: Figure, now: Figure) -> bool:
    if isinstance(before, Money) or isinstance(now, Money) or entry.kind is Kind.CHANGE:
        return False
    small, large = sorted((Decimal(before), Decimal(now)))
    jumps = AMOUNT_JUMPS if entry.kind is Kind.AMOUNT else COUNT_JUMPS
    return any(
        small >= jump.least and large >= small * jump.ratio and (not jump.only_shifted or _is_shifted(small, large))
        for jump in jumps
    )


def _is_shifted(small: Decimal, large: Decimal) -> bool:
    """Whether two numbers have the same digits, one with noughts behind them."""
    return small.normalize().as_tuple().digits == large.normalize().as_tuple().digits
