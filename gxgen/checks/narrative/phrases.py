"""Findings about a phrase of the narrative, pointing at it where the data file spells it."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.compute import Completed
from gxgen.findings import Code, Finding


def texts(completed: Completed) -> Iterator[tuple[str, str]]:
    """The narrative by place, as it will be printed; a text with faulty quotations is left to their own findings."""
    return ((place, text) for place, text in completed.narrative.items() if place not in completed.faults)


def at_phrase(
    completed: Completed, place: str, phrase: tuple[int, int], code: Code, message: str, hint: str
) -> Finding:
    """A finding about the characters from *phrase[0]* to *phrase[1]* of a text.

    Where quotations were filled in, the text printed is not the text written: the phrase is looked for there, and the
    finding is about the whole text if it is not to be found once.
    """
    start, end = phrase
    written, printed = completed.written(place), completed.narrative[place]
    if written != printed:
        piece = printed[start:end]
        start = written.find(piece) if written.count(piece) == 1 else -1
    where = f"narrative.{place}"
    if start < 0:
        return Finding(code, where, message, hint)
    return Finding(code, where, message, hint, offset=start, length=end - phrase[0])
