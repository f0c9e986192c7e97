"""What every process of a run holds: it scans data files, and builds reports and writes their files.

Jobs go in and :class:`Outcome` values come out, both small and picklable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from gxgen.core.files import Draft, publish_all
from gxgen.core.findings import Finding
from gxgen.engine.outputs import write_drafts, write_failure
from gxgen.engine.pipeline import Job, Outcome, ReportPipeline, failed
from gxgen.engine.results import Options
from gxgen.engine.scan import SourceInfo, scan_file
from gxgen.source import digest_of

Other = TypeVar("Other")


class StagedReport(msgspec.Struct, frozen=True):
    """A report whose files are written under draft names, on their way to the disk."""

    outcome: Outcome
    draft: Draft
    paths: tuple[Path, ...]
    """What the files will be called."""


class BuildWorker:
    """Scans data files and builds reports.

    Args:
        options: how reports are to be built.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._pipeline: ReportPipeline | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return BuildWorker, (self._options,)

    def scan(self, paths: Sequence[str]) -> list[SourceInfo]:
        """Scan data files."""
        return [scan_file(path, with_digest=self._options.only_changed) for path in paths]

    def build(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Build several reports; their files are put in their places together, once the disk has them all."""
        return write_staged(map(self._staged, jobs), sync_early=len(jobs) > 1)

    def _staged(self, job: Job) -> Outcome | StagedReport:
        if is_up_to_date(job):
            return Outcome(None)
        try:
            if self._pipeline is None:
                self._pipeline = ReportPipeline(self._options)
            return staged(self._pipeline.run(job), self._options)
        except MemoryError:
            raise  # built alone, the report has more memory
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return failed(job, error)


def is_up_to_date(job: Job) -> bool:
    """Whether an earlier run has built the same, and its files are unchanged."""
    return bool(job.existing_files) and all(map(_has_digest, job.existing_files))


def staged(outcome: Outcome, options: Options) -> Outcome | StagedReport:
    """Write the files of a report under draft names, beside their places."""
    if not outcome.contents:
        return outcome
    assert outcome.result, "a report with contents was built"
    draft = write_drafts(outcome.contents)
    if isinstance(draft, Finding):
        return Outcome(outcome.result.with_finding(draft), outcome.digest)
    to_cache = outcome.contents if options.only_changed else {}
    files = tuple((str(path), digest_of(content)) for path, content in to_cache.items())
    # The contents are dropped: those of a whole chunk would fill the memory.
    return StagedReport(Outcome(outcome.result, outcome.digest, files), draft, tuple(outcome.contents))


def write_staged(reports: Iterable[Outcome | StagedReport | Other], *, sync_early: bool) -> list[Outcome | Other]:
    """Stage several reports, and put their files in their places together, once the disk has them all.

    Args:
        reports: stages each report when it is its turn.
        sync_early: whether the disk may take a report while the next is staged.
    """
    begun: list[Outcome | StagedReport | Other] = []
    try:
        for report in reports:
            begun.append(report)
            if sync_early and isinstance(report, StagedReport):
                report.draft.begin_sync()
    except BaseException:
        _discard(begun)
        raise
    drafts = [one for one in begun if isinstance(one, StagedReport)]
    problems = dict(zip(map(id, drafts), publish_all([one.draft for one in drafts]), strict=True))
    return [_published(one, problems[id(one)]) if isinstance(one, StagedReport) else one for one in begun]


def _discard(reports: Iterable[object]) -> None:
    """Remove the drafts of reports that will not be put in their places."""
    for one in reports:
        if isinstance(one, StagedReport):
            one.draft.discard()


def _has_digest(file: tuple[str, bytes]) -> bool:
    path, digest = file
    try:
        return digest_of(Path(path).read_bytes()) == digest
    except OSError:
        return False


def _published(report: StagedReport, problem: OSError | None) -> Outcome:
    outcome = report.outcome
    assert outcome.result, "a report with files was built"
    if problem:
        return Outcome(outcome.result.with_finding(write_failure(problem)), outcome.digest)
    return replace(outcome, result=replace(outcome.result, written=report.paths))
