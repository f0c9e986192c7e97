"""What earlier runs have made, and of what: so that only what has changed is made again.

One SQLite file in the user's cache folder, safe under two runs at once.  A row is written after the files that it
speaks of are on the disk, and says what they were made of and what they hold, by digests: a row that is lost, or no
longer true, costs the time of making a report again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zlib import compress, decompress
from zlib import error as ZlibError  # noqa: N812  # it is a class

from gxgen import __version__
from gxgen.core.codes import named
from gxgen.core.errors import reason
from gxgen.core.findings import Finding, Position, RelatedLocation, Severity
from gxgen.core.user_folders import cache_folder
from gxgen.engine.build_worker import Made
from gxgen.engine.file_access import RealPaths, find_sources, real_path
from gxgen.engine.packs import PackInUse, Packs
from gxgen.engine.pipeline import Digests, Job
from gxgen.engine.results import Options, Result
from gxgen.engine.scan import Seen
from gxgen.source import bytes_of, digest_of


class Inputs:
    """Knows the digest of every file of a run, and works out those of reports.

    Args:
        seen: the data files that were looked at.
        options: how reports are to be built.
        sole: whether the run is about one report alone.
    """

    def __init__(self, seen: Iterable[Seen], options: Options, *, sole: bool) -> None:
        self._digests = {one.path: one.digest for one in seen}
        self._by_identity: Mapping[str, bytes] | None = None
        packs = Packs(options.pack, options.packs)
        self._pack = cache(lambda name, folder: _of_pack(packs.of(name, Path(folder))))
        self._under = cache(self._of_files_under)
        self._departments = (options.departments,) if options.departments else ()
        against = [str(options.against), self._of(str(options.against)).hex()] if options.against else []
        self._of_run = _joined(__version__, *options.formats, str(options.strict), str(sole), *against)

    def digest(self, job: Job, seen: Seen) -> bytes:
        """What the report of a job is made of."""
        folder, _ = os.path.split(seen.path)
        parts = [self._of_run, self._pack(seen.pack, folder), seen.digest]
        departments = self._departments or tuple(Path(folder, each) for each in seen.departments)
        if job.previous or departments:
            # Findings name other files by the paths that this run has for them.
            parts += [_joined(job.source, job.previous), self._of(job.previous) if job.previous else b""]
            parts += [self._under(path) for path in departments]
        return sha256(b"".join(digest_of(part) for part in parts)).digest()

    def _of(self, path: str) -> bytes:
        if path not in self._digests:
            raw = bytes_of(Path(path))
            self._digests[path] = digest_of(raw) if isinstance(raw, bytes) else b""
        return self._digests[path]

    def _of_files_under(self, path: Path) -> bytes:
        """Every data file that a department's may be; whether there is anything at all."""
        if not os.path.exists(path):  # noqa: PTH110  # Path.exists() raises for a name that is too long
            return b"nothing"
        known = self._known()
        files = (str(source.path) for source in find_sources([path]))
        return _joined(*(f"{file}\n{(known.get(real_path(Path(file))) or self._of(file)).hex()}" for file in files))

    def _known(self) -> Mapping[str, bytes]:
        if self._by_identity is None:
            self._by_identity = {real_path(Path(path)): digest for path, digest in self._digests.items()}
        return self._by_identity


def _of_pack(in_use: PackInUse) -> bytes:
    pack = in_use.pack
    told = [str(finding) for finding in in_use.findings]
    if pack is None:
        return _joined("", *told)
    settings = [f"{name}\n{file.path}\n{file.text}" for name, file in pack.files.items()]
    template = digest_of(pack.word_template).hex()
    return _joined(pack.name, str(pack.folder), template, pack.text_template, pack.html_template, *settings, *told)


def _joined(*texts: str) -> bytes:
    return digest_of(b"".join(digest_of(text.encode("utf-8", "surrogatepass")) for text in texts))


FILE = "made-1.sqlite3"
"""Counts up when rows are written otherwise."""
SECONDS_TO_WAIT = 10
"""For another run that is writing; it takes a moment."""
ROWS_AT_ONCE = 64
FAST = 1
"""A level of compression."""
_TABLE = """
CREATE TABLE IF NOT EXISTS made (
    source TEXT NOT NULL, target TEXT NOT NULL, inputs BLOB NOT NULL, files TEXT NOT NULL, told BLOB NOT NULL,
    PRIMARY KEY (source, target)
) WITHOUT ROWID
"""


class Row(NamedTuple):
    """One report that was made: from which file, as which files, of what, and what was told of it."""

    source: str
    target: str
    inputs: bytes
    files: str
    told: bytes
    """What there was to tell, compressed."""

    def standing(self, folder: str) -> Digests:
        """The files in their folder, and what they hold."""
        files = json.loads(self.files)
        return tuple([(os.path.join(folder, name), bytes.fromhex(digest)) for name, digest in files])  # noqa: PTH118


class Record:
    """The record of one user.

    Args:
        folder: where it lies, or will.

    Raises:
        OSError, sqlite3.Error: there can be none.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._pending: list[Row] = []
        try:
            self._connection = self._opened()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._remove()
            self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=SECONDS_TO_WAIT)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_TABLE)
            _refuse_foreign(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _remove(self) -> None:
        """Begin anew after damage, or where another program's file has the name."""
        for end in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def row(self, source: str, target: str) -> Row | None:
        """What is known of a report."""
        key = _safe(source), _safe(target)
        found = self._connection.execute("SELECT * FROM made WHERE source = ? AND target = ?", key)
        row = found.fetchone()
        return Row(*row) if row else None

    def add(self, row: Row) -> None:
        """Remember a report whose files are on the disk."""
        self._pending.append(row)
        if len(self._pending) >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what is to be remembered.

        Raises:
            sqlite3.Error: it cannot be written.
        """
        rows, self._pending = self._pending, []
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)", rows)

    def close(self, *, is_damaged: bool = False) -> None:
        """Let go of the file, which is removed if it is damaged.  What has not been flushed is lost."""
        self._connection.close()
        if is_damaged:
            with suppress(OSError):
                self._remove()


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    columns = tuple(name for _, name, *_ in connection.execute("PRAGMA table_info(made)"))
    if columns != Row._fields:
        raise sqlite3.DatabaseError("it is another program's")


def row_of(source: str, target: str, inputs: bytes, files: Digests, result: Result) -> Row:
    """The row of a report that was written."""
    listed = json.dumps([(Path(path).name, digest.hex()) for path, digest in files], ensure_ascii=False)
    told = _safe(json.dumps(_told(result), ensure_ascii=False)).encode("utf-8")
    return Row(_safe(source), _safe(target), inputs, _safe(listed), compress(told, FAST))


def recalled(path: Path, folder: str, row: Row) -> Result | None:
    """The result of a report whose files of earlier still stand in a folder; None where the row makes no sense."""
    try:
        told = json.loads(decompress(row.told))
        return Result(
            path,
            tuple(map(_finding, told["findings"])),
            {int(number): line for number, line in told["lines"].items()},
            kept=tuple(Path(file) for file, _ in row.standing(folder)),
            year=told["year"],
            agency=told["agency"],
            key_figures=tuple(told["key_figures"]),
            wanted=True,
        )
    except (ValueError, KeyError, TypeError, IndexError, ZlibError):
        return None


def _told(result: Result) -> dict[str, Any]:
    return {
        "findings": list(map(_values, result.findings)),
        "lines": dict(result.lines),
        "year": result.year,
        "agency": result.agency,
        "key_figures": result.key_figures,
    }


def _values(finding: Finding) -> list[Any]:
    related = [(at.address, at.fallback_addresses, at.file, at.position, at.line) for at in finding.related]
    place = (
        finding.address,
        finding.fallback_addresses,
        finding.points_at_key,
        finding.offset,
        finding.length,
        finding.position,
    )
    return [finding.code.name, finding.message, finding.hint, place, related, finding.level, finding.waiver]


def _finding(values: Sequence[Any]) -> Finding:
    name, message, hint, (address, fallbacks, points_at_key, offset, length, position), related, level, waiver = values
    code = named(name)
    if code is None:
        raise ValueError(name)
    return Finding(
        code,
        address,
        message,
        hint,
        tuple(fallbacks),
        points_at_key,
        offset,
        length,
        _position(position),
        tuple(map(_related_location, related)),
        Severity(level) if level else None,
        waiver,
    )


def _related_location(values: Sequence[Any]) -> RelatedLocation:
    address, fallbacks, file, position, line = values
    return RelatedLocation(address, tuple(fallbacks), file, _position(position), line)


def _position(values: Sequence[int] | None) -> Position | None:
    return Position(*values) if values else None


def _safe(text: str) -> str:
    """Text that SQLite takes: names of files may hold bytes that are no text."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


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
