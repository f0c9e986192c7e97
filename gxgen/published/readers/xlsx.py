"""Workbooks in which a report is laid out: rows with one text are paragraphs, the others tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from gxgen.published.document import Block, Cell, Pages, Paragraph, Table
from gxgen.published.readers.errors import CarrierError
from gxgen.published.readers.zip_package import DAMAGED, REPAIR, open_package

LARGEST_SHEETS = 24 * 1024 * 1024
"""Bytes of all sheets unpacked."""
MOST_ROWS = 5000
MOST_COLUMNS = 200
PLAIN_FORMATS = frozenset(("General", "@", "0", "#,##0", "0_ ", "#,##0_ "))
DECIMAL_FORMATS = {"0.0": 1, "0.00": 2, "#,##0.00": 2, "0.00_ ": 2, "0.000": 3, "0.0000": 4}
SHOWN_OTHERWISE = "≈"
"""Put before a number that the sheet shows with other digits than it holds."""


class _Row(NamedTuple):
    cells: tuple[Cell, ...]
    is_text: bool


def read(raw: bytes) -> Pages:
    """Read a .xlsx file.

    Raises:
        CarrierError: it is damaged, encrypted or too large.
    """
    with open_package(raw) as package:
        if sum(map(package.size, package.names)) > LARGEST_SHEETS:
            raise CarrierError("工作簿展开后太大，不像报告", "核对文件")
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), data_only=True)
        numbers = count(1)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return Pages(tuple(block for sheet in sheets for block in _sheet(sheet, numbers)))
    except CarrierError:
        raise
    except Exception as error:  # openpyxl raises of every kind for a workbook that is not sound
        raise CarrierError(DAMAGED, REPAIR) from error


def _sheet(sheet: Any, numbers: Iterator[int]) -> Iterator[Block]:
    if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
        raise CarrierError("工作表太大，不像报告", "核对文件；多个机关的数字汇总表不是一份报告")
    table: list[Cell] = []
    for row in _rows(sheet):
        if row.is_text and not _reaches(table, row):
            yield from _table(table, numbers)
            table = []
            yield from (Paragraph(line) for cell in row.cells for line in cell.text.split("\n") if line.strip())
        else:
            table += row.cells
    yield from _table(table, numbers)


def _reaches(table: list[Cell], row: _Row) -> bool:
    """Whether a cell of the table above reaches into a row."""
    return any(cell.row + cell.rows > row.cells[0].row for cell in table) if row.cells else False


def _table(cells: list[Cell], numbers: Iterator[int]) -> Iterator[Block]:
    """The table of some rows, its empty margins cut off."""
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return
    top, left = min(cell.row for cell in cells), min(cell.column for cell in filled)
    right = max(cell.column + cell.columns for cell in filled)
    inside = [cell for cell in cells if left <= cell.column < right]
    yield Table(tuple(cell._replace(row=cell.row - top, column=cell.column - left) for cell in inside), next(numbers))


def _rows(sheet: Any) -> Iterator[_Row]:
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for area in merged.values()
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
        for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    was_table = False
    for row in sheet.iter_rows():
        if not row or sheet.row_dimensions[row[0].row].hidden:
            continue
        cells = []
        for one in row:
            place = (one.row, one.column)
            if place not in covered:
                area = merged.get(place)
                rows, columns = (area.size["rows"], area.size["columns"]) if area else (1, 1)
                cells.append(Cell(one.row - 1, one.column - 1, rows, columns, _shown(one)))
        filled = [cell for cell in cells if cell.text]
        is_text = len(filled) == 1 and filled[0].rows == 1 and (filled[0].columns > 1 or not was_table)
        was_table = bool(filled) and not is_text
        if filled or was_table:
            yield _Row(tuple(filled if is_text else cells), is_text)


def _shown(cell: Any) -> str:
    """A cell's value as the sheet shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).strip()
    number = Decimal(repr(value))
    text = f"{number:f}"
    text = text.removesuffix(".0")
    if cell.number_format in PLAIN_FORMATS and (cell.number_format in ("General", "@") or number == int(number)):
        return text
    places = DECIMAL_FORMATS.get(cell.number_format)
    if places is not None and round(number, places) == number:
        return f"{number:.{places}f}"
    return f"{SHOWN_OTHERWISE}{text}"
