"""Workbooks in which a report is laid out."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.published import Published, read_bytes
from tests.published.damage import tables_of
from tests.published.test_round_trip import figures_as_printed, figures_read
from tests.published.test_word_documents import sample


def workbook(report: Report, value: float | str | None = None, number_format: str = "General") -> bytes:
    """The report in a sheet, merged as on paper; *value* stands for the first figure of 三."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    tables = dict(tables_of(complete(report)))
    row = 1
    for text in (f"{report.agency}{report.year}年政府信息公开工作年度报告", "一、总体情况", "略。"):
        sheet.cell(row, 1, text)
        row += 1
    for section in report.layout.sections[1:]:
        sheet.cell(row, 1, section.heading)
        row += 1
        boxes = tables.get(section.heading, [])
        for box in (box for line in boxes for box in line):
            is_number = box.is_figure and box.text.isdecimal()
            cell = sheet.cell(row + box.row, box.column + 1, int(box.text) if is_number else box.text)
            if value is not None and box.text == "506":
                cell.value, cell.number_format = value, number_format
            if box.rows * box.columns > 1:
                sheet.merge_cells(
                    start_row=row + box.row,
                    start_column=box.column + 1,
                    end_row=row + box.row + box.rows - 1,
                    end_column=box.column + box.columns,
                )
        row += len(boxes) + 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_report_in_a_sheet_is_read() -> None:
    """Merged cells, captions and headings in a sheet are those of the report."""
    published = read_bytes(workbook(sample()), ".xlsx")
    assert published.report
    assert (published.report.year, published.report.agency) == (2024, "云岭市澄溪区人民政府")
    assert figures_read(published) == figures_as_printed(sample())
    assert published.report.unread == frozenset()
    assert dict(published.report.narrative) == {"overview": "略。"}


@pytest.mark.parametrize(
    ("value", "number_format"),
    [(507.4, "0"), (507.0004, "0.00"), (True, "General"), ("506件左右", "@"), (5.06, "0%"), ("#REF!", "General")],
)
def test_a_number_that_is_not_what_the_sheet_shows_is_left_out(value: float | str, number_format: str) -> None:
    """Rounded on screen, a truth value, a percentage: no figure is made of them."""
    published: Published = read_bytes(workbook(sample(), value, number_format), ".xlsx")
    assert published.report
    assert "requests.received.individual" in published.report.unread


@pytest.mark.parametrize(("value", "number_format"), [(506, "0.00"), (506.4, "0"), (506.0004, "0.00")])
def test_a_number_is_read_as_it_is_shown_where_its_total_confirms_it(value: float, number_format: str) -> None:
    """506.00 is 506, and so is a number that is rounded to it on screen, since its row adds up with 506 alone."""
    published = read_bytes(workbook(sample(), value, number_format), ".xlsx")
    assert published.report
    assert published.report.figures["requests.received.individual"] == 506
