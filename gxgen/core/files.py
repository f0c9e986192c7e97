"""Writing files atomically and durably (temporary names, fsync, rename)."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar
from zlib import crc32

from gxgen.core.regex import regex

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

SYNCING_THREADS = 16
"""A disk takes many small files at once in little more than the time of one."""
_DRAFT = regex(r"\.gxgen-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.part")
"""The machine that is writing it, the process, and what tells one draft from another."""


class Draft:
    """The files of one report, written under draft names beside their places."""

    def __init__(self, contents: Mapping[Path, bytes]) -> None:
        """Write them.

        Raises:
            OSError: naming the file that could not be written; nothing is left behind.
        """
        self._drafts: dict[Path, Path] = {}
        self._open: list[tuple[Path, IO[bytes]]] = []
        self._syncing: Future[OSError | None] | None = None
        path = Path()
        try:
            for path, content in contents.items():
                _refuse_folder(path)
                self._write(path, content)
        except BaseException as error:
            self.discard()
            if isinstance(error, OSError):
                raise _named(error, path) from error
            raise

    def _write(self, path: Path, content: bytes) -> None:
        draft = path.with_name(f".gxgen-{_machine()}-{os.getpid()}-{os.urandom(6).hex()}.part")
        file = draft.open("xb")
        self._drafts[path] = draft
        self._open.append((path, file))
        file.write(content)
        file.flush()

    @property
    def folders(self) -> set[Path]:
        """The folders of the files."""
        return {path.parent for path in self._drafts}

    def begin_sync(self) -> None:
        """Begin to fsync in the background; without threads, :meth:`sync` does it."""
        with suppress(RuntimeError):
            self._syncing = self._syncing or _threads().submit(self._sync)

    def sync(self) -> OSError | None:
        """Wait for fsync; return the error if it fails."""
        return self._syncing.result() if self._syncing else self._sync()

    def _sync(self) -> OSError | None:
        for path, file in self._open:
            try:
                os.fsync(file.fileno())
            except OSError as error:
                return _named(error, path)
        return None

    def publish(self) -> None:
        """Rename the files to their places.

        Raises:
            OSError: naming the file that could not be put in its place; no draft is left behind.
        """
        path = Path()
        try:
            self._close()
            for path in tuple(self._drafts):
                self._drafts[path].replace(path)
                del self._drafts[path]
        except OSError as error:
            raise _named(error, path) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove the drafts."""
        with suppress(OSError):
            if self._syncing:
                self._syncing.result()  # no file may be closed under the disk's hands
            self._close()
        for draft in self._drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def _close(self) -> None:
        while self._open:
            self._open.pop()[1].close()


def write_whole(contents: Mapping[Path, bytes], *, lasting: bool = True) -> None:
    """Write several files atomically; none appears before all are written.

    Args:
        contents: the files.
        lasting: whether they have to be whole after a power cut, too.

    Raises:
        OSError: naming the file that could not be written; nothing half-written is left behind.
    """
    draft = Draft(contents)
    problem = None
    try:
        problem = draft.sync() if lasting else None
    finally:
        if problem:
            draft.discard()
    if problem:
        raise problem
    draft.publish()


def publish_all(drafts: Sequence[Draft]) -> list[OSError | None]:
    """Put the files of many reports in their places after fsync; return the error of each, or None."""
    results: list[OSError | None] = []
    folders = {folder for draft in drafts for folder in draft.folders}
    try:
        if len(drafts) > 1:
            for draft in drafts:
                draft.begin_sync()
        problems = [draft.sync() for draft in drafts]
        for draft, problem in zip(drafts, problems, strict=True):
            results.append(problem or _published(draft))
    finally:
        for draft in drafts:
            draft.discard()
    if len(drafts) > 1:
        _side_by_side(_sync_folder, tuple(folders))
    return results


def sweep(folders: Iterable[Path]) -> None:
    """Remove the drafts that killed processes left in folders."""
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for name in [entry.name for entry in entries if entry.name.startswith(".gxgen-")]:
                found = _DRAFT.fullmatch(name)
                if found and found[1] == _machine() and not _is_running(int(found[2])):
                    (folder / name).unlink(missing_ok=True)


def _side_by_side(function: Callable[[Item], Outcome], items: Sequence[Item]) -> list[Outcome]:
    """Apply a function to items in threads; one after the other where the system gives no threads."""
    if len(items) > 1:
        with suppress(RuntimeError):
            return list(_threads().map(function, items))
    return list(map(function, items))


def _published(draft: Draft) -> OSError | None:
    try:
        draft.publish()
    except OSError as error:
        return error
    return None


def _sync_folder(folder: Path) -> None:
    """Sync a folder, so that its file names are durable; some systems need no such call."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def _threads() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_threads.cache_clear)  # a child has none of them
    return ThreadPoolExecutor(SYNCING_THREADS)


@cache
def _machine() -> str:
    """Return an identifier of this machine, for folders that several machines write into."""
    name = os.environ.get("COMPUTERNAME", "") if os.name == "nt" else os.uname().nodename
    return f"{crc32(name.encode('utf-8', 'replace')):08x}"


def _is_running(process: int) -> bool:
    if os.name == "nt":  # where os.kill(process, 0) ends it
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  # other systems have none
    limited_information = 0x1000
    handle = kernel.OpenProcess(limited_information, 0, process)
    if handle:
        kernel.CloseHandle(handle)
    return bool(handle)


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory")


def _named(error: OSError, path: Path) -> OSError:
    return type(error)(error.errno, error.strerror, str(path))
