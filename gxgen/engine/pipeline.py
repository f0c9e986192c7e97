"""One report from its data file to the bytes of its files, in memory.  Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from gxgen.core import codes
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Finding
from gxgen.engine.analysis import Analysis, Analyzer
from gxgen.engine.file_access import LOCAL_FILES, FileAccess
from gxgen.engine.formats import FORMATS
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options, Result
from gxgen.engine.scan import stem_of
from gxgen.view import compose

Digests = tuple[tuple[str, bytes], ...]
"""Paths of files, each with the SHA-256 digest of its bytes."""


class Job(msgspec.Struct, frozen=True):
    """One report to build."""

    source: str
    target: str = ""
    """Its files without their suffix; nothing where they are not to be written."""
    previous: str = ""
    """The data file of the year before that lies beside it, if there is one."""
    refusal: Finding | None = None
    """Why the report must not be written, if that is known before it is read."""
    existing_files: Digests = ()
    """The files that an earlier run wrote from the same inputs; empty where an input has changed."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of a job."""

    result: Result | None
    """None: the files of the earlier run stand."""
    digest: bytes = b""
    """Of the data file that was read; this and the next are empty where nothing is to be cached."""
    files: Digests = ()
    """The files that were written."""
    contents: Mapping[Path, bytes] = msgspec.field(default_factory=dict)
    """The bytes of files that are still to be written."""


class InputMissing(Exception):  # noqa: N818  # no error: the command itself has the input
    """An input that is not on this machine."""


class ReportPipeline:
    """Builds reports in memory; what many of them share is read once.

    Args:
        options: how reports are to be built.
        files: access to data files.
        packs: where packs are; None looks for them on the disk.
    """

    def __init__(self, options: Options, *, files: FileAccess = LOCAL_FILES, packs: Packs | None = None) -> None:
        self._options = options
        self._analyzer = Analyzer(options, files=files, packs=packs)

    def run(self, job: Job) -> Outcome:
        """Build one report.

        Raises:
            InputMissing: something that it is made of is not on this machine.
            MemoryError: there is not enough of it.
        """
        try:
            return self._run(job)
        except (InputMissing, MemoryError):
            raise  # MemoryError: built alone, the report has more memory
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return failed(job, error)

    def _run(self, job: Job) -> Outcome:
        analysis = self._analyzer.analyze(Path(job.source), Path(job.previous) if job.previous else None)
        refusal = job.refusal or (_changed(analysis, job.target) if job.target else None)
        if refusal:
            analysis = analysis.with_findings(refusal)
        if not job.target or analysis.result.fails(strict=self._options.strict):
            return _without_files(analysis)
        try:
            contents = self._contents(analysis, Path(job.target))
        except TemplateError as error:
            assert analysis.pack, "a report that is made has a pack"
            return _without_files(analysis.with_findings(*analysis.pack.refused(error)))
        return Outcome(analysis.result, analysis.reading.digest, contents=contents)

    def _contents(self, analysis: Analysis, target: Path) -> Mapping[Path, bytes]:
        in_use, completed = analysis.pack, analysis.completed
        assert completed, "a report without errors was read"
        assert in_use, "a report that was read names a pack"
        assert in_use.pack, "a report whose pack was not found has an error"
        document = compose(completed, in_use.compose_options)
        formats = self._options.formats
        renderers = (FORMATS[name](in_use.pack) for name in formats)
        return {path: render(document) for path, render in zip(files_of(target, formats), renderers, strict=True)}


def files_of(target: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Return the paths of a report's files, given their common stem."""
    return tuple(target.with_name(f"{target.name}.{suffix}") for suffix in formats)


def failed(job: Job, error: Exception) -> Outcome:
    """Return the outcome of a job that ended in an unexpected error."""
    from gxgen.engine import failures

    return Outcome(Result(Path(job.source), (failures.unexpected_error(error),)))


def _changed(analysis: Analysis, target: str) -> Finding | None:
    """Return a finding if the report's title has changed since its target was planned."""
    report = analysis.completed.report if analysis.completed else None
    if report is None or stem_of(report) == Path(target).name:
        return None
    return Finding(
        codes.CHANGED, "title", codes.CHANGED.rationale, codes.CHANGED.remedy, fallback_addresses=("agency", "year")
    )


def _without_files(analysis: Analysis) -> Outcome:
    return Outcome(analysis.result, analysis.reading.digest)
