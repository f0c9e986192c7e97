"""The reports that lie in a folder as agencies sent them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from gxgen.batch.sources import files_below, is_folder, real_path
from gxgen.findings import listed
from gxgen.published.carriers import SUFFIXES

NOT_READ = frozenset(
    (".doc", ".wps", ".rtf", ".odt", ".ofd", ".xls", ".et", ".jpg", ".jpeg", ".png", ".tif", ".zip", ".rar", ".7z")
)
"""Kinds in which reports are sent in, and that cannot be read."""
COMPANIONS = ("_files", ".files")
"""How a browser calls the folder with the pieces of a page that it saves."""

MOST_NAMED = 20


class Received(NamedTuple):
    """What was found."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]


def received(paths: Iterable[Path], besides: Iterable[Path] = ()) -> Received:
    """The files named, and every file of a readable kind below the folders named, in order and each once.

    Hidden files, the locks that Word and WPS leave beside an open document, and the pieces of saved web pages are
    passed over.

    Args:
        paths: files and folders.
        besides: files that lie there for another purpose.
    """
    seen = {real_path(path) for path in besides}
    files: list[Path] = []
    passed_over: list[Path] = []
    for path in paths:
        searched = is_folder(path)
        for file in files_below(path, _is_report, _is_no_companion) if searched else (path,):
            identity = real_path(file)
            if identity in seen:
                continue
            seen.add(identity)
            is_other = searched and file.suffix.lower() in NOT_READ
            (passed_over if is_other else files).append(file)
    return Received(tuple(files), tuple(passed_over))


def _is_report(name: str) -> bool:
    return not name.startswith("~$") and Path(name).suffix.lower() in NOT_READ.union(SUFFIXES)


def _is_no_companion(name: str, files: Iterable[str]) -> bool:
    return not _is_companion(name, files)


def _is_companion(name: str, files: Iterable[str]) -> bool:
    """Whether a folder holds the pieces of a web page that lies beside it."""
    return name.endswith(COMPANIONS) and any(
        file.startswith(name.removesuffix("_files").removesuffix(".files")) for file in files
    )


def not_read(files: Sequence[Path]) -> str:
    """What to say of files that were passed over."""
    named = listed(list(map(str, files)), MOST_NAMED)
    return f"有 {len(files)} 个文件不是能读的格式，没有读（用 Word 或 WPS 打开，另存为 .docx 再读）：{named}"
