"""Text: what documents can hold, lists of names, display width with Chinese characters of two columns, line breaks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gxgen.core.regex import regex

UNPRINTABLE = regex("[\x00-\x08\x0b-\x1f]|[\ud800-\udfff]|\ufffe|\uffff")
"""What XML 1.0 (2.2) leaves out, and a carriage return, which XML readers turn into something else."""


def is_printable(text: str) -> bool:
    """Whether a document can hold all characters of *text*."""
    plain = text.replace("\n", "").replace("\u3000", "")
    return plain.isprintable() or UNPRINTABLE.search(text) is None


def printable(text: str) -> str:
    """Return *text* with U+FFFD for characters that no document can hold."""
    return text if is_printable(text) else UNPRINTABLE.sub("\ufffd", text)


MOST_NAMED = 10
"""Maximum names listed in a message."""


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Join names for a message, cut after *most* of them."""
    return "、".join(names[:most]) + (" 等" if len(names) > most else "")


EVERYDAY_WIDE = ((0x2E80, 0x303E), (0x3041, 0xA4CF), (0xF900, 0xFAFF), (0xFE30, 0xFE6B), (0xFF01, 0xFF60))
"""Chinese characters and their punctuation (Unicode East Asian Width W and F)."""
NOT_FIRST = frozenset("、，。；：？！）〕》」』”’%…—")
NOT_LAST = frozenset("（〔《「『“‘")
"""禁则: what may not begin or end a line (GB/T 15834)."""


def display_width(text: str) -> int:
    """Return the columns that *text* takes; a control character counts as one."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    """Return the width of a character; wcwidth is loaded only for uncommon ones."""
    code = ord(char)
    if code < 0x300 or 0x2010 <= code <= 0x2027:
        return 1
    if any(first <= code <= last for first, last in EVERYDAY_WIDE):
        return 2
    from wcwidth import wcwidth

    return max(int(wcwidth(char)), 0)


def wrap(text: str, width: int) -> list[str]:
    """Wrap *text* to *width* columns by Chinese rules: anywhere, but not on the wrong side of a bracket."""
    lines = []
    while display_width(text) > width:
        end = _fitting(text, width)
        allowed = [
            at for at in range(end, max(end - 3, 0), -1) if text[at] not in NOT_FIRST and text[at - 1] not in NOT_LAST
        ]
        at = allowed[0] if allowed else end
        lines.append(text[:at])
        text = text[at:]
    return [*lines, text]


def _fitting(text: str, width: int) -> int:
    """Return how many characters fit on a line; at least one."""
    used = 0
    for at, char in enumerate(text):
        used += _char_width(char)
        if used > width:
            return max(at, 1)
    return len(text)
