"""Sums: typed totals, and the 勾稽关系 of every column."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks import check
from gxgen.checks.tables import balances, typed_totals
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Figure, Report
from gxgen.spec import Address, Entry, address_book, layout_for
from tests.strategies import reports

RECEIVED = "requests.received.individual"
GRANTED = "requests.outcome.granted.individual"
CAUSE = ("，恰等于「", "，而「", "，可能是")
"""How a likely cause begins, at the end of a message."""


def arithmetic(report: Report) -> list[Finding]:
    """What is wrong with the sums of a report."""
    completed = complete(report)
    return [*typed_totals(completed), *balances(completed)]


def made(year: int = 2023, **parts: object) -> Report:
    """A report with the given parts and nothing else."""
    layout = layout_for(year)
    assert layout is not None
    return replace(Report(year, layout), **parts)


def moved(report: Report, address: Address, by: int) -> Report:
    """The report with one count changed."""
    before = report.figures.get(address, 0)
    assert isinstance(before, int)
    return replace(report, figures=MappingProxyType({**report.figures, address: before + by}))


def totals(report: Report) -> dict[Address, int]:
    """Every computed cell, added up once more."""
    entries = address_book(report.layout).entries.values()
    return {
        entry.address: sum(int(str(report.figures.get(address, 0))) for address in entry.summands)
        for entry in entries
        if entry.is_total
    }


@st.composite
def counts_of_requests(draw: st.DrawFn, report: Report) -> Entry:
    """A count of 三 that no sum gives."""
    entries = address_book(report.layout).entries.values()
    return draw(st.sampled_from([one for one in entries if one.address.startswith("requests.") and not one.is_total]))


@given(reports(balanced=True))
def test_a_balanced_report_has_no_arithmetic_finding(report: Report) -> None:
    """When every column of 三 holds, nothing is said of sums, whatever the other figures are."""
    assert arithmetic(report) == []


@settings(max_examples=200)
@given(st.data())
def test_moving_one_figure_trips_its_column_and_the_column_of_totals(data: st.DataObject) -> None:
    """One figure of 三 that is off by d makes two findings, each telling d, and no other finding at all."""
    balanced = data.draw(reports(balanced=True))
    entry = data.draw(counts_of_requests(balanced))
    by = data.draw(st.integers(-500, 500).filter(bool))
    before = check(complete(balanced))
    found = [finding for finding in check(complete(moved(balanced, entry.address, by))) if finding not in before]
    column = entry.column.address
    assert [(one.code, one.address) for one in found] == [
        (codes.BALANCE, f"requests.outcome.total.{column}"),
        (codes.BALANCE, "requests.outcome.total.total"),
    ]
    own, of_totals = (one.message.partition(f"相差 {abs(by)}")[2] for one in found)
    assert of_totals == f"，与「{entry.column.printed}」列相差的一样，改好那一列就相等"
    assert own == "" or own.startswith(CAUSE)
    assert [one.message.split("」")[0] for one in found] == [f"「{entry.column.printed}", "「总计"]


@given(st.data())
def test_errors_of_two_columns_that_make_up_for_each_other_are_both_told(data: st.DataObject) -> None:
    """Figures off by d and by -d in two columns trip both columns, though 总计 holds."""
    report = data.draw(reports(balanced=True))
    one, other = data.draw(counts_of_requests(report)), data.draw(counts_of_requests(report))
    by = data.draw(st.integers(1, 500))
    is_left = [entry.row.address in ("requests.received", "requests.brought_forward") for entry in (one, other)]
    report = moved(moved(report, one.address, by), other.address, -by if is_left[0] == is_left[1] else by)
    columns = {one.column.address, other.column.address}
    wanted = {f"requests.outcome.total.{column}" for column in columns} if len(columns) == 2 else set()
    assert {finding.address for finding in arithmetic(report)} == wanted


@given(st.data())
def test_typed_totals_that_are_right_pass(data: st.DataObject) -> None:
    """Totals that the office worked out rightly are not mentioned, all of them or some."""
    report = data.draw(reports(balanced=True))
    right = totals(report)
    typed = data.draw(st.sets(st.sampled_from(sorted(right))) | st.just(set(right)))
    assert arithmetic(replace(report, assertions={address: right[address] for address in typed})) == []


@settings(max_examples=200)
@given(st.data())
def test_a_typed_total_that_is_wrong_is_told_at_its_own_address(data: st.DataObject) -> None:
    """One wrong total among right ones makes one finding: its address, both numbers and the difference."""
    report = data.draw(reports(balanced=True))
    right = totals(report)
    address = data.draw(st.sampled_from(sorted(right)))
    by = data.draw(st.sampled_from([1, -1]) | st.integers(2, 10**6))
    typed = {**right, address: right[address] + by}
    (found,) = arithmetic(replace(report, assertions=typed))
    printed = address_book(report.layout).entries[address].printed
    assert (found.code, found.address) == (codes.TYPED_TOTAL, address)
    told = f"{printed}填写 {typed[address]}，由各分项算得 {right[address]}，相差 {abs(by)}"
    assert found.message == told or found.message.startswith(tuple(f"{told}{cause}" for cause in CAUSE))


def test_a_broken_balance_names_rows_column_and_numbers() -> None:
    """The finding spells out both sides in the words of the form, and points at the cells that are added."""
    report = made(figures={RECEIVED: 8, "requests.brought_forward.individual": 1, GRANTED: 5})
    (found, _) = arithmetic(report)
    assert found.message == (
        "「自然人」列的勾稽关系不成立："
        "一、本年新收政府信息公开申请数量 8 + 二、上年结转政府信息公开申请数量 1 = 9，"
        "三、本年度办理结果—（七）总计 5 + 四、结转下年度继续办理 0 = 5，相差 4"
    )
    rows = ("received", "brought_forward", "outcome.total", "carried_forward")
    assert found.fallback_addresses == tuple(f"requests.{row}.individual" for row in rows)


@pytest.mark.parametrize("year", [2020, 2023])
def test_totals_of_the_three_blocks_of_disputes_are_compared(year: int) -> None:
    """Each 总计 of 四 is compared with its own block."""
    blocks = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")
    figures: dict[Address, Figure] = {f"{block}.upheld": number for number, block in enumerate(blocks, start=1)}
    typed: dict[Address, Figure] = {f"{block}.total": 2 for block in blocks}
    found = arithmetic(made(year, figures=figures, assertions=typed))
    assert [one.address for one in found] == ["reconsideration.total", "litigation.after_reconsideration.total"]


def test_nothing_is_said_of_sums_over_a_figure_that_could_not_be_read() -> None:
    """An unreadable figure silences its row's total, its column's balance and those of 总计, and nothing else."""
    figures: dict[Address, Figure] = {RECEIVED: 8, "requests.received.business": 4, "reconsideration.upheld": 1}
    typed: dict[Address, Figure] = {
        "requests.received.total": 9,
        "requests.outcome.granted.total": 9,
        "reconsideration.total": 9,
    }
    report = made(figures=figures, assertions=typed)
    assert len(arithmetic(report)) == 6
    assert [found.address for found in arithmetic(replace(report, unread=frozenset({GRANTED})))] == [
        "requests.received.total",
        "reconsideration.total",
        "requests.outcome.total.business",
    ]
