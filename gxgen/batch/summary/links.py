"""Links from a summary to what it lists."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def link(file: str, summary: Path) -> str:
    """The address of a file as seen from the summary; both may be moved together."""
    try:
        relative = os.path.relpath(file, summary.parent)
    except ValueError:  # another drive of Windows
        return Path(file).absolute().as_uri()
    return quote(Path(relative).as_posix(), safe="/", errors="surrogateescape")
