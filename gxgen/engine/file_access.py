"""Which files a run is about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from gxgen.model import Report
from gxgen.packs import SETTINGS_FILE
from gxgen.source import Reading, bytes_of

MOST_FOLDERS = 1024
"""Whose paths without links are kept."""


class Source(NamedTuple):
    """A data file, and whether somebody named it or a folder was searched for it.

    A folder that cannot be listed counts as named: somebody has to be told.
    """

    path: Path
    named: bool


def find_sources(paths: Iterable[Path]) -> Iterator[Source]:
    """The files named, and every ``*.toml`` below the folders named but the settings of packs, in order and each once.

    Hidden folders are passed over, and links to folders are not followed.
    """
    seen: set[str] = set()
    identity_of = RealPaths()
    for path in paths:
        searched = is_folder(path)
        for file in files_below(path, _is_data_file) if searched else (path,):
            identity = identity_of(str(file))
            if identity not in seen:
                seen.add(identity)
                yield Source(file, named=not searched or file.suffix != ".toml")


def departments_of(path: Path, report: Report) -> tuple[Path, ...]:
    """Where the departments of the report of *path* are to be found."""
    return tuple(path.parent / each for each in report.departments)


class RealPaths:
    """As :func:`real_path`, for many files of few folders: a folder's own path is looked up once."""

    def __init__(self) -> None:
        self._of_folder = lru_cache(maxsize=MOST_FOLDERS)(real_path)

    def __call__(self, path: str) -> str:
        """The path without links."""
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir) or os.path.islink(path):  # noqa: PTH114  # Path is slower than the link
            return real_path(path)
        return self.in_folder(folder, name)

    def in_folder(self, folder: str, name: str) -> str:
        """The path of a file that is no link, or takes the place of one."""
        return f"{self._of_folder(folder or os.curdir).rstrip(os.sep)}{os.sep}{name}"


def real_path(path: Path | str) -> str:
    """The path without links, equal for two paths of one file; two files that differ in case only are two."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # a name that no file can have
        return str(path)


def file_identity(path: Path) -> str:
    """Equal for two paths that some system, careless of case, takes for the same file."""
    return real_path(path).casefold()


def is_folder(path: Path) -> bool:
    """Whether a path is to be searched."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have: reading it will say so
        return False


def files_below(
    folder: Path, is_wanted: Callable[[str], bool], is_searched: Callable[[str, Sequence[str]], bool] = lambda *_: True
) -> Iterator[Path]:
    """The files of a folder on every level, in order, hidden ones left out; then the folders that cannot be listed.

    Args:
        folder: where to look.
        is_wanted: tells of a file by its name.
        is_searched: tells of a folder by its name and those of the files beside it.
    """
    closed: list[Path] = []
    for current, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and is_searched(name, files))
        yield from (Path(current, name) for name in sorted(files) if not name.startswith(".") and is_wanted(name))
    yield from closed


def _is_data_file(name: str) -> bool:
    return name.endswith(".toml") and name != SETTINGS_FILE


class FileAccess(Protocol):
    """All that examining a report asks of files; packs apart, which :class:`gxgen.engine.packs.Packs` finds."""

    def data(self, path: Path) -> bytes | Reading:
        """The bytes of a data file; a reading that says why it has none."""
        ...

    def exists(self, path: Path) -> bool:
        """Whether there is anything of a name, be it one that no file can have."""
        ...

    def identity(self, path: Path) -> str:
        """As :func:`gxgen.engine.file_access.real_path`."""
        ...

    def is_same(self, identity: str, other: str) -> bool:
        """Whether two paths without links are one file, which some systems find by a name in other case too."""
        ...

    def under(self, paths: Iterable[Path]) -> Mapping[str, Source]:
        """The data files under those of the paths that exist, by their identities, in order."""
        ...


class LocalFiles:
    """The files of this machine."""

    def data(self, path: Path) -> bytes | Reading:
        """As :meth:`FileAccess.data`."""
        return bytes_of(path)

    def exists(self, path: Path) -> bool:
        """As :meth:`FileAccess.exists`."""
        return os.path.exists(path)  # noqa: PTH110  # Path.exists() raises for a name that is too long

    def identity(self, path: Path) -> str:
        """As :meth:`FileAccess.identity`."""
        return real_path(path)

    def is_same(self, identity: str, other: str) -> bool:
        """As :meth:`FileAccess.is_same`."""
        if identity.casefold() != other.casefold():
            return False
        with suppress(OSError, ValueError):  # a link that leads nowhere
            return Path(identity).samefile(other)
        return identity == other

    def under(self, paths: Iterable[Path]) -> Mapping[str, Source]:
        """As :meth:`FileAccess.under`."""
        return {real_path(source.path): source for source in find_sources(filter(self.exists, paths))}


LOCAL_FILES = LocalFiles()
