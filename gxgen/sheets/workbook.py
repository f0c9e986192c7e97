"""A table of many reports as a workbook: a sheet for each form, written row by row."""

from __future__ import annotations

import io
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from gxgen.model import Figure, Money
from gxgen.sheets.columns import AGENCY, FILE, Column, Row, columns_of, form_key, is_official
from gxgen.sheets.texts import for_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from gxgen.spec import Layout

MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; longer amounts are written as texts."""
HEADER_ROWS = 2
WIDTHS = {AGENCY: 30, FILE: 24}
USUAL_WIDTH = 11
LABEL_HEIGHT = 150
PAPER_A3 = 8
FILLS = tuple(PatternFill("solid", fgColor=colour) for colour in ("DDE8F3", "EEF3E2"))
"""Neighbouring groups of columns differ."""
TOTAL = PatternFill("solid", fgColor="E3E3E3")
THIN = Side("thin", color="B0B0B0")
LABEL = {
    "font": Font(bold=True, size=9),
    "alignment": Alignment("center", "center", wrap_text=True),
    "border": Border(THIN, THIN, THIN, THIN),
}
ADDRESS = {"font": Font(size=7, color="808080"), "alignment": Alignment("center", "center", shrink_to_fit=True)}
FOOTER = "第 &P 页，共 &N 页"


class Tables:
    """The workbook while it is being written."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._sheets: dict[object, Any] = {}
        self._lengths: dict[object, int] = {}

    def add(self, row: Row) -> None:
        """Add a report to the sheet of its form."""
        key, columns = form_key(row.layout), columns_of(row.layout)
        if key not in self._sheets:
            self._sheets[key] = self._begun(row.layout, columns)
        sheet = self._sheets[key]
        self._lengths[key] = self._lengths.get(key, 0) + 1
        sheet.append([cell(sheet, row.value(column)) for column in columns])

    def rendered(self) -> bytes:
        """The workbook's bytes."""
        for key, sheet in self._sheets.items():
            last = HEADER_ROWS + self._lengths[key]
            sheet.auto_filter.ref = f"A{HEADER_ROWS}:{get_column_letter(len(sheet.column_dimensions))}{last}"
        raw = io.BytesIO()
        self._book.save(raw)
        return raw.getvalue()

    def _begun(self, layout: Layout, columns: tuple[Column, ...]) -> Any:
        title = f"{layout.name}版" if is_official(layout) else f"{layout.name}版加行"
        taken = [sheet.title for sheet in self._sheets.values()]
        sheet = self._book.create_sheet(title if title not in taken else f"{title}{len(taken)}")
        lay_out(sheet, columns)
        for line in header(sheet, columns):
            sheet.append(line)
        return sheet


def lay_out(sheet: Any, columns: tuple[Column, ...]) -> None:
    """Set what is the same for every row: widths, what stays in sight, how it is printed."""
    sheet.freeze_panes = f"B{HEADER_ROWS + 1}"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column.address, USUAL_WIDTH)
    sheet.row_dimensions[1].height = LABEL_HEIGHT
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = PAPER_A3
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.print_options.gridLines = True
    sheet.print_title_rows, sheet.print_title_cols = f"1:{HEADER_ROWS}", "A:A"
    sheet.oddFooter.center.text = FOOTER


def header(sheet: Any, columns: Iterable[Column]) -> Iterator[list[Any]]:
    """The two rows of the header."""
    labels, addresses = [], []
    for number, (_, group) in enumerate(groupby(columns, key=lambda column: column.group)):
        for column in group:
            is_total = bool(column.entry and column.entry.is_total)
            fill = TOTAL if is_total else FILLS[number % len(FILLS)]
            labels.append(_styled(sheet, "\n".join(column.labels), fill=fill, **LABEL))
            addresses.append(_styled(sheet, column.address, fill=fill, **ADDRESS))
    yield labels
    yield addresses


def cell(sheet: Any, value: Figure | str) -> object:
    """A value as a cell takes it: numbers as numbers with all their digits, everything else as a text."""
    if isinstance(value, Decimal):
        digits = value.as_tuple()
        if len(digits.digits) <= MOST_DIGITS:
            places = -int(digits.exponent)
            return _styled(sheet, value, number_format=f"0.{'0' * places}" if places > 0 else "0")
        return f"{value:f}"
    if not isinstance(value, Money | str):
        return value
    text = for_cell(str(value))
    if not text.startswith("="):
        return text
    inert = WriteOnlyCell(sheet, text)
    inert.data_type = "s"  # a text, and no formula
    return inert


def _styled(sheet: Any, value: Any, **style: Any) -> Any:
    made = WriteOnlyCell(sheet, value)
    for name, setting in style.items():
        setattr(made, name, setting)
    return made
