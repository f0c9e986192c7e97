"""An empty table to hand out: for agencies to be filled in, checked by the spreadsheet while people type."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gxgen.sheets.columns import AGENCY, FILE, PACK, YEAR, Column, columns_of
from gxgen.sheets.texts import for_cell
from gxgen.sheets.workbook import HEADER_ROWS, header, lay_out
from gxgen.spec import Kind

if TYPE_CHECKING:
    from typing import Any

    from gxgen.spec import Layout

EMPTY_ROWS = 100
"""For agencies that nobody has listed."""
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
