"""Figures are asked about for their size only where a slip is likelier than the change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks.magnitudes import amounts_in_yuan, unlike_last_year
from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import layout_for

LAYOUT = layout_for(2023)
ROWS = ("disclosure.licences.decisions", "disclosure.penalties.decisions", "requests.received.individual")
AGENCY = "甲县教育局"


def report(year: int, figures: dict[str, int]) -> Report:
    """A report with these figures."""
    assert LAYOUT
    return Report(year, LAYOUT, AGENCY, figures=figures)


@given(st.dictionaries(st.sampled_from(ROWS), st.integers(0, 10**6)), st.floats(0.3, 3.0))
def test_what_grows_or_shrinks_threefold_is_left_alone(before: dict[str, int], factor: float) -> None:
    """No change within three times is asked about, whatever the figures."""
    now = {address: round(figure * factor) for address, figure in before.items()}
    assert list(unlike_last_year(complete(report(2022, before)), complete(report(2023, now)))) == []


@given(st.sampled_from(ROWS), st.integers(20, 10**6), st.booleans())
def test_a_nought_too_many_or_too_few_is_told_at_its_figure(address: str, small: int, is_more: bool) -> None:
    """The same digits with a nought behind them: one finding, at the figure of this year, which names both."""
    before, now = (small, 10 * small) if is_more else (10 * small, small)
    (finding,) = unlike_last_year(complete(report(2022, {address: before})), complete(report(2023, {address: now})))
    assert finding.address == address
    assert str(before) in finding.message
    assert str(now) in finding.message


def test_what_was_not_read_is_not_compared() -> None:
    """A figure of either year that could not be read is not asked about."""
    last, this = report(2022, {ROWS[0]: 37}), report(2023, {ROWS[0]: 370})
    assert len(list(unlike_last_year(complete(last), complete(this)))) == 1
    assert not list(unlike_last_year(complete(replace(last, unread=frozenset({ROWS[0]}))), complete(this)))
    assert not list(unlike_last_year(complete(last), complete(replace(this, unread=frozenset({ROWS[0]})))))


@pytest.mark.parametrize(
    ("agency", "amount", "is_told"),
    [
        ("甲县乙镇人民政府", 10_000, True),
        ("甲县乙镇人民政府", 9_999, False),
        ("甲县自然资源局", 125_000, True),
        ("甲县自然资源局", 99_999, False),
        ("甲县人民政府", 125_000, False),
        ("甲市自然资源局", 125_000, False),
        ("甲省人民政府", 9_999_999, False),
    ],
)
def test_what_an_agency_cannot_take_in_depends_on_its_rank(agency: str, amount: int, is_told: bool) -> None:
    """The limits of 万元 for towns, departments of counties, counties and the rest."""
    assert LAYOUT
    one = Report(2023, LAYOUT, agency, figures={"disclosure.fees.amount": amount})
    assert bool(list(amounts_in_yuan(complete(one)))) is is_told
