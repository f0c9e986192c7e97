"""The plan of a run: where each report is written, which may not be, and which file is its year before."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.engine.file_access import RealPaths
from gxgen.engine.pipeline import Job
from gxgen.engine.previous_year import data_files_of
from gxgen.engine.results import Options
from gxgen.engine.scan import SourceInfo


def neighbours(paths: Iterable[str]) -> list[str]:
    """Return the data files beside those of a run: a report of the year before may be among them."""
    own = frozenset(paths)
    folders = dict.fromkeys(os.path.dirname(path) for path in own)  # noqa: PTH120  # of thousands, as texts
    return [path for folder in sorted(folders) for path in map(str, data_files_of(Path(folder))) if path not in own]


class PreviousYearIndex:
    """Finds the report of the year before beside a data file.

    Args:
        sources: the data files of every folder that is asked about.
    """

    def __init__(self, sources: Iterable[SourceInfo]) -> None:
        self._files: defaultdict[tuple[str, int, str], list[str]] = defaultdict(list)
        for one in sources:
            folder, name = os.path.split(one.path)
            if one.year and name.endswith(".toml") and not name.startswith("."):
                self._files[folder, one.year, one.agency].append(one.path)

    def before(self, source: SourceInfo) -> str:
        """Return the one data file of the folder for the same agency and the year before; empty if there is none."""
        folder, _ = os.path.split(source.path)
        found = self._files.get((folder, source.year - 1, source.agency), ())
        return found[0] if len(found) == 1 else ""


class OutputTargets:
    """Where reports are written, and which may not be.

    Args:
        sources: the reports of the run.
        options: how they are to be built.
    """

    def __init__(self, sources: Sequence[SourceInfo], options: Options) -> None:
        self._folder = None if options.output is None else str(options.output)
        self._suffixes = tuple(f".{suffix}" for suffix in options.formats)
        self._real = RealPaths()
        self._claimed = Counter(self._identity(target) for one in sources if (target := self.of(one)))
        named = (options.against, options.departments)
        departments = (str(Path(one.path).parent / each) for one in sources for each in one.departments)
        paths = (*(one.path for one in sources), *departments, *(str(path) for path in named if path))
        identities = (self._real(path).casefold() for path in paths)
        self._data_files = frozenset(identity for identity in identities if identity.endswith(self._suffixes))
        """Those that a report might be written over."""

    def _identity(self, target: str) -> str:
        """Return a file's identity: equal where a case-insensitive file system has one file; links count as files."""
        return self._real.in_folder(*os.path.split(target)).casefold()

    def of(self, source: SourceInfo) -> str:
        """Return the stem of the report's files; empty where its title is not known."""
        folder = os.path.dirname(source.path) if self._folder is None else self._folder  # noqa: PTH120
        return source.stem and (source.stem if folder in ("", os.curdir) else os.path.join(folder, source.stem))  # noqa: PTH118

    def refusal(self, target: str) -> Finding | None:
        """Return why a report may not be written; None if it may."""
        identity, name = self._identity(target), os.path.split(target)[1]
        if self._claimed[identity] > 1:
            message = f"另有一份报告也要写成「{name}」，两份都没有写出"
            return Finding(
                codes.SAME_OUTPUT, "title", message, codes.SAME_OUTPUT.remedy, fallback_addresses=("agency", "year")
            )
        if self._data_files and any(f"{identity}{suffix}" in self._data_files for suffix in self._suffixes):
            message = f"输出「{name}」与数据文件同名，写出会盖掉数据文件"
            hint = "给数据文件换个名字，或用 -o 写到别的文件夹"
            return Finding(codes.SAME_OUTPUT, "title", message, hint, fallback_addresses=("agency", "year"))
        return None


def plan_jobs(
    sources: Sequence[SourceInfo], context: Iterable[SourceInfo], options: Options, *, write: bool
) -> list[Job]:
    """Return a job for each report.

    Args:
        sources: the reports, in order.
        context: data files beside them.
        options: how they are to be built.
        write: whether they are to be written.
    """
    years = PreviousYearIndex((*sources, *context))
    if not write:
        return [Job(one.path, previous=years.before(one)) for one in sources]
    targets = OutputTargets(sources, options)
    return [_job(one, targets, years) for one in sources]


def _job(source: SourceInfo, targets: OutputTargets, years: PreviousYearIndex) -> Job:
    target = targets.of(source)
    return Job(source.path, target, years.before(source), targets.refusal(target) if target else None)
