"""Texts that a spreadsheet takes for nothing but texts."""

from __future__ import annotations

from gxgen.characters import UNPRINTABLE

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula."""
QUOTE = "'"
"""Put before such a text in a file of values; spreadsheets show it or take it for theirs, and run nothing."""
LONGEST = 32_767
"""Characters of a cell."""


def inert(text: str) -> str:
    """A text for a file of values."""
    return f"{QUOTE}{text}" if text.startswith(FORMULA) else text


def as_typed(text: str) -> str:
    """The text that :func:`inert` has guarded."""
    return text[1:] if text.startswith(QUOTE) and text[1:].startswith(FORMULA) else text


def for_cell(text: str) -> str:
    """A text that a cell of a workbook can hold."""
    return UNPRINTABLE.sub("\ufffd", text.encode("utf-8", "replace").decode("utf-8"))[:LONGEST]
