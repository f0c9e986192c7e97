"""What a table of many reports is like in the hands of a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from openpyxl import load_workbook

from gxgen.model import Money, Report
from gxgen.sheets import csv_writer, json_writer, xlsx_writer
from gxgen.sheets.columns import columns_of
from gxgen.sheets.xlsx_writer import rendered
from gxgen.spec import Layout, address_book, layout_for, layouts
from tests.sheets.making import exported, read_workbook

LAYOUT = layout_for(2020)
assert LAYOUT
REPORT = Report(
    2020,
    LAYOUT,
    "=HYPERLINK(1)",
    figures=MappingProxyType(
        {
            "disclosure.fees.last_year": 3,
            "disclosure.fees.change": -2,
            "disclosure.procurement.amount": Money("103.3879万元", Decimal(1033879)),
            "requests.received.individual": 5,
        }
    ),
)


def sheet_of(raw: bytes) -> Any:
    """The first sheet of a workbook."""
    return load_workbook(io.BytesIO(raw)).worksheets[0]


def column(sheet: Any, address: str) -> list[Any]:
    """The cells of a column by its address."""
    (found,) = (cells for cells in sheet.iter_cols() if cells[1].value == address)
    return list(found)


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_column_has_labels_of_its_own(layout: Layout) -> None:
    """No two columns are headed alike, and there is one for each cell of the form."""
    labels = [column.labels for column in columns_of(layout)]
    assert len(set(labels)) == len(labels)
    assert {column.address for column in columns_of(layout) if column.entry} == set(address_book(layout).entries)


def test_numbers_are_numbers_and_texts_are_texts() -> None:
    """Totals as well; nothing that an agency is called becomes a formula."""
    sheet = sheet_of(exported(xlsx_writer.XlsxWriter(), [REPORT]))
    assert [column(sheet, key)[2].value for key in ("agency", "year", "file")] == ["=HYPERLINK(1)", 2020, "x.toml"]
    assert column(sheet, "agency")[2].data_type != "f"
    figures = ("requests.received.individual", "requests.received.total", "disclosure.fees.change")
    cells = [column(sheet, address)[2] for address in figures]
    assert [(cell.value, cell.data_type) for cell in cells] == [(5, "n"), (5, "n"), (-2, "n")]
    assert column(sheet, "disclosure.procurement.amount")[2].value == "103.3879万元"


def test_a_decimal_is_shown_with_the_digits_that_were_typed() -> None:
    """Zeros at its end included; one longer than a spreadsheet's numbers is a text."""
    layout = layout_for(2023)
    assert layout
    for amount, value, number_format in (
        ("7730.280", 7730.28, "0.000"),
        ("1.2345678901234567", "1.2345678901234567", "General"),
    ):
        report = Report(2023, layout, figures=MappingProxyType({"disclosure.fees.amount": Decimal(amount)}))
        cell = column(sheet_of(exported(xlsx_writer.XlsxWriter(), [report])), "disclosure.fees.amount")[2]
        assert (cell.value, cell.number_format) == (value, number_format)


def test_the_header_stays_in_sight_and_on_every_page() -> None:
    """Agencies at the left and two rows at the top, on a screen and on paper."""
    sheet = sheet_of(exported(xlsx_writer.XlsxWriter(), [REPORT]))
    assert sheet.freeze_panes == "B3"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$A")
    assert sheet.auto_filter.ref.startswith("A2:")


def test_values_are_read_in_the_right_encoding_and_run_nothing() -> None:
    """With a byte order mark, and a quote before what a spreadsheet would run."""
    raw = exported(csv_writer.CsvWriter(), [REPORT])
    assert raw.startswith(b"\xef\xbb\xbf")
    labels, addresses, row = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert (labels[0], addresses[0], row[0]) == ("机关", "agency", "'=HYPERLINK(1)")
    assert row[addresses.index("disclosure.fees.change")] == "-2"


def test_json_has_every_figure_with_all_its_digits() -> None:
    """As numbers; an amount with its own unit as a text."""
    layout = layout_for(2023)
    assert layout
    fees = Report(2023, layout, "甲局", figures=MappingProxyType({"disclosure.fees.amount": Decimal("7730.280")}))
    found = json.loads(exported(json_writer.JsonWriter(), [REPORT, fees]), parse_float=str)
    first, second = found["reports"]
    assert (first["agency"], first["form"], second["year"]) == ("=HYPERLINK(1)", "2019", 2023)
    assert first["figures"]["disclosure.procurement.amount"] == "103.3879万元"
    assert second["figures"]["disclosure.fees.amount"] == "7730.280"
    assert set(second["figures"]) == set(address_book(layout).entries)


def test_a_table_to_be_filled_in_is_read_when_it_is() -> None:
    """It names the agencies and the year, has no totals, and the spreadsheet refuses what is no count."""
    layout = layout_for(2023)
    assert layout
    book = load_workbook(io.BytesIO(rendered(layout, 2023, ("甲局", "乙局"), "")))
    sheet: Any = book.worksheets[0]
    assert [cell.value for cell in column(sheet, "agency")[2:]] == ["甲局", "乙局"]
    assert not any(cell.value and str(cell.value).endswith(".total") for cell in sheet[2])
    rules = {str(rule.type) for rule in sheet.data_validations.dataValidation}
    assert rules == {"whole", "decimal"}
    column(sheet, "disclosure.licences.decisions")[2].value = 5
    raw = io.BytesIO()
    book.save(raw)
    first, second = read_workbook(raw.getvalue(), blank_is_zero=True)
    assert first.report
    assert second.report
    assert (first.report.agency, first.report.figures) == ("甲局", {"disclosure.licences.decisions": 5})
    assert (first.findings, second.report.figures) == ((), {})
    assert [finding.code.name for finding in second.findings] == ["I643"]
