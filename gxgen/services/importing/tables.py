"""Importing tables of many reports: a data file for each row; one that exists keeps its texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from gxgen.checks.tables import typed_totals
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.files import Draft, publish_all
from gxgen.core.findings import Finding
from gxgen.engine.departments import normalized_name
from gxgen.engine.file_access import file_identity
from gxgen.engine.outputs import file_stem, write_drafts, write_failure
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options, Result
from gxgen.model import Report
from gxgen.sheets.reader import RowReport, Table, TableOptions, row_reports
from gxgen.source import read, read_bytes
from gxgen.source.todo import TO_VERIFY
from gxgen.source.updating import updated_text
from gxgen.source.writer import data_file
from gxgen.spec import Address, address_book

NO_REMARK = frozenset((codes.IMPORT_EXTRA, codes.SHEET_SPELLING, codes.SHEET_PARTIAL))
"""Findings that are about no figure of the row, or said in words of their own."""
BELOW = f"下面用「{TO_VERIFY}」标出的地方没有读入：没有读入的数字，生成报告时按 0 计。"
ABOUT = re.compile(
    r"(?:工作表「.*?」)?(?:「[^」]*」的)?(?P<cell>「[^，]*列)，[A-Z]+\d+|(?P<blank>格是空的，没有读入)|(?P<missing>^表里没有)"
)
"""What a remark that this module wrote is about: a cell of the form, blank cells, columns that the table lacks."""


def remarks(path: Path, row: RowReport) -> Mapping[Address, tuple[str, ...]]:
    """Return the comments of a data file: its origin, and what is left to do, by address."""
    found: dict[Address, list[str]] = {"": [f"由「{path.name}」第 {row.row} 行读入，请核对。"]}
    unread = [finding for finding in row.findings if finding.code not in NO_REMARK]
    if unread:
        found[""].append(BELOW)
    if row.missing:
        found[""].append(f"{TO_VERIFY}：表里没有 {row.missing} 格数字，没有读入，生成报告时按 0 计。")
    for finding in unread:
        found.setdefault(finding.address, []).append(f"{TO_VERIFY}：{finding.message}")
    return {address: tuple(lines) for address, lines in found.items()}


def without_settled(text: str, row: RowReport) -> str:
    """Return a data file's text without the comments that this reading has settled."""
    left = set(_left_to_do(row))
    begins = f"# {TO_VERIFY}："
    lines = text.split("\n")
    kept = [line for line in lines if not line.startswith(begins) or left.issuperset(_settling(line[len(begins) :]))]
    if not any(line.startswith(begins) for line in kept):
        kept = [line for line in kept if line != f"# {BELOW}"]
    return "\n".join(kept)


def _left_to_do(row: RowReport) -> Iterator[str]:
    """Yield what the comments of this reading are about, as :func:`_settling` finds it in those of earlier ones."""
    if row.missing:
        yield "missing"
    if any(finding.code is codes.SHEET_BLANK for finding in row.findings):
        yield "blank"
    if row.report:
        entries = address_book(row.report.layout).entries
        cells = (finding.address for finding in row.findings if finding.code is codes.IMPORT_CELL)
        yield from (entries[address].printed for address in cells if address in entries)


def _settling(remark: str) -> set[str]:
    """Return what has to be read for a comment to be settled; nothing for a person's own, which stays."""
    about = ABOUT.search(remark)
    return {about["cell"] or str(about.lastgroup)} if about else set()


AT_A_TIME = 200
"""Data files that are put in their places together."""


class _StagedRow(msgspec.Struct, frozen=True):
    """The data file of a row, or why there is none."""

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
        """Yield the result of each row of a file's tables, or of the file if there are none."""
        folder, pack = self._options.output or path.parent, self._options.pack
        in_use = self._packs.of(pack, folder) if pack else None
        if in_use and in_use.pack is None:
            yield Result(path, in_use.findings)
            return
        if isinstance(tables, Finding):
            yield Result(path, (tables,), unreadable=True)
            return
        how = TableOptions(
            lambda year, name: self._packs.of(name, folder).form(year), self._year, self._blank_is_zero, pack
        )
        rows = [row for table in tables for row in row_reports(table, how)]
        if not rows:
            message = "表头下面没有机关"
            yield Result(path, (Finding(codes.SHEET_HEADER, "", message, "一行填一个机关，再读一次"),))
        alike: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for row in rows:
            if row.report:
                alike[normalized_name(row.report.agency), row.report.year].append(row.row)
        for start in range(0, len(rows), AT_A_TIME):
            chunk = rows[start : start + AT_A_TIME]
            twins = (alike[normalized_name(row.report.agency), row.report.year] if row.report else [] for row in chunk)
            yield from _written([self._made(path, folder, *pair) for pair in zip(chunk, twins, strict=True)])

    def _made(self, path: Path, folder: Path, row: RowReport, of_agency: Sequence[int]) -> _StagedRow:
        """Return the staged data file of a row."""
        result = Result(path, row.findings)
        if row.report is None:
            return _StagedRow(result)
        if len(of_agency) > 1:
            if row.row != of_agency[0]:
                return _StagedRow(result)
            places = "、".join(map(str, of_agency))
            message = f"第 {places} 行都是“{row.report.agency}”{row.report.year}年的，没有读入"
            return _with(result, Finding(codes.SHEET_ROW, "", message, codes.SHEET_ROW.remedy))
        target = folder / f"{file_stem(f'{row.report.agency}{row.report.year}')}.toml"
        identity = file_identity(target)
        if identity in self._taken or (target.exists() and not self._options.force):
            twin = self._made_of.get(identity)
            hint = f"「{twin}」里也有这个机关、这一年的一行；分开读入" if twin else codes.IMPORT_EXISTS.remedy
            return _with(result, _exists(target, hint))
        text = self._text(path, row, row.report, target)
        if isinstance(text, Finding):
            return _with(result, text)
        self._taken.add(identity)
        self._made_of[identity] = path
        draft = write_drafts({target: text.encode("utf-8")})
        return _with(result, draft) if isinstance(draft, Finding) else _StagedRow(result, target, draft)

    def _text(self, path: Path, row: RowReport, report: Report, target: Path) -> str | Finding:
        """Return the text of a data file: a new one, or the existing one with new figures."""
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
        text = updated_text(reading, wanted, form)
        return text or _exists(target, "它的写法不能只换数字，请先用 gxgen check --fix 改好，或者写到别的文件夹")


def _written(made: Sequence[_StagedRow]) -> Iterator[Result]:
    """Yield the results of some rows; their files are put in their places together, which is faster than one by one."""
    drafts = [each.draft for each in made if each.draft]
    problems = iter(publish_all(drafts) if drafts else [])
    for each in made:
        problem = next(problems) if each.draft else None
        if problem:
            yield _with(each.result, write_failure(problem)).result
        else:
            yield replace(each.result, written=(each.target,)) if each.target else each.result


def _with(result: Result, finding: Finding) -> _StagedRow:
    return _StagedRow(replace(result, findings=(*result.findings, finding)))


def _exists(target: Path, hint: str) -> Finding:
    return Finding(codes.IMPORT_EXISTS, "", f"已经有「{target.name}」，没有写出", hint)
