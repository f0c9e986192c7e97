"""Characters that no document can hold."""

from __future__ import annotations

from gxgen.patterns import regex

UNPRINTABLE = regex("[\x00-\x08\x0b-\x1f]|[\ud800-\udfff]|\ufffe|\uffff")
"""What XML 1.0 (2.2) leaves out, and a carriage return, which XML readers turn into something else."""


def printable(text: str) -> str:
    """*text* with U+FFFD for what no document can hold, so that it shows and is not lost."""
    return text if text.isprintable() else UNPRINTABLE.sub("\ufffd", text)
