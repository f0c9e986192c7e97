"""The second look: each report made in memory, and its files written.

A :class:`Maker` is what every process of a run holds; jobs go in and :class:`Made` comes out, both small and picklable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from gxgen.core.files import Draft, publish_all
from gxgen.core.findings import Finding
from gxgen.engine.outputs import drafted, not_written
from gxgen.engine.pipeline import Digests, Job, Rendered, Renderer, failed
from gxgen.engine.results import Options, Result
from gxgen.engine.scan import Seen, look_at
from gxgen.source import digest_of

Other = TypeVar("Other")


class Made(NamedTuple):
    """What became of a job."""

    result: Result | None
    """None: the files of the earlier run stand."""
    digest: bytes = b""
    """Of the data file that was read; this and the next are empty where nothing is to be remembered."""
    files: Digests = ()


class Ready(NamedTuple):
    """A report that is rendered, and on its way to the disk."""

    rendered: Rendered
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
        self._renderer: Renderer | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return _maker, (self._options, self._sole)

    def survey(self, paths: Sequence[str]) -> list[Seen]:
        """Have a first look at data files."""
        return [look_at(path, with_digest=self._options.only_changed) for path in paths]

    def make(self, jobs: Sequence[Job]) -> list[Made]:
        """Make several reports; their files are put in their places together, once the disk has them all."""
        return written(map(self._drafted, jobs), at_once=len(jobs) > 1)

    def _drafted(self, job: Job) -> Made | Ready:
        if stands(job):
            return Made(None)
        try:
            if self._renderer is None:
                self._renderer = Renderer(self._options, sole=self._sole)
            return draft_of(self._renderer.rendered(job), self._options)
        except MemoryError:
            raise  # there is more of it for whoever makes this report alone
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return Made(failed(job, error).result)


def stands(job: Job) -> bool:
    """Whether an earlier run has made the same, and its files are there."""
    return bool(job.standing) and all(map(_stands, job.standing))


def draft_of(rendered: Rendered, options: Options) -> Made | Ready:
    """The files of a report under other names, beside their places."""
    if not rendered.contents:
        return Made(rendered.result, rendered.digest)
    draft = drafted(rendered.contents)
    if isinstance(draft, Finding):
        return Made(rendered.result.with_finding(draft), rendered.digest)
    remembered = rendered.contents if options.only_changed else {}
    digests = tuple((str(path), digest_of(content)) for path, content in remembered.items())
    # The bytes themselves are let go of: those of a whole chunk would fill the memory.
    return Ready(rendered._replace(contents={}), draft, tuple(rendered.contents), digests)


def written(drafts: Iterable[Made | Ready | Other], *, at_once: bool) -> list[Made | Other]:
    """Draft several reports, and put their files in their places together, once the disk has them all.

    Args:
        drafts: what drafts each when it is its turn.
        at_once: whether the disk may take a report while the next is drafted.
    """
    begun: list[Made | Ready | Other] = []
    try:
        for draft in drafts:
            begun.append(draft)
            if at_once and isinstance(draft, Ready):
                draft.draft.begin_sync()
    except BaseException:
        _discard(begun)
        raise
    ready = [one for one in begun if isinstance(one, Ready)]
    problems = dict(zip(map(id, ready), publish_all([one.draft for one in ready]), strict=True))
    return [_ended(one, problems[id(one)]) if isinstance(one, Ready) else one for one in begun]


def _discard(drafts: Iterable[object]) -> None:
    """Leave nothing of reports that will not be put in their places."""
    for one in drafts:
        if isinstance(one, Ready):
            one.draft.discard()


def _maker(options: Options, sole: bool) -> Maker:
    return Maker(options, sole=sole)


def _stands(file: tuple[str, bytes]) -> bool:
    path, digest = file
    try:
        return digest_of(Path(path).read_bytes()) == digest
    except OSError:
        return False


def _ended(ready: Ready, problem: OSError | None) -> Made:
    result, digest, _ = ready.rendered
    if problem:
        return Made(result.with_finding(not_written(problem)), digest)
    return Made(replace(result, written=ready.paths), digest, ready.files)
