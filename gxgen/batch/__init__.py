"""Many data files to many results: reading, checking, rendering and writing, one result a file, failures included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen import codes
from gxgen.batch.outputs import file_stem, write
from gxgen.batch.packs import PackInUse, Packs
from gxgen.batch.previous import PreviousYears
from gxgen.batch.renderers import FORMATS
from gxgen.batch.sources import departments_of, file_identity, find_sources, is_folder
from gxgen.checks import check as run_checks
from gxgen.checks.waivers import with_waivers
from gxgen.compute import Completed, complete
from gxgen.errors import TemplateError
from gxgen.findings import Finding, Severity
from gxgen.model import Report
from gxgen.source import Reading, place, read
from gxgen.view import compose, title_parts

if TYPE_CHECKING:
    from gxgen.batch.departments import Departments

__all__ = ["DEFAULTS", "FORMATS", "Options", "Result", "build", "check"]


@dataclass(frozen=True)
class Options:
    """How reports are to be built."""

    output: Path | None = None
    """The folder for the files; None writes them beside the data file."""
    formats: tuple[str, ...] = ("docx", "txt")
    pack: str = ""
    """A pack to use instead of the one that the data file names."""
    strict: bool = False
    """Whether warnings, too, keep a report from being written."""
    against: Path | None = None
    """The data file of the year before; None looks for it beside each data file."""
    departments: Path | None = None
    """The departments of the one report that is checked, instead of those that its data file names."""
    packs: Path | None = None
    """A folder of packs besides the usual ones."""


DEFAULTS = Options()


@dataclass(frozen=True)
class Result:
    """What became of one data file."""

    path: Path
    findings: tuple[Finding, ...] = ()
    text: str = field(default="", repr=False)
    """The data file's text, for showing the line of a finding."""
    written: tuple[Path, ...] = ()
    unreadable: bool = False

    def count(self, severity: Severity) -> int:
        """How many findings of a severity count: those that are not waived."""
        return sum(finding.severity is severity and not finding.waiver for finding in self.findings)

    def fails(self, *, strict: bool) -> bool:
        """Whether the report is not good enough to be written."""
        return bool(self.count(Severity.ERROR) or (strict and self.count(Severity.WARNING)))


@dataclass(frozen=True)
class _Examined:
    """A data file read, completed and checked."""

    result: Result
    reading: Reading
    completed: Completed | None
    pack: PackInUse | None
    departments: tuple[Path, ...] = ()
    """Where a government's departments are to be found."""

    def with_findings(self, *more: Finding) -> _Examined:
        findings = place(self.reading, (*self.result.findings, *more))
        return replace(self, result=replace(self.result, findings=findings))


def check(paths: Iterable[Path], options: Options = DEFAULTS) -> Iterator[Result]:
    """Read and check every report under *paths*; nothing is written."""
    return (examined.result for examined in _examine(paths, options))


def build(paths: Iterable[Path], options: Options) -> Iterator[Result]:
    """Build every report under *paths*.  A report with errors is not written, and keeps no other from it."""
    examined = list(_examine(paths, options))
    targets = [None if one.result.fails(strict=options.strict) else _target(one, options) for one in examined]
    claimed = Counter(file_identity(target) for target in targets if target)
    data_files = {file_identity(one.result.path) for one in examined}
    data_files |= {file_identity(options.against)} if options.against else set()
    data_files |= {file_identity(path) for one in examined for path in one.departments}
    for one, target in zip(examined, targets, strict=True):
        if target and claimed[file_identity(target)] > 1:
            yield one.with_findings(_same_output(target)).result
        elif target and any(file_identity(file) in data_files for file in _files(target, options)):
            yield one.with_findings(_over_data(target)).result
        elif target is None or one.completed is None:
            yield one.result
        else:
            yield _written(one, one.completed, target, options)


def _examine(paths: Iterable[Path], options: Options) -> Iterator[_Examined]:
    paths = tuple(paths)
    packs = Packs(options.pack, options.packs)
    years = PreviousYears(options.against, sole=len(paths) == 1 and not is_folder(paths[0]), form=packs.form)
    departments = _Departments(options, packs)
    for source in years.with_unusable(find_sources(paths)):
        reading = departments.reading(source.path) or read(source.path, packs.form(source.path))
        if reading.is_report or source.named:
            pack = packs.of(reading.pack, source.path.parent) if reading.pack else None
            yield _checked(source.path, reading, pack, years, departments)


class _Departments:
    """The departments of governments, of which nothing is loaded before some report has any."""

    def __init__(self, options: Options, packs: Packs) -> None:
        self._named = (options.departments,) if options.departments else ()
        self._packs = packs
        self._found: Departments | None = None

    def paths(self, path: Path, report: Report) -> tuple[Path, ...]:
        """Where the departments of the report of *path* are to be found."""
        return self._named or departments_of(path, report)

    def reading(self, path: Path) -> Reading | None:
        """What was read of a file already as a department's."""
        return self._found.reading(path) if self._found else None

    def compare(self, path: Path, completed: Completed) -> tuple[Finding, ...]:
        """What the departments of a report have to say to it."""
        paths = self.paths(path, completed.report)
        if not paths:
            return ()
        if self._found is None:
            from gxgen.batch.departments import Departments

            self._found = Departments(self._packs.form)
        return self._found.compare(path, completed, paths)


def _checked(
    path: Path, reading: Reading, pack: PackInUse | None, years: PreviousYears, departments: _Departments
) -> _Examined:
    findings = list(reading.findings)
    completed = complete(reading.report) if reading.report else None
    if completed:
        findings += run_checks(completed)
        findings += years.compare(path, completed)
        findings += departments.compare(path, completed)
    if pack:
        findings = [*pack.told(findings, completed.stock if completed else ()), *pack.findings]
    if completed:
        findings = list(with_waivers(findings, completed.report.waivers))
    result = Result(path, place(reading, tuple(findings)), reading.text, unreadable=reading.unreadable)
    below = departments.paths(path, completed.report) if completed else ()
    return _Examined(result, reading, completed, pack, below)


def _target(examined: _Examined, options: Options) -> Path | None:
    """The report's files without their suffix."""
    if examined.completed is None:
        return None
    folder = options.output or examined.result.path.parent
    return folder / file_stem("".join(title_parts(examined.completed.report)))


def _files(target: Path, options: Options) -> tuple[Path, ...]:
    return tuple(target.with_name(f"{target.name}.{suffix}") for suffix in options.formats)


def _same_output(target: Path) -> Finding:
    message = f"另有一份报告也要写成「{target.name}」，两份都没有写出"
    return Finding(codes.SAME_OUTPUT, "title", message, codes.SAME_OUTPUT.mend, near=("agency", "year"))


def _over_data(target: Path) -> Finding:
    message = f"输出「{target.name}」与数据文件同名，写出会盖掉数据文件"
    return Finding(
        codes.SAME_OUTPUT, "title", message, "给数据文件换个名字，或用 -o 写到别的文件夹", near=("agency", "year")
    )


def _written(examined: _Examined, completed: Completed, target: Path, options: Options) -> Result:
    try:
        contents = _rendered(completed, target, options, examined.pack)
    except TemplateError as error:
        assert examined.pack, "a report that is made has a pack"
        return examined.with_findings(*examined.pack.refused(error)).result
    problem = write(contents)
    if problem:
        return examined.with_findings(problem).result
    return replace(examined.result, written=tuple(contents))


def _rendered(completed: Completed, target: Path, options: Options, in_use: PackInUse | None) -> Mapping[Path, bytes]:
    assert in_use, "a report that was read names a pack"
    assert in_use.pack, "a report whose pack was not found has an error"
    document = compose(completed, in_use.manner)
    renderers = (FORMATS[name](in_use.pack) for name in options.formats)
    return {file: render(document) for file, render in zip(_files(target, options), renderers, strict=True)}
