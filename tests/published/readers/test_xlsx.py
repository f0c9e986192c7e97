"""Workbooks: cells as a person sees them."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from gxgen.published.document import Cell, Table
from gxgen.published.readers.xlsx import read
from tests.published.readers.strict import as_strict

Arrange = Callable[[Any], None]


def made(arrange: Arrange | None = None) -> bytes:
    """A workbook with a table of two rows and three columns, changed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["项目", "件数", "备注"], ["许可", 31, "无"], ["处罚", 4, "无"]):
        sheet.append(line)
    if arrange:
        arrange(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(raw: bytes, part: str, old: str, new: str) -> bytes:
    """A package with a text of one part replaced, which must be there."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode()
            if name == part:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return file.getvalue()


def table_of(raw: bytes) -> Table:
    """The only table of a workbook; reading it warns of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (table,) = read(raw).blocks
    assert isinstance(table, Table)
    return table


def figure(arrange: Arrange) -> Cell:
    """The cell that held 31."""
    return table_of(made(arrange)).rows[1][1]


def put(value: object, **style: object) -> Arrange:
    """Put a value into the cell of the figure."""

    def arrange(sheet: Any) -> None:
        sheet["B2"] = value
        for name, setting in style.items():
            setattr(sheet["B2"], name, setting)

    return arrange


@pytest.mark.parametrize(
    ("arrange", "text", "unclear"),
    [
        (put(CellRichText(TextBlock(InlineFont(strike=True), "2"), "31")), "31", "格内有划去的字「2」"),
        (
            put(CellRichText("31", TextBlock(InlineFont(vertAlign="superscript"), "①"))),
            "31",
            "格内有上标或下标的字「①」",
        ),
        (put(31, font=Font(strike=True)), "31", "格内有划去的字「31」"),
        (put("31", font=Font(strike=True)), "", "格内有划去的字「31」"),
        (put(31, font=Font(color="FFFFFFFF")), "31", "格内有看不见的字「31」"),
        (put(31, font=Font(color="FFFFFFFF"), fill=PatternFill("solid", fgColor="FF1F497D")), "31", ""),
        (put(31.4, number_format="0"), "31", "格内存的是 31.4，显示成「31」"),
        (put(31, number_format=r"0_);[Red]\(0\)"), "31", ""),
        (put("=1+1"), "", "公式没有算出结果"),
    ],
)
def test_what_a_cell_shows(arrange: Arrange, text: str, unclear: str) -> None:
    """Characters that are not certain are named, and the figure is not read."""
    cell = figure(arrange)
    assert (cell.text, cell.unclear) == (text, unclear)


def test_hidden_rows_and_columns_are_not_there() -> None:
    """Merged cells over them reach over the others."""

    def arrange(sheet: Any) -> None:
        sheet.insert_cols(2)
        sheet.insert_rows(2)
        sheet["B3"] = 9
        sheet.merge_cells("A1:B2")
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True

    table = table_of(made(arrange))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "件数", "备注"],
        ["许可", "31", "无"],
        ["处罚", "4", "无"],
    ]
    assert all(table.is_whole(row) for row in range(table.height))


def test_a_hidden_sheet_is_not_read() -> None:
    """What nobody sees is no part of the report."""

    def arrange(sheet: Any) -> None:
        hidden = sheet.parent.create_sheet("旧")
        hidden.append(["甲", 1])
        hidden.sheet_state = "veryHidden"

    assert len(read(made(arrange)).blocks) == 1


def test_workbooks_that_other_programs_write() -> None:
    """An empty fill, ISO's strict class, an extension that openpyxl warns of, a macro's content type."""
    raw = made()
    extension = "<extLst><ext uri='{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}'/></extLst></worksheet>"
    for other in (
        changed(raw, "xl/styles.xml", "<fill><patternFill/></fill>", "<fill/>"),
        as_strict(raw),
        changed(raw, "xl/worksheets/sheet1.xml", "</worksheet>", extension),
        changed(raw, "[Content_Types].xml", "spreadsheetml.sheet.main+xml", "template.main+xml"),
    ):
        assert table_of(other).rows[1][1].text == "31"
