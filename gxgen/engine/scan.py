"""The scan of data files before any is read as a whole: agency, year, and the names of the outputs."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from gxgen.engine.outputs import file_stem
from gxgen.model import Report
from gxgen.source import bytes_of, digest_of
from gxgen.source.head import Head, head_of
from gxgen.spec import layout_for
from gxgen.view import title_parts


class SourceInfo(msgspec.Struct, frozen=True):
    """What is known of a data file before it is read as a whole."""

    path: str
    digest: bytes
    """Digest of its bytes; empty if they cannot be read, or if not asked for."""
    is_report: bool
    year: int
    """0: none that could be read."""
    agency: str
    stem: str
    """What its files will be called; nothing where its title is not known."""
    pack: str
    departments: tuple[str, ...]


def scan_file(path: str, *, with_digest: bool = True) -> SourceInfo:
    """Scan one data file."""
    try:
        return _scan(path, with_digest=with_digest)
    except Exception:  # noqa: BLE001  # the full reading reports what is wrong
        return unknown_source(path)


def unknown_source(path: str) -> SourceInfo:
    """Return the info of a file that could not be scanned."""
    return SourceInfo(path, b"", True, 0, "", "", "", ())


def _scan(path: str, *, with_digest: bool) -> SourceInfo:
    raw = bytes_of(Path(path))
    if not isinstance(raw, bytes):
        return replace(unknown_source(path), is_report=False)
    head = head_of(raw)
    digest = digest_of(raw) if with_digest else b""
    return SourceInfo(path, digest, head.is_report, head.year, head.agency, _stem(head), head.pack, head.departments)


def stem_of(report: Report) -> str:
    """Return the stem of a report's file names."""
    return file_stem("".join(title_parts(report)))


def _stem(head: Head) -> str:
    layout = layout_for(head.year)
    return stem_of(Report(head.year, layout, head.agency, title=head.title)) if layout else ""
