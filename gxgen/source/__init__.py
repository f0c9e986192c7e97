"""Reading data files: bytes to a report, with every problem at its line and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.errors import reason
from gxgen.core.findings import Finding
from gxgen.core.toml.encoding import decode
from gxgen.model import Report
from gxgen.source.parsed import RepairedLines
from gxgen.source.reader import Form, looks_like_report, official, pack_named, read_report
from gxgen.source.syntax import parse
from gxgen.source.todo import left_to_do
from gxgen.spec import Layout, address_book

__all__ = ["LARGEST", "Form", "Reading", "bytes_of", "digest_of", "official", "place", "read", "read_bytes"]

Fetch = Callable[[Path], "bytes | Reading"]
NOT_FOUND = "找不到这个文件"
LARGEST = 16 * 1024 * 1024
"""Bytes; a thousand times the longest report seen.  Anything larger is not a data file."""


class Reading(msgspec.Struct, frozen=True):
    """A data file that was read: its report, if it has one, and the findings.

    ``report`` is None when too much is wrong to go on; ``findings`` then has an error.  ``unreadable`` says that the
    file itself could not be opened.
    """

    report: Report | None
    findings: tuple[Finding, ...]
    text: str = ""
    legible: str = ""
    """The text repaired, and less what cannot be, line by line the same: where positions are looked up."""
    repaired: tuple[RepairedLines, ...] = ()
    """How the legible text differs from the text as typed."""
    draft: Report | None = None
    """The report as far as it could be read; where it is not the ``report``, it is not what the agency says."""
    layout: Layout | None = None
    """The form of the year that the file names, even if there is no report."""
    pack: str = ""
    """The region pack that the file names, or the default's; empty if the file could not be read."""
    is_report: bool = True
    """Whether the file is meant as a report; other TOML files lie about too."""
    unreadable: bool = False
    digest: bytes = b""
    """Digest of the bytes of the file; empty if not asked for."""


def read(path: Path, form: Form = official, fetch: Fetch | None = None, *, with_digest: bool = True) -> Reading:
    """Read a data file.  Never raises for what a file holds.

    Args:
        path: the file.
        form: returns the form of a report year and a region pack; default: the official form.
        fetch: gives the bytes of the file, as :func:`bytes_of` does, which reads the disk.
        with_digest: whether to digest the bytes of the file.
    """
    raw = (fetch or bytes_of)(path)
    if isinstance(raw, Reading):
        return raw
    reading = read_bytes(raw, form)
    return replace(reading, digest=digest_of(raw)) if with_digest else reading


def bytes_of(path: Path) -> bytes | Reading:
    """Return the bytes of a data file, or the reading that says why it cannot be read."""
    try:
        if not path.is_file():
            return _unreadable(_no_file(path))
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        return _unreadable(reason(error))
    except ValueError:  # a name that no file can have
        return _unreadable(NOT_FOUND)
    if len(raw) > LARGEST:
        return _unreadable(f"文件太大（超过 {LARGEST // 1024 // 1024} MB），不像数据文件")
    return raw


def digest_of(raw: bytes) -> bytes:
    """Return the digest of a file's bytes."""
    from hashlib import sha256  # loads a library of ciphers

    return sha256(raw).digest()


def read_bytes(raw: bytes, form: Form = official) -> Reading:
    """Read the bytes of a data file."""
    text, of_encoding = decode(raw)
    if text is None:
        return Reading(None, of_encoding)
    parsed = parse(text)
    is_partial = any(finding.is_error for finding in parsed.findings)
    report, of_data = read_report(parsed.data, form) if parsed.data or not is_partial else (None, ())
    return Reading(
        # After an uncertain repair some figures are missing: their report would not be the agency's.
        report=None if is_partial else report,
        findings=(*of_encoding, *parsed.findings, *of_data, *left_to_do(text)),
        text=text,
        legible=parsed.legible,
        layout=report.layout if report else None,
        repaired=parsed.repaired,
        draft=report,
        pack=pack_named(parsed.data),
        is_report=is_partial or looks_like_report(parsed.data),
    )


def place(reading: Reading, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings on a file with their lines and columns."""
    if all(finding.position for finding in findings):
        return findings
    from gxgen.source.positions import locate

    book = address_book(reading.layout) if reading.layout else None
    if not reading.repaired:
        return locate(reading.legible, findings, book)
    from gxgen.source.positions import typed_position

    return locate(reading.legible, findings, book, lambda position: typed_position(position, reading.repaired))


def _unreadable(message: str) -> Reading:
    return Reading(None, (Finding(codes.UNREADABLE, "", message, codes.UNREADABLE.remedy),), unreadable=True)


MOST_NAMED = 3
"""Data files that are named where the one asked for is missing."""


def _data_files_beside(path: Path) -> list[str]:
    """The names of a few data files in the folder of a path that is missing, those with its year first."""
    try:
        names = sorted(each.name for each in path.parent.iterdir() if each.suffix == path.suffix and each.is_file())
    except OSError:
        return []
    return sorted(names, key=lambda name: path.stem not in name)[:MOST_NAMED]


def _no_file(path: Path) -> str:
    """Return the reading of a path that is no file; a folder comes here only if it cannot be listed."""
    with_suffix = path.with_name(f"{path.name}.txt")
    if not path.exists() and with_suffix.is_file():
        return f"找不到这个文件，但有「{with_suffix.name}」：记事本多加了 .txt，请改名为「{path.name}」"
    if not path.exists() and (others := _data_files_beside(path)):
        return f"找不到这个文件；同一文件夹里有「{'」「'.join(others)}」"
    path.stat()  # says itself that there is nothing, or no way to it
    return "没有权限查看这个文件夹" if path.is_dir() else "这不是普通文件"
