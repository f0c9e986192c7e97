"""Figures quoted in the narrative: ``{{ requests.received.total }}``.

A narrative is other people's text, so only what quoting needs of Jinja is understood: names, arithmetic, comparison,
``if``, and a few filters (:mod:`gxgen.compute.quotation_language`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from gxgen.core.regex import regex
from gxgen.core.text import UNPRINTABLE
from gxgen.model import Money, printed


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


NAME = regex(r"(?<!\{)\{\{ *([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*) *\}\}")
"""A quotation that is a name and nothing else: nearly all of them."""


BEYOND = 10**15
"""No report has a number like that; infinite and undefined ones are not below it either."""


class FaultKind(Enum):
    """What is wrong with a quotation."""

    SYNTAX = "syntax"
    UNKNOWN_NAME = "unknown name"
    NOT_A_FIGURE = "not a figure"
    FORBIDDEN = "forbidden"
    ARITHMETIC = "arithmetic"


class Fault(NamedTuple):
    """One fault: the piece of text it is about, *offset* characters into the narrative."""

    kind: FaultKind
    piece: str
    offset: int


def quotes_something(text: str) -> bool:
    """Whether the text has any Jinja in it."""
    return "{{" in text or "{%" in text


def quote(text: str, names: Mapping[str, object]) -> Filled | tuple[Fault, ...]:
    """Fill in the quotations of *text*, or tell everything that is wrong with them.

    Args:
        text: a narrative.
        names: what may be quoted, by dotted name: figures and texts.
    """
    found = tuple(NAME.finditer(text))
    if "{%" not in text and len(found) == text.count("{{") and all(name[1] in names for name in found):
        with suppress(ValueError):  # a value that cannot be printed: tags.fill_in tells where
            return filled([(*name.span(), shown(names[name[1]])) for name in found], text)
    from gxgen.compute.quotation_language import fill_in

    return fill_in(text, names)


def shown(value: object) -> str:
    """A quoted value as it is printed.

    Raises:
        ValueError: it is nothing that a report can say.
    """
    if isinstance(value, str):
        value.encode()  # a lone surrogate raises
        if UNPRINTABLE.search(value):
            raise ValueError("a character that no document can hold")
        return value
    if isinstance(value, Money):
        return printed(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not -BEYOND < value < BEYOND:
        raise ValueError("not a number of any report")
    return str(value) if isinstance(value, float) else printed(value)
