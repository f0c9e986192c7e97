"""Expanded texts with their source maps, the faults of quotations, and how quoted values print."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

import msgspec

from gxgen.core.text import UNPRINTABLE
from gxgen.model import Money, printed


class Expansion(msgspec.Struct, frozen=True):
    """A part of a text that a quotation produced: its characters in the printed text and in the source."""

    printed_start: int
    printed_end: int
    source_start: int
    source_end: int


class ExpandedText(msgspec.Struct, frozen=True):
    """A printed text with its source map: the parts that quotations produced, from the left."""

    text: str
    expansions: tuple[Expansion, ...] = ()


def with_expansions(pieces: Iterable[tuple[int, int, str]], text: str) -> ExpandedText:
    """Replace pieces of a text, given as (start, end, replacement) from the left."""
    printed: list[str] = []
    expansions: list[Expansion] = []
    length = cursor = 0
    for start, end, value in pieces:
        length += start - cursor
        expansions.append(Expansion(length, length + len(value), start, end))
        printed += (text[cursor:start], value)
        length, cursor = length + len(value), end
    printed.append(text[cursor:])
    return ExpandedText("".join(printed), tuple(expansions))


def source_span(expansions: tuple[Expansion, ...], start: int, end: int) -> tuple[int, int]:
    """Map characters *start* to *end* of a printed text to the source; a quotation that they touch is taken whole."""
    return _source_offset(expansions, start, at_end=False), _source_offset(expansions, end, at_end=True)


def _source_offset(expansions: tuple[Expansion, ...], at: int, *, at_end: bool) -> int:
    # A span that ends where a quotation begins holds none of it; one that starts there holds it.
    index = bisect_right(expansions, at - at_end, key=lambda piece: piece.printed_start)
    if not index:
        return at
    piece = expansions[index - 1]
    if at < piece.printed_end:
        return piece.source_end if at_end else piece.source_start
    return piece.source_end + at - piece.printed_end


MAGNITUDE_LIMIT = 10**15
"""No report has a figure as large; infinity and NaN fail the comparison, too."""


class FaultKind(Enum):
    """What is wrong with a quotation."""

    SYNTAX = "syntax"
    UNKNOWN_NAME = "unknown name"
    NOT_A_FIGURE = "not a figure"
    FORBIDDEN = "forbidden"
    ARITHMETIC = "arithmetic"


class Fault(msgspec.Struct, frozen=True):
    """One fault: the piece of text it is about, *offset* characters into the narrative."""

    kind: FaultKind
    piece: str
    offset: int


def format_value(value: object) -> str:
    """Format a quoted value for printing.

    Raises:
        ValueError: the value cannot stand in a report.
    """
    if isinstance(value, str):
        value.encode()  # a lone surrogate raises
        if UNPRINTABLE.search(value):
            raise ValueError("a character that no document can hold")
        return value
    if isinstance(value, Money):
        return printed(value)
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float, Decimal))
        or not -MAGNITUDE_LIMIT < value < MAGNITUDE_LIMIT
    ):
        raise ValueError("not a number of any report")
    return str(value) if isinstance(value, float) else printed(value)
