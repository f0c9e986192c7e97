"""Lines of a document's text, and places in them."""

from __future__ import annotations

from gxgen.findings import Position


def line_of(text: str, number: int) -> str:
    """A line by its number, from 1; nothing where the text has no such line."""
    lines = text.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def whole_line(text: str, number: int) -> Position:
    """The words of a line, from the first to the last."""
    line = line_of(text, number)
    words = line.strip()
    return Position(number, line.index(words) + 1 if words else 1, max(len(words), 1))
