"""Characters that no document can hold."""

from __future__ import annotations

from gxgen.patterns import regex

UNPRINTABLE = regex("[\x00-\x08\x0b-\x1f]|[\ud800-\udfff]|\ufffe|\uffff")
"""What XML 1.0 (2.2) leaves out, and a carriage return, which XML readers turn into something else."""


def is_printable(text: str) -> bool:
    """Whether a document can hold all of *text*; of most texts Python knows that by itself."""
    plain = text.replace("\n", "").replace("\u3000", "")
    return plain.isprintable() or UNPRINTABLE.search(text) is None


def printable(text: str) -> str:
    """*text* with U+FFFD for what no document can hold, so that it shows and is not lost."""
    return text if is_printable(text) else UNPRINTABLE.sub("\ufffd", text)
