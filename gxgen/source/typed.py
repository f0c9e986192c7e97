"""From places in a mended text back to places in the text as it was typed."""

from __future__ import annotations

from collections.abc import Iterable

from gxgen.findings import Position
from gxgen.source.syntax import MendedLines


def as_typed(position: Position, mended: Iterable[MendedLines]) -> Position:
    """Where in the text as typed stands what stands at a place of the mended text."""
    line = position.line - 1
    for statement in mended:
        if statement.line <= line <= statement.line + statement.text.count("\n"):
            return _within(position, statement)
    return position


def _within(position: Position, statement: MendedLines) -> Position:
    lines = statement.text.split("\n")
    row = position.line - 1 - statement.line
    offset = sum(len(line) + 1 for line in lines[:row]) + position.column - 1
    start = statement.typed_at(offset)
    end = max(statement.typed_at(min(offset + position.length, len(statement.text))), start + 1)
    line_start = statement.typed.rfind("\n", 0, start) + 1
    line_end = statement.typed.find("\n", start)
    length = min(end, line_end if line_end >= 0 else len(statement.typed)) - start
    at_line = statement.line + statement.typed.count("\n", 0, start) + 1
    return Position(at_line, start - line_start + 1, max(length, 1) if position.length else 0)
