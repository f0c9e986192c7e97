"""Workbooks and files of values as rows of cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.number_formats import shown
from gxgen.published.readers.spreadsheet import (
    BOOLEAN,
    EMPTY,
    ERROR,
    NUMBER,
    Area,
    SheetCell,
    Workbook,
    date_shown,
)
from gxgen.published.readers.spreadsheet import Sheet as WorkbookSheet
from gxgen.published.readers.unclear import in_cell
from gxgen.published.readers.zip_package import Package
from gxgen.sheets.cells import Cell, unit_in
from gxgen.sheets.xlsx_writer import as_typed

LARGEST = 400 * 1024 * 1024
"""Bytes of a workbook's sheets unpacked: ten thousand reports take a quarter of it."""
LARGEST_BY_LABELS = 24 * 1024 * 1024
"""Of one whose header is merged by hand, which is held as a whole."""
PREVIEWED = 30
"""Rows in which a header has to end."""
MOST_COLUMNS = 2000
MERGED_CELL = b"<mergeCell "
CHUNK = 1024 * 1024
ERRORS = "公式出错"
NOT_CALCULATED = "公式没有算出结果：用 Excel 或 WPS 打开，保存后再读"
FIXED = re.compile(r"(?:#,##)?0(\.0+)?(?:_\s?)?")
"""A number format with so many decimals."""
SEPARATORS = ",\t;"
Line = Sequence[Cell]


class Sheet(msgspec.Struct, frozen=True):
    """A sheet: its rows one by one, and the areas of merged cells where they are known."""

    title: str
    lines: Iterator[Line]
    merged: Sequence[Area] = ()


class NoWorkbookError(Exception):
    """A file is no workbook that can be read as a table."""


def previews(raw: bytes) -> Iterator[Sheet]:
    """The visible sheets of a workbook, of each the first rows.

    Raises:
        NoWorkbookError: it is damaged, encrypted or too large.
    """
    for sheet in _sheets(raw, LARGEST, whole=False):
        yield replace(sheet, lines=iter([line for line, _ in zip(sheet.lines, range(PREVIEWED), strict=False)]))


def streamed(raw: bytes, title: str) -> Sheet:
    """A sheet whose rows are read one by one; merged cells are not known.

    Raises:
        NoWorkbookError: it is damaged.
    """
    return next(sheet for sheet in _sheets(raw, LARGEST, whole=False) if sheet.title == title)


def whole_sheet(raw: bytes, title: str) -> Sheet:
    """A sheet with its merged cells.

    Raises:
        NoWorkbookError: it is damaged or too large to be held.
    """
    return next(sheet for sheet in _sheets(raw, LARGEST_BY_LABELS, whole=True) if sheet.title == title)


def values(text: str, separator: str) -> Sheet:
    """A file of values."""
    lines = enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1)
    return Sheet(
        "",
        (
            [Cell(row, column, as_typed(cell.strip())) for column, cell in enumerate(line, start=1)]
            for row, line in lines
        ),
    )


def _sheets(raw: bytes, largest: int, *, whole: bool) -> Iterator[Sheet]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        _refuse_large(archive, largest)
        sheets = Workbook(Package(archive)).sheets
    except (ReaderError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise NoWorkbookError from error
    for sheet in sheets:
        merged = sheet.merged() if whole else []
        yield Sheet(sheet.title, _lines(sheet, merged), merged)


def has_merged_cells(raw: bytes) -> bool:
    """Whether any sheet has merged cells."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        _refuse_large(archive, LARGEST)
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/"):
                with archive.open(info) as part:
                    before = b""
                    while chunk := part.read(CHUNK):
                        if MERGED_CELL in before + chunk:
                            return True
                        before = chunk[-len(MERGED_CELL) :]
    return False


def _refuse_large(archive: zipfile.ZipFile, largest: int) -> None:
    """Look at the sizes before anything is unpacked."""
    if sum(info.file_size for info in archive.infolist()) > largest:
        raise NoWorkbookError


def _lines(sheet: WorkbookSheet, merged: Sequence[Area]) -> Iterator[Line]:
    """The rows by their number, those that the file leaves out as empty ones; columns from the first to the last."""
    expected = 1
    try:
        for row in sheet.rows():
            yield from ([] for _ in range(expected, row.number))
            expected = max(expected, row.number + 1)
            cells = {cell.column: _cell(cell) for cell in row.cells if cell.column <= MOST_COLUMNS}
            over = (min(area.right, MOST_COLUMNS) for area in merged if area.top <= row.number <= area.bottom)
            last = max((*cells, *over), default=0)
            yield [cells.get(at) or Cell(row.number, at, "") for at in range(1, last + 1)]
    except (ReaderError, zipfile.BadZipFile, OSError) as error:  # a damaged part shows only when it is read
        raise NoWorkbookError from error


def _cell(cell: SheetCell) -> Cell:
    made = Cell(cell.row, cell.column, cell.text)
    if cell.kind == EMPTY:
        return replace(made, problem=NOT_CALCULATED if cell.has_formula else "")
    if cell.doubtful:
        return replace(made, problem=in_cell(dict(cell.doubtful)))
    if cell.kind in (BOOLEAN, ERROR):
        return replace(made, problem="这一格不是数字" if cell.kind == BOOLEAN else ERRORS)
    if cell.kind != NUMBER or cell.number is None:
        return made
    date = date_shown(cell.number, cell.number_format)
    if date:
        return replace(made, text=date, problem="这一格是日期或时间")
    return _of_number(made, cell.number, cell.number_format)


def _of_number(made: Cell, number: Decimal, shown_as: str) -> Cell:
    if "%" in shown_as:
        return replace(made, text=f"{number * 100:f}%", problem="这一格是百分数")
    unit = unit_in(shown_as) if number else ""
    seen = shown(number, shown_as)
    if not unit and not seen.is_exact:
        return replace(made, text=f"{number:f}", problem=f"显示成 {seen.text}，格子里却是 {number:f}")
    fixed = FIXED.fullmatch(shown_as)
    if fixed and seen.is_exact:
        number = round(number, len(fixed[1] or ".") - 1)
    return replace(made, text=f"{number:f}", number=number, unit=unit)
