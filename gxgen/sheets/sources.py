"""Workbooks and files of values as rows of cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from gxgen.sheets.cells import Cell, unit_in
from gxgen.sheets.xlsx_writer import as_typed

if TYPE_CHECKING:
    from typing import Any


LARGEST = 400 * 1024 * 1024
"""Bytes of a workbook's sheets unpacked: ten thousand reports take a quarter of it."""
LARGEST_BY_LABELS = 24 * 1024 * 1024
"""Of one whose header is merged by hand, which is held as a whole."""
PREVIEWED = 30
"""Rows in which a header has to end."""
MOST_COLUMNS = 2000
CHUNK = 1024 * 1024
ERRORS = "公式出错"
NOT_CALCULATED = "公式没有算出结果：用 Excel 或 WPS 打开，保存后再读"
FIXED = re.compile(r"(?:#,##)?0(\.0+)?(?:_\s?)?")
"""A number format with so many decimals."""
SEPARATORS = ",\t;"
Line = Sequence[Cell]


class MergedArea(NamedTuple):
    """Merged cells, by their outer rows and columns."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, cell: Cell) -> bool:
        """Whether a cell is one of them."""
        return self.top <= cell.row <= self.bottom and self.left <= cell.column <= self.right


class Sheet(msgspec.Struct, frozen=True):
    """A sheet: its rows one by one, and the areas of merged cells where they are known."""

    title: str
    lines: Iterator[Line]
    merged: Sequence[MergedArea] = ()


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
    from openpyxl import load_workbook

    try:
        has_formulas = _holds(raw, largest, b"<f>", b"<f ")
        book = load_workbook(io.BytesIO(raw), read_only=not whole, data_only=True)
        formulas = load_workbook(io.BytesIO(raw), read_only=not whole) if has_formulas else None
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except NoWorkbookError:
        raise
    except Exception as error:  # openpyxl raises of every kind for a workbook that is not sound
        raise NoWorkbookError from error
    for sheet in visible:
        merged = [each.bounds for each in sheet.merged_cells.ranges] if whole else []
        areas = [MergedArea(top, left, bottom, right) for left, top, right, bottom in merged]
        yield Sheet(sheet.title, _lines(sheet, formulas[sheet.title] if formulas else None), areas)


def has_merged_cells(raw: bytes) -> bool:
    """Whether any sheet has merged cells."""
    return _holds(raw, LARGEST, b"<mergeCell ")


def _holds(raw: bytes, largest: int, *sought: bytes) -> bool:
    """Whether any sheet's XML holds some bytes; the sizes are looked at before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(info.file_size for info in archive.infolist()) > largest:
            raise NoWorkbookError
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/"):
                with archive.open(info) as part:
                    before = b""
                    while chunk := part.read(CHUNK):
                        if any(each in before + chunk for each in sought):
                            return True
                        before = chunk[-max(map(len, sought)) :]
    return False


def _lines(sheet: Any, formulas: Any) -> Iterator[Line]:
    try:
        for of_sheet in (sheet, formulas):
            if of_sheet is not None and hasattr(of_sheet, "reset_dimensions"):
                of_sheet.reset_dimensions()  # what some programs say of them is wrong
        twins = formulas.iter_rows() if formulas else None
        for number, line in enumerate(sheet.iter_rows(), start=1):
            twin = next(twins) if twins else line
            cells = zip(line[:MOST_COLUMNS], twin, strict=False)
            yield [_cell(number, column, one, two) for column, (one, two) in enumerate(cells, start=1)]
    except Exception as error:  # as above; a damaged part shows only when it is read
        raise NoWorkbookError from error


def _cell(row: int, column: int, cell: Any, formula: Any) -> Cell:
    value = cell.value
    if value is None:
        is_formula = formula is not cell and getattr(formula, "data_type", "n") == "f"
        return Cell(row, column, "", problem=NOT_CALCULATED if is_formula else "")
    if isinstance(value, bool):
        return Cell(row, column, str(value).upper(), problem="这一格不是数字")
    if isinstance(value, datetime | date | time):
        return Cell(row, column, str(value), problem="这一格是日期或时间")
    if isinstance(value, int | float):
        return _of_number(row, column, value, cell.number_format or "General")
    text = str(value)
    return Cell(row, column, text, problem=ERRORS if cell.data_type == "e" else "")


def _of_number(row: int, column: int, value: float, shown_as: str) -> Cell:
    number = Decimal(repr(value))
    if not number.is_finite():
        return Cell(row, column, str(value), problem=ERRORS)
    if "%" in shown_as:
        return Cell(row, column, f"{number * 100:f}%", problem="这一格是百分数")
    if number == int(number):
        number = Decimal(int(number))
    unit = unit_in(shown_as) if number else ""
    shown = FIXED.fullmatch(shown_as)
    if shown:
        rounded = round(number, len(shown[1] or ".") - 1)
        if rounded != number:
            return Cell(row, column, f"{number:f}", problem=f"显示成 {rounded:f}，格子里却是 {number:f}")
        number = rounded
    return Cell(row, column, f"{number:f}", number, unit=unit)
