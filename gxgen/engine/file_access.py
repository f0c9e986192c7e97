"""Access to data files: which ones a run is about, whether two paths are one file, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec

from gxgen.model import Report
from gxgen.packs import SETTINGS_FILE
from gxgen.source import Reading, bytes_of

MOST_FOLDERS = 1024
"""Maximum folders whose resolved paths are cached."""


class Source(msgspec.Struct, frozen=True):
    """A data file, and whether it was named on the command line or found in a folder.

    A folder that cannot be listed counts as named: it has to be reported.
    """

    path: Path
    named: bool


def find_sources(paths: Iterable[Path]) -> Iterator[Source]:
    """Yield the named files and every ``*.toml`` below the named folders but pack settings, in order, each once.

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
    """Return the paths of the departments that the report of *path* names."""
    return tuple(path.parent / each for each in report.departments)


class RealPaths:
    """Does what :func:`real_path` does for many files of few folders: resolves each folder once."""

    def __init__(self) -> None:
        self._of_folder = lru_cache(maxsize=MOST_FOLDERS)(real_path)

    def __call__(self, path: str) -> str:
        """Resolve links."""
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir) or os.path.islink(path):  # noqa: PTH114  # Path is slower than the link
            return real_path(path)
        return self.in_folder(folder, name)

    def in_folder(self, folder: str, name: str) -> str:
        """Return the path of a file in a folder, whose links are resolved; the file itself is not."""
        return f"{self._of_folder(folder or os.curdir).rstrip(os.sep)}{os.sep}{name}"


def real_path(path: Path | str) -> str:
    """Resolve links; equal for two paths of one file, different for files that differ in case only."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # a name that no file can have
        return str(path)


def file_identity(path: Path) -> str:
    """Return the real path, case-folded: equal for paths that a case-insensitive file system takes for one file."""
    return real_path(path).casefold()


def is_folder(path: Path) -> bool:
    """Whether a path is a folder."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have: reading it will say so
        return False


def files_below(
    folder: Path, is_wanted: Callable[[str], bool], is_searched: Callable[[str, Sequence[str]], bool] = lambda *_: True
) -> Iterator[Path]:
    """Yield the files of a folder on every level, in order, without hidden ones; then folders that cannot be listed.

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
    """What analyzing a report needs of the file system, except packs (:class:`gxgen.engine.packs.Packs`)."""

    def data(self, path: Path) -> bytes | Reading:
        """Return the bytes of a data file, or the reading that says why it cannot be read."""
        ...

    def exists(self, path: Path) -> bool:
        """Whether a path exists; False for names that no file can have."""
        ...

    def identity(self, path: Path) -> str:
        """As :func:`gxgen.engine.file_access.real_path`."""
        ...

    def is_same(self, identity: str, other: str) -> bool:
        """Whether two resolved paths are one file, also on file systems that ignore case."""
        ...

    def under(self, paths: Iterable[Path]) -> Mapping[str, Source]:
        """Return the data files below the paths that exist, by identity, in order."""
        ...


class LocalFiles:
    """The file system of this machine."""

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
