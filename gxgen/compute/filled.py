"""A text whose quotations are filled in, and where each part of it was written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Quoted(NamedTuple):
    """Part of a text that is not printed as it is written: characters *start* to *end* of either text."""

    printed_start: int
    printed_end: int
    written_start: int
    written_end: int


class Filled(NamedTuple):
    """A text as it will be printed, and the parts that quotations made, from the left."""

    text: str
    quoted: tuple[Quoted, ...] = ()


def filled(pieces: Iterable[tuple[int, int, str]], text: str) -> Filled:
    """*text* with some of its pieces, each from *start* to *end*, replaced by what is printed there."""
    printed: list[str] = []
    quoted: list[Quoted] = []
    length = cursor = 0
    for start, end, value in pieces:
        length += start - cursor
        quoted.append(Quoted(length, length + len(value), start, end))
        printed += (text[cursor:start], value)
        length, cursor = length + len(value), end
    printed.append(text[cursor:])
    return Filled("".join(printed), tuple(quoted))


def written_span(quoted: tuple[Quoted, ...], start: int, end: int) -> tuple[int, int]:
    """Where characters *start* to *end* of a printed text are written; a quotation that made any of them, whole."""
    return _written(quoted, start, at_end=False), _written(quoted, end, at_end=True)


def _written(quoted: tuple[Quoted, ...], at: int, *, at_end: bool) -> int:
    # A span that ends where a quotation begins holds none of it; one that starts there holds it.
    index = bisect_right(quoted, at - at_end, key=lambda piece: piece.printed_start)
    if not index:
        return at
    piece = quoted[index - 1]
    if at < piece.printed_end:
        return piece.written_end if at_end else piece.written_start
    return piece.written_end + at - piece.printed_end
