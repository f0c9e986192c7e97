"""Where the inputs of reports come from: the disk of this machine, or what another one has sent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from gxgen.batch.sources import Source, find_sources, real_path
from gxgen.source import Reading, bytes_of


class Files(Protocol):
    """All that examining a report asks of files; packs apart, which :class:`gxgen.batch.packs.Packs` finds."""

    def data(self, path: Path) -> bytes | Reading:
        """The bytes of a data file; a reading that says why it has none."""
        ...

    def exists(self, path: Path) -> bool:
        """Whether there is anything of a name, be it one that no file can have."""
        ...

    def identity(self, path: Path) -> str:
        """As :func:`gxgen.batch.sources.real_path`."""
        ...

    def is_same(self, identity: str, other: str) -> bool:
        """Whether two paths without links are one file, which some systems find by a name in other case too."""
        ...

    def under(self, paths: Iterable[Path]) -> Mapping[str, Source]:
        """The data files under those of the paths that exist, by their identities, in order."""
        ...


class Disk:
    """The files of this machine."""

    def data(self, path: Path) -> bytes | Reading:
        """As :meth:`Files.data`."""
        return bytes_of(path)

    def exists(self, path: Path) -> bool:
        """As :meth:`Files.exists`."""
        return os.path.exists(path)  # noqa: PTH110  # Path.exists() raises for a name that is too long

    def identity(self, path: Path) -> str:
        """As :meth:`Files.identity`."""
        return real_path(path)

    def is_same(self, identity: str, other: str) -> bool:
        """As :meth:`Files.is_same`."""
        if identity.casefold() != other.casefold():
            return False
        with suppress(OSError, ValueError):  # a link that leads nowhere
            return Path(identity).samefile(other)
        return identity == other

    def under(self, paths: Iterable[Path]) -> Mapping[str, Source]:
        """As :meth:`Files.under`."""
        return {real_path(source.path): source for source in find_sources(filter(self.exists, paths))}


DISK = Disk()
