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
    """A finding about the characters from *phrase[0]* to *phrase[1]* of a text, as it will be printed.

    Where quotations were filled in, it points at the words as they are written, quotations included.
    """
    start, end = completed.written(place, *phrase)
    return Finding(code, f"narrative.{place}", message, hint, offset=start, length=end - start)
