"""Regular expressions that are compiled when they are first used.

A run loads more than a hundred of them and a plain report needs a few; compiling all takes longer than reading it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import AnyStr, Generic

MAXIMUM = sys.maxsize


class LazyPattern(Generic[AnyStr]):
    """A regular expression with the methods of :class:`re.Pattern` that gxgen uses; compiled on first use.

    Args:
        pattern: the expression.
        flags: those of :mod:`re`.
    """

    def __init__(self, pattern: AnyStr, flags: int = 0) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[AnyStr]:
        """The compiled expression."""
        return re.compile(self.pattern, self._flags)

    def search(self, text: AnyStr, start: int = 0, end: int = MAXIMUM) -> re.Match[AnyStr] | None:
        """Find the first match between two positions."""
        return self.compiled.search(text, start, end)

    def match(self, text: AnyStr, start: int = 0, end: int = MAXIMUM) -> re.Match[AnyStr] | None:
        """Match at *start*."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: AnyStr, start: int = 0, end: int = MAXIMUM) -> re.Match[AnyStr] | None:
        """Match all text between two positions."""
        return self.compiled.fullmatch(text, start, end)

    def finditer(self, text: AnyStr, start: int = 0, end: int = MAXIMUM) -> Iterator[re.Match[AnyStr]]:
        """Find all matches between two positions."""
        return self.compiled.finditer(text, start, end)

    def findall(self, text: AnyStr) -> list[AnyStr]:
        """Return all matches, or their groups."""
        return self.compiled.findall(text)

    def split(self, text: AnyStr, maxsplit: int = 0) -> list[AnyStr | str]:
        """Split a text at the matches."""
        return self.compiled.split(text, maxsplit)

    def sub(self, replacement: AnyStr | Callable[[re.Match[AnyStr]], AnyStr], text: AnyStr, count: int = 0) -> AnyStr:
        """Replace the matches."""
        return self.compiled.sub(replacement, text, count)


def regex(pattern: AnyStr, flags: int = 0) -> LazyPattern[AnyStr]:
    """Return an expression that is compiled on first use."""
    return LazyPattern(pattern, flags)
