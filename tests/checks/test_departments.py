"""A government's figures and its departments', over random departments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks.departments import MAX_FINDINGS, sums_of_departments, sums_with_explanations
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Figure, Money, Report
from gxgen.spec import Address, Kind, Layout, address_book, layout_for
from tests.strategies import YEARS, figures, forms


def in_one_unit(drawn: Mapping[Address, Figure]) -> dict[Address, Figure]:
    """Figures in which an amount that may bring its unit does."""
    found = dict(drawn)
    amount = found.get("disclosure.procurement.amount")
    if isinstance(amount, (int, Decimal)):
        found["disclosure.procurement.amount"] = Money(f"{amount:f}元", Decimal(amount))
    return found


def summed_by_hand(reports: Sequence[Report]) -> dict[Address, Figure]:
    """The sums of figures, worked out without the code under test."""
    found: dict[Address, Figure] = {}
    for address in {address for report in reports for address in report.figures}:
        given = [report.figures[address] for report in reports if address in report.figures]
        if any(isinstance(figure, Money) for figure in given):
            yuan = sum((figure.yuan for figure in given if isinstance(figure, Money)), Decimal())
            found[address] = Money(f"{yuan:f}元", yuan)
        else:
            numbers = [figure for figure in given if not isinstance(figure, Money)]
            found[address] = sum(numbers[1:], numbers[0])
    return found


def report(
    layout: Layout, year: int, agency: str, given: Mapping[Address, Figure], *, vertical: bool = False
) -> Report:
    """A report with these figures."""
    return Report(year, layout, agency, figures=MappingProxyType(dict(given)), vertical=vertical)


@st.composite
def territories(draw: st.DrawFn) -> tuple[Report, list[Report]]:
    """A government and its departments, some of them vertical, whose figures add up to its own."""
    layout = draw(forms())
    year = draw(st.sampled_from(YEARS[layout.first_year]))
    departments = [
        report(layout, year, f"第{number}局", in_one_unit(draw(figures(layout))), vertical=draw(st.booleans()))
        for number in range(draw(st.integers(0, 5)))
    ]
    summed = [each for each in departments if not each.vertical]
    return report(layout, year, "甲县人民政府", summed_by_hand(summed)), departments


def found(government: Report, departments: Sequence[Report]) -> list[Finding]:
    """What is said of the sums."""
    return list(sums_of_departments(complete(government), departments))


def moved(one: Report, address: Address, by: int) -> Report:
    """The report with one figure raised."""
    figure = one.figures.get(address, 0)
    raised: Figure = Money(f"{figure.yuan + by}元", figure.yuan + by) if isinstance(figure, Money) else figure + by
    return replace(one, figures=MappingProxyType({**one.figures, address: raised}))


@given(territories())
def test_a_government_that_is_the_sum_of_its_departments_has_no_finding(territory: tuple[Report, list[Report]]) -> None:
    """Whatever the figures are: counts, changes of both signs, amounts in several units; vertical organs left out."""
    assert found(*territory) == []


@settings(max_examples=200)
@given(territories(), st.data())
def test_changing_one_figure_of_one_department_trips_just_that_cell(
    territory: tuple[Report, list[Report]], data: st.DataObject
) -> None:
    """Off by d: one finding, in that cell, that tells d; of a vertical organ, none."""
    government, departments = territory
    departments.append(report(government.layout, government.year, "末局", {}, vertical=data.draw(st.booleans())))
    index = data.draw(st.integers(0, len(departments) - 1))
    entries = [
        entry
        for entry in address_book(government.layout).entries.values()
        if not entry.is_total and (entry.kind is not Kind.AMOUNT or entry.address in departments[index].figures)
    ]
    address = data.draw(st.sampled_from(entries)).address
    by = data.draw(st.integers(1, 500))
    departments[index] = moved(departments[index], address, by)
    findings = found(government, departments)
    if departments[index].vertical:
        assert findings == []
        return
    (finding,) = findings
    assert (finding.code, finding.address) == (codes.SUM_OF_DEPARTMENTS, address)
    assert re.search(rf"，相差 {by}(?:元|，|$)", finding.message)


@settings(max_examples=200)
@given(territories(), st.data())
def test_a_department_left_out_is_named_where_no_other_has_the_same_figure(
    territory: tuple[Report, list[Report]], data: st.DataObject
) -> None:
    """A department that nobody added is the cause of each cell in which no other that counts has such a figure."""
    government, departments = territory
    figures_of_late = {
        "requests.received.individual": data.draw(st.integers(1, 10**6)),
        "disclosure.penalties.decisions": data.draw(st.integers(1, 10**6)),
    }
    late = report(government.layout, government.year, "漏局", figures_of_late)
    told = list(sums_with_explanations(complete(government), [*departments, late]))
    assert {finding.address for finding, _ in told} == set(figures_of_late)
    for finding, cause in told:
        added = [each for each in departments if not each.vertical]
        alike = [each for each in added if each.figures.get(finding.address) == late.figures[finding.address]]
        assert (cause is not None and cause == late) == (not alike)
        assert ("恰等于“漏局”的数，是不是漏加了？" in finding.message) == (not alike)


def department(agency: str, given: Mapping[Address, Figure], year: int = 2023) -> Report:
    """A department of a year."""
    layout = layout_for(year)
    assert layout is not None
    return report(layout, year, agency, given)


LICENCES = "disclosure.licences.decisions"


def test_departments_of_other_years_are_not_summed() -> None:
    """Only the figures of the government's own year count."""
    government = department("甲县人民政府", {LICENCES: 3})
    both = [department("甲局", {LICENCES: 3}), department("乙局", {LICENCES: 4}, 2022)]
    assert found(government, both) == []


def test_nothing_is_said_over_a_figure_that_could_not_be_read() -> None:
    """An unread figure of the government or of a department makes its cell uncertain, and no other."""
    government, other = department("甲县人民政府", {LICENCES: 3}), department("甲局", {})
    assert len(found(government, [other])) == 1
    unread = frozenset({LICENCES})
    assert found(replace(government, unread=unread), [other]) == []
    assert found(government, [replace(other, unread=unread)]) == []
    elsewhere = frozenset({"disclosure.penalties.decisions"})
    assert len(found(government, [replace(other, unread=elsewhere)])) == 1


def test_no_digit_of_an_amount_is_rounded_away() -> None:
    """Amounts longer than a computer's usual decimals are compared to the last digit."""
    long = Decimal("123456789012.000000000000000000000000000001")
    amount = "disclosure.fees.amount"
    government = department("甲县人民政府", {amount: long})
    assert found(government, [department("甲局", {amount: long})]) == []
    (finding,) = found(government, [department("甲局", {amount: Decimal(123456789012)})])
    assert finding.message.endswith("相差 0.000000000000000000000000000001")


def test_many_cells_are_told_in_one_line_beyond_the_first() -> None:
    """The first cells one by one, in the order of the form, and how many more there are."""
    layout = layout_for(2023)
    assert layout is not None
    cells = [entry.address for entry in address_book(layout).entries.values() if not entry.is_total]
    findings = found(department("甲县人民政府", dict.fromkeys(cells, 1)), [department("甲局", {})])
    assert [finding.address for finding in findings] == [*cells[:MAX_FINDINGS], "departments"]
    assert f"还有 {len(cells) - MAX_FINDINGS} 格" in findings[-1].message
    just_as_many = dict.fromkeys(cells[:MAX_FINDINGS], 1)
    findings = found(department("甲县人民政府", just_as_many), [department("甲局", {})])
    assert [finding.address for finding in findings] == cells[:MAX_FINDINGS]
