"""Between the looks: which reports there are, where each goes, and what stands in its way."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from gxgen import codes
from gxgen.batch.previous import data_files_of
from gxgen.batch.rendering import Job, files_of
from gxgen.batch.results import Options
from gxgen.batch.sources import Source, file_identity
from gxgen.batch.survey import Seen
from gxgen.findings import Finding

MOST_FOLDERS = 1024
"""Whose identity is kept."""


def siblings(sources: Iterable[Source]) -> list[str]:
    """The data files beside those of a run that are not of it: a report of the year before may be among them."""
    own = {str(source.path) for source in sources}
    folders = dict.fromkeys(source.path.parent for source in sources)
    return [path for folder in folders for path in map(str, data_files_of(folder)) if path not in own]


class Years:
    """Finds the report of the year before beside a data file.

    Args:
        seen: the data files of every folder that is asked about.
    """

    def __init__(self, seen: Iterable[Seen]) -> None:
        self._files: defaultdict[tuple[str, int, str], list[str]] = defaultdict(list)
        for one in seen:
            path = Path(one.path)
            if one.year and path.suffix == ".toml" and not path.name.startswith("."):
                self._files[str(path.parent), one.year, one.agency].append(one.path)

    def before(self, seen: Seen) -> str:
        """The one data file of the folder that is of the same agency and the year before; nothing if there is none."""
        found = self._files.get((str(Path(seen.path).parent), seen.year - 1, seen.agency), ())
        return found[0] if len(found) == 1 else ""


class Targets:
    """Where reports are to be written, and which of them may not be.

    Args:
        seen: the reports of the run.
        options: how they are to be built.
    """

    def __init__(self, seen: Sequence[Seen], options: Options) -> None:
        self._options = options
        self._folder_identity = lru_cache(maxsize=MOST_FOLDERS)(file_identity)
        self._claimed = Counter(self._identity(target) for one in seen if (target := self.of(one)))
        self._data_files = {file_identity(Path(one.path)) for one in seen}
        self._data_files |= {file_identity(Path(one.path).parent / each) for one in seen for each in one.departments}
        named = (options.against, options.departments)
        self._data_files |= {file_identity(path) for path in named if path}

    def _identity(self, target: Path) -> str:
        """As :func:`file_identity`, for a file that takes the place of whatever has its name, a link too."""
        return f"{self._folder_identity(target.parent).rstrip(os.sep)}{os.sep}{target.name.casefold()}"

    def of(self, seen: Seen) -> Path | None:
        """The report's files without their suffix; None where its title is not known."""
        return (self._options.output or Path(seen.path).parent) / seen.stem if seen.stem else None

    def refusal(self, target: Path) -> Finding | None:
        """Why a report may not be written."""
        if self._claimed[self._identity(target)] > 1:
            message = f"另有一份报告也要写成「{target.name}」，两份都没有写出"
            return Finding(codes.SAME_OUTPUT, "title", message, codes.SAME_OUTPUT.mend, near=("agency", "year"))
        if any(self._identity(file) in self._data_files for file in files_of(target, self._options.formats)):
            message = f"输出「{target.name}」与数据文件同名，写出会盖掉数据文件"
            hint = "给数据文件换个名字，或用 -o 写到别的文件夹"
            return Finding(codes.SAME_OUTPUT, "title", message, hint, near=("agency", "year"))
        return None


def planned(seen: Sequence[Seen], context: Iterable[Seen], options: Options, *, write: bool) -> list[Job]:
    """What is to be done for each report.

    Args:
        seen: the reports, in order.
        context: data files beside them.
        options: how they are to be built.
        write: whether they are to be written.
    """
    years = Years((*seen, *context))
    if not write:
        return [Job(one.path, previous=years.before(one)) for one in seen]
    targets = Targets(seen, options)
    return [_job(one, targets, years) for one in seen]


def _job(seen: Seen, targets: Targets, years: Years) -> Job:
    target = targets.of(seen)
    refusal = targets.refusal(target) if target else None
    return Job(seen.path, "" if target is None else str(target), years.before(seen), refusal)
