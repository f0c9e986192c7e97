"""Which files a run is about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A data file, and whether somebody named it or a folder was searched for it."""

    path: Path
    named: bool


def find_sources(paths: Iterable[Path]) -> Iterator[Source]:
    """The files named, and every ``*.toml`` below the folders named, in order and each once.

    Hidden folders are passed over, and links to folders are not followed.
    """
    seen: set[Path] = set()
    for path in paths:
        is_folder = path.is_dir()
        for file in _below(path) if is_folder else (path,):
            identity = Path(os.path.realpath(file))
            if identity not in seen:
                seen.add(identity)
                yield Source(file, named=not is_folder)


def _below(folder: Path) -> Iterator[Path]:
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(".toml") and not name.startswith("."):
                yield Path(current, name)
