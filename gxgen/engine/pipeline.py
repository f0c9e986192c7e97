"""Reports made in memory: a job and its inputs to findings and the bytes of files.  Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gxgen.core import codes
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Finding
from gxgen.engine.analysis import Examined, Examiner
from gxgen.engine.file_access import DISK, Files
from gxgen.engine.formats import FORMATS
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options, Result
from gxgen.engine.scan import stem_of
from gxgen.view import compose

Digests = tuple[tuple[str, bytes], ...]
"""Files, each with the digest of its bytes."""


class Job(NamedTuple):
    """One report to make."""

    source: str
    target: str = ""
    """Its files without their suffix; nothing where they are not to be written."""
    previous: str = ""
    """The data file of the year before that lies beside it, if there is one."""
    refusal: Finding | None = None
    """Why it is not to be written, as far as that can be told from outside."""
    standing: Digests = ()
    """What an earlier run made of the same; nothing where something has changed."""


class Rendered(NamedTuple):
    """A report, before its files are written; small, but for these, and picklable."""

    result: Result
    digest: bytes = b""
    """Of the data file that was read."""
    contents: Mapping[Path, bytes] = {}  # nobody changes it
    """Nothing where no file is to be written."""


class Missing(Exception):  # noqa: N818  # it is no error: another tells more
    """An input that is not at hand here."""


class Renderer:
    """Makes reports in memory; what many of them share is read once.

    Args:
        options: how.
        sole: whether the run is about one report alone.
        files: where data files are.
        packs: where packs are; None looks for them on the disk.
    """

    def __init__(self, options: Options, *, sole: bool, files: Files = DISK, packs: Packs | None = None) -> None:
        self._options = options
        self._examiner = Examiner(options, sole=sole, files=files, packs=packs)

    def rendered(self, job: Job) -> Rendered:
        """One report.

        Raises:
            Missing: something that it is made of is not at hand.
            MemoryError: there is not enough of it.
        """
        try:
            return self._rendered(job)
        except (Missing, MemoryError):
            raise  # MemoryError: there is more of it for whoever makes this report alone
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return failed(job, error)

    def _rendered(self, job: Job) -> Rendered:
        examined = self._examiner.examine(Path(job.source), Path(job.previous) if job.previous else None)
        refusal = job.refusal or (_changed(examined, job.target) if job.target else None)
        if refusal:
            examined = examined.with_findings(refusal)
        if not job.target or examined.result.fails(strict=self._options.strict):
            return _without_files(examined)
        try:
            contents = self._contents(examined, Path(job.target))
        except TemplateError as error:
            assert examined.pack, "a report that is made has a pack"
            return _without_files(examined.with_findings(*examined.pack.refused(error)))
        return Rendered(examined.result, examined.reading.digest, contents)

    def _contents(self, examined: Examined, target: Path) -> Mapping[Path, bytes]:
        in_use, completed = examined.pack, examined.completed
        assert completed, "a report without errors was read"
        assert in_use, "a report that was read names a pack"
        assert in_use.pack, "a report whose pack was not found has an error"
        document = compose(completed, in_use.manner)
        formats = self._options.formats
        renderers = (FORMATS[name](in_use.pack) for name in formats)
        return {path: render(document) for path, render in zip(files_of(target, formats), renderers, strict=True)}


def files_of(target: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """The files of a report, given what they are called without their suffix."""
    return tuple(target.with_name(f"{target.name}.{suffix}") for suffix in formats)


def failed(job: Job, error: Exception) -> Rendered:
    """A report that something nobody foresaw keeps from being made."""
    from gxgen.engine import failures

    return Rendered(Result(Path(job.source), (failures.unforeseen(error),)))


def _changed(examined: Examined, target: str) -> Finding | None:
    """Whether a report is no longer the one whose files were found to be in nobody's way."""
    report = examined.completed.report if examined.completed else None
    if report is None or stem_of(report) == Path(target).name:
        return None
    return Finding(
        codes.CHANGED, "title", codes.CHANGED.rationale, codes.CHANGED.remedy, fallback_addresses=("agency", "year")
    )


def _without_files(examined: Examined) -> Rendered:
    return Rendered(examined.result, examined.reading.digest)
