"""One run over many data files: scan them all, plan the outputs, then build report by report, in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from gxgen.core.files import sweep
from gxgen.engine.build_worker import BuildWorker
from gxgen.engine.executors import Executor, StopRequest, executor_for
from gxgen.engine.file_access import find_sources, is_folder
from gxgen.engine.packs import Packs
from gxgen.engine.pipeline import Job, Outcome
from gxgen.engine.planning import neighbours, plan_jobs
from gxgen.engine.previous_year import PreviousYears
from gxgen.engine.results import Options, Result
from gxgen.engine.scan import SourceInfo, unknown_source

if TYPE_CHECKING:
    from gxgen.engine.build_cache import BuildCache


MINIMUM_PER_PROCESS = 24
"""Minimum data files per process: starting a process takes longer than building fewer."""


class _Plan(msgspec.Struct, frozen=True):
    jobs: Sequence[Job]
    sources: Sequence[SourceInfo]
    """The data file of each job."""
    context: Sequence[SourceInfo]
    """Data files beside them."""


class Run:
    """One run.

    Args:
        paths: data files and folders.
        options: how reports are to be built.
        write: whether they are to be built, or only checked.
    """

    def __init__(self, paths: Iterable[Path], options: Options, *, write: bool) -> None:
        self._paths = tuple(paths)
        is_single = len(self._paths) == 1 and not is_folder(self._paths[0])
        self._options = replace(options, single_report=is_single)
        self._write = write
        self._stop = StopRequest()
        self._folders: set[Path] = set()
        """Folders that files are written into."""
        self.total: int | None = None
        """How many results there will be; None before all files are scanned."""
        self.notes: list[str] = []
        """Notes on the run as a whole, in Chinese, besides the results."""

    def stop(self) -> None:
        """Finish what is being done, and nothing else."""
        self._stop.requested = True

    def __iter__(self) -> Iterator[Result]:
        """Yield one result for each report, in the order of the files."""
        is_done = False
        try:
            yield from self._results()
            is_done = not self._stop.requested
        finally:
            if not is_done:
                sweep(self._folders)  # of processes that were ended while they wrote

    def _results(self) -> Iterator[Result]:
        sources = self._sources()
        beside = neighbours(path for path, _ in sources)
        with ExitStack() as stack:
            executor = stack.enter_context(self._executor(len(sources), len(beside)))
            plan = self._plan(executor, sources, beside)
            del sources, beside  # of a province they are many
            if plan is None:
                return
            self.total = len(plan.jobs)
            self._folders = set(map(Path, {os.path.dirname(job.target) for job in plan.jobs if job.target}))  # noqa: PTH120
            sweep(self._folders)
            cache = self._cache(plan)
            if cache:
                stack.callback(self._close, cache)
            jobs = cache.with_existing_files(plan.jobs) if cache else plan.jobs
            for number, outcome in executor.map(BuildWorker.build, jobs, self._stop):
                yield replace(self._result(number, outcome, plan, cache), wanted=self._write)

    def _sources(self) -> list[tuple[str, bool]]:
        """Return the paths of the data files, and whether each was named."""
        form = Packs(self._options.pack, self._options.packs).form
        years = PreviousYears(self._options.against, single_report=self._options.single_report, form=form)
        return [(str(source.path), source.named) for source in years.with_unusable(find_sources(self._paths))]

    def _executor(self, sources: int, beside: int) -> Executor[BuildWorker]:
        options = replace(self._options, only_changed=self._caches(sources))
        if options.cluster:
            from gxgen.engine.cluster.client import Cluster
            from gxgen.engine.cluster.worker import ClusterBuilder

            return Cluster(options.cluster, ClusterBuilder(options))
        return executor_for(BuildWorker(options), min(options.jobs, (sources + beside) // MINIMUM_PER_PROCESS))

    def _plan(
        self, executor: Executor[BuildWorker], sources: Sequence[tuple[str, bool]], beside: Sequence[str]
    ) -> _Plan | None:
        """Scan the data files and plan the jobs; None if the run was stopped meanwhile."""
        paths = [*(path for path, _ in sources), *beside]
        infos = [
            one or unknown_source(path)
            for path, (_, one) in zip(paths, executor.map(BuildWorker.scan, paths, self._stop), strict=False)
        ]
        if len(infos) < len(paths):
            return None
        own, context = infos[: len(sources)], infos[len(sources) :]
        scanned = [one for one, (_, is_named) in zip(own, sources, strict=True) if one.is_report or is_named]
        return _Plan(plan_jobs(scanned, context, self._options, write=self._write), scanned, context)

    def _caches(self, reports: int) -> bool:
        """Whether outcomes are cached.  A single report is built in less time than a look-up takes."""
        return self._write and self._options.only_changed and reports > 1

    def _cache(self, plan: _Plan) -> BuildCache | None:
        """Open the cache of what earlier runs have built; None where nothing is cached."""
        if not self._caches(len(plan.jobs)):
            return None
        from gxgen.engine.build_cache import BuildCache, open_database

        database, problem = open_database()
        if problem:
            self.notes.append(problem)
        return BuildCache(database, plan.sources, plan.context, self._options) if database else None

    def _close(self, cache: BuildCache) -> None:
        cache.close()
        if cache.problem:
            self.notes.append(cache.problem)

    def _result(self, number: int, outcome: Outcome | None, plan: _Plan, cache: BuildCache | None) -> Result:
        if outcome is None:
            from gxgen.engine.failures import worker_died

            source = plan.sources[number]
            return Result(Path(source.path), (worker_died(),), year=source.year, agency=source.agency)
        result = cache.result(number, outcome) if cache else outcome.result
        assert result, "only a cached report is not built"
        return result


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
