"""A table of many reports read: a report from each row, with everything that could not be read told by its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.findings import Code, Finding
from gxgen.core.text import listed
from gxgen.model import DEFAULT_PACK, Figure, Report
from gxgen.published.labels import fold, quoted
from gxgen.published.readers.spreadsheet import Area
from gxgen.sheets.cells import Cell, read_cell
from gxgen.sheets.columns import AGENCY, NO, PACK, VERTICAL, YEAR, YES
from gxgen.sheets.header import WORDS, Header, Heading, header_by_address, header_by_labels, is_remark
from gxgen.sheets.sources import PREVIEWED, Line, Sheet, has_merged_cells, previews, streamed, values, whole_sheet
from gxgen.sheets.xlsx_writer import as_typed
from gxgen.spec import Address, Entry, Layout

SUMS = ("合计", "总计", "小计", "共计", "汇总")
"""What a row of sums has where others name their agency."""
NO_AGENCY = re.compile(r"[：:。；;]|.{60}")
"""What stands in notes below a table, and in no name."""
MERGED = "这一格与旁边的格子合并了，不知道数字是哪一格的"
ALL_BLANK = "核对这个机关是不是还没有报数；全年确实都没有的，不用改。"
FIX_CELL = "在表里把这一格改成一个数字，再读一次；或者在数据文件里补上。"
MOST_NAMED = 8
"""Cells or columns that one finding names."""
Form = Callable[[int, str], Layout | None]


class Table(msgspec.Struct, frozen=True):
    """A table whose header is known, and its rows below it."""

    title: str
    header: Header
    lines: Iterator[Line]
    merged: Sequence[Area] = ()
    """The areas of merged cells, where there are any."""

    @property
    def place(self) -> str:
        """How a message begins that is about it."""
        return f"工作表「{self.title}」" if self.title else ""


class TableOptions(msgspec.Struct, frozen=True):
    """How a table is to be read."""

    form: Form
    """The form of a year and a pack."""
    year: int = 0
    """For rows that do not say; 0: they have to."""
    blank_is_zero: bool = False
    pack: str = ""
    """For all rows, whatever they say; empty: as each says."""


class RowReport(msgspec.Struct, frozen=True):
    """What one row holds."""

    row: int
    report: Report | None
    findings: tuple[Finding, ...]
    missing: int = 0
    """Figures of its form that the table has no columns for: told with the first row, and unread in all."""


def tables_of_workbook(raw: bytes) -> list[Table]:
    """The tables of many reports in a workbook; none where it is something else.

    Raises:
        NoWorkbookError: it is damaged, encrypted or too large.
    """
    found = []
    for preview in previews(raw):
        lines = list(preview.lines)
        header = header_by_address(lines)
        if header:
            read = whole_sheet if has_merged_cells(raw) else streamed
            found.append(_table(read(raw, preview.title), header))
        elif any(fold(cell.text) in WORDS[AGENCY] for line in lines for cell in line):
            sheet = whole_sheet(raw, preview.title)
            kept = list(sheet.lines)
            by_labels = header_by_labels(sheet, kept)
            if by_labels:
                found.append(_table(replace(sheet, lines=iter(kept)), by_labels))
    return found


def table_of_values(text: str, separator: str) -> Table | None:
    """The table of a file of values; None where its header is not known."""
    preview = list(islice(values(text, separator).lines, PREVIEWED))
    header = header_by_address(preview)
    if header is None:
        whole = values(text, separator)
        lines = list(whole.lines)
        header = header_by_labels(replace(whole, lines=iter(())), lines)
    return _table(values(text, separator), header) if header else None


def _table(sheet: Sheet, header: Header) -> Table:
    return Table(sheet.title, header, islice(sheet.lines, header.last_row, None), sheet.merged)


def row_reports(table: Table, how: TableOptions) -> Iterator[RowReport]:
    """The rows of a table that hold anything, each as a report or with what is wrong with it."""
    reader = _Reader(table, how)
    for line in table.lines:
        cells = {cell.column: cell for cell in reader.unmerged(line) if not cell.is_blank}
        if any(column not in reader.who_columns for column in cells) or table.header.who[AGENCY] in cells:
            yield reader.read(line[0].row, cells)


@dataclass
class _RowContent:
    """What a row holds, as far as it is read."""

    figures: dict[Address, Figure] = field(default_factory=dict)
    assertions: dict[Address, Figure] = field(default_factory=dict)
    unread: set[Address] = field(default_factory=set)
    blank: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class _Reader:
    def __init__(self, table: Table, how: TableOptions) -> None:
        self._table = table
        self._how = how
        self._told_of: set[int] = set()
        self._told_forms: set[Layout] = set()
        self.who_columns = set(table.header.who.values())

    def unmerged(self, line: Line) -> Iterator[Cell]:
        """The cells of a row; a figure that stands over several columns or several agencies belongs to none of them."""
        for cell in line:
            over = [each for each in self._table.merged if each.holds(cell.row, cell.column)]
            is_figure = cell.column not in self.who_columns
            is_shared = any(each.right > each.left or (is_figure and each.bottom > each.top) for each in over)
            yield replace(cell, problem=MERGED) if is_shared else cell

    def read(self, row: int, cells: dict[int, Cell]) -> RowReport:
        """One row."""
        agency = self._who(AGENCY, cells)
        if fold(agency) in SUMS:
            return self._passed_over(row, agency)
        if not agency:
            return self._of_nobody(row, cells)
        if NO_AGENCY.search(agency) or cells[self._table.header.who[AGENCY]].problem:
            return self._refused(row, f"「{quoted(agency)}」不像机关名称")
        is_empty = self.who_columns.issuperset(cells)
        if is_empty and not self._how.blank_is_zero:
            return self._refused(row, f"「{agency}」一个数字也没有填")
        year = self._year(cells)
        pack = self._how.pack or self._who(PACK, cells) or DEFAULT_PACK
        layout = self._how.form(year, pack) if year else None
        if layout is None:
            written = self._who(YEAR, cells)
            return self._refused(row, f"「{agency}」的年度「{written}」没有对应的版式" if written else "没有写年度")
        vertical = self._who(VERTICAL, cells)
        if fold(vertical) not in ("", YES, NO):
            return self._refused(row, f"「垂直管理」一列要写「{YES}」或「{NO}」，写的是「{quoted(vertical)}」")
        read = self._figures(row, cells, Report(year, layout, agency, pack, vertical=fold(vertical) == YES))
        return replace(read, findings=(*read.findings, self._all_blank(row, agency))) if is_empty else read

    def _of_nobody(self, row: int, cells: dict[int, Cell]) -> RowReport:
        """A row without an agency: one of sums, a note, or figures of an unknown agency."""
        sums = [cell.text for cell in cells.values() if fold(cell.text) in SUMS]
        is_note = not any(cell.number is not None or cell.text.strip().isdigit() for cell in cells.values())
        if sums or is_note:
            return self._passed_over(row, (sums or [cell.text for cell in cells.values()])[0])
        return self._refused(row, "没有写机关名称")

    def _passed_over(self, row: int, text: str) -> RowReport:
        message = f"{self._table.place}第 {row} 行是「{quoted(text)}」，没有读入"
        return RowReport(row, None, (Finding(codes.IMPORT_EXTRA, "", message, codes.IMPORT_EXTRA.remedy),))

    def _refused(self, row: int, why: str) -> RowReport:
        message = f"{self._table.place}第 {row} 行{why}，没有读入"
        return RowReport(row, None, (Finding(codes.SHEET_ROW, "", message, codes.SHEET_ROW.remedy),))

    def _who(self, key: str, cells: dict[int, Cell]) -> str:
        cell = cells.get(self._table.header.who.get(key, 0))
        return as_typed(" ".join(cell.text.split())) if cell else ""

    def _year(self, cells: dict[int, Cell]) -> int:
        written = fold(self._who(YEAR, cells)).removesuffix("度").removesuffix("年")
        if not written:
            return self._how.year
        return int(written) if written.isascii() and written.isdigit() and len(written) == len("2023") else 0

    # Figures

    def _figures(self, row: int, cells: dict[int, Cell], empty: Report) -> RowReport:
        entries = self._table.header.entries(empty.layout)
        twice = _addresses_twice(entries.values())
        found = _RowContent()
        for column, entry in entries.items():
            cell = cells.get(column)
            if entry.address in twice:
                found.unread.add(entry.address)
            elif cell is not None:
                self._read(cell, entry, empty.agency, found)
            elif not entry.is_total and not self._how.blank_is_zero:
                found.blank.append(Cell(row, column, "").name)
                found.unread.add(entry.address)
        missing = self._table.header.missing(empty.layout)
        found.unread |= {entry.address for entry in missing}
        of_blanks = [self._of_blanks(empty.agency, found.blank)] if found.blank else []
        report = replace(
            empty,
            figures=MappingProxyType(found.figures),
            assertions=MappingProxyType(found.assertions),
            unread=frozenset(found.unread),
        )
        of_columns = self._of_columns(empty.layout, cells, twice)
        findings = (*self._of_missing(empty.layout, missing), *of_columns, *of_blanks, *found.findings)
        return RowReport(row, report, findings, len(missing))

    def _read(self, cell: Cell, entry: Entry, agency: str, found: _RowContent) -> None:
        read = read_cell(cell, entry)
        if read.problem:
            found.unread.add(entry.address)
            message = f"{self._table.place}「{agency}」的{entry.printed}，{read.problem}"
            found.findings.append(Finding(codes.IMPORT_CELL, entry.address, message, FIX_CELL))
        elif read.figure is not None and entry.is_total:
            found.assertions[entry.address] = read.figure
        elif read.figure:
            found.figures[entry.address] = read.figure
        if read.note:
            found.findings.append(self._finding(codes.SHEET_SPELLING, entry.address, f"{entry.printed}，{read.note}"))

    def _finding(self, code: Code, address: Address, message: str) -> Finding:
        return Finding(code, address, f"{self._table.place}{message}", code.remedy)

    def _of_missing(self, layout: Layout, missing: Sequence[Entry]) -> Iterator[Finding]:
        """The figures that the table has no columns for, told once for each form."""
        if missing and layout not in self._told_forms:
            self._told_forms.add(layout)
            rows = list(dict.fromkeys(entry.row.printed or entry.column.printed for entry in missing))
            named = listed([f"「{row}」" for row in rows], MOST_NAMED)
            message = f"表里没有{layout.name} 年版式的 {len(missing)} 格数字：{named}"
            yield self._finding(codes.SHEET_PARTIAL, "", message)

    def _of_blanks(self, agency: str, blank: Sequence[str]) -> Finding:
        return self._finding(
            codes.SHEET_BLANK, "", f"「{agency}」有 {len(blank)} 格是空的，没有读入：{listed(blank, MOST_NAMED)}"
        )

    def _all_blank(self, row: int, agency: str) -> Finding:
        """The option says that blanks are zeros; a row of nothing else may be of an agency that has not answered."""
        message = f"{self._table.place}第 {row} 行「{agency}」一个数字也没有填，都按 0 读入"
        return Finding(codes.SHEET_SPELLING, "", message, ALL_BLANK)

    def _of_columns(self, layout: Layout, cells: dict[int, Cell], twice: Sequence[Address]) -> Iterator[Finding]:
        """What is wrong with columns, told once, with the first row that has anything in them."""
        entries = self._table.header.entries(layout)
        unknown = [each for each in self._table.header.headings if each.column not in entries]
        found = [each for each in unknown if each.column in cells and each.column not in self._told_of]
        self._told_of |= {each.column for each in found}
        extra = [each for each in found if is_remark(each)]
        if extra:
            yield self._finding(codes.IMPORT_EXTRA, "", f"{_named(extra)}不是表上的数字，没有读入")
        doubtful = [each for each in found if not is_remark(each)]
        if doubtful:
            why = "不是表上的地址" if self._table.header.by_address else "按表头的名称认不出是表上的哪一格"
            yield self._finding(codes.IMPORT_LABEL, "", f"{_named(doubtful)}{why}，数字没有读入")
        headings = [each for each in self._table.header.headings if each.column not in self._told_of]
        doubled = [each for each in headings if each.column in entries and entries[each.column].address in twice]
        self._told_of |= {each.column for each in doubled}
        if doubled:
            yield self._finding(codes.IMPORT_LABEL, "", f"{_named(doubled)}说的是同一格，数字没有读入")


def _addresses_twice(entries: Iterable[Entry]) -> list[Address]:
    seen: set[Address] = set()
    twice = []
    for entry in entries:
        if entry.address in seen:
            twice.append(entry.address)
        seen.add(entry.address)
    return twice


def _named(headings: Sequence[Heading]) -> str:
    names = [f"{Cell(1, each.column, '').name[:-1]} 列「{quoted(each.printed)}」" for each in headings]
    return "、".join(names[:MOST_NAMED]) + (f" 等 {len(names)} 列" if len(names) > MOST_NAMED else "")
