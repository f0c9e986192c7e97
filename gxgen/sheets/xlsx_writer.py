"""A table of many reports as a workbook: a sheet for each form, written row by row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gxgen.core.text import UNPRINTABLE
from gxgen.model import Figure, Money
from gxgen.sheets.columns import AGENCY, FILE, PACK, YEAR, Column, Row, columns_of, form_key, is_official
from gxgen.spec import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from gxgen.spec import Layout


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula."""
QUOTE = "'"
"""Put before such a text in a file of values; spreadsheets show it or take it for theirs, and run nothing."""
LONGEST = 32_767
"""Characters of a cell."""


def inert(text: str) -> str:
    """A text for a file of values."""
    return f"{QUOTE}{text}" if text.startswith(FORMULA) else text


def as_typed(text: str) -> str:
    """The text that :func:`inert` has guarded."""
    return text[1:] if text.startswith(QUOTE) and text[1:].startswith(FORMULA) else text


def for_cell(text: str) -> str:
    """A text that a cell of a workbook can hold."""
    return UNPRINTABLE.sub("\ufffd", text.encode("utf-8", "replace").decode("utf-8"))[:LONGEST]


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


class XlsxWriter:
    """The workbook while it is being written."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._sheets: dict[object, Any] = {}
        self._lengths: dict[object, int] = {}

    def takes(self, row: Row) -> bool:  # noqa: ARG002  # reports of every form have a place
        """Whether a report can stand in the same table as those before it."""
        return True

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


EMPTY_ROWS = 100
"""For agencies that are not listed."""
NOTES = (
    "一行填一个机关。前两行是表头，请不要改动；浅灰色的小字是程序认列用的。",
    "没有的填 0。空格不当作 0：读入时会逐行列出，确定空格都是 0 的，读入时加 --blank-is-zero。",
    "只填整数，不写「件」；行政事业性收费等金额可以有小数，单位见表头。",
    "总计不用填，由程序计算。垂直管理的机关（税务、海关等）在「垂直管理」一列写「是」，汇总时不计入。",
    "填好后运行：gxgen import 本表.xlsx -o 文件夹，每行写成一份数据文件，再用 gxgen check 检查。",
)
RULES = {
    Kind.COUNT: ("whole", "greaterThanOrEqual", "0", "这里填件数：0 或者正整数，不写单位"),
    Kind.CHANGE: ("whole", "between", "-1000000000", "这里填增减数：整数，减少的写负数"),
    Kind.AMOUNT: ("decimal", "greaterThanOrEqual", "0", "这里填金额：0 或者正数，单位见表头"),
}
UPPER = "1000000000"


def rendered(layout: Layout, year: int, agencies: Sequence[str], pack: str) -> bytes:
    """The workbook's bytes; a row for each agency that is known."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = f"{year}年数字"
    columns = _columns(layout)
    lay_out(sheet, columns)
    for number, line in enumerate(header(sheet, columns), start=1):
        for column, cell in enumerate(line, start=1):
            _copy(cell, sheet.cell(number, column))
    last = HEADER_ROWS + max(len(agencies), EMPTY_ROWS)
    for number in range(HEADER_ROWS + 1, last + 1):
        agency = agencies[number - HEADER_ROWS - 1] if number - HEADER_ROWS <= len(agencies) else ""
        who = {AGENCY: for_cell(agency), YEAR: year, PACK: pack}
        for column, each in enumerate(columns, start=1):
            if (agency or not agencies) and (value := who.get(each.address)):
                sheet.cell(number, column, value).data_type = "n" if each.address == YEAR else "s"
    _validate(sheet, columns, last)
    notes: Any = book.create_sheet("填写说明")
    notes.column_dimensions["A"].width = 100
    for note in NOTES:
        notes.append([note])
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _columns(layout: Layout) -> tuple[Column, ...]:
    """Those that people fill in: no totals, which are computed."""
    return tuple(
        column
        for column in columns_of(layout)
        if column.address != FILE and not (column.entry and column.entry.is_total)
    )


def _validate(sheet: Any, columns: Sequence[Column], last: int) -> None:
    """Have the spreadsheet refuse what no cell can hold."""
    for kind, (what, operator, bound, message) in RULES.items():
        upper = UPPER if operator == "between" else None
        rule: Any = DataValidation(formula1=bound, formula2=upper, allow_blank=True)
        rule.type, rule.operator = what, operator
        rule.errorTitle, rule.error, rule.showErrorMessage = "填写有误", message, True
        for number, column in enumerate(columns, start=1):
            if column.entry and column.entry.kind is kind and (kind is not Kind.AMOUNT or column.entry.unit):
                letter = get_column_letter(number)
                rule.add(f"{letter}{HEADER_ROWS + 1}:{letter}{last}")
        if rule.sqref:
            sheet.add_data_validation(rule)


def _copy(made: Any, cell: Any) -> None:
    cell.value = made.value
    for style in ("font", "alignment", "border", "fill"):
        setattr(cell, style, copy(getattr(made, style)))
