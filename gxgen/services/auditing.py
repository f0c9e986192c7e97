"""Published reports read and checked in one step; nothing is written.

Reports are read side by side; those of one agency on two years that follow each other are then compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from gxgen.checks import SUM_CHECKS, YEAR_CHECKS
from gxgen.checks import check as run_checks
from gxgen.compute import Completed, complete
from gxgen.core import codes
from gxgen.core.findings import Audience, Finding
from gxgen.engine import failures
from gxgen.engine.analysis import key_figures
from gxgen.engine.executors import StopRequest, executor_for
from gxgen.engine.file_access import file_identity
from gxgen.engine.opening import OpenedReport, open_report
from gxgen.engine.packs import Packs
from gxgen.engine.previous_year import not_last_year
from gxgen.engine.received import find_received
from gxgen.engine.results import Options, Result, lines_of
from gxgen.model import Report
from gxgen.published.locate import pointed
from gxgen.published.readers.libreoffice import Conversions
from gxgen.spec import Layout

NOT_WRONG = frozenset((codes.IMPORT_EXTRA,))
"""What was passed over in reading is nothing that the agency has to answer for."""


MINIMUM_PER_PROCESS = 8
"""Minimum reports per process: starting a process takes longer than reading fewer."""


class AuditedFigures(msgspec.Struct, frozen=True):
    """What is kept of a report for comparing it with that of another year."""

    report: Report | None = None
    holds: bool = False
    """Whether its sums hold."""


class AuditedReport(msgspec.Struct, frozen=True):
    """One report read and checked."""

    result: Result
    figures: AuditedFigures


class AuditWorker:
    """Reads and checks published reports; what every process of a run holds."""

    def __init__(self, options: Options, converted: Mapping[Path, Path] = MappingProxyType({})) -> None:
        self._options = options
        self._packs = Packs(options.pack, options.packs)
        self._converted = converted

    def __reduce__(self) -> tuple[object, ...]:
        return AuditWorker, (self._options, dict(self._converted))

    def audit(self, paths: Sequence[str]) -> list[AuditedReport]:
        """Read and check several reports."""
        return [self._safely(Path(path)) for path in paths]

    def open(self, path: Path) -> OpenedReport:
        """A report to compare others with."""
        return open_report(path, self._packs, self._options.pack, self._converted.get(path))

    def _safely(self, path: Path) -> AuditedReport:
        try:
            return self._audited(path)
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return AuditedReport(Result(path, (failures.unexpected_error(error),)), AuditedFigures())

    def _audited(self, path: Path) -> AuditedReport:
        opened = self.open(path)
        published, report = opened.published, opened.report
        findings = [finding for finding in opened.findings if finding.code not in NOT_WRONG]
        if not (report and published):
            told = tuple(finding.told_to(Audience.SUPERVISOR) for finding in findings)
            return AuditedReport(
                Result(path, told, lines_of(opened.text, told), unreadable=opened.unreadable), AuditedFigures()
            )
        completed = complete(as_it_stands(report))
        found = [*findings, *run_checks(completed)]
        pack = self._packs.of(report.pack, path.parent)
        told = tuple(pointed(published, finding) for finding in pack.told(found, Audience.SUPERVISOR))
        told = tuple(sorted((*told, *pack.findings), key=_line))
        result = Result(
            path,
            told,
            lines_of(opened.text, told),
            year=report.year,
            agency=report.agency,
            key_figures=key_figures(completed),
        )
        return AuditedReport(result, AuditedFigures(_lean(report), _holds(completed)))


class AuditRun:
    """One run.

    Args:
        paths: reports, and folders of reports.
        options: the pack, the report of the year before, and how many processes may work side by side.
        besides: files that lie in the folders for another purpose.
    """

    def __init__(self, paths: Iterable[Path], options: Options, besides: Iterable[Path | None] = ()) -> None:
        self._options = options
        self._auditor = AuditWorker(options)
        self._stop = StopRequest()
        found = find_received(paths, tuple(filter(None, besides)))
        self.files = found.files
        self.passed_over = found.passed_over
        """Files in the folders that look like reports, of kinds that cannot be read."""

    def audited(self) -> Iterator[AuditedReport]:
        """Each report by itself, in the order of the files."""
        self._conversions = Conversions(self.files)
        self._auditor = AuditWorker(self._options, self._conversions.made)
        with executor_for(self._auditor, min(self._options.jobs, len(self.files) // MINIMUM_PER_PROCESS)) as executor:
            for number, one in executor.map(AuditWorker.audit, [str(path) for path in self.files], self._stop):
                yield one or _died(self.files[number])

    def compared(self, audited: Sequence[AuditedReport]) -> Iterator[Result]:
        """The results, those of reports whose year before was found with what that has to say."""
        years = _Years(audited)
        against = self._auditor.open(self._options.against) if self._options.against else None
        if against and not against.report:
            findings = tuple(finding.told_to(Audience.SUPERVISOR) for finding in against.findings)
            yield Result(against.path, findings, lines_of(against.text, findings), unreadable=against.unreadable)
        for one in audited:
            if against:
                findings = self._with_named(one, against)
            else:
                before = years.before(one)
                findings = self._with(one, self._auditor.open(before)) if before else ()
            yield _with_more(one.result, findings)

    def _with_named(self, one: AuditedReport, against: OpenedReport) -> tuple[Finding, ...]:
        """What the report that ``--against`` names has to say; of several reports it is one agency's."""
        report, last = one.figures.report, against.report
        if not (report and last) or file_identity(one.result.path) == file_identity(against.path):
            return ()
        if last.year == report.year - 1 and (len(self.files) == 1 or last.agency == report.agency):
            return self._with(one, against)
        if len(self.files) > 1:
            return ()
        return (not_last_year(against.path, last, report).told_to(Audience.SUPERVISOR),)

    def _with(self, one: AuditedReport, before: OpenedReport) -> tuple[Finding, ...]:
        if not (one.figures.report and before.report):
            return ()
        last, this = complete(before.report), complete(one.figures.report)
        found = tuple(finding for rule in YEAR_CHECKS for finding in rule(last, this))
        if not found:
            return ()
        published = self._auditor.open(one.result.path).published  # the places of its cells were not kept
        told = (before.located(finding).told_to(Audience.SUPERVISOR) for finding in found)
        return tuple(pointed(published, finding) if published else finding for finding in told)


class _Years:
    """Finds the report of the year before among those of a run."""

    def __init__(self, audited: Iterable[AuditedReport]) -> None:
        self._found: defaultdict[tuple[str, int], list[AuditedReport]] = defaultdict(list)
        for one in audited:
            if one.figures.report and one.figures.report.agency:
                self._found[one.figures.report.agency, one.figures.report.year].append(one)

    def before(self, one: AuditedReport) -> Path | None:
        """The report of the same agency on the year before; of several only if they say the same, and their sums hold.

        Reports that name no agency are left out.
        """
        report = one.figures.report
        found = self._found.get((report.agency, report.year - 1), []) if report else []
        if not found or not all(each.figures.holds for each in found):
            return None
        first = found[0].figures.report
        same = all(each.figures.report and first and _figures(each.figures.report) == _figures(first) for each in found)
        return found[0].result.path if same else None


def _figures(report: Report) -> object:
    return dict(report.figures), report.unread


def _holds(completed: Completed) -> bool:
    return not any(finding.is_error for rule in SUM_CHECKS for finding in rule(completed))


def _lean(report: Report) -> Report:
    """The report's figures; a figure of 0 need not be kept."""
    return replace(
        report, narrative={}, assertions={}, figures={at: figure for at, figure in report.figures.items() if figure}
    )


@cache
def _without_stock(layout: Layout) -> Layout:
    return replace(layout, stock=())


def as_it_stands(report: Report) -> Report:
    """The report as it was published: a pack's stock texts are in it only if they were printed."""
    return replace(report, layout=_without_stock(report.layout)) if report.layout.stock else report


def _with_more(result: Result, findings: tuple[Finding, ...]) -> Result:
    if not findings:
        return result
    everything = tuple(sorted((*result.findings, *findings), key=_line))
    return replace(result, findings=everything)


def _line(finding: Finding) -> int:
    return finding.position.line if finding.position else 0


def _died(path: Path) -> AuditedReport:
    return AuditedReport(Result(path, (failures.worker_died(),)), AuditedFigures())


def was_read_whole(result: Result) -> bool:
    """Whether nothing of a report was left unread, so that everything in it was checked."""
    return not any(map(codes.is_unread, result.findings))
