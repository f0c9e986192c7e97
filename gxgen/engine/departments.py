"""The departments of a government: found and read once a run, and what keeps them from being summed.

The comparison of a government with its departments (:mod:`gxgen.engine.departments`) and the sum of departments
(:mod:`gxgen.services.rollup.summing`) both start here, so that they agree on who counts.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from gxgen.checks import OF_SUMS
from gxgen.checks.departments import explained
from gxgen.compute import Completed, complete
from gxgen.core import codes
from gxgen.core.codes import LEFT_TO_DO
from gxgen.core.findings import Finding, RelatedLocation
from gxgen.core.text import MOST_NAMED, listed
from gxgen.engine.file_access import LOCAL_FILES, FileAccess, Source, departments_of
from gxgen.engine.previous_year import in_file
from gxgen.model import Report
from gxgen.source import Form, Reading, official, place, read
from gxgen.source.head import head_of
from gxgen.source.writer import TO_VERIFY

MOST_KEPT = 500
"""Readings that are kept for a run that looks at the departments themselves, too; they hold the texts."""
Paths = tuple[Path, ...]


class Department(msgspec.Struct, frozen=True, eq=False):
    """A data file among the departments: its report without the texts, and what is wrong with it."""

    path: Path
    report: Report | None
    fault: Finding | None
    """The first error, without a place."""
    unreadable: bool = False
    is_doubtful: bool = False
    """Whether remarks in it say that figures could not be read: they count as 0."""

    @property
    def is_summed(self) -> bool:
        """Whether its figures count; those of a file without a report would, for all that is known."""
        return not self.report or not self.report.vertical

    @property
    def name(self) -> str:
        """The agency as a message names it; the file of one that gives no name."""
        return f"“{self.report.agency}”" if self.report and self.report.agency else str(self.path)

    def is_of(self, year: int, files: FileAccess = LOCAL_FILES) -> bool:
        """Whether it may be about a year: a file that cannot be read may be about any."""
        if self.report:
            return self.report.year == year
        raw = files.data(self.path)
        return not isinstance(raw, bytes) or head_of(raw).year in (0, year)


class Bureaus:
    """What one run knows of departments: every folder is searched once, every file read once.

    Args:
        form: the forms for a data file, given its path.
        files: where they are.
        keeps_readings: whether the run will ask for what was read of a file.
    """

    def __init__(
        self,
        form: Callable[[Path], Form] = lambda _: official,
        files: FileAccess = LOCAL_FILES,
        *,
        keeps_readings: bool = True,
    ) -> None:
        self._form = form
        self._at_hand = files
        self._most_kept = MOST_KEPT if keeps_readings else 0
        self._files: dict[Paths, Mapping[str, Source]] = {}
        self._known: dict[str, Department | None] = {}
        self._readings: dict[str, Reading] = {}

    @property
    def size(self) -> int:
        """How many files it knows."""
        return len(self._known)

    def reading(self, path: Path) -> Reading | None:
        """What was read of a file already, handed out once."""
        return self._readings.pop(self._at_hand.identity(path), None)

    def below(self, paths: Paths, own: Path) -> Mapping[str, Department]:
        """The reports under *paths* by what tells files apart, without the government's *own*."""
        itself, is_same = self._at_hand.identity(own), self._at_hand.is_same
        files = {identity: file for identity, file in self._under(paths).items() if not is_same(identity, itself)}
        found = {identity: self._department(identity, file) for identity, file in files.items()}
        return {identity: each for identity, each in found.items() if each}

    def counted(self, departments: Mapping[str, Department], year: int, agency: str) -> Sequence[Department]:
        """Those that the government of a name itself has to sum in a year.

        What its departments have summed is in their figures already.  A report of its own name is a copy, and sums
        nothing in its place.
        """
        summed = {
            below
            for identity, each in departments.items()
            if each.report and each.report.year == year and not (agency and each.report.agency == agency)
            for below in self._under(departments_of(each.path, each.report))
            if below != identity
        }
        return [each for identity, each in departments.items() if identity not in summed]

    def _under(self, paths: Paths) -> Mapping[str, Source]:
        """The files under *paths* by what tells them apart."""
        if paths not in self._files:
            self._files[paths] = self._at_hand.under(paths)
        return self._files[paths]

    def _department(self, identity: str, source: Source) -> Department | None:
        if identity not in self._known:
            reading = read(source.path, self._form(source.path), self._at_hand.data)
            if len(self._readings) < self._most_kept:
                self._readings[identity] = reading
            is_meant = reading.is_report or source.named
            self._known[identity] = department(source.path, reading) if is_meant else None
        return self._known[identity]


def department(path: Path, reading: Reading) -> Department:
    """What a reading holds; its first error is one of reading, or of the sums that its figures have to make."""
    # Its texts take no part, and there may be thousands.
    report = replace(reading.report, narrative=MappingProxyType({}), waivers=()) if reading.report else None
    fault = next(errors_of(reading, report), None)
    is_doubtful = any(each.code is LEFT_TO_DO and each.message.startswith(TO_VERIFY) for each in reading.findings)
    return Department(path, report, fault, reading.unreadable, is_doubtful)


def errors_of(reading: Reading, report: Report | None) -> Iterator[Finding]:
    """The errors of a reading, and of the sums that the figures of its *report* have to make."""
    yield from (finding for finding in reading.findings if finding.is_error)
    if report:
        completed = complete(report)
        yield from (finding for rule in OF_SUMS for finding in rule(completed) if finding.is_error)


def faulty(departments: Iterable[Department]) -> list[tuple[Department, Finding]]:
    """Those that count and have an error, each with it: their figures have no certain sum."""
    return [(each, each.fault) for each in departments if each.fault and each.is_summed]


def doubled(departments: Iterable[Department], own: Path, agency: str) -> Mapping[str, Sequence[Path]]:
    """The agencies that have two files of the year, the government's own among them, each with these."""
    files: defaultdict[str, list[Path]] = defaultdict(list)
    names: dict[str, str] = {}
    if agency:
        files[one_spelling(agency)].append(own)
        names[one_spelling(agency)] = agency
    for each in departments:
        if each.report and each.report.agency and each.is_summed:
            name = one_spelling(each.report.agency)
            files[name].append(each.path)
            names.setdefault(name, each.report.agency)
    return {names[name]: paths for name, paths in files.items() if len(paths) > 1}


def one_spelling(agency: str) -> str:
    """An agency's name without what people type differently from one file to the next: spaces, wide brackets."""
    return agency if agency.isalpha() else "".join(unicodedata.normalize("NFKC", agency).split())


def without_report(departments: Sequence[Department], year: int, own: str) -> Sequence[Department]:
    """A file each of the agencies all of whose files are of other years; *own* is who the government is."""
    reports = [(each, each.report) for each in departments if each.report]
    present = {who(each.path, report) for each, report in reports if report.year == year} | {own}
    absent = {who(each.path, report): each for each, report in reports if not report.vertical}
    return [each for name, each in absent.items() if name not in present]


def who(path: Path, report: Report) -> str:
    """What tells agencies apart over the years; those without a name by their folders, as one keeps one's own files."""
    return report.agency or str(path.parent)


class Departments:
    """Compares governments with their departments, of which every file is read once.

    Args:
        form: the forms for a data file, given its path.
        files: where they are.
    """

    def __init__(self, form: Callable[[Path], Form] = lambda _: official, files: FileAccess = LOCAL_FILES) -> None:
        self._form = form
        self._files = files
        self._bureaus = Bureaus(form, files)

    @property
    def size(self) -> int:
        """How many files it knows."""
        return self._bureaus.size

    def reading(self, path: Path) -> Reading | None:
        """What was read of a file already, handed out once."""
        return self._bureaus.reading(path)

    def compare(self, path: Path, government: Completed, paths: Paths) -> tuple[Finding, ...]:
        """What the departments under *paths* have to say to the report of *path*."""
        report = government.report
        departments = self._bureaus.counted(self._bureaus.below(paths, path), report.year, report.agency)
        of_year = [each for each in departments if each.is_of(report.year, self._files)]
        unusable = (*self._missing(paths), *self._faulty(of_year), *_doubled(of_year, path, report))
        if unusable:
            return unusable  # the sum is not known, so nothing is compared with it
        told = tuple(_without_report(departments, path, report))
        if any(each.is_summed for each in of_year):
            return (*told, *self._compared(government, of_year))
        return told or (_nothing_to_sum(of_year),)

    def _compared(self, government: Completed, departments: Sequence[Department]) -> Iterator[Finding]:
        files = {id(each.report): each.path for each in departments}
        reports = [each.report for each in departments if each.report]
        for finding, cause in explained(government, reports):
            sought = Finding(finding.code, finding.address, "")
            places = (related_location(files[id(cause)], sought, self._form, self._files),) if cause else ()
            yield replace(finding, related=places)

    def _missing(self, paths: Paths) -> Iterator[Finding]:
        for path in paths:
            if not self._files.exists(path):
                message = f"找不到所属机关的数据文件或文件夹「{path}」"
                hint = '核对 departments：从这份数据文件所在的文件夹写起，例如 departments = "bureaus"'
                yield _unusable(message, hint)

    def _faulty(self, departments: Iterable[Department]) -> Iterator[Finding]:
        faults = faulty(departments)
        if faults:
            names = [f"{each.name}（{fault.code.name} {fault.code.title}）" for each, fault in faults]
            message = f"所属机关中有 {len(faults)} 份数据文件有错误，各机关之和没有定数，没有核对：{listed(names)}"
            places = tuple(
                related_location(each.path, fault, self._form, self._files) for each, fault in faults[:MOST_NAMED]
            )
            yield replace(_unusable(message), related=places)


# Words


def _doubled(departments: Iterable[Department], path: Path, government: Report) -> Iterator[Finding]:
    """The agencies that have two files of the year, the government's own among them."""
    found = doubled(departments, path, government.agency)
    if found:
        names = [f"“{agency}”（{'、'.join(map(str, paths))}）" for agency, paths in found.items()]
        message = f"有 {len(found)} 个机关，{government.year}年的数据文件不止一份，没有核对各机关之和：{listed(names)}"
        yield _unusable(message, ONE_FILE)


def _without_report(departments: Sequence[Department], path: Path, government: Report) -> Iterator[Finding]:
    """The agencies all of whose files are of other years."""
    names = [each.name for each in without_report(departments, government.year, who(path, government))]
    if names:
        yield not_of_the_year(names, government.year)


def not_of_the_year(names: Sequence[str], year: int) -> Finding:
    """Agencies that are not summed because their files are of other years."""
    message = f"所属机关中有 {len(names)} 个没有{year}年的数据文件，没有计入各机关之和：{listed(names)}"
    return Finding(codes.NOT_OF_THE_YEAR, "departments", message, codes.NOT_OF_THE_YEAR.remedy)


def _nothing_to_sum(departments: Sequence[Department]) -> Finding:
    found = f"找到的 {len(departments)} 个机关都是垂直管理的" if departments else "没有找到所属机关的数据文件"
    return Finding(codes.NO_DEPARTMENTS, "departments", f"{found}，没有核对各机关之和", codes.NO_DEPARTMENTS.remedy)


def _unusable(message: str, hint: str = codes.DEPARTMENT_UNUSABLE.remedy) -> Finding:
    return Finding(codes.DEPARTMENT_UNUSABLE, "departments", message, hint)


ONE_FILE = "每个机关只留一份；是不同机关的，把各自的机关名称写全"


def related_location(
    path: Path, finding: Finding, form: Callable[[Path], Form], files: FileAccess = LOCAL_FILES
) -> RelatedLocation:
    """The place of a finding in another file, which is read again: few have to be."""
    reading = read(path, form(path), files.data)
    (placed,) = place(reading, (finding,))
    return in_file(path, reading, RelatedLocation(finding.address, finding.fallback_addresses), placed)
