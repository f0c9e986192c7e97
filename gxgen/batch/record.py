"""What earlier runs have made, and of what: so that only what has changed is made again.

One SQLite file in the user's cache folder, safe under two runs at once.  A row is written after the files that it
speaks of are on the disk, and says what they were made of and what they hold, by digests: a row that is lost, or no
longer true, costs the time of making a report again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from zlib import compress, decompress
from zlib import error as ZlibError  # noqa: N812  # it is a class

from gxgen.batch.rendering import Digests
from gxgen.batch.results import Result
from gxgen.codes import named
from gxgen.findings import Elsewhere, Finding, Position, Severity

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
            headline=tuple(told["headline"]),
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
        "headline": result.headline,
    }


def _values(finding: Finding) -> list[Any]:
    elsewhere = [(at.where, at.near, at.file, at.position, at.line) for at in finding.elsewhere]
    place = (finding.where, finding.near, finding.at_key, finding.offset, finding.length, finding.position)
    return [finding.code.name, finding.message, finding.hint, place, elsewhere, finding.level, finding.waiver]


def _finding(values: Sequence[Any]) -> Finding:
    name, message, hint, (where, near, at_key, offset, length, position), elsewhere, level, waiver = values
    code = named(name)
    if code is None:
        raise ValueError(name)
    return Finding(
        code,
        where,
        message,
        hint,
        tuple(near),
        at_key,
        offset,
        length,
        _position(position),
        tuple(map(_elsewhere, elsewhere)),
        Severity(level) if level else None,
        waiver,
    )


def _elsewhere(values: Sequence[Any]) -> Elsewhere:
    where, near, file, position, line = values
    return Elsewhere(where, tuple(near), file, _position(position), line)


def _position(values: Sequence[int] | None) -> Position | None:
    return Position(*values) if values else None


def _safe(text: str) -> str:
    """Text that SQLite takes: names of files may hold bytes that are no text."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
