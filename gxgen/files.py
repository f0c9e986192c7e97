"""Writing files: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

_numbers = count()


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write several files so that each appears whole, and none at all if one of them cannot be written.

    Raises:
        OSError: with the file's name; what stood there before still does.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            if path.is_dir():
                raise IsADirectoryError(0, "is a directory", str(path))
            drafts[path] = _draft(path, content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        raise


def _draft(path: Path, content: bytes) -> Path:
    """*content* in a file of its own beside *path*; gone again if it cannot be written to the end."""
    draft = path.with_name(f".gxgen-{os.getpid()}-{next(_numbers)}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    return draft
