"""Exporting data files to one table: a row for each report, those with errors left out and reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.engine.departments import errors_of
from gxgen.engine.file_access import find_sources
from gxgen.engine.outputs import write
from gxgen.engine.packs import Packs
from gxgen.engine.results import Result, lines_of
from gxgen.model import DEFAULT_PACK
from gxgen.sheets.columns import Row, TableWriter
from gxgen.sheets.xlsx_writer import XlsxWriter, rendered
from gxgen.source import Reading, place, read


def write_empty(target: Path, year: int, agencies: Sequence[str], pack: str, packs: Path | None) -> Finding | None:
    """Write an empty table for a year that has a form; return a finding if that fails.

    One that is there is not written over: it may have been filled in.
    """
    in_use = Packs(pack, packs).of(pack or DEFAULT_PACK, target.parent)
    layout = in_use.form(year)
    wrong = next((finding for finding in in_use.findings if finding.is_error), None)
    if wrong or layout is None:
        return wrong
    if target.exists():
        return Finding(codes.OUTPUT, "", f"已经有「{target.name}」，没有写：里面可能填了数字", "换一个文件名")
    return write({target: rendered(layout, year, agencies, pack)})


KINDS = (".xlsx", ".csv", ".json")
"""The suffixes of the files that a table is written to."""


def _writer(suffix: str) -> TableWriter:
    if suffix == ".xlsx":
        return XlsxWriter()
    if suffix == ".csv":
        from gxgen.sheets.csv_writer import CsvWriter

        return CsvWriter()
    from gxgen.sheets.json_writer import JsonWriter

    return JsonWriter()


class ExportRun:
    """One run.

    Args:
        paths: data files and folders.
        target: the file for the table; its suffix is one of :data:`KINDS`.
        pack: the pack to use whatever data files say.
        packs: a folder of packs besides the usual ones.
        year: the one year whose reports are wanted; 0: all.
    """

    def __init__(
        self, paths: Iterable[Path], target: Path, *, pack: str = "", packs: Path | None = None, year: int = 0
    ) -> None:
        self._paths = paths
        self._target = target
        self._pack = pack
        self._packs = Packs(pack, packs)
        self._year = year
        self._writer = _writer(target.suffix.lower())
        self.rows = 0
        """How many reports are in the table."""
        self._has_other_form = False

    def results(self) -> Iterator[Result]:
        """Read the data files one by one; yield the result of each."""
        if self._pack and (wrong := self._packs.of(self._pack, self._target.parent).errors):
            yield Result(self._target, wrong)
            return
        for source in find_sources(self._paths):
            reading = read(source.path, self._packs.form(source.path))
            if reading.is_report or source.named:
                result = self._added(source.path, reading)
                if result:
                    yield result

    def write(self) -> Finding | None:
        """Write the table; return a finding if that fails."""
        if self._has_other_form:
            hint = f"{codes.SHEET_FORMS.remedy}只要一年的，加 --year。"
            return Finding(codes.SHEET_FORMS, "", "数据文件有几种表格的，没有导出", hint)
        return write({self._target: self._writer.rendered()})

    def _added(self, path: Path, reading: Reading) -> Result | None:
        """Add a report to the table; return the findings on one that is left out."""
        if self._year and reading.report and reading.report.year != self._year:
            return None
        errors = tuple(errors_of(reading, reading.report))
        if errors or reading.report is None:
            located = place(reading, errors)
            return Result(path, located, lines_of(reading.text, located), unreadable=reading.unreadable)
        # The texts take no part, and need not be filled in.
        completed = complete(replace(reading.report, narrative=MappingProxyType({})))
        row = Row(completed, relative(path, self._target))
        if not self._writer.takes(row):
            self._has_other_form = True
            return None
        self._writer.add(row)
        self.rows += 1
        return Result(path, year=reading.report.year, agency=reading.report.agency)


def relative(path: Path, target: Path) -> str:
    """Return a data file's path for the table: relative to the table's folder if it lies below."""
    try:
        return path.resolve().relative_to(target.parent.resolve()).as_posix()
    except (ValueError, OSError):
        return str(path)
