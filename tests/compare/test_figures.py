"""Two reports cell by cell."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from hypothesis import given
from msgspec.structs import replace

from gxgen.compare.figures import paired_cells, unmatched
from gxgen.compute import complete
from gxgen.model import Money
from gxgen.spec import Address, layout_for
from tests.checks.test_years import report
from tests.checks.true_years import cells
from tests.strategies import reports


@given(one=reports(), other=reports())
def test_every_cell_of_both_forms_is_compared_or_told_as_the_ones_own(one, other) -> None:  # type: ignore[no-untyped-def]
    """Nothing is left out, totals included, and what is compared is each report's own figure."""
    before, after = complete(one), complete(other)
    pairs, first, second = paired_cells(before, after), unmatched(before, after), unmatched(after, before)
    shared = {pair.entry.address for pair in pairs}
    for layout, own in ((one.layout, first), (other.layout, second)):
        assert shared | {cell.entry.address for cell in own} == {cell.address for cell in cells(layout)}
    for pair in pairs:
        assert pair.before == before.figure(pair.entry.address)
        assert pair.after == after.figure(pair.entry.address)
        assert pair.differs == (pair.change != 0)
    if one.layout is other.layout:
        assert first == second == ()


def only(before: dict[Address, object], after: dict[Address, object], year: int = 2020):  # type: ignore[no-untyped-def]
    """The one pair that differs and is no total."""
    layout = layout_for(year)
    assert layout
    made = [replace(report(year, {}), figures=MappingProxyType(each)) for each in (before, after)]
    (pair,) = (pair for pair in paired_cells(*map(complete, made)) if pair.differs and not pair.entry.is_total)
    return pair


def test_change_and_percentage() -> None:
    """Of counts, of figures below 0, and of amounts with units of their own."""
    pair = only({"requests.received.individual": 8}, {"requests.received.individual": 10})
    assert (pair.change, pair.percentage) == (2, 25)
    pair = only({"disclosure.fees.change": -2}, {"disclosure.fees.change": 1})
    assert (pair.change, pair.percentage) == (3, None)
    yuan, ten_thousand = Money("5000元", Decimal(5000)), Money("1万元", Decimal(10000))
    pair = only({"disclosure.procurement.amount": yuan}, {"disclosure.procurement.amount": ten_thousand})
    assert (pair.change, pair.percentage) == (5000, 100)


def test_figures_that_could_not_be_read_are_not_compared() -> None:
    """Neither is a total over one."""
    last = report(2023, {"requests.received.individual": 8})
    unread = replace(last, figures=MappingProxyType({}), unread=frozenset({"requests.received.individual"}))
    unknown = {pair.entry.address for pair in paired_cells(complete(last), complete(unread)) if pair.after is None}
    assert unknown == {"requests.received.individual", "requests.received.total"}


def test_two_forms_share_what_they_print_in_the_same_words() -> None:
    """2020 and 2021: the table of applications but for （六）, that of disputes, and no row of 二."""
    pairs = paired_cells(complete(report(2020, {})), complete(report(2021, {})))
    addresses = {pair.entry.address for pair in pairs}
    assert {address.partition(".")[0] for address in addresses} == {"requests", "reconsideration", "litigation"}
    assert not any(address.startswith("requests.outcome.otherwise") for address in addresses)
