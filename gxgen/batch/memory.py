"""What a run remembers: which of its reports earlier runs have made of the same, and those that it makes itself."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gxgen.batch.inputs import Inputs
from gxgen.batch.making import Made
from gxgen.batch.record import Record, Row, recalled, row_of
from gxgen.batch.rendering import Job
from gxgen.batch.results import Options, Result
from gxgen.batch.sources import RealPaths
from gxgen.batch.survey import Seen
from gxgen.cache import cache_folder
from gxgen.errors import reason

NOT_RECALLED = "这次全部重做"
NOT_REMEMBERED = "这次做的有些没有记下，下次会重做"
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
REASONS = {
    "SQLITE_BUSY": "别的程序一直占用着它",
    "SQLITE_FULL": "磁盘已满",
    "SQLITE_IOERR": "磁盘已满或有故障",
    "SQLITE_READONLY": "没有写入权限",
    "SQLITE_CANTOPEN": "没有写入权限，或那里不能放文件",
    "SQLITE_CORRUPT": "内容损坏，下次另建",
    "SQLITE_NOTADB": "内容损坏，下次另建",
}
"""What SQLite says, by how the names of its errors begin."""


def opened() -> tuple[Record | None, str]:
    """The user's record, and what is wrong if there is none."""
    folder = cache_folder()
    if folder is None:
        return None, ""
    try:
        return Record(folder), ""
    except (OSError, sqlite3.Error) as error:
        return None, _said(error, NOT_RECALLED)


class _Known(NamedTuple):
    """A job that is under way."""

    key: tuple[str, str]
    inputs: bytes
    """What the report is made of."""
    earlier: Result | None = None
    """The result of an earlier run that made it of the same."""


class Memory:
    """The memory of one run.

    Args:
        record: that of the user.
        seen: what was seen of the source of each job.
        context: what was seen of other files.
        options: how reports are to be built.
        sole: whether the run is about one report alone.
    """

    def __init__(
        self, record: Record, seen: Sequence[Seen], context: Sequence[Seen], options: Options, *, sole: bool
    ) -> None:
        self._record = record
        self._seen = seen
        self._inputs = Inputs((*seen, *context), options, sole=sole)
        self._formats = ",".join(options.formats)
        self._force = options.force
        self._real = RealPaths()
        self._under_way: dict[int, _Known] = {}
        """By the number of the job."""
        self._is_damaged = False
        self.problem = ""
        """Why nothing can be remembered any more."""

    def recalling(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """The jobs, each with the files of an earlier run that was made of the same."""
        for number, (job, seen) in enumerate(zip(jobs, self._seen, strict=True)):
            if not job.target or job.refusal or not seen.digest:
                yield job
                continue
            known = _Known(self._key(job), self._inputs.digest(job, seen))
            row = None if self._force else self._row(known)
            folder, _ = os.path.split(job.target)
            earlier = recalled(Path(job.source), folder, row) if row else None
            self._under_way[number] = known._replace(earlier=earlier)
            yield job._replace(standing=row.standing(folder)) if row and earlier else job

    def result(self, number: int, made: Made) -> Result:
        """The result of a job; one that was written is remembered."""
        known = self._under_way.pop(number, None)
        if made.result is None:
            assert known, "only what is known can still stand"
            assert known.earlier, "only what was made can still stand"
            return known.earlier
        if known and made.files and made.digest == self._seen[number].digest:
            self._remember(row_of(*known.key, known.inputs, made.files, made.result))
        return made.result

    def close(self) -> None:
        """Write what is not yet written."""
        try:
            if not self.problem:
                self._record.flush()
        except sqlite3.Error as error:
            self._lose(error, NOT_REMEMBERED)
        self._record.close(is_damaged=self._is_damaged)

    def _row(self, known: _Known) -> Row | None:
        """What an earlier run made of the same."""
        try:
            row = None if self.problem else self._record.row(*known.key)
        except sqlite3.Error as error:
            self._lose(error, NOT_RECALLED)
            return None
        return row if row and row.inputs == known.inputs else None

    def _remember(self, row: Row) -> None:
        try:
            if not self.problem:
                self._record.add(row)
        except sqlite3.Error as error:
            self._lose(error, NOT_REMEMBERED)

    def _lose(self, error: sqlite3.Error, consequence: str) -> None:
        """Do without the record from now on: to wait for it again and again would take longer than all reports."""
        self._is_damaged = getattr(error, "sqlite_errorname", "") in DAMAGED
        self.problem = _said(error, consequence)

    def _key(self, job: Job) -> tuple[str, str]:
        source, target = map(os.path.split, (job.source, job.target))
        return self._real.in_folder(*source), f"{self._real.in_folder(*target)}.{{{self._formats}}}"


def _said(error: OSError | sqlite3.Error, consequence: str) -> str:
    why = reason(error) if isinstance(error, OSError) else _reason(error)
    return f"以前做过哪些报告的记录用不了（{why}），{consequence}"


def _reason(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    return next((why for start, why in REASONS.items() if name.startswith(start)), str(error))
