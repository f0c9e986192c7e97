"""Fixing the spelling of data files in place (``check --fix``)."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path

import msgspec

from gxgen.core import codes
from gxgen.core.findings import Finding, Position
from gxgen.engine.file_access import find_sources
from gxgen.engine.outputs import write
from gxgen.source import LARGEST, Form, official
from gxgen.source.fixing import FixedText, fix

FILE_START = Position(1, 1, 0)
"""A finding about the whole file."""


class Fix(msgspec.Struct, frozen=True):
    """A data file whose spelling can be fixed."""

    path: Path
    raw: bytes
    respelling: FixedText

    def diff(self) -> str:
        """The change as a unified diff."""
        name = str(self.path)
        before, after = _lines(self.respelling.before), _lines(self.respelling.after)
        changed = unified_diff(before, after, name, name)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in changed)


def fixes(paths: Iterable[Path], form: Callable[[Path], Form] = lambda _: official) -> Iterator[Fix]:
    """Yield a fix for every data file below *paths* that is misspelt.  Unreadable files are skipped.

    Args:
        paths: data files and folders.
        form: the forms for a data file, given its path.
    """
    for source in find_sources(paths):
        raw = _read(source.path)
        respelling = fix(raw, form(source.path)) if raw else None
        if raw and respelling:
            yield Fix(source.path, raw, respelling)


def write_fix(fix: Fix) -> Finding | None:
    """Write a fixed data file atomically; return a finding if that fails."""
    if not fix.respelling.is_proven:
        return _refusal("改好写法以后读出的内容与原来不同，没有改写", "照提示手工改写")
    if _read(fix.path) != fix.raw:
        return _refusal("文件刚刚被改动或删除，没有改写", "保存好文件，再运行一次")
    try:
        path = fix.path.resolve(strict=True)  # a link stays a link
        mode = path.stat().st_mode
    except (OSError, RuntimeError):
        return _refusal("文件刚刚被移走，没有改写", "再运行一次")
    if not mode & stat.S_IWUSR:
        return _refusal("文件是只读的，没有改写", "去掉文件的“只读”属性，再运行一次")
    problem = write({path: fix.respelling.after.encode("utf-8")})
    if not problem:
        with suppress(OSError):
            path.chmod(stat.S_IMODE(mode))
    return problem


def _refusal(message: str, hint: str) -> Finding:
    return Finding(codes.OUTPUT, "", message, hint, position=FILE_START)


def _read(path: Path) -> bytes | None:
    """Return the bytes of a file that may be a data file."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends, split at LF only as other programs do."""
    *ended, last = text.split("\n")
    return [*(f"{line}\n" for line in ended), *([last] if last else [])]
