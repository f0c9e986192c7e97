"""The build cache: what earlier runs built, from which inputs, so that only changed reports are built again.

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

import msgspec
from msgspec.structs import replace

from gxgen import __version__
from gxgen.core.codes import named
from gxgen.core.errors import reason
from gxgen.core.findings import Finding, Position, RelatedLocation, Severity
from gxgen.core.user_folders import cache_folder
from gxgen.engine.file_access import RealPaths, find_sources, real_path
from gxgen.engine.packs import PackInUse, Packs
from gxgen.engine.pipeline import Digests, Job, Outcome
from gxgen.engine.results import Options, Result
from gxgen.engine.scan import SourceInfo
from gxgen.source import bytes_of, digest_of


class InputDigests:
    """Digests of all that a report is built from: equal digests, equal outputs and findings.

    Args:
        sources: the data files of the run, scanned.
        options: how reports are to be built.
    """

    def __init__(self, sources: Iterable[SourceInfo], options: Options) -> None:
        self._digests = {one.path: one.digest for one in sources}
        self._by_identity: Mapping[str, bytes] | None = None
        packs = Packs(options.pack, options.packs)
        self._pack = cache(lambda name, folder: _of_pack(packs.of(name, Path(folder))))
        self._under = cache(self._of_files_under)
        self._departments = (options.departments,) if options.departments else ()
        against = [str(options.against), self._of(str(options.against)).hex()] if options.against else []
        self._of_run = _joined(__version__, *options.formats, str(options.strict), str(options.single_report), *against)

    def digest(self, job: Job, source: SourceInfo) -> bytes:
        """Return the digest of everything that the report of a job is built from."""
        folder, _ = os.path.split(source.path)
        parts = [self._of_run, self._pack(source.pack, folder), source.digest]
        departments = self._departments or tuple(Path(folder, each) for each in source.departments)
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
        """Return the digest of every data file below a path, each of which may be a department's."""
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


FILE = "built-2.sqlite3"
"""The number counts up when entries are written otherwise."""
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


class CacheEntry(NamedTuple):
    """One built report: its data file and target, the digest of its inputs, its files, and its findings."""

    source: str
    target: str
    inputs: bytes
    files: str
    told: bytes
    """Findings and key figures: JSON, compressed."""

    def existing_files(self, folder: str) -> Digests:
        """Return the paths of the files in their folder, with their digests."""
        files = json.loads(self.files)
        return tuple([(os.path.join(folder, name), bytes.fromhex(digest)) for name, digest in files])  # noqa: PTH118


class CacheDatabase:
    """The cache of one user: an SQLite file with an entry per report.

    Args:
        folder: where the file is, or will be.

    Raises:
        OSError, sqlite3.Error: the file can be neither open_database nor made.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._pending: list[CacheEntry] = []
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
        """Remove the file: it is damaged, or another program's."""
        for end in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def entry(self, source: str, target: str) -> CacheEntry | None:
        """Return the entry of a report."""
        key = _safe(source), _safe(target)
        found = self._connection.execute("SELECT * FROM made WHERE source = ? AND target = ?", key)
        row = found.fetchone()
        return CacheEntry(*row) if row else None

    def add(self, entry: CacheEntry) -> None:
        """Add a report whose files are on the disk."""
        self._pending.append(entry)
        if len(self._pending) >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write the entries that were added.

        Raises:
            sqlite3.Error: it cannot be written.
        """
        rows, self._pending = self._pending, []
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)", rows)

    def close(self, *, is_damaged: bool = False) -> None:
        """Close the file, and remove it if it is damaged.  Entries that were not flushed are lost."""
        self._connection.close()
        if is_damaged:
            with suppress(OSError):
                self._remove()


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    columns = tuple(name for _, name, *_ in connection.execute("PRAGMA table_info(made)"))
    if columns != CacheEntry._fields:
        raise sqlite3.DatabaseError("it is another program's")


def entry_of(source: str, target: str, inputs: bytes, files: Digests, result: Result) -> CacheEntry:
    """Return the cache entry of a report that was written."""
    listed = json.dumps([(Path(path).name, digest.hex()) for path, digest in files], ensure_ascii=False)
    told = _safe(json.dumps(_told(result), ensure_ascii=False)).encode("utf-8")
    return CacheEntry(_safe(source), _safe(target), inputs, _safe(listed), compress(told, FAST))


def cached_result(path: Path, folder: str, entry: CacheEntry) -> Result | None:
    """Return the result of a report whose files are still in a folder; None for an entry that cannot be decoded."""
    try:
        told = json.loads(decompress(entry.told))
        return Result(
            path,
            tuple(map(_finding, told["findings"])),
            {int(number): line for number, line in told["lines"].items()},
            kept=tuple(Path(file) for file, _ in entry.existing_files(folder)),
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
    """Return text that SQLite accepts: file names may hold bytes that are no text."""
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


def open_database() -> tuple[CacheDatabase | None, str]:
    """Open the user's cache; return it, or None and why it cannot be used (in Chinese)."""
    folder = cache_folder()
    if folder is None:
        return None, ""
    try:
        return CacheDatabase(folder), ""
    except (OSError, sqlite3.Error) as error:
        return None, _said(error, NOT_RECALLED)


class _Lookup(msgspec.Struct, frozen=True):
    """A job that is under way, as the cache knows it."""

    key: tuple[str, str]
    inputs: bytes
    """Digest of all that the report is built from."""
    earlier: Result | None = None
    """The result of an earlier run that built it from the same inputs."""


class BuildCache:
    """The cache as one run uses it.

    Args:
        database: that of the user.
        sources: the data file of each job, scanned.
        context: other data files, scanned.
        options: how reports are to be built.
    """

    def __init__(
        self, database: CacheDatabase, sources: Sequence[SourceInfo], context: Sequence[SourceInfo], options: Options
    ) -> None:
        self._database = database
        self._sources = sources
        self._inputs = InputDigests((*sources, *context), options)
        self._formats = ",".join(options.formats)
        self._force = options.force
        self._real = RealPaths()
        self._under_way: dict[int, _Lookup] = {}
        """By the number of the job."""
        self._is_damaged = False
        self.problem = ""
        """Why the cache is not used any more, in Chinese; empty while it is."""

    def with_existing_files(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """Yield the jobs; those that an earlier run built from the same inputs get its files.

        The worker skips such a job if the files are still there (:func:`gxgen.engine.build_worker.is_up_to_date`).
        """
        for number, (job, source) in enumerate(zip(jobs, self._sources, strict=True)):
            if not job.target or job.refusal or not source.digest:
                yield job
                continue
            lookup = _Lookup(self._key(job), self._inputs.digest(job, source))
            entry = None if self._force else self._entry(lookup)
            folder, _ = os.path.split(job.target)
            earlier = cached_result(Path(job.source), folder, entry) if entry else None
            self._under_way[number] = replace(lookup, earlier=earlier)
            yield replace(job, existing_files=entry.existing_files(folder)) if entry and earlier else job

    def result(self, number: int, outcome: Outcome) -> Result:
        """Return the result of a job; cache one whose files were written."""
        lookup = self._under_way.pop(number, None)
        if outcome.result is None:
            assert lookup, "only a job that was looked up can be up to date"
            assert lookup.earlier, "only a cached job can be up to date"
            return lookup.earlier
        if lookup and outcome.files and outcome.digest == self._sources[number].digest:
            self._add(entry_of(*lookup.key, lookup.inputs, outcome.files, outcome.result))
        return outcome.result

    def close(self) -> None:
        """Write what is not yet written."""
        try:
            if not self.problem:
                self._database.flush()
        except sqlite3.Error as error:
            self._lose(error, NOT_REMEMBERED)
        self._database.close(is_damaged=self._is_damaged)

    def _entry(self, lookup: _Lookup) -> CacheEntry | None:
        """Return what an earlier run built from the same inputs."""
        try:
            entry = None if self.problem else self._database.entry(*lookup.key)
        except sqlite3.Error as error:
            self._lose(error, NOT_RECALLED)
            return None
        return entry if entry and entry.inputs == lookup.inputs else None

    def _add(self, entry: CacheEntry) -> None:
        try:
            if not self.problem:
                self._database.add(entry)
        except sqlite3.Error as error:
            self._lose(error, NOT_REMEMBERED)

    def _lose(self, error: sqlite3.Error, consequence: str) -> None:
        """Stop using the cache: waiting for it again and again would take longer than building all reports."""
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
