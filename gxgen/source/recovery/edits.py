"""Edits to a statement, and their places in the statement as typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

import msgspec

from gxgen.source.recovery.statements import signs_only

_WORDS = re.compile(r"[^\n=＝:：\[［【]*[=＝:：]\s*([^\W\d_][^\n]*?)(?:[^\S\n]+[#＃][^\n]*|[^\S\n]*)$")
Edits = tuple["Edit", ...]
Find = Callable[["SourceStatement"], Edits]
"""The edits that repair a statement; none where the error is not there."""


class SourceStatement(msgspec.Struct, frozen=True, dict=True):
    """A statement as typed, or as earlier repairs left it."""

    text: str

    @cached_property
    def signs(self) -> str:
        """The text, character for character, with strings and comments blanked out."""
        return signs_only(self.text)

    @cached_property
    def outside(self) -> str:
        """The signs, without the words of a string that lacks its quotation marks, which must not change."""
        found = _WORDS.match(self.signs)
        return (
            f"{self.signs[: found.start(1)]}{'x' * len(found[1])}{self.signs[found.end(1) :]}" if found else self.signs
        )


class Edit(msgspec.Struct, frozen=True):
    """Replaces characters *start* to *end* by *new*; *at* is the place to point at, *about* what to quote."""

    start: int
    end: int
    new: str
    at: int | None = None
    about: str = ""

    @property
    def place(self) -> int:
        """The offset of the character to point at."""
        return self.start if self.at is None else self.at


class Repair(msgspec.Struct, frozen=True):
    """A kind of syntax error: how it is repaired and how it is explained.

    ``message`` may name what was typed (``{old}``) and what stands there now (``{new}``).
    """

    name: str
    find: Find
    message: str
    """Empty where the reader of figures will tell."""
    is_certain: bool = True
    """Whether nothing else can have been meant, so that the repaired statement may be read."""
    hint: str = ""
    """How to fix it, for where the repaired line would not show that: ``{old}`` and ``{new}`` as in ``message``."""
    is_choice: bool = False
    """Whether the repaired line is but one of the things that may have been meant; the hint then names them."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after edits, which are in order and do not overlap."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.new)
        done = edit.end
    return "".join((*pieces, text[done:]))


def before(edits: Iterable[Edit], at: int) -> int:
    """Return the offset before *edits* of what stands at *at* after them."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        if at < start:
            break
        if at < start + len(edit.new):
            return edit.start
        shift += len(edit.new) - (edit.end - edit.start)
    return at - shift


def in_order(edits: Iterable[Edit]) -> Edits:
    """Return the edits in the order of the text."""
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
