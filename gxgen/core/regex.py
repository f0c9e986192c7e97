"""Regular expressions that are compiled when they are first used.

A run loads more than a hundred of them and a plain report needs a few; compiling all takes longer than reading it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast


class _Regex:
    """Stands for a compiled pattern.  A method is fetched from it once, and is then as quick as the pattern's own."""

    def __init__(self, source: str | bytes, flags: int, holds: tuple[str, ...]) -> None:
        self.pattern = source
        self.holds = holds
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called only for what this object does not have yet."""
        if name == "_compiled":
            self._compiled = re.compile(self.pattern, self._flags)
            return self._compiled
        if self.holds and "_compiled" not in vars(self) and name in NOTHING:
            return self._unless_vain(name)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found

    def _unless_vain(self, name: str) -> Callable[..., Any]:
        """A method that looks for the words first, as long as that can save compiling the pattern."""

        def method(text: str, *span: int) -> Any:
            if any(word in text for word in self.holds):
                return getattr(self._compiled, name)(text, *span)
            return NOTHING[name]()

        return method


NOTHING: dict[str, Callable[[], Any]] = {
    **dict.fromkeys(("search", "match", "fullmatch"), lambda: None),
    "finditer": lambda: iter(()),
    "findall": list,
}
"""What a method gives where nothing is found."""


def regex(source: AnyStr, flags: int = 0, *, holds: tuple[str, ...] = ()) -> re.Pattern[AnyStr]:
    """``re.compile``, put off until the pattern is used.

    Args:
        source: the pattern.
        flags: those of ``re``.
        holds: words of which every match holds one.  A pattern is not compiled for texts that hold none of them.
    """
    return cast("re.Pattern[AnyStr]", _Regex(source, flags, holds))
