"""The departments of a government: found and read once a run, told of where they cannot be summed, and compared."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from gxgen import codes
from gxgen.batch.previous import in_file
from gxgen.batch.sources import Source, departments_of, find_sources, real_path
from gxgen.checks import OF_SUMS
from gxgen.checks.departments import explained
from gxgen.compute import Completed, complete
from gxgen.findings import Elsewhere, Finding
from gxgen.model import Report
from gxgen.source import Form, Reading, official, place, read
from gxgen.source.identity import identity_of

MOST_NAMED = 10
"""Files that one finding names."""
Paths = tuple[Path, ...]


@dataclass(frozen=True, eq=False)
class _Department:
    """A data file among the departments: its figures, and what is wrong with it."""

    path: Path
    completed: Completed | None
    fault: Finding | None
    """The first error, without a place."""

    @property
    def report(self) -> Report | None:
        """The report; None of a file that has none."""
        return self.completed.report if self.completed else None

    @property
    def is_summed(self) -> bool:
        """Whether its figures count; those of a file without a report would, for all that is known."""
        return not self.report or not self.report.vertical

    @property
    def name(self) -> str:
        """The agency as a message names it; the file of one that gives no name."""
        return f"“{self.report.agency}”" if self.report and self.report.agency else str(self.path)

    def is_of(self, year: int) -> bool:
        """Whether it may be about a year: a file that cannot be read may be about any."""
        if self.report:
            return self.report.year == year
        top = identity_of(self.path)
        return not top or top[0] == year


class Departments:
    """What one run knows of the departments of governments: every folder is searched once, every file read once.

    Args:
        form: the forms for a data file, given its path.
    """

    def __init__(self, form: Callable[[Path], Form] = lambda _: official) -> None:
        self._form = form
        self._files: dict[Paths, Mapping[str, Source]] = {}
        self._known: dict[str, _Department | None] = {}
        self._readings: dict[str, Reading] = {}

    @property
    def size(self) -> int:
        """How many files it knows."""
        return len(self._known)

    def reading(self, path: Path) -> Reading | None:
        """What was read of a file already, handed out once."""
        return self._readings.pop(real_path(path), None)

    def compare(self, path: Path, government: Completed, paths: Paths) -> tuple[Finding, ...]:
        """What the departments under *paths* have to say to the report of *path*."""
        departments = self._departments(path, government.report, paths)
        of_year = [each for each in departments if each.is_of(government.report.year)]
        unusable = (*_missing(paths), *_faulty(of_year, self._form), *_doubled(of_year, path, government.report))
        if unusable:
            return unusable  # the sum is not known, so nothing is compared with it
        told = tuple(_without_report(departments, path, government.report))
        if any(each.is_summed for each in of_year):
            return (*told, *self._compared(government, of_year))
        return told or (_nothing_to_sum(of_year),)

    def _compared(self, government: Completed, departments: Sequence[_Department]) -> Iterator[Finding]:
        files = {id(each.completed): each.path for each in departments}
        completed = [each.completed for each in departments if each.completed]
        for finding, cause in explained(government, completed):
            sought = Finding(finding.code, finding.where, "")
            places = (_there(files[id(cause)], sought, self._form),) if cause else ()
            yield replace(finding, elsewhere=places)

    # Which files

    def _departments(self, path: Path, government: Report, paths: Paths) -> Sequence[_Department]:
        """The reports under *paths*, without the government's own and those that its departments have summed."""
        own = real_path(path)
        files = {identity: file for identity, file in self._under(paths).items() if not _is_same(identity, own)}
        found = {identity: self._department(identity, file) for identity, file in files.items()}
        departments = {identity: each for identity, each in found.items() if each}
        summed = {
            below
            for identity, each in departments.items()
            if each.report and each.report.year == government.year and not _is_copy(each.report, government)
            for below in self._under(departments_of(each.path, each.report))
            if below != identity
        }
        return [each for identity, each in departments.items() if identity not in summed]

    def _under(self, paths: Paths) -> Mapping[str, Source]:
        """The files under *paths* by what tells them apart."""
        if paths not in self._files:
            there = filter(_exists, paths)
            self._files[paths] = {real_path(source.path): source for source in find_sources(there)}
        return self._files[paths]

    def _department(self, identity: str, source: Source) -> _Department | None:
        if identity not in self._known:
            reading = read(source.path, self._form(source.path))
            self._readings[identity] = reading
            is_meant = reading.is_report or source.named
            self._known[identity] = _department(source.path, reading) if is_meant else None
        return self._known[identity]


def _department(path: Path, reading: Reading) -> _Department:
    """What a reading holds; its first error is one of reading, or of the sums that its figures have to make."""
    # Its texts take no part, and there may be thousands.
    completed = complete(replace(reading.report, narrative=MappingProxyType({}))) if reading.report else None
    of_sums = (finding for rule in OF_SUMS for finding in rule(completed)) if completed else ()
    errors = (finding for finding in (*reading.findings, *of_sums) if finding.is_error)
    return _Department(path, completed, next(errors, None))


def _who(path: Path, report: Report) -> str:
    """What tells agencies apart over the years; those without a name by their folders, as one keeps one's own files."""
    return report.agency or str(path.parent)


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110  # Path.exists() raises for a name that is too long


def _is_same(identity: str, own: str) -> bool:
    """Whether two paths without links are one file, which some systems find by a name in other case too."""
    if identity.casefold() != own.casefold():
        return False
    with suppress(OSError, ValueError):  # a link that leads nowhere
        return Path(identity).samefile(own)
    return identity == own


def _is_copy(report: Report, government: Report) -> bool:
    return bool(government.agency) and (report.agency, report.year) == (government.agency, government.year)


# Words


def _missing(paths: Paths) -> Iterator[Finding]:
    for path in paths:
        if not _exists(path):
            message = f"找不到所属机关的数据文件或文件夹「{path}」"
            yield _unusable(message, '核对 departments：从这份数据文件所在的文件夹写起，例如 departments = "bureaus"')


def _faulty(departments: Iterable[_Department], form: Callable[[Path], Form]) -> Iterator[Finding]:
    faults = [(each, each.fault) for each in departments if each.fault and each.is_summed]
    if faults:
        names = [f"{each.name}（{fault.code.name} {fault.code.title}）" for each, fault in faults]
        message = f"所属机关中有 {len(faults)} 份数据文件有错误，各机关之和没有定数，没有核对：{_listed(names)}"
        places = tuple(_there(each.path, fault, form) for each, fault in faults[:MOST_NAMED])
        yield replace(_unusable(message), elsewhere=places)


def _doubled(departments: Iterable[_Department], path: Path, government: Report) -> Iterator[Finding]:
    """The agencies that have two files of the year, the government's own among them."""
    files: defaultdict[str, list[Path]] = defaultdict(list)
    if government.agency:
        files[government.agency].append(path)
    for each in departments:
        if each.report and each.report.agency and each.is_summed:
            files[each.report.agency].append(each.path)
    doubled = {agency: paths for agency, paths in files.items() if len(paths) > 1}
    if doubled:
        names = [f"“{agency}”（{'、'.join(map(str, paths))}）" for agency, paths in doubled.items()]
        message = (
            f"有 {len(doubled)} 个机关，{government.year}年的数据文件不止一份，没有核对各机关之和：{_listed(names)}"
        )
        yield _unusable(message, "每个机关只留一份；是不同机关的，把各自的机关名称写全")


def _without_report(departments: Sequence[_Department], path: Path, government: Report) -> Iterator[Finding]:
    """The agencies all of whose files are of other years."""
    reports = [(each, each.report) for each in departments if each.report]
    present = {_who(each.path, report) for each, report in reports if report.year == government.year}
    present.add(_who(path, government))
    absent = {_who(each.path, report): each for each, report in reports if not report.vertical}
    names = [each.name for who, each in absent.items() if who not in present]
    if names:
        message = f"所属机关中有 {len(names)} 个没有{government.year}年的数据文件，没有计入各机关之和：{_listed(names)}"
        yield Finding(codes.NOT_OF_THE_YEAR, "departments", message, codes.NOT_OF_THE_YEAR.mend)


def _nothing_to_sum(departments: Sequence[_Department]) -> Finding:
    found = f"找到的 {len(departments)} 个机关都是垂直管理的" if departments else "没有找到所属机关的数据文件"
    return Finding(codes.NO_DEPARTMENTS, "departments", f"{found}，没有核对各机关之和", codes.NO_DEPARTMENTS.mend)


def _unusable(message: str, hint: str = codes.DEPARTMENT_UNUSABLE.mend) -> Finding:
    return Finding(codes.DEPARTMENT_UNUSABLE, "departments", message, hint)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + (" 等" if len(names) > MOST_NAMED else "")


def _there(path: Path, finding: Finding, form: Callable[[Path], Form]) -> Elsewhere:
    """The place of a finding in another file, which is read again: few have to be."""
    reading = read(path, form(path))
    (placed,) = place(reading, (finding,))
    return in_file(path, reading, Elsewhere(finding.where, finding.near), placed)
