"""The second look: each report read as a whole, checked, rendered and written.

A :class:`Maker` is what every process of a run holds; jobs go in and :class:`Made` comes out, both small and picklable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gxgen import codes
from gxgen.batch.examining import Examined, Examiner
from gxgen.batch.outputs import drafted, not_written
from gxgen.batch.renderers import FORMATS
from gxgen.batch.results import Options, Result
from gxgen.batch.survey import Seen, look_at, stem_of
from gxgen.errors import TemplateError
from gxgen.files import Draft, publish_all
from gxgen.findings import Finding
from gxgen.source import digest_of
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


class Made(NamedTuple):
    """What became of a job."""

    result: Result | None
    """None: the files of the earlier run stand."""
    digest: bytes = b""
    """Of the data file that was read; this and the next are empty where nothing is to be remembered."""
    files: Digests = ()


class _Ready(NamedTuple):
    """A report that is rendered, and on its way to the disk."""

    examined: Examined
    draft: Draft
    paths: tuple[Path, ...]
    files: Digests


class Maker:
    """Makes reports.

    Args:
        options: how.
        sole: whether the run is about one report alone.
    """

    def __init__(self, options: Options, *, sole: bool) -> None:
        self._options = options
        self._sole = sole
        self._examiner: Examiner | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return _maker, (self._options, self._sole)

    def survey(self, paths: Sequence[str]) -> list[Seen]:
        """Have a first look at data files."""
        return [look_at(path, with_digest=self._options.only_changed) for path in paths]

    def make(self, jobs: Sequence[Job]) -> list[Made]:
        """Make several reports; their files are put in their places together, once the disk has them all."""
        begun = [self._begun_safely(job) for job in jobs]
        ready = [one for one in begun if isinstance(one, _Ready)]
        problems = dict(zip(map(id, ready), publish_all([one.draft for one in ready]), strict=True))
        return [_ended(one, problems[id(one)]) if isinstance(one, _Ready) else one for one in begun]

    def _begun_safely(self, job: Job) -> Made | _Ready:
        try:
            return self._begun(job)
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return Made(Result(Path(job.source), (_unforeseen(error),)))

    def _begun(self, job: Job) -> Made | _Ready:
        if job.standing and all(map(_stands, job.standing)):
            return Made(None)
        if self._examiner is None:
            self._examiner = Examiner(self._options, sole=self._sole)
        examined = self._examiner.examine(Path(job.source), Path(job.previous) if job.previous else None)
        refusal = job.refusal or (_changed(examined, job.target) if job.target else None)
        if refusal:
            examined = examined.with_findings(refusal)
        if not job.target or examined.result.fails(strict=self._options.strict):
            return _unwritten(examined)
        return self._drafted(examined, Path(job.target))

    def _drafted(self, examined: Examined, target: Path) -> Made | _Ready:
        try:
            contents = self._rendered(examined, target)
        except TemplateError as error:
            assert examined.pack, "a report that is made has a pack"
            return _unwritten(examined.with_findings(*examined.pack.refused(error)))
        draft = drafted(contents)
        if isinstance(draft, Finding):
            return _unwritten(examined.with_findings(draft))
        remembered = contents if self._options.only_changed else {}
        digests = tuple((str(path), digest_of(content)) for path, content in remembered.items())
        return _Ready(examined, draft, tuple(contents), digests)

    def _rendered(self, examined: Examined, target: Path) -> Mapping[Path, bytes]:
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


def _maker(options: Options, sole: bool) -> Maker:
    return Maker(options, sole=sole)


def _stands(file: tuple[str, bytes]) -> bool:
    path, digest = file
    try:
        return digest_of(Path(path).read_bytes()) == digest
    except OSError:
        return False


def _changed(examined: Examined, target: str) -> Finding | None:
    """Whether a report is no longer the one whose files were found to be in nobody's way."""
    report = examined.completed.report if examined.completed else None
    if report is None or stem_of(report) == Path(target).name:
        return None
    return Finding(codes.CHANGED, "title", codes.CHANGED.why, codes.CHANGED.mend, near=("agency", "year"))


def _unwritten(examined: Examined) -> Made:
    return Made(examined.result, examined.reading.digest)


def _ended(ready: _Ready, problem: OSError | None) -> Made:
    if problem:
        return _unwritten(ready.examined.with_findings(not_written(problem)))
    result = replace(ready.examined.result, written=ready.paths)
    return Made(result, ready.examined.reading.digest, ready.files)


def _unforeseen(error: Exception) -> Finding:
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    message = f"程序出错：{type(error).__name__} {error}（{where}）"
    return Finding(codes.INTERNAL, "", message, codes.INTERNAL.mend)
