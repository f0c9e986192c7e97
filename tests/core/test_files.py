"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.core.files import write_whole

OLD = {"a.docx": b"old document", "a.txt": b"old text"}
NEW = {"a.docx": b"new document", "a.txt": b"new text", "a.html": b"new page"}
"""Two files that replace others, and one that is new."""

OPERATIONS = ((io, "open"), (os, "replace"), (os, "rename"), (os, "link"))
"""What can go wrong on a disk, besides writing itself."""

names = st.text(st.sampled_from("abc报告 .-"), min_size=1, max_size=20).filter(lambda name: name.strip(" ."))


class Disk:
    """A disk that fails at one operation; what was written until then stays."""

    def __init__(self, failing: int, error: BaseException) -> None:
        self._left = failing
        self._error = error

    @property
    def has_failed(self) -> bool:
        """Whether the operation was reached."""
        return self._left <= 0

    def count(self) -> None:
        """One more operation; fails if it is the one."""
        self._left -= 1
        if self._left == 0:
            raise self._error

    def guarded(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        """An operation of this disk; files that it opens fail in writing, too."""

        def run(*arguments: Any, **options: Any) -> Any:
            self.count()
            result = operation(*arguments, **options)
            if hasattr(result, "write"):
                self._guard_writes(result)
            return result

        return run

    def _guard_writes(self, file: Any) -> None:
        write = file.write

        def half(content: bytes) -> int:
            try:
                self.count()
            except BaseException:
                write(content[: len(content) // 2])
                raise
            return int(write(content))

        file.write = half


@contextmanager
def failing_disk(operation: int, error: BaseException) -> Iterator[Disk]:
    """A disk on which the n-th operation fails."""
    disk = Disk(operation, error)
    with pytest.MonkeyPatch.context() as patches:
        for module, name in OPERATIONS:
            patches.setattr(module, name, disk.guarded(getattr(module, name)))
        yield disk


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_a_failure_at_any_point_leaves_whole_files_only(tmp_path: Path, error: BaseException) -> None:
    """Whichever operation fails, every file is as before or as wanted, and nothing else is left behind.

    While the disk may still fill up, everything is as before: no file is replaced until all are written.
    """
    for operation in count(1):
        folder = tmp_path / str(operation)
        folder.mkdir()
        for name, content in OLD.items():
            (folder / name).write_bytes(content)
        with failing_disk(operation, error) as disk, suppress(type(error)):
            write_whole({folder / name: content for name, content in NEW.items()})
            assert not disk.has_failed, "the failure was kept secret"
            break
        found = contents(folder)
        assert found == OLD | {name: NEW[name] for name in found if found[name] == NEW[name]}
        assert found == OLD or operation > 2 * len(NEW), "replaced before all were written"
    assert contents(folder) == NEW
    assert operation > 3 * len(NEW), "each file is opened, written and put in place"


@settings(max_examples=50)
@given(st.dictionaries(names, st.binary(max_size=50)), st.dictionaries(names, st.binary(max_size=50)))
def test_what_is_written_is_there_and_nothing_else(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Every file holds its bytes, whether it replaced another or not; other files are left alone."""
    with TemporaryDirectory() as folder:
        for name, content in old.items():
            Path(folder, name).write_bytes(content)
        write_whole({Path(folder, name): content for name, content in new.items()})
        assert contents(Path(folder)) == old | new


def test_a_folder_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    """A folder in the way of one file keeps all from being written."""
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(IsADirectoryError, match=r"a\.txt"):
        write_whole({tmp_path / name: content for name, content in NEW.items()})
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_error_names_the_file_that_was_meant(tmp_path: Path) -> None:
    """People are told the name of the report, not that of a draft."""
    denied = PermissionError(errno.EACCES, "Permission denied", ".draft")
    with failing_disk(1, denied), pytest.raises(PermissionError) as caught:
        write_whole({tmp_path / "a.docx": b""})
    assert caught.value.filename == str(tmp_path / "a.docx")


def test_two_processes_do_not_write_into_one_draft(tmp_path: Path) -> None:
    """Drafts of one process never bear the name that another has taken."""
    taken = set()

    def other_process(*arguments: Any, **options: Any) -> Any:
        taken.add(Path(arguments[0]).name)
        return opened(*arguments, **options)

    opened = io.open
    with patch.object(io, "open", other_process):
        for number in (111, 222):
            with patch.object(os, "getpid", lambda number=number: number):
                write_whole({tmp_path / name: content for name, content in NEW.items()})
    assert len(taken) == 2 * len(NEW)
    assert taken.isdisjoint(NEW)
