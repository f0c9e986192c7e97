"""One run over many data files: a first look at all, a plan, and then report by report, in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from gxgen.core.files import sweep
from gxgen.engine.build_worker import Made, Maker
from gxgen.engine.executors import Executor, Stop, side_by_side
from gxgen.engine.file_access import find_sources, is_folder
from gxgen.engine.packs import Packs
from gxgen.engine.pipeline import Job
from gxgen.engine.planning import planned, siblings
from gxgen.engine.previous_year import PreviousYears
from gxgen.engine.results import Options, Result
from gxgen.engine.scan import Seen, unknown

if TYPE_CHECKING:
    from gxgen.engine.build_cache import Memory


FEW = 24
"""Data files for each process, at least: fewer are done by the time that it has started."""


class _Planned(NamedTuple):
    jobs: Sequence[Job]
    seen: Sequence[Seen]
    """What was seen of the source of each job."""
    context: Sequence[Seen]


class Run:
    """One run.

    Args:
        paths: data files and folders.
        options: how reports are to be built.
        write: whether they are to be built, or only checked.
    """

    def __init__(self, paths: Iterable[Path], options: Options, *, write: bool) -> None:
        self._paths = tuple(paths)
        self._options = options
        self._write = write
        self._sole = len(self._paths) == 1 and not is_folder(self._paths[0])
        self._stop = Stop()
        self._folders: set[Path] = set()
        """Where files are written."""
        self.total: int | None = None
        """How many results there will be; None before the first look at all files."""
        self.notes: list[str] = []
        """What whoever started the run should know, besides the results."""

    def stop(self) -> None:
        """Finish what is being done, and nothing else."""
        self._stop.requested = True

    def __iter__(self) -> Iterator[Result]:
        """One result for each report, in the order of the files."""
        is_done = False
        try:
            yield from self._results()
            is_done = not self._stop.requested
        finally:
            if not is_done:
                sweep(self._folders)  # of processes that were ended while they wrote

    def _results(self) -> Iterator[Result]:
        sources = self._sources()
        beside = siblings(path for path, _ in sources)
        with ExitStack() as stack:
            executor = stack.enter_context(self._executor(len(sources), len(beside)))
            plan = self._plan(executor, sources, beside)
            del sources, beside  # of a province they are many
            if plan is None:
                return
            self.total = len(plan.jobs)
            self._folders = set(map(Path, {os.path.dirname(job.target) for job in plan.jobs if job.target}))  # noqa: PTH120
            sweep(self._folders)
            memory = self._memory(plan)
            if memory:
                stack.callback(self._let_go, memory)
            jobs = memory.recalling(plan.jobs) if memory else plan.jobs
            for number, made in executor.map("make", jobs, self._stop):
                yield replace(self._result(number, made, plan, memory), wanted=self._write)

    def _sources(self) -> list[tuple[str, bool]]:
        """The paths of the data files, and whether each was named."""
        form = Packs(self._options.pack, self._options.packs).form
        years = PreviousYears(self._options.against, sole=self._sole, form=form)
        return [(str(source.path), source.named) for source in years.with_unusable(find_sources(self._paths))]

    def _executor(self, sources: int, beside: int) -> Executor:
        options = replace(self._options, only_changed=self._remembers(sources))
        if options.cluster:
            from gxgen.engine.cluster.client import Cluster
            from gxgen.engine.cluster.worker import Sender

            return Cluster(options.cluster, Sender(options, sole=self._sole))
        work = Maker(options, sole=self._sole)
        return side_by_side(work, min(options.jobs, (sources + beside) // FEW))

    def _plan(self, executor: Executor, sources: Sequence[tuple[str, bool]], beside: Sequence[str]) -> _Planned | None:
        """What is to be done; None if the run was stopped before that was known."""
        paths = [*(path for path, _ in sources), *beside]
        looks = [
            one or unknown(path)
            for path, (_, one) in zip(paths, executor.map("survey", paths, self._stop), strict=False)
        ]
        if len(looks) < len(paths):
            return None
        own, context = looks[: len(sources)], looks[len(sources) :]
        seen = [one for one, (_, is_named) in zip(own, sources, strict=True) if one.is_report or is_named]
        return _Planned(planned(seen, context, self._options, write=self._write), seen, context)

    def _remembers(self, reports: int) -> bool:
        """Whether what is made is remembered.  A single report is made in less time than it takes to look that up."""
        return self._write and self._options.only_changed and reports > 1

    def _memory(self, plan: _Planned) -> Memory | None:
        """What earlier runs have made."""
        if not self._remembers(len(plan.jobs)):
            return None
        from gxgen.engine.build_cache import Memory, opened

        record, problem = opened()
        if problem:
            self.notes.append(problem)
        return Memory(record, plan.seen, plan.context, self._options, sole=self._sole) if record else None

    def _let_go(self, memory: Memory) -> None:
        memory.close()
        if memory.problem:
            self.notes.append(memory.problem)

    def _result(self, number: int, made: Made | None, plan: _Planned, memory: Memory | None) -> Result:
        if made is None:
            from gxgen.engine.failures import died

            seen = plan.seen[number]
            return Result(Path(seen.path), (died(),), year=seen.year, agency=seen.agency)
        result = memory.result(number, made) if memory else made.result
        assert result, "nothing stands that nobody remembers"
        return result


def processors() -> int:
    """How many processes can work side by side on this machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
