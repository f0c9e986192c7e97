"""A report's inputs by content, for machines that see none of the files: packed here, opened there."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from gxgen.engine.file_access import LOCAL_FILES, Source
from gxgen.engine.packs import PackInUse, Packs
from gxgen.engine.pipeline import InputMissing, Job
from gxgen.engine.results import Options
from gxgen.source import Reading, digest_of
from gxgen.source.head import head_of

Key = TypeVar("Key")
Content = TypeVar("Content")
PackKey = tuple[str, str]
"""The name of a pack, and the folder of the data file that asks for it."""


class Payload(msgspec.Struct, frozen=True):
    """A job, and what its report is made of."""

    job: Job
    data: dict[str, bytes | Reading]
    """Data files by path: their bytes, or why there are none."""
    exists: dict[str, bool]
    identities: dict[str, str]
    under: dict[tuple[str, ...], list[tuple[str, str, bool]]]
    """The data files under some paths: the identity, the path, and whether it was named on the command line."""
    packs: dict[PackKey, bytes]
    """The digest of each pack, which is sent separately."""


class PayloadPacker:
    """Packs payloads.

    Args:
        options: how reports are to be built.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._packs = Packs(options.pack, options.packs)
        self._digests: dict[int, bytes] = {}
        self.contents: dict[bytes, bytes] = {}
        """Every pack of the run by its digest."""

    def packed(self, job: Job) -> Payload:
        """A job with what its report is made of, as far as that can be told without making it."""
        payload = Payload(job, {}, {}, {}, {}, {})
        departments = self._put(payload, Path(job.source))
        self._identify(payload, Path(job.source))
        against = self._options.against
        if against:
            self._put(payload, against)
            self._identify(payload, against)
        if job.previous:
            self._put(payload, Path(job.previous))
        if self._options.departments:
            departments = (self._options.departments,)
        if departments:
            self._put_departments(payload, departments)
        return payload

    def _put_departments(self, payload: Payload, paths: tuple[Path, ...]) -> None:
        payload.exists.update((str(path), LOCAL_FILES.exists(path)) for path in paths)
        for source in self._list(payload, paths):
            below = self._put(payload, source.path)
            if below:
                self._list(payload, below)

    def _list(self, payload: Payload, paths: tuple[Path, ...]) -> Iterable[Source]:
        found = LOCAL_FILES.under(paths)
        key = tuple(map(str, paths))
        payload.under[key] = [(identity, str(source.path), source.named) for identity, source in found.items()]
        return found.values()

    def _identify(self, payload: Payload, path: Path) -> None:
        payload.identities[str(path)] = LOCAL_FILES.identity(path)

    def _put(self, payload: Payload, path: Path) -> tuple[Path, ...]:
        """Put a data file in, and the pack that it names; where its departments are."""
        if str(path) in payload.data:
            return ()
        raw = payload.data[str(path)] = LOCAL_FILES.data(path)
        if not isinstance(raw, bytes):
            return ()
        head = head_of(raw)
        if head.pack:
            name = self._options.pack or head.pack
            payload.packs[name, str(path.parent)] = self._digest(self._packs.of(name, path.parent))
        return tuple(path.parent / each for each in head.departments)

    def _digest(self, in_use: PackInUse) -> bytes:
        if id(in_use) not in self._digests:  # it is kept as long as this run, so that nothing else has its number
            content = pickled(in_use)
            digest = self._digests[id(in_use)] = digest_of(content)
            self.contents[digest] = content
        return self._digests[id(in_use)]


class PayloadFiles:
    """File access (:class:`gxgen.engine.file_access.FileAccess`) to what a payload holds.

    Raises :class:`InputMissing` for anything else.
    """

    def __init__(self, payload: Payload) -> None:
        self._payload = payload

    def data(self, path: Path) -> bytes | Reading:
        """The bytes of a data file."""
        return _of(self._payload.data, str(path))

    def exists(self, path: Path) -> bool:
        """Whether there is anything of a name."""
        return _of(self._payload.exists, str(path))

    def identity(self, path: Path) -> str:
        """The path without links."""
        return _of(self._payload.identities, str(path))

    def is_same(self, identity: str, other: str) -> bool:
        """Whether two paths without links are one file; two that differ in case are only where the disk is."""
        if identity != other and identity.casefold() == other.casefold():
            raise InputMissing(identity)
        return identity == other

    def under(self, paths: Iterable[Path]) -> Mapping[str, Source]:
        """The data files under paths."""
        key = tuple(map(str, paths))
        found = _of(self._payload.under, key) if key else []
        return {identity: Source(Path(path), named) for identity, path, named in found}


class PayloadPacks(Packs):
    """The packs of a payload.

    Args:
        chosen: the pack to use whatever data files say.
        found: packs by what they are asked for as.
    """

    def __init__(self, chosen: str, found: Mapping[PackKey, PackInUse]) -> None:
        super().__init__(chosen)
        self._sent = found

    def _look_up(self, name: str, beside: Path) -> PackInUse:
        return _of(self._sent, (name, str(beside)))


def _of(content: Mapping[Key, Content], key: Key) -> Content:
    try:
        return content[key]
    except KeyError:
        raise InputMissing(key) from None


def pickled(value: object) -> bytes:
    """Pickle a value, with the read-only mappings in it, which pickle refuses."""
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(value)
    return file.getvalue()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:  # as pickle has it
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(values: dict[Any, Any]) -> Mapping[Any, Any]:
    """A read-only mapping, whose type has no name that pickle could find."""
    return MappingProxyType(values)
