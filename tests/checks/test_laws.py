"""Laws of all checks together: nothing is said of a true report, and one change is told by just the rules it concerns.

What is to be told is worked out here a second time, from the header trees and from the words of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as replace_dataclass
from types import MappingProxyType
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks import YEAR_CHECKS, check
from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import Address
from tests.checks.test_years import APPLICANTS, DOCUMENTS, ITEMS, settled_by
from tests.checks.true_years import (
    NEW,
    OLD,
    OUTCOME,
    READINGS,
    SMALL,
    Year,
    added_up,
    number,
    true_years,
    typed_totals,
    written,
)

PLACE = "narrative.overview"


class Place(NamedTuple):
    """Where something is told: a code at an address, and in a text at a piece of it."""

    code: str
    where: str
    offset: int | None = None


# Worked out without gxgen


def expected(year: Year) -> set[Place]:
    """What is to be told of a year."""
    return {*of_totals(year.report), *of_columns(year.report), *of_rows(year.report), *of_years(year), *of_text(year)}


def of_totals(report: Report) -> Iterator[Place]:
    """E301: a typed total that is not the sum."""
    right = typed_totals(report)
    return (Place("E301", address) for address, typed in report.assertions.items() if typed != right[address])


def of_columns(report: Report) -> Iterator[Place]:
    """E302: 一 + 二 = （七） + 四, for every kind of applicant and for all of them."""
    off = {
        who: number(report, f"{NEW}{who}")
        + number(report, f"{OLD}{who}")
        - sum(number(report, address) for address in report.figures if _is_outcome_of(address, who))
        - number(report, f"requests.carried_forward.{who}")
        for who in APPLICANTS
    }
    off["total"] = sum(off.values())
    return (Place("E302", f"{OUTCOME}total.{who}") for who, by in off.items() if by)


def _is_outcome_of(address: Address, who: str) -> bool:
    # otherwise.other is a row of the form of 2021, and other a column.
    return address.startswith(OUTCOME) and address.endswith(f".{who}")


def of_rows(report: Report) -> Iterator[Place]:
    """E303, W304, W305: what no row of 二 can show."""
    if report.year >= 2021:
        for row in DOCUMENTS:
            if number(report, f"{row}.issued") > number(report, f"{row}.in_force") + number(report, f"{row}.repealed"):
                yield Place("W304", f"{row}.issued")
        return
    for row in DOCUMENTS:
        if number(report, f"{row}.disclosed") > number(report, f"{row}.disclosed_to_date"):
            yield Place("W305", f"{row}.disclosed")
    for row in ITEMS:
        if number(report, f"{row}.last_year") + number(report, f"{row}.change") < 0:
            yield Place("E303", f"{row}.last_year")


def of_years(year: Year) -> Iterator[Place]:
    """W403, W404, W405: what last year's report has settled."""
    codes = {"brought_forward": "W403", "in_force": "W404", "last_year": "W405"}
    settled = settled_by(year.last, year.report.year, dict(year.report.figures))
    for address, figure in settled.items():
        if int(str(figure)) != number(year.report, address):
            code = next(code for name, code in codes.items() if name in address)
            yield Place(code, address)


def of_text(year: Year) -> Iterator[Place]:
    """W502: a number that no reading gives; W504: a part that is more than the whole."""
    whole, part = year.said[:2]
    if part.number > whole.number:
        yield Place("W504", PLACE, whole.offset)
    for said in year.said:
        if said.number not in {added_up(year.report, reading) for reading in READINGS[said.quantity]}:
            yield Place("W502", PLACE, said.offset)


# What gxgen says


def told(year: Year) -> set[Place]:
    """Everything that is found in a year, each thing once."""
    completed = complete(year.report)
    found = [*check(completed), *(one for rule in YEAR_CHECKS for one in rule(complete(year.last), completed))]
    places = [Place(one.code.name, one.address, one.offset) for one in found]
    assert len(places) == len(set(places))
    return set(places)


lawful = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@lawful
@given(true_years())
def test_nothing_is_said_of_a_true_report(year: Year) -> None:
    """Right sums, right totals, right carry-over and true sentences give no finding of any kind, in either form."""
    assert expected(year) == set()
    assert told(year) == set()


@lawful
@given(true_years(), st.data())
def test_one_changed_figure_is_told_by_the_rules_that_it_concerns_and_by_no_other(
    year: Year, data: st.DataObject
) -> None:
    """Its typed totals, its column, its row, the year before and the sentences that count it; nothing else."""
    counts = sorted(address for address in year.report.figures)
    address = data.draw(st.sampled_from(counts))
    before = number(year.report, address)
    after = data.draw(SMALL.filter(lambda figure: figure != before))
    changed = replace(year.report, figures=MappingProxyType({**year.report.figures, address: after}))
    year = replace_dataclass(year, report=changed)
    assert told(year) == expected(year)


@lawful
@given(true_years(), st.data())
def test_one_changed_number_of_the_text_is_told_at_its_place_alone(year: Year, data: st.DataObject) -> None:
    """A number that no reading gives is told where it stands; no other sentence nor anything in the tables is."""
    at = data.draw(st.integers(0, len(year.said) - 1))
    before = year.said[at].number
    value = data.draw(st.integers(0, 999).filter(lambda number: number != before))
    report, said = written(year.report, {at: value})
    year = replace_dataclass(year, report=report, said=said)
    assert told(year) == expected(year)
    sentence = range(2) if at < 2 else [at]
    assert {place.offset for place in told(year)} <= {said[one].offset for one in sentence}
