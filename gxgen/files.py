"""Writing files: whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write several files.  Each appears whole or not at all, and none before all of them are written.

    Raises:
        OSError: naming the file that could not be written; nothing half-written is left behind.
    """
    drafts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "is a directory")
            draft = path.with_name(f".gxgen-{os.urandom(6).hex()}.part")
            with draft.open("xb") as file:
                drafts[path] = draft
                file.write(content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
