"""The documents in the paths that ``audit``, ``import`` and ``diff`` are given, and those that cannot be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from gxgen.core.text import listed
from gxgen.engine.file_access import files_below, is_folder, real_path
from gxgen.published.readers.formats import NOT_READ, looks_like_document

COMPANIONS = ("_files", ".files")
"""Suffixes of the folder in which a browser saves the pieces of a page."""

MOST_NAMED = 20


class ReceivedFiles(msgspec.Struct, frozen=True):
    """The files to read, and those of kinds that cannot be read."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]


def find_received(paths: Iterable[Path], besides: Iterable[Path] = ()) -> ReceivedFiles:
    """Return the named files, and every file below the named folders that looks like a document, in order, each once.

    Hidden files, the locks that Word and WPS leave beside an open document, and the pieces of saved web pages are
    passed over in silence; documents of kinds that cannot be read are listed apart.

    Args:
        paths: files and folders.
        besides: files that lie there for another purpose.
    """
    seen = {real_path(path) for path in besides}
    files: list[Path] = []
    passed_over: list[Path] = []
    for path in paths:
        searched = is_folder(path)
        for file in files_below(path, _is_no_lock, _is_no_companion) if searched else (path,):
            if searched and not file.is_dir() and not looks_like_document(file):
                continue
            identity = real_path(file)
            if identity in seen:
                continue
            seen.add(identity)
            is_other = searched and file.suffix.lower() in NOT_READ
            (passed_over if is_other else files).append(file)
    return ReceivedFiles(tuple(files), tuple(passed_over))


def _is_no_lock(name: str) -> bool:
    return not name.startswith("~$")


def _is_no_companion(name: str, files: Iterable[str]) -> bool:
    return not _is_companion(name, files)


def _is_companion(name: str, files: Iterable[str]) -> bool:
    """Whether a folder holds the pieces of a web page that lies beside it."""
    return name.endswith(COMPANIONS) and any(
        file.startswith(name.removesuffix("_files").removesuffix(".files")) for file in files
    )


def not_read(files: Sequence[Path]) -> str:
    """Return the message on files that are not read: a line for each reason."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        by_reason[NOT_READ[file.suffix.lower()]].append(str(file))
    return "\n".join(
        f"有 {len(named)} 个文件不是能读的格式，没有读（{reason}）：{listed(named, MOST_NAMED)}"
        for reason, named in by_reason.items()
    )
