"""A government compared with its departments, in the words of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gxgen import codes
from gxgen.batch.at_hand import DISK, Files
from gxgen.batch.bureaus import Bureaus, Department, Paths, doubled, faulty, who, without_report
from gxgen.batch.previous import in_file
from gxgen.checks.departments import explained
from gxgen.compute import Completed
from gxgen.findings import MOST_NAMED, Elsewhere, Finding, listed
from gxgen.model import Report
from gxgen.source import Form, Reading, official, place, read


class Departments:
    """Compares governments with their departments, of which every file is read once.

    Args:
        form: the forms for a data file, given its path.
        files: where they are.
    """

    def __init__(self, form: Callable[[Path], Form] = lambda _: official, files: Files = DISK) -> None:
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
            sought = Finding(finding.code, finding.where, "")
            places = (there(files[id(cause)], sought, self._form, self._files),) if cause else ()
            yield replace(finding, elsewhere=places)

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
            places = tuple(there(each.path, fault, self._form, self._files) for each, fault in faults[:MOST_NAMED])
            yield replace(_unusable(message), elsewhere=places)


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
    return Finding(codes.NOT_OF_THE_YEAR, "departments", message, codes.NOT_OF_THE_YEAR.mend)


def _nothing_to_sum(departments: Sequence[Department]) -> Finding:
    found = f"找到的 {len(departments)} 个机关都是垂直管理的" if departments else "没有找到所属机关的数据文件"
    return Finding(codes.NO_DEPARTMENTS, "departments", f"{found}，没有核对各机关之和", codes.NO_DEPARTMENTS.mend)


def _unusable(message: str, hint: str = codes.DEPARTMENT_UNUSABLE.mend) -> Finding:
    return Finding(codes.DEPARTMENT_UNUSABLE, "departments", message, hint)


ONE_FILE = "每个机关只留一份；是不同机关的，把各自的机关名称写全"


def there(path: Path, finding: Finding, form: Callable[[Path], Form], files: Files = DISK) -> Elsewhere:
    """The place of a finding in another file, which is read again: few have to be."""
    reading = read(path, form(path), files.data)
    (placed,) = place(reading, (finding,))
    return in_file(path, reading, Elsewhere(finding.where, finding.near), placed)
