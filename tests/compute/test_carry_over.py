"""Last year's report taken over to the next, over random reports of every pair of years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks.years import carried_figures
from gxgen.compute import complete
from gxgen.compute.carry_over import CarryOver, OmissionReason, carry_over
from gxgen.model import Figure, Report, Waiver
from gxgen.spec import Address, carries, layout_for
from tests.checks.test_years import PAIRS, report, settled_by
from tests.strategies import balanced_figures, narratives


@st.composite
def last_years(draw: st.DrawFn) -> Report:
    """A report whose figures hold, with the year after it having a form."""
    year = draw(st.sampled_from([before for before, _ in PAIRS]))
    layout = layout_for(year)
    assert layout
    last = report(year, draw(balanced_figures(layout)))
    return replace(last, agency="某某局", narrative=draw(narratives(layout)))


def carried(last: Report, doubtful: frozenset[Address] = frozenset()) -> CarryOver:
    """The report of the next year."""
    layout = layout_for(last.year + 1)
    assert layout
    return carry_over(complete(last), layout, doubtful)


def not_zero(figures: Mapping[Address, Figure]) -> dict[Address, Figure]:
    """The figures that say something."""
    return {address: figure for address, figure in figures.items() if figure}


@given(last_years())
def test_what_is_carried_is_what_last_year_settles_and_nothing_else(last: Report) -> None:
    """Figures are those worked out by hand, unless below 0; agency and texts are last year's."""
    new = carried(last)
    settled = not_zero(settled_by(last, last.year + 1, {}))
    assert dict(new.report.figures) == {address: figure for address, figure in settled.items() if int(str(figure)) > 0}
    assert dict(new.report.narrative) == dict(last.narrative)
    assert new.report.agency == last.agency


@given(last_years())
def test_checking_the_new_year_against_the_last_finds_nothing(last: Report) -> None:
    """No rule across years trips, unless last year's own figures are below 0."""
    new = carried(last)
    found = list(carried_figures(complete(last), complete(new.report)))
    below_zero = {one.check.figure.address for one in new.omitted if one.reason is OmissionReason.BELOW_ZERO}
    assert {finding.address for finding in found} == below_zero


@given(st.data())
def test_what_is_not_certain_is_not_carried_and_told(data: st.DataObject) -> None:
    """A figure that could not be read, or that no sum bears out, is left out with its reason; the others are not."""
    last = data.draw(last_years())
    check = data.draw(st.sampled_from(carries(last.layout, carried(last).report.layout)))
    at = data.draw(st.sampled_from(check.last_year)).address
    whole = carried(last)
    for new, reason in (
        (carried(replace(last, unread=frozenset({at}))), OmissionReason.UNREAD),
        (carried(last, frozenset({at})), OmissionReason.IN_DOUBT),
    ):
        assert check.figure.address not in new.report.figures
        assert reason in {one.reason for one in new.omitted if one.check is check}
        others = {
            address: figure for address, figure in whole.report.figures.items() if address != check.figure.address
        }
        assert dict(new.report.figures) == others


def test_moving_to_another_form_carries_only_what_means_the_same() -> None:
    """2020 to 2021: 结转 is carried, numbers of items are told as gone, 现行有效 as begun."""
    last = report(2020, {"requests.carried_forward.individual": 2, "disclosure.licences.last_year": 7})
    new = carried(last)
    assert dict(new.report.figures) == {"requests.brought_forward.individual": 2}
    assert [(one.check.figure.address, one.reason, one.settled) for one in new.omitted] == [
        ("disclosure.licences.last_year", OmissionReason.NOT_IN_THE_FORM, 7)
    ]
    assert {check.figure.label for check in new.newly_carried} == {"现行有效件数"}


def test_the_date_and_the_waivers_were_of_last_year() -> None:
    """They are not taken over; pack, departments and 垂直管理 are."""
    last = replace(
        report(2022, {}),
        pack="ningxia",
        published=date(2023, 1, 12),
        waivers=(Waiver("W501", "刚组建"),),
        departments=("bureaus",),
        vertical=True,
    )
    new = carried(last).report
    assert (new.published, new.waivers) == (None, ())
    assert (new.pack, new.departments, new.vertical) == ("ningxia", ("bureaus",), True)


@pytest.mark.parametrize(
    ("title", "next_title"),
    [
        ("某某局2022年政务公开年报", "某某局2023年政务公开年报"),
        ("某某局二〇二二年政府信息公开报告", "某某局二〇二三年政府信息公开报告"),
        ("某某局2022年政府信息公开工作年度报告", ""),
        ("政府信息公开工作年度报告（某某局）", "政府信息公开工作年度报告（某某局）"),
        ("", ""),
    ],
)
def test_a_title_names_the_new_year(title: str, next_title: str) -> None:
    """A title with the year in it gets the next one; the official title needs not be written."""
    assert carried(replace(report(2022, {}), agency="某某局", title=title)).report.title == next_title


def test_quotations_stay_and_those_of_figures_that_are_gone_are_printed() -> None:
    """What the new form has is quoted on; what it has not stands as last year's report printed it, and is told."""
    text = "收到{{ requests.received.total }}件，许可{{ disclosure.licences.last_year }}项，{{ year }}年"
    worked_out = "许可共{{ disclosure.licences.last_year + disclosure.licences.change }}项"
    last = replace(
        report(2020, {"disclosure.licences.last_year": 7, "disclosure.licences.change": -2}),
        narrative=MappingProxyType({"overview": text, "other": worked_out}),
    )
    new = carried(last)
    assert dict(new.report.narrative) == {
        "overview": "收到{{ requests.received.total }}件，许可7项，{{ year }}年",
        "other": "许可共5项",
    }
    assert new.replaced_quotations == {"overview": ("{{ disclosure.licences.last_year }}",), "other": ()}
    assert not complete(new.report).faults


def test_a_quotation_that_says_nothing_before_figures_are_there_is_told() -> None:
    """A share of nothing cannot be worked out yet; it stays as it is."""
    text = "占{{ requests.received.individual / requests.received.total * 100 }}%"
    last = replace(report(2022, {"requests.received.individual": 1}), narrative=MappingProxyType({"overview": text}))
    new = carried(last)
    assert new.report.narrative["overview"] == text
    assert new.uncomputable == {"overview"}
