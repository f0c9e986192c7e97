"""Workbooks in which a report is laid out: rows with one text are paragraphs, the others tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from gxgen.published.document import Block, Cell, Omission, Pages, Paragraph, Table
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.number_formats import shown
from gxgen.published.readers.spreadsheet import EMPTY, NUMBER, Area, Sheet, SheetCell, SheetRow, Workbook, date_shown
from gxgen.published.readers.unclear import in_cell
from gxgen.published.readers.zip_package import open_package

LARGEST_SHEETS = 24 * 1024 * 1024
"""Bytes of all sheets unpacked."""
MOST_ROWS = 5000
MOST_COLUMNS = 200
LARGEST_AREA = 200_000
"""Places covered by merged cells."""


class _Row(NamedTuple):
    cells: tuple[Cell, ...]
    is_text: bool


def read(raw: bytes) -> Pages:
    """Read a .xlsx file, or one with macros or a template of the same form.

    Raises:
        ReaderError: it is damaged, encrypted or too large.
    """
    with open_package(raw) as package:
        if sum(map(package.size, package.names)) > LARGEST_SHEETS:
            raise ReaderError("工作簿展开后太大，不像报告", "核对文件")
        numbers = count(1)
        omissions: list[Omission] = []
        book = Workbook(package)
        blocks = tuple(block for sheet in book.sheets for block in _sheet(sheet, numbers, omissions))
    return Pages(blocks, omissions=tuple(omissions))


def _sheet(sheet: Sheet, numbers: Iterator[int], omissions: list[Omission]) -> Iterator[Block]:
    table: list[Cell] = []
    for row in _rows(sheet, omissions):
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
    filled = [cell for cell in cells if cell.text or cell.unclear]
    if not filled:
        return
    top, left = min(cell.row for cell in cells), min(cell.column for cell in filled)
    right = max(cell.column + cell.columns for cell in filled)
    inside = [cell for cell in cells if left <= cell.column < right]
    yield Table(tuple(cell._replace(row=cell.row - top, column=cell.column - left) for cell in inside), next(numbers))


class _Grid:
    """The rows and columns of a sheet that are shown, and its merged cells among them."""

    def __init__(self, sheet: Sheet, rows: list[SheetRow]) -> None:
        self.width = max((cell.column for row in rows for cell in row.cells), default=0)
        height = rows[-1].number if rows else 0
        if height > MOST_ROWS or self.width > MOST_COLUMNS:
            raise ReaderError("工作表太大，不像报告", "核对文件；多个机关的数字汇总表不是一份报告")
        hidden = {row.number for row in rows if row.is_hidden}
        self.rows = {number: at for at, number in enumerate(n for n in range(1, height + 1) if n not in hidden)}
        columns = (n for n in range(1, self.width + 1) if n not in sheet.hidden_columns)
        self.columns = {number: at for at, number in enumerate(columns)}
        self.areas: dict[tuple[int, int], tuple[Area, tuple[int, int]]] = {}
        """Merged cells by their first place that is shown, and over how many rows and columns they are shown."""
        self.covered: set[tuple[int, int]] = set()
        total = 0
        for area in sheet.merged():
            top = [row for row in range(area.top, min(area.bottom, height) + 1) if row in self.rows]
            left = [each for each in range(area.left, min(area.right, self.width) + 1) if each in self.columns]
            total += len(top) * len(left) + 1
            if total > LARGEST_AREA:
                raise ReaderError("工作表里合并的单元格太多，不像报告", "核对文件")
            if top and left:
                self.areas[top[0], left[0]] = area, (len(top), len(left))
                self.covered.update((row, column) for row in top for column in left)
        self.covered.difference_update(self.areas)


def _rows(sheet: Sheet, omissions: list[Omission]) -> Iterator[_Row]:
    rows = []
    for row in sheet.rows():
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise ReaderError("工作表太大，不像报告", "核对文件；多个机关的数字汇总表不是一份报告")
    rows.sort(key=lambda row: row.number)
    grid = _Grid(sheet, rows)
    held = {(cell.row, cell.column): cell for row in rows for cell in row.cells}
    was_table = False
    for number, at in grid.rows.items():
        cells = []
        for column, left in grid.columns.items():
            place = (number, column)
            if place in grid.covered:
                continue
            area, extent = grid.areas.get(place, (None, (1, 1)))
            cell = held.get((area.top, area.left) if area else place)
            text, unclear = _shown(cell) if cell else ("", "")
            cells.append(Cell(at, left, *extent, text, unclear=unclear))
        filled = [cell for cell in cells if cell.text or cell.unclear]
        is_text = len(filled) == 1 and filled[0].rows == 1 and (filled[0].columns > 1 or not was_table)
        was_table = bool(filled) and not is_text
        if is_text:
            source = held.get((number, next(c for c, left in grid.columns.items() if left == filled[0].column)))
            omissions += [Omission(kind, text, len(text)) for kind, text in (source.doubtful if source else ())]
        if filled or was_table:
            yield _Row(tuple(filled if is_text else cells), is_text)


def _shown(cell: SheetCell) -> tuple[str, str]:
    """A cell's value as the sheet shows it, and why that is not certain."""
    if cell.kind == EMPTY:
        return "", "公式没有算出结果" if cell.has_formula else ""
    unclear = in_cell(dict(cell.doubtful))
    if cell.kind != NUMBER or cell.number is None:
        return cell.text.strip(), unclear
    date = date_shown(cell.number, cell.number_format)
    if date:
        return date, unclear
    seen = shown(cell.number, cell.number_format)
    if not seen.is_exact and not unclear:
        unclear = f"格内存的是 {cell.text}，显示成「{seen.text}」"
    return seen.text, unclear
