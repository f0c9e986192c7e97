"""What the report of the year before has settled, over random pairs of years."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks.years import carried_figures
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Figure, Report
from gxgen.spec import Address, address_book, bounds, carries, layout_for, layouts
from tests.strategies import balanced_figures

PAIRS = ((2019, 2020), (2020, 2021), (2021, 2022), (2024, 2025))
APPLICANTS = ("individual", "business", "research", "public_welfare", "legal_services", "other")
DOCUMENTS = ("disclosure.rules", "disclosure.normative_documents")
ITEMS = tuple(f"disclosure.{row}" for row in ("licences", "other_services", "penalties", "coercive_measures", "fees"))


def settled_by(last: Report, year: int, figures: dict[Address, Figure]) -> dict[Address, Figure]:
    """*figures* of a year with everything that last year's report settles, worked out without the forms."""

    def then(address: Address) -> int:
        return int(str(last.figures.get(address, 0)))

    def now(address: Address) -> int:
        return int(str(figures.get(address, 0)))

    settled: dict[Address, Figure] = dict(figures)
    for who in APPLICANTS:
        settled[f"requests.brought_forward.{who}"] = then(f"requests.carried_forward.{who}")
    if year == 2020:
        settled |= {f"{row}.last_year": then(f"{row}.last_year") + then(f"{row}.change") for row in ITEMS}
    if year >= 2022:
        for row in DOCUMENTS:
            settled[f"{row}.in_force"] = then(f"{row}.in_force") + now(f"{row}.issued") - now(f"{row}.repealed")
    return settled


def report(year: int, figures: Mapping[Address, Figure]) -> Report:
    """A report of a year with these figures."""
    layout = layout_for(year)
    assert layout is not None
    return Report(year, layout, figures=MappingProxyType(dict(figures)))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Report, Report]:
    """The reports of two years, one after the other, that go together."""
    before, year = draw(st.sampled_from(PAIRS))
    first, second = layout_for(before), layout_for(year)
    assert first
    assert second
    last = report(before, draw(balanced_figures(first)))
    return last, report(year, settled_by(last, year, dict(draw(balanced_figures(second)))))


def found(last: Report, this: Report) -> list[Finding]:
    """What is wrong with the figures that the year before settles."""
    return list(carried_figures(complete(last), complete(this)))


def moved(one: Report, address: Address, by: int) -> Report:
    """The report with one count changed."""
    return replace(one, figures={**one.figures, address: int(str(one.figures.get(address, 0))) + by})


@given(pairs())
def test_two_years_that_go_together_have_no_finding(pair: tuple[Report, Report]) -> None:
    """Whatever the figures are, nothing is said when each is what the year before makes it."""
    assert found(*pair) == []


@settings(max_examples=200)
@given(st.data())
def test_moving_one_figure_of_either_year_trips_just_the_figure_that_it_settles(data: st.DataObject) -> None:
    """Off by d: one finding, at the settled figure of that column or row, which tells d and points at last year."""
    last, this = data.draw(pairs())
    check = data.draw(st.sampled_from(carries(last.layout, this.layout)))
    by = data.draw(st.integers(1, 500))
    is_last_years = data.draw(st.booleans())
    terms = check.last_year if is_last_years else (check.figure, *check.plus, *check.minus)
    term = data.draw(st.sampled_from(terms))
    if is_last_years:
        last = moved(last, term.address, by)
    else:
        this = moved(this, term.address, by)
    (finding,) = found(last, this)
    assert finding.address == check.figure.address
    assert finding.code is check.carry.code
    assert f"相差 {by}，" in finding.message
    (related,) = finding.related
    assert related.address in {one.address for one in check.last_year}


@settings(max_examples=200)
@given(st.data())
def test_any_other_figure_trips_nothing(data: st.DataObject) -> None:
    """A figure that takes no part in what is carried over may be anything."""
    last, this = data.draw(pairs())
    checks = carries(last.layout, this.layout)
    part = {term.address for check in checks for term in (check.figure, *check.plus, *check.minus)}
    others = [one.address for one in address_book(this.layout).entries.values() if one.kind.value == "count"]
    address = data.draw(st.sampled_from([one for one in others if one not in part and not one.endswith("total")]))
    assert found(last, moved(this, address, 3)) == []


@given(st.data())
def test_nothing_is_said_over_a_figure_that_could_not_be_read(data: st.DataObject) -> None:
    """A figure of either year that could not be read silences what it settles."""
    last, this = data.draw(pairs())
    check = data.draw(st.sampled_from(carries(last.layout, this.layout)))
    this = moved(this, check.figure.address, 1)
    assert len(found(last, this)) == 1
    of_last = data.draw(st.sampled_from(check.last_year)).address
    assert found(replace(last, unread=frozenset({of_last})), this) == []
    of_this = data.draw(st.sampled_from((check.figure, *check.plus, *check.minus))).address
    assert found(last, replace(this, unread=frozenset({of_this}))) == []


@pytest.mark.parametrize("year", [2021, 2023, 2024, 2025])
def test_only_the_year_before_settles_anything(year: int) -> None:
    """A report of the same year, of a later one or of the year before last is not compared."""
    last = report(year, {"requests.carried_forward.individual": 2})
    assert found(last, report(2023, {})) == []
    assert found(replace(last, year=2022), report(2023, {})) != []


def test_the_relations_of_every_form_resolve() -> None:
    """Each relation that a form declares is held against some figures, under a code that the program knows."""
    for form in layouts():
        blocks = [block for _, table in form.tables for block in table.blocks]
        assert {check.bound for check in bounds(form)} == {bound for block in blocks for bound in block.bounds}
        assert {check.carry for check in carries(form, form)} == {carry for block in blocks for carry in block.carries}
        told = {*(check.bound.code for check in bounds(form)), *(check.carry.code for check in carries(form, form))}
        assert told <= set(codes.CODES)
