"""What is exported is imported again, figure by figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.sheets import csv_writer, xlsx_writer
from gxgen.sheets.columns import columns_of
from gxgen.sheets.reader import RowReport
from gxgen.source.updating import figures_of
from gxgen.spec import Layout, address_book, layouts
from tests.sheets.making import exported, form, read_values, read_workbook
from tests.strategies import YEARS, figures

SHIPPED = [
    (pack, year)
    for pack in ("national", "ningxia", "hubei", "drawn")
    for year in (years[-1] for years in YEARS.values())
]
HOSTILE = ("=1+1", "+甲局", "-乙局", "@丙局", "'丁局", "A&B<局>", "甲，乙局", '"戊"局', "己局")


@st.composite
def collections(draw: st.DrawFn) -> list[Report]:
    """Reports of one pack and year, whose agencies have odd names."""
    pack, year = draw(st.sampled_from(SHIPPED))
    layout = form(year, pack)
    assert layout
    names = draw(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4, unique=True))
    kept = pack if len(columns_of(layout)) > len(columns_of(official(layout))) else "national"
    return [
        Report(year, layout, name, kept, figures=draw(figures(layout)), vertical=draw(st.booleans())) for name in names
    ]


def official(layout: Layout) -> Layout:
    """The circular's form."""
    return next(each for each in layouts() if each.first_year == layout.first_year)


@settings(max_examples=40, deadline=None)
@given(collections(), st.sampled_from([(xlsx_writer.XlsxWriter, read_workbook), (csv_writer.CsvWriter, read_values)]))
def test_export_and_import_are_the_identity_on_figures(
    reports: list[Report], kind: tuple[Callable[[], object], Callable[[bytes], list[RowReport]]]
) -> None:
    """For both forms and every shipped pack, as a workbook and as values: figures, totals, agency and year."""
    tables, read = kind
    rows = read(exported(tables(), reports))
    assert [row.findings for row in rows] == [()] * len(reports)
    for row, report in zip(rows, reports, strict=True):
        assert row.report
        assert (row.report.agency, row.report.year) == (report.agency, report.year)
        assert row.report.vertical == report.vertical
        assert {a: str(f) for a, f in figures_of(row.report).items()} == {
            a: str(f) for a, f in figures_of(report).items()
        }
        completed = complete(report)
        totals = {a: completed.figure(a) for a, e in address_book(report.layout).entries.items() if e.is_total}
        assert dict(row.report.assertions) == totals


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_both_forms_stand_in_one_workbook(layout: Layout) -> None:
    """On a sheet each; a report is read by the form of its year."""
    reports = [Report(each.first_year, each, "甲局") for each in layouts()]
    rows = read_workbook(exported(xlsx_writer.XlsxWriter(), reports))
    assert [row.report and row.report.year for row in rows] == [each.first_year for each in layouts()]
    assert [row.findings for row in rows] == [(), ()]


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_labels_alone_lead_to_the_same_cells(layout: Layout) -> None:
    """Without the row of addresses, every column that gxgen heads is known by its labels."""
    report = Report(layout.first_year, layout, "甲局")
    entries = [entry for entry in address_book(layout).entries.values() if not entry.is_total]
    report = replace(report, figures={entry.address: number for number, entry in enumerate(entries, start=1)})
    raw = exported(csv_writer.CsvWriter(), [report])
    lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    (row,) = read_values("".join([lines[0], lines[2]]).encode())
    assert row.findings == ()
    assert row.report
    assert figures_of(row.report) == report.figures
