"""A summary as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from gxgen.services.summary.page import link
from gxgen.services.summary.rows import BAD, WARNED, Row
from gxgen.sheets.xlsx_writer import for_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


FILLS = {**dict.fromkeys(BAD, PatternFill("solid", fgColor="FBE3E0")), WARNED: PatternFill("solid", fgColor="FFF4D6")}
WIDTHS = {"机关": 36, "首要问题": 60, "数据文件": 36, "报告文件": 48, "生成的文件": 48}
USUAL_WIDTH = 12
MOST_LINKS = 60_000
"""Excel refuses a sheet with more than 65 530."""


def rendered(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Return the workbook's bytes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = "汇总"
    for number, column in enumerate(columns, start=1):
        sheet.cell(1, number, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, USUAL_WIDTH)
    for number, row in enumerate(rows, start=2):
        _fill(sheet, number, row, len(columns), path if number <= MOST_LINKS else None)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _fill(sheet: Worksheet, number: int, row: Row, width: int, summary: Path | None) -> None:
    """Fill one row, with a link to the first of its files, or to its source."""
    values = (*row.values, "；".join(Path(file).name for file in row.files))[:width]
    linked = row.files[:1] if width > len(row.values) else (row.source,)
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        assert isinstance(cell, Cell), "no cells are merged"
        _put(cell, value)
        if row.state in FILLS:
            cell.fill = FILLS[row.state]
    if summary and any(linked):
        cell.hyperlink = link(linked[0], summary)


def _put(cell: Cell, value: str | int) -> None:
    if isinstance(value, str):
        cell.value = for_cell(value)
        cell.data_type = "s"  # "=…" is a text, too
    else:
        cell.value = value
