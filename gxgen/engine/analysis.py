"""One data file read, completed and checked."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from gxgen.checks import check as run_checks
from gxgen.checks.waivers import with_waivers
from gxgen.compute import Completed, complete
from gxgen.core.findings import Audience, Finding
from gxgen.engine.file_access import LOCAL_FILES, FileAccess, departments_of
from gxgen.engine.packs import PackInUse, Packs
from gxgen.engine.previous_year import PreviousYears
from gxgen.engine.results import Options, Result, lines_of
from gxgen.model import Report, printed
from gxgen.source import Reading, place, read
from gxgen.spec import address_book, layouts

if TYPE_CHECKING:
    from gxgen.engine.departments import DepartmentComparison


def key_figures(completed: Completed) -> tuple[str, ...]:
    """Return the form's key figures, as the report prints them."""
    return tuple(printed(completed.figure(address)) for address in completed.report.layout.key_figures)


def key_figure_labels() -> tuple[str, ...]:
    """Return the labels of the key figures in the newest form."""
    newest = layouts()[-1]
    entries = address_book(newest).entries
    return tuple(entries[address].row.printed or entries[address].column.printed for address in newest.key_figures)


MOST_DEPARTMENTS = 500
"""Data files of departments that are kept for the next government."""


class Analysis(msgspec.Struct, frozen=True, dict=True):
    """A data file read, completed and checked."""

    path: Path
    reading: Reading
    completed: Completed | None
    pack: PackInUse | None
    findings: tuple[Finding, ...]

    def with_findings(self, *more: Finding) -> Analysis:
        """Return the same with more findings."""
        return replace(self, findings=place(self.reading, (*self.findings, *more)))

    @cached_property
    def result(self) -> Result:
        """The result of the file, as far as it is known before anything is written."""
        report = self.completed.report if self.completed else self.reading.draft
        return Result(
            self.path,
            self.findings,
            lines_of(self.reading.text, self.findings),
            unreadable=self.reading.unreadable,
            year=report.year if report else 0,
            agency=report.agency if report else "",
            key_figures=key_figures(self.completed) if self.completed else (),
        )


class Analyzer:
    """Reads and checks data files; what many of them share is read once.

    Args:
        options: how.
        files: access to data files.
        packs: where packs are; None looks for them on the disk.
    """

    def __init__(self, options: Options, *, files: FileAccess = LOCAL_FILES, packs: Packs | None = None) -> None:
        self._files = files
        self._packs = packs or Packs(options.pack, options.packs)
        self._with_digest = options.only_changed
        self._years = PreviousYears(
            options.against, single_report=options.single_report, form=self._packs.form, files=files
        )
        self._departments = _Departments(options, self._packs, files)

    def analyze(self, path: Path, beside: Path | None) -> Analysis:
        """Read and check one data file.

        Args:
            path: the data file.
            beside: the one data file of its folder that is of the same agency and the year before, if there is one.
        """
        reading = self._departments.reading(path) or self._read(path)
        pack = self._packs.of(reading.pack, path.parent) if reading.pack else None
        findings = list(reading.findings)
        completed = complete(reading.report) if reading.report else None
        if completed:
            findings += run_checks(completed)
            findings += self._years.compare(path, completed, beside)
            findings += self._departments.compare(path, completed)
        if pack:
            stock = completed.stock if completed else ()
            findings = [*pack.told(findings, stock=stock), *pack.findings]
        findings = [finding.told_to(Audience.CLERK) for finding in findings]
        if completed:
            findings = list(with_waivers(findings, completed.report.waivers))
        return Analysis(path, reading, completed, pack, place(reading, tuple(findings)))

    def _read(self, path: Path) -> Reading:
        return read(path, self._packs.form(path), self._files.data, with_digest=self._with_digest)


class _Departments:
    """Compares governments with their departments; loads the module for it when a report first names some."""

    def __init__(self, options: Options, packs: Packs, files: FileAccess) -> None:
        self._named = (options.departments,) if options.departments else ()
        self._packs = packs
        self._files = files
        self._found: DepartmentComparison | None = None

    def reading(self, path: Path) -> Reading | None:
        """Return the reading of a file that was read already as a department's."""
        return self._found.reading(path) if self._found else None

    def compare(self, path: Path, completed: Completed) -> tuple[Finding, ...]:
        """Compare a report with the sums of its departments."""
        paths = self._paths(path, completed.report)
        if not paths:
            return ()
        if self._found is None:
            from gxgen.engine.departments import DepartmentComparison

            self._found = DepartmentComparison(self._packs.form, self._files)
        findings = self._found.compare(path, completed, paths)
        if self._found.size > MOST_DEPARTMENTS:
            self._found = None  # memory must not grow with the number of governments
        return findings

    def _paths(self, path: Path, report: Report) -> tuple[Path, ...]:
        return self._named or departments_of(path, report)
