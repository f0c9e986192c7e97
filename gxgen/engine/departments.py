"""A government's departments: found and read once a run, checked, and compared with the government's figures.

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

from gxgen.checks import SUM_CHECKS
from gxgen.checks.departments import sums_with_explanations
from gxgen.compute import Completed, complete
from gxgen.core import codes
from gxgen.core.codes import LEFT_TO_DO
from gxgen.core.findings import Finding, RelatedLocation
from gxgen.core.text import MOST_NAMED, listed
from gxgen.engine.file_access import LOCAL_FILES, FileAccess, Source, departments_of
from gxgen.engine.previous_year import as_related
from gxgen.model import Report
from gxgen.source import Form, Reading, official, place, read
from gxgen.source.head import head_of
from gxgen.source.todo import TO_VERIFY

MOST_KEPT = 500
"""Readings that are kept for a run that looks at the departments themselves, too; they hold the texts."""
Paths = tuple[Path, ...]


class Department(msgspec.Struct, frozen=True, eq=False):
    """A department's data file: its report without the texts, and its first error."""

    path: Path
    report: Report | None
    fault: Finding | None
    """The first error, without a place."""
    unreadable: bool = False
    is_doubtful: bool = False
    """Whether remarks in it say that figures could not be read: they count as 0."""

    @property
    def is_summed(self) -> bool:
        """Whether its figures are summed; a file without a report is taken to count."""
        return not self.report or not self.report.vertical

    @property
    def name(self) -> str:
        """The agency's name for messages; the file's name where there is none."""
        return f"“{self.report.agency}”" if self.report and self.report.agency else str(self.path)

    def is_of(self, year: int, files: FileAccess = LOCAL_FILES) -> bool:
        """Whether the file may be of a year; a file that cannot be read may be of any."""
        if self.report:
            return self.report.year == year
        raw = files.data(self.path)
        return not isinstance(raw, bytes) or head_of(raw).year in (0, year)


class DepartmentReader:
    """Reads departments: every folder is searched once a run, and every file read once.

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
        """The number of files that were read."""
        return len(self._known)

    def reading(self, path: Path) -> Reading | None:
        """Return the reading of a file that was read already, once."""
        return self._readings.pop(self._at_hand.identity(path), None)

    def below(self, paths: Paths, own: Path) -> Mapping[str, Department]:
        """Return the departments below *paths* by file identity, without the government's *own* file."""
        itself, is_same = self._at_hand.identity(own), self._at_hand.is_same
        files = {identity: file for identity, file in self._under(paths).items() if not is_same(identity, itself)}
        found = {identity: self._department(identity, file) for identity, file in files.items()}
        return {identity: each for identity, each in found.items() if each}

    def counted(self, departments: Mapping[str, Department], year: int, agency: str) -> Sequence[Department]:
        """Return the departments that a government has to sum for a year.

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
        """Return the data files below *paths* by file identity."""
        if paths not in self._files:
            self._files[paths] = self._at_hand.under(paths)
        return self._files[paths]

    def _department(self, identity: str, source: Source) -> Department | None:
        if identity not in self._known:
            reading = read(source.path, self._form(source.path), self._at_hand.data)
            if len(self._readings) < self._most_kept:
                self._readings[identity] = reading
            is_meant = reading.is_report or source.named
            self._known[identity] = department_of(source.path, reading) if is_meant else None
        return self._known[identity]


def department_of(path: Path, reading: Reading) -> Department:
    """Return the department of a reading; its first error is one of reading or of its totals."""
    # Its texts take no part, and there may be thousands.
    report = replace(reading.report, narrative=MappingProxyType({}), waivers=()) if reading.report else None
    fault = next(errors_of(reading, report), None)
    is_doubtful = any(each.code is LEFT_TO_DO and each.message.startswith(TO_VERIFY) for each in reading.findings)
    return Department(path, report, fault, reading.unreadable, is_doubtful)


def errors_of(reading: Reading, report: Report | None) -> Iterator[Finding]:
    """Yield the errors of a reading, and those of the totals of its *report*."""
    yield from (finding for finding in reading.findings if finding.is_error)
    if report:
        completed = complete(report)
        yield from (finding for rule in SUM_CHECKS for finding in rule(completed) if finding.is_error)


def with_errors(departments: Iterable[Department]) -> list[tuple[Department, Finding]]:
    """Return the departments that count and have an error, each with it."""
    return [(each, each.fault) for each in departments if each.fault and each.is_summed]


def duplicated(departments: Iterable[Department], own: Path, agency: str) -> Mapping[str, Sequence[Path]]:
    """Return the agencies that have two files for the year, the government's own among them, with the paths."""
    files: defaultdict[str, list[Path]] = defaultdict(list)
    names: dict[str, str] = {}
    if agency:
        files[normalized_name(agency)].append(own)
        names[normalized_name(agency)] = agency
    for each in departments:
        if each.report and each.report.agency and each.is_summed:
            name = normalized_name(each.report.agency)
            files[name].append(each.path)
            names.setdefault(name, each.report.agency)
    return {names[name]: paths for name, paths in files.items() if len(paths) > 1}


def normalized_name(agency: str) -> str:
    """Normalize an agency's name: no spaces, half-width brackets."""
    return agency if agency.isalpha() else "".join(unicodedata.normalize("NFKC", agency).split())


def of_other_years(departments: Sequence[Department], year: int, own: str) -> Sequence[Department]:
    """Return one file for each agency whose files are all of other years; *own* identifies the government."""
    reports = [(each, each.report) for each in departments if each.report]
    present = {agency_identity(each.path, report) for each, report in reports if report.year == year} | {own}
    absent = {agency_identity(each.path, report): each for each, report in reports if not report.vertical}
    return [each for name, each in absent.items() if name not in present]


def agency_identity(path: Path, report: Report) -> str:
    """Return what identifies an agency over the years: its name, or its folder where the report names none."""
    return report.agency or str(path.parent)


class DepartmentComparison:
    """Compares governments with the sums of their departments.

    Args:
        form: the forms for a data file, given its path.
        files: where they are.
    """

    def __init__(self, form: Callable[[Path], Form] = lambda _: official, files: FileAccess = LOCAL_FILES) -> None:
        self._form = form
        self._files = files
        self._department_reader = DepartmentReader(form, files)

    @property
    def size(self) -> int:
        """The number of files that were read."""
        return self._department_reader.size

    def reading(self, path: Path) -> Reading | None:
        """Return the reading of a file that was read already, once."""
        return self._department_reader.reading(path)

    def compare(self, path: Path, government: Completed, paths: Paths) -> tuple[Finding, ...]:
        """Compare the report of *path* with the sums of the departments below *paths*."""
        report = government.report
        departments = self._department_reader.counted(
            self._department_reader.below(paths, path), report.year, report.agency
        )
        of_year = [each for each in departments if each.is_of(report.year, self._files)]
        unusable = (*self._missing(paths), *self._faulty(of_year), *_duplicated(of_year, path, report))
        if unusable:
            return unusable  # the sum is not known, so nothing is compared with it
        told = tuple(_of_other_years(departments, path, report))
        if any(each.is_summed for each in of_year):
            return (*told, *self._compared(government, of_year))
        return told or (_nothing_to_sum(of_year),)

    def _compared(self, government: Completed, departments: Sequence[Department]) -> Iterator[Finding]:
        files = {id(each.report): each.path for each in departments}
        reports = [each.report for each in departments if each.report]
        for finding, cause in sums_with_explanations(government, reports):
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
        faults = with_errors(departments)
        if faults:
            names = [f"{each.name}（{fault.code.name} {fault.code.title}）" for each, fault in faults]
            message = f"所属机关中有 {len(faults)} 份数据文件有错误，各机关之和没有定数，没有核对：{listed(names)}"
            places = tuple(
                related_location(each.path, fault, self._form, self._files) for each, fault in faults[:MOST_NAMED]
            )
            yield replace(_unusable(message), related=places)


# Words


def _duplicated(departments: Iterable[Department], path: Path, government: Report) -> Iterator[Finding]:
    """Yield findings for agencies that have two files for the year."""
    found = duplicated(departments, path, government.agency)
    if found:
        names = [f"“{agency}”（{'、'.join(map(str, paths))}）" for agency, paths in found.items()]
        message = f"有 {len(found)} 个机关，{government.year}年的数据文件不止一份，没有核对各机关之和：{listed(names)}"
        yield _unusable(message, ONE_FILE)


def _of_other_years(departments: Sequence[Department], path: Path, government: Report) -> Iterator[Finding]:
    """Yield a finding for the agencies whose files are all of other years."""
    names = [each.name for each in of_other_years(departments, government.year, agency_identity(path, government))]
    if names:
        yield not_of_the_year(names, government.year)


def not_of_the_year(names: Sequence[str], year: int) -> Finding:
    """Return the finding for agencies that are not summed because their files are of other years."""
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
    (located,) = place(reading, (finding,))
    return as_related(path, reading, RelatedLocation(finding.address, finding.fallback_addresses), located)
