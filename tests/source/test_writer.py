"""Reports written as data files."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType

from hypothesis import given

from gxgen.model import Report
from gxgen.source import read_bytes
from gxgen.source.writer import data_file
from gxgen.spec import address_book, layouts
from tests.strategies import reports


def without_zeros(report: Report) -> Report:
    """A report in its sparse form: a figure that is 0 is the same as none."""
    figures = {address: figure for address, figure in report.figures.items() if str(figure) != "0"}
    return Report(report.year, report.layout, report.agency, figures=MappingProxyType(figures))


@given(report=reports())
def test_a_data_file_gives_its_report_back(report: Report) -> None:
    """What is written is read as it was, digit for digit and letter for letter, without a finding on what it says."""
    reading = read_bytes(data_file(report).encode())
    assert reading.report
    expected = {address: str(figure) for address, figure in report.figures.items() if figure != 0}
    assert {address: str(figure) for address, figure in reading.report.figures.items() if figure != 0} == expected
    assert dict(reading.report.narrative) == {place: text for place, text in report.narrative.items() if text}
    assert (reading.report.year, reading.report.agency) == (report.year, report.agency)
    assert reading.report.unread == frozenset()


@given(report=reports())
def test_a_typed_total_is_kept_even_where_it_is_wrong(report: Report) -> None:
    """Totals as published come back as assertions of the rows that say anything."""
    totals = [entry.address for entry in address_book(report.layout).entries.values() if entry.is_total]
    asserted = Report(
        report.year,
        report.layout,
        figures=report.figures,
        assertions=MappingProxyType(dict.fromkeys(totals, 7)),
    )
    reading = read_bytes(data_file(asserted).encode())
    assert reading.report
    assert dict(reading.report.assertions) == dict.fromkeys(totals, 7)


def test_an_unread_figure_is_left_out_and_remarked_upon_at_its_line() -> None:
    """The remark stands right above the row that lacks the figure; the others of the row keep their names."""
    layout = layouts()[-1]
    report = Report(
        2023,
        layout,
        figures=MappingProxyType({"requests.received.individual": 8}),
        unread=frozenset({"requests.received.business"}),
    )
    lines = data_file(report, {"requests.received.business": ("待核：这一格是空的",)}).splitlines()
    at = lines.index("# 待核：这一格是空的")
    assert lines[at + 1].startswith("received = { individual = 8, research = 0, ")
    assert "business" not in lines[at + 1]
    assert lines[at + 1].endswith("# 一、本年新收政府信息公开申请数量")


def test_every_line_carries_its_official_label() -> None:
    """Tables and rows are named as the form names them."""
    layout = layouts()[-1]
    figures = {entry.address: 1 for entry in address_book(layout).entries.values() if not entry.is_total}
    text = data_file(Report(2023, layout, "某某局", figures=MappingProxyType(figures)))
    lines = [line for line in text.splitlines() if line and not line.startswith("#") and line != "[narrative]"]
    assert [line for line in lines if "# " not in line] == []


def test_remarks_on_nothing_that_is_written_are_not_lost() -> None:
    """A remark at any address is in the file, on lines of comment only."""
    text = data_file(Report(2023, layouts()[-1]), {"somewhere.else": ("第一行\n第二行\x07",), "": ("开头",)})
    assert text.startswith("# 开头\n")
    assert text.endswith("# 第一行\n# 第二行\ufffd\n")


@given(reports())
def test_a_remark_names_as_many_columns_as_the_row_below_it_lists(report: Report) -> None:
    """The total among them only where the agency typed it."""
    lines = data_file(report).split("\n")
    for remark, row in pairwise(lines):
        if remark.startswith("# 数字依次是：") and " = [" in row:
            assert remark.count("、") == row.partition("]")[0].count(",")
