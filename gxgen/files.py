"""Writing files: whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

_numbers = count()


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write several files.  Each appears whole or not at all, and none before all of them are on the disk.

    Raises:
        OSError: naming the file that could not be written; nothing half-written is left behind.
    """
    drafts = {path: path.with_name(f".gxgen-{os.getpid()}-{next(_numbers)}.part") for path in contents}
    path = Path()
    try:
        for path, draft in drafts.items():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "is a directory")
            with draft.open("xb") as file:
                file.write(contents[path])
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
