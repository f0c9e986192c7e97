"""Last year's report: the one that ``--against`` names, or one beside the data file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gxgen.checks import SUM_CHECKS, YEAR_CHECKS
from gxgen.compute import Completed, complete
from gxgen.core import codes
from gxgen.core.findings import Finding, RelatedLocation
from gxgen.engine.file_access import LOCAL_FILES, FileAccess, Source
from gxgen.model import Report
from gxgen.source import Form, Reading, official, place, read


class _LastYear(msgspec.Struct, frozen=True):
    """Last year's report, read and completed."""

    path: Path
    reading: Reading
    completed: Completed


class PreviousYears:
    """Compares reports with those of the year before.

    Args:
        against: the data file of the year before, if one is named.
        single_report: whether the run is about one report alone, which *against* is meant for.  Of several reports,
            *against* is compared with those only that are of the next year and the same agency.
        form: the forms for a data file, given its path.
        files: where they are.
    """

    def __init__(
        self,
        against: Path | None = None,
        *,
        single_report: bool = True,
        form: Callable[[Path], Form] = lambda _: official,
        files: FileAccess = LOCAL_FILES,
    ) -> None:
        self._files = files
        self._single_report = single_report
        self._form = form
        self._against = self._previous(against) if against else None
        self._unusable = against if against and not self._against else None

    def with_unusable(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Yield the sources, preceded by the ``--against`` file if it is no report, so that its errors are reported."""
        if self._unusable:
            yield Source(self._unusable, named=True)
        unusable = self._unusable and self._identity(self._unusable)
        yield from (source for source in sources if not unusable or self._identity(source.path) != unusable)

    def compare(self, path: Path, completed: Completed, beside: Path | None) -> tuple[Finding, ...]:
        """Compare a report with last year's.

        Args:
            path: the data file.
            completed: its report.
            beside: the one data file of its folder that is of the same agency and the year before, if there is one.
        """
        against, report = self._against, completed.report
        if self._unusable:
            return ()
        if against and self._identity(against.path) != self._identity(path):
            if against.completed.report.year == report.year - 1 and (
                self._single_report or _is_of_same_agency(against, report)
            ):
                return _findings(against, completed)
            if self._single_report:
                return (not_last_year(against.path, against.completed.report, report),)
        found = self._previous(beside) if beside else None
        return _findings(found, completed) if found and _holds_together(found) else ()

    def _identity(self, path: Path) -> str:
        """As :func:`gxgen.engine.file_access.file_identity`."""
        return self._files.identity(path).casefold()

    def _previous(self, path: Path) -> _LastYear | None:
        reading = read(path, self._form(path), self._files.data)
        return _LastYear(path, reading, complete(reading.report)) if reading.report else None


def data_files_of(folder: Path) -> tuple[Path, ...]:
    """Return the data files directly in a folder; none if it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            names = [one.name for one in entries if one.name.endswith(".toml") and one.name[0] != "." and one.is_file()]
    except OSError:
        return ()
    return tuple(folder / name for name in sorted(names))


def _holds_together(previous: _LastYear) -> bool:
    """Whether a report that was found, not named, was read without errors and its totals hold."""
    of_sums = (finding for rule in SUM_CHECKS for finding in rule(previous.completed))
    return not any(finding.is_error for finding in (*previous.reading.findings, *of_sums))


def _is_of_same_agency(previous: _LastYear, report: Report) -> bool:
    return previous.completed.report.agency == report.agency


def _findings(previous: _LastYear, completed: Completed) -> tuple[Finding, ...]:
    findings = tuple(finding for rule in YEAR_CHECKS for finding in rule(previous.completed, completed))
    if not findings:
        return ()
    related = {each for finding in findings for each in finding.related}
    sought = tuple(
        Finding(codes.NOT_LAST_YEAR, each.address, "", fallback_addresses=each.fallback_addresses) for each in related
    )
    located = {found.address: found for found in place(previous.reading, sought)}
    return tuple(
        replace(
            finding,
            related=tuple(
                as_related(previous.path, previous.reading, each, located[each.address]) for each in finding.related
            ),
        )
        for finding in findings
    )


def as_related(path: Path, reading: Reading, related: RelatedLocation, located: Finding) -> RelatedLocation:
    """Return a located finding as a related location in the data file of *path*."""
    assert located.position, "place() gives every finding a position"
    line = reading.text.split("\n")[located.position.line - 1]
    return replace(related, file=str(path), position=located.position, line=line)


def not_last_year(path: Path, against: Report, report: Report) -> Finding:
    """Return the finding for an ``--against`` file of another year."""
    message = f"{path.name} 是{against.year}年的报告，不是上一年（{report.year - 1}年）的，没有与它核对"
    return Finding(codes.NOT_LAST_YEAR, "year", message, codes.NOT_LAST_YEAR.remedy)
