"""Sums of reports, over random reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks.tables import balances
from gxgen.compute import complete
from gxgen.compute.sums import contribution, numeric_value, sum_reports
from gxgen.model import Figure, Money, Report
from gxgen.spec import Address, Layout, address_book, layout_for
from tests.strategies import balanced_figures, figures, forms

AMOUNT = "disclosure.procurement.amount"


def with_figures(layout: Layout, given: Mapping[Address, Figure]) -> Report:
    """A report of a form; an amount that may bring its unit does."""
    amount = given.get(AMOUNT)
    unit = {AMOUNT: Money(f"{amount:f}元", Decimal(amount))} if isinstance(amount, (int, Decimal)) else {}
    return Report(layout.first_year, layout, figures=MappingProxyType({**given, **unit}))


@st.composite
def territories(draw: st.DrawFn, *, balanced: bool = False, least: int = 0) -> list[Report]:
    """Reports of one form."""
    layout = draw(forms())
    one = balanced_figures(layout) if balanced else figures(layout)
    return draw(st.lists(one.map(lambda drawn: with_figures(layout, drawn)), min_size=least, max_size=4))


def summed(reports: Sequence[Report]) -> Report:
    """The report of their sums."""
    return replace(reports[0], figures=sum_reports(reports).figures)


def numbers(report: Report) -> dict[Address, int | Decimal]:
    """What a report's figures come to, those that are 0 left out."""
    return {address: value for address, figure in report.figures.items() if (value := numeric_value(figure))}


@given(territories(least=1))
def test_the_sum_of_totals_is_the_total_of_sums(reports: list[Report]) -> None:
    """Every computed cell of the sum is the sum of that cell over the reports."""
    total = complete(summed(reports))
    each = [complete(report) for report in reports]
    for entry in address_book(reports[0].layout).entries.values():
        if entry.is_total:
            assert total.count(entry.address) == sum(one.count(entry.address) for one in each)


@given(territories(least=1))
def test_the_order_of_reports_does_not_matter(reports: list[Report]) -> None:
    """Not even for the digits of an amount."""
    shuffled = list(reversed(reports))
    assert {address: str(figure) for address, figure in sum_reports(reports).figures.items()} == {
        address: str(figure) for address, figure in sum_reports(shuffled).figures.items()
    }


@given(territories(least=1))
def test_the_sum_of_one_report_is_its_own_figures(reports: list[Report]) -> None:
    """With the digits and the unit that its office typed."""
    (report, *_) = reports
    own = {address: str(figure) for address, figure in report.figures.items() if numeric_value(figure)}
    assert {address: str(figure) for address, figure in sum_reports([report]).figures.items()} == own


@given(territories(least=2), st.data())
def test_the_sum_of_sums_is_the_sum_of_all(reports: list[Report], data: st.DataObject) -> None:
    """A province may sum its cities or all their bureaus."""
    cut = data.draw(st.integers(1, len(reports) - 1))
    of_sums = summed([summed(reports[:cut]), summed(reports[cut:])])
    assert numbers(of_sums) == numbers(summed(reports))


@given(territories(least=1, balanced=True))
def test_the_sum_of_balanced_reports_balances(reports: list[Report]) -> None:
    """勾稽关系 holds for the sum, as it does for every report."""
    assert list(balances(complete(summed(reports)))) == []


@given(territories(least=1))
def test_the_shares_of_a_cell_add_up_to_it(reports: list[Report]) -> None:
    """In every cell, computed or not."""
    total = complete(summed(reports))
    for entry in address_book(reports[0].layout).entries.values():
        assert sum(numeric_value(contribution(each, entry)) for each in reports) == numeric_value(
            total.figure(entry.address)
        )


def of_amounts(*amounts: Figure) -> list[Report]:
    """Reports of 2020 with an amount each."""
    layout = layout_for(2020)
    assert layout
    return [Report(2020, layout, figures=MappingProxyType({AMOUNT: amount})) for amount in amounts]


def test_amounts_of_one_unit_keep_it_and_others_are_in_yuan() -> None:
    """251000元 and 103.3879万元 are 1284879元; two amounts in 万元 are one."""
    yuan, ten_thousands = Money("251000元", Decimal(251000)), Money("103.3879万元", Decimal(1033879))
    assert sum_reports(of_amounts(yuan, ten_thousands)).figures[AMOUNT] == Money("1284879元", Decimal(1284879))
    both = sum_reports(of_amounts(ten_thousands, ten_thousands)).figures[AMOUNT]
    assert both == Money("206.7758万元", Decimal(2067758))


def test_an_amount_without_a_unit_is_not_added_to_one_that_has_one() -> None:
    """Nobody knows what it means, and so there is no figure; an amount of 0 may be either."""
    with_unit = Money("5元", Decimal(5))
    sums = sum_reports(of_amounts(with_unit, 7))
    assert sums.is_mixed(AMOUNT)
    assert AMOUNT not in sums.figures
    assert sum_reports(of_amounts(with_unit, 0)).figures[AMOUNT] == with_unit
    assert sum_reports(of_amounts(Money("0元", Decimal(0)), 7)).figures[AMOUNT] == 7
