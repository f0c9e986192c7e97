"""Tables of many reports to data files: one for each row, never over another; one that is there keeps its texts."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from gxgen import codes
from gxgen.batch.bureaus import one_spelling
from gxgen.batch.outputs import drafted, file_stem, not_written
from gxgen.batch.packs import Packs
from gxgen.batch.results import Options, Result
from gxgen.batch.sources import file_identity
from gxgen.batch.tables.remarks import remarks, without_settled
from gxgen.checks.arithmetic import typed_totals
from gxgen.compute import complete
from gxgen.files import Draft, publish_all
from gxgen.findings import Finding
from gxgen.model import Report
from gxgen.published import LARGEST
from gxgen.sheets.sources import SEPARATORS, NoWorkbookError
from gxgen.sheets.tables import Collected, Reading, Table, collected, table_of_values, tables_of_workbook
from gxgen.source import read, read_bytes
from gxgen.source.updating import updated
from gxgen.source.writer import data_file
from gxgen.toml.encoding import decode

VALUES, WORKBOOK, TEXT = ".csv", ".xlsx", ".txt"
WORKBOOKS = (WORKBOOK, ".xlsm", ".xls", ".et")
"""What they are called; what one of the latter holds may be a workbook of today all the same."""
AT_A_TIME = 200
"""Data files that are put in their places together."""


def tables_in(path: Path, *, as_values: bool = False) -> Sequence[Table] | Finding | None:
    """The tables of many reports in a file; what is wrong with a file of values; None where it is something else.

    Args:
        path: the file.
        as_values: whether it is taken for a file of values, whatever it is called.
    """
    as_values = as_values or path.suffix.lower() == VALUES
    if not as_values and path.suffix.lower() not in WORKBOOKS:
        return None
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError):
        return None  # whoever reads it as a report says why
    if len(raw) > LARGEST:
        return None
    if as_values:
        return _tables_of_values(raw)
    try:
        return (raw.startswith(b"PK") and tables_of_workbook(raw)) or None
    except (NoWorkbookError, OSError, ValueError):
        return None
    except Exception:  # noqa: BLE001  # zipfile raises of every kind for a package that is not sound
        return None


def told_of_many(path: Path) -> Finding | None:
    """What there is to say of a table of many reports where one report is wanted; None: it is something else."""
    message = "这是多个机关的数字表，一行一个机关，不是一份报告"
    is_text = path.suffix.lower() == TEXT
    try:
        tables = tables_in(path, as_values=is_text)
    except csv.Error:
        return None
    if not tables or isinstance(tables, Finding):
        return None
    hint = "另存为 .csv 或 .xlsx，用 gxgen import 读" if is_text else "用 gxgen import 读，每个机关一份数据文件"
    return Finding(codes.IMPORT_NO_REPORT, "", message, hint)


def neither() -> Finding:
    """What there is to say of a workbook that is no report, and no table whose header is certain."""
    message = "也不像一行一个机关的数字表：没有「机关」一列，或者各列的名称与表上的不一致"
    return Finding(codes.SHEET_HEADER, "", message, codes.SHEET_HEADER.mend)


def _tables_of_values(raw: bytes) -> Sequence[Table] | Finding:
    text, findings = decode(raw)
    if text is None:
        return findings[0]
    for separator in SEPARATORS:
        table = table_of_values(text, separator)
        if table:
            return [table]
    return Finding(codes.SHEET_HEADER, "", codes.SHEET_HEADER.title, codes.SHEET_HEADER.mend)


class _Made(NamedTuple):
    """What becomes of a row."""

    result: Result
    target: Path | None = None
    draft: Draft | None = None
    """The data file, under another name."""


class CollectedReports:
    """Writes the data files of the rows of tables.

    Args:
        options: the folder for the data files; whether figures of those that are there may be replaced; the pack.
        packs: the packs of the run.
        taken: the files that nothing is written over.
        year: the year of rows that do not name theirs; 0: each has to.
        blank_is_zero: whether blank cells mean that there was nothing.
    """

    def __init__(
        self, options: Options, packs: Packs, taken: set[str], *, year: int = 0, blank_is_zero: bool = False
    ) -> None:
        self._options = options
        self._packs = packs
        self._taken = taken
        self._made_of: dict[str, Path] = {}
        """The tables that data files of this run were made of, by the files' identities."""
        self._year, self._blank_is_zero = year, blank_is_zero

    def results(self, path: Path, tables: Sequence[Table] | Finding) -> Iterator[Result]:
        """What becomes of each row of the tables of a file; what is wrong if there are none."""
        folder, pack = self._options.output or path.parent, self._options.pack
        in_use = self._packs.of(pack, folder) if pack else None
        if in_use and in_use.pack is None:
            yield Result(path, in_use.findings)
            return
        if isinstance(tables, Finding):
            yield Result(path, (tables,), unreadable=True)
            return
        how = Reading(lambda year, name: self._packs.of(name, folder).form(year), self._year, self._blank_is_zero, pack)
        rows = [row for table in tables for row in collected(table, how)]
        if not rows:
            message = "表头下面没有机关"
            yield Result(path, (Finding(codes.SHEET_HEADER, "", message, "一行填一个机关，再读一次"),))
        alike: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for row in rows:
            if row.report:
                alike[one_spelling(row.report.agency), row.report.year].append(row.row)
        for start in range(0, len(rows), AT_A_TIME):
            chunk = rows[start : start + AT_A_TIME]
            twins = (alike[one_spelling(row.report.agency), row.report.year] if row.report else [] for row in chunk)
            yield from _written([self._made(path, folder, *pair) for pair in zip(chunk, twins, strict=True)])

    def _made(self, path: Path, folder: Path, row: Collected, of_agency: Sequence[int]) -> _Made:
        """What becomes of a row, its data file still to be put in its place."""
        result = Result(path, row.findings)
        if row.report is None:
            return _Made(result)
        if len(of_agency) > 1:
            if row.row != of_agency[0]:
                return _Made(result)
            places = "、".join(map(str, of_agency))
            message = f"第 {places} 行都是“{row.report.agency}”{row.report.year}年的，没有读入"
            return _with(result, Finding(codes.SHEET_ROW, "", message, codes.SHEET_ROW.mend))
        target = folder / f"{file_stem(f'{row.report.agency}{row.report.year}')}.toml"
        identity = file_identity(target)
        if identity in self._taken or (target.exists() and not self._options.force):
            twin = self._made_of.get(identity)
            hint = f"「{twin}」里也有这个机关、这一年的一行；分开读入" if twin else codes.IMPORT_EXISTS.mend
            return _with(result, _exists(target, hint))
        text = self._text(path, row, row.report, target)
        if isinstance(text, Finding):
            return _with(result, text)
        self._taken.add(identity)
        self._made_of[identity] = path
        draft = drafted({target: text.encode("utf-8")})
        return _with(result, draft) if isinstance(draft, Finding) else _Made(result, target, draft)

    def _text(self, path: Path, row: Collected, report: Report, target: Path) -> str | Finding:
        """The text of a data file: a new one, or the one that is there with new figures."""
        if not target.exists():
            return data_file(report, remarks(path, row))
        form = self._packs.form(target)
        reading = read(target, form)
        before = reading.report
        if before is None or (before.agency, before.year) != (report.agency, report.year):
            return _exists(target, "它不是这个机关、这一年没有错误的数据文件，请用 -o 写到别的文件夹")
        # What the table does not say stays as it is.
        kept = {address: figure for address, figure in before.figures.items() if address in report.unread}
        figures = MappingProxyType({**kept, **report.figures})
        wanted = replace(report, figures=figures, departments=before.departments, unread=frozenset())
        wrong = next(typed_totals(complete(wanted)), None)
        if wrong:  # the new file would hold no total that tells
            return wrong
        reading = read_bytes(without_settled(reading.text, row).encode("utf-8"), form)
        text = updated(reading, wanted, form)
        return text or _exists(target, "它的写法不能只换数字，请先用 gxgen check --fix 改好，或者写到别的文件夹")


def _written(made: Sequence[_Made]) -> Iterator[Result]:
    """The results of some rows, their data files put in their places together: waiting for each takes longer."""
    drafts = [each.draft for each in made if each.draft]
    problems = iter(publish_all(drafts) if drafts else [])
    for result, target, draft in made:
        problem = next(problems) if draft else None
        if problem:
            yield _with(result, not_written(problem)).result
        else:
            yield replace(result, written=(target,)) if target else result


def _with(result: Result, finding: Finding) -> _Made:
    return _Made(replace(result, findings=(*result.findings, finding)))


def _exists(target: Path, hint: str) -> Finding:
    return Finding(codes.IMPORT_EXISTS, "", f"已经有「{target.name}」，没有写出", hint)
