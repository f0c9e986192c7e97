"""A report with everything that can be worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import Layout, address_book, layouts
from tests.strategies import reports


@given(reports())
def test_every_cell_is_given_summed_or_zero(report: Report) -> None:
    """A cell shows the figure that was given, or the sum of the figures that count towards it."""
    completed = complete(report)
    for entry in address_book(report.layout).entries.values():
        given_figures = [report.figures.get(address, 0) for address in entry.summands]
        wanted = sum(int(str(figure)) for figure in given_figures) if entry.is_total else given_figures[0]
        assert completed.figure(entry.address) == wanted


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_a_report_without_figures_is_all_zero(layout: Layout) -> None:
    """No figure given means 0 in every cell."""
    completed = complete(Report(layout.first_year, layout))
    assert {completed.figure(address) for address in address_book(layout).entries} == {0}


@given(reports(), st.data())
def test_typed_totals_change_nothing(report: Report, data: st.DataObject) -> None:
    """What the office worked out itself is never shown in place of the computed total."""
    totals = [entry.address for entry in address_book(report.layout).entries.values() if entry.is_total]
    typed = data.draw(st.dictionaries(st.sampled_from(totals), st.integers(0, 99)))
    completed, plain = complete(replace(report, assertions=typed)), complete(report)
    assert all(completed.figure(address) == plain.figure(address) for address in totals)


@given(reports(), st.data())
def test_a_sum_is_certain_when_all_its_figures_were_read(report: Report, data: st.DataObject) -> None:
    """An unread figure puts in doubt itself and the totals that it counts towards, and nothing else."""
    book = address_book(report.layout)
    unread = data.draw(st.sampled_from([entry.address for entry in book.entries.values() if not entry.is_total]))
    completed = complete(replace(report, unread=frozenset({unread})))
    doubtful = {address for address in book.entries if not completed.is_certain(address)}
    assert doubtful == {unread, *book.totals_of.get(unread, ())}


@given(reports())
def test_a_narrative_that_quotes_nothing_stays_as_it_is(report: Report) -> None:
    """Texts without a quotation are printed as written, whatever else they hold."""
    completed = complete(report)
    assert completed.narrative == report.narrative
    assert completed.faults == {}
