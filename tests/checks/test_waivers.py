"""Findings that are waived, and waivers that nothing was found for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks.waivers import with_waivers
from gxgen.core import codes
from gxgen.core.findings import Code, Finding
from gxgen.model import Waiver

WARNINGS = st.sampled_from([code for code in codes.CODES if code.name[0] == "W" and code is not codes.UNUSED_WAIVER])
ADDRESSES = st.sampled_from(["", "narrative", "narrative.overview", "narrative.problems", "requests.received.total"])
FOUND = st.lists(st.builds(Finding, WARNINGS, ADDRESSES, st.just("有问题")), max_size=6)
WAIVERS = st.lists(st.builds(Waiver, WARNINGS.map(lambda code: code.name), st.just("属实"), ADDRESSES), max_size=4).map(
    tuple
)
PROBLEMS = Finding(codes.EMPTY_SECTION, "narrative.problems", "没有文字")
OVERVIEW = replace(PROBLEMS, address="narrative.overview")


def waiver_of(finding: Finding) -> Waiver:
    """A waiver of just this finding."""
    return Waiver(finding.code.name, "属实", finding.address, written_at="waiver[0]")


@given(FOUND, WAIVERS)
def test_a_finding_is_waived_by_code_and_place_together(found: list[Finding], waivers: tuple[Waiver, ...]) -> None:
    """Every finding is still there, in its order; it is waived just when some waiver has its code and covers it."""
    told = [finding for finding in with_waivers(found, waivers) if finding.code is not codes.UNUSED_WAIVER]
    assert [replace(finding, waiver="") for finding in told] == found
    for finding in told:
        assert bool(finding.waiver) is any(
            waiver.code == finding.code.name and waiver.covers(finding.address) for waiver in waivers
        )


@given(FOUND, WAIVERS)
def test_every_waiver_is_about_something_or_told(found: list[Finding], waivers: tuple[Waiver, ...]) -> None:
    """There are as many warnings of useless waivers as there are useless waivers; comparing years is left out."""
    useless = [
        waiver
        for waiver in waivers
        if not any(waiver.code == finding.code.name and waiver.covers(finding.address) for finding in found)
    ]
    told = [finding for finding in with_waivers(found, waivers) if finding.code is codes.UNUSED_WAIVER]
    assert len(told) == sum(not waiver.code.startswith("W4") for waiver in useless)


@pytest.mark.parametrize("code", [code for code in codes.CODES if code.name[0] == "E"], ids=lambda code: code.name)
def test_no_error_is_waived(code: Code) -> None:
    """Even a waiver that came to be all the same leaves an error what it is."""
    error = Finding(code, "requests", "错误")
    assert with_waivers([error], (waiver_of(error),)) == (error,)


def test_an_unused_waiver_is_told_at_itself_with_the_places_where_the_code_is() -> None:
    """The warning stands where the waiver is written; its hint lists each place of the code once."""
    (*_, told) = with_waivers(
        [PROBLEMS, OVERVIEW, PROBLEMS], (replace(waiver_of(PROBLEMS), address="narrative.other"),)
    )
    assert (told.code, told.address) == (codes.UNUSED_WAIVER, "waiver[0]")
    assert told.hint == "这次的 W501 在 narrative.problems、narrative.overview"


def test_the_reason_comes_with_who_gave_it_and_when() -> None:
    """What is shown of a waiver is its reason, and in brackets what else it says."""
    waiver = waiver_of(PROBLEMS)
    signed = [waiver, replace(waiver, by="张三"), replace(waiver, by="张三", date=date(2024, 1, 2))]
    shown = [with_waivers([PROBLEMS], (one,))[0].waiver for one in signed]
    assert shown == ["属实", "属实（张三）", "属实（张三，2024-01-02）"]
