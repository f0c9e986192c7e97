"""Regular expressions that are compiled when they are first used.

A run loads more than a hundred of them and a plain report needs a few; compiling all takes longer than reading it.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Regex:
    """Stands for a compiled pattern.  A method is fetched from it once, and is then as quick as the pattern's own."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called only for what this object does not have yet."""
        found = re.compile(self.pattern, self._flags) if name == "_compiled" else getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile``, put off until the pattern is used."""
    return cast("re.Pattern[AnyStr]", _Regex(source, flags))
