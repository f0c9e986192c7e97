"""Narrative text to paragraphs, with its heads and its bold pieces recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.view.document import Block, Emphasis, Paragraph, Span, Subheading

NUMERAL = r"[一二三四五六七八九十]{1,3}"
HEAD = re.compile(rf"(?:\*\*)?(?:（{NUMERAL}）|\({NUMERAL}\)|{NUMERAL}、)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
LONGEST_HEAD = 40
"""Characters; a longer opening is a sentence, not a head."""
PADDING = " \t\u3000\xa0"


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and second-level heads of a narrative; one line is one paragraph.

    Indentation is the renderer's, so the spaces around a line and empty lines carry nothing.
    """
    lines = (line.strip(PADDING) for line in text.split("\n"))
    return tuple(_block(line) for line in lines if line)


def _block(line: str) -> Block:
    if not HEAD.match(line):
        return Paragraph(tuple(_spans(line)))
    end = _end_of_head(line)
    if end == len(line):
        return Subheading(tuple(_spans(line)))
    if end:
        return Paragraph((*_spans(line[:end], Emphasis.HEAD), *_spans(line[end:])))
    return Paragraph(tuple(_spans(line)))


def _end_of_head(line: str) -> int:
    """How many characters the head at the start of *line* takes; 0 when a sentence only begins like one."""
    stop = re.compile(r"[。：:！？；]").search(line)
    end = stop.end() if stop else len(line)
    closing = "**" if line[end:].startswith("**") and line.count("**", 0, end) % 2 else ""
    end += len(closing)
    return end if end <= LONGEST_HEAD else 0


def _spans(text: str, emphasis: Emphasis = Emphasis.PLAIN) -> Iterator[Span]:
    """The pieces of a line; ``**`` without a partner stays as it is."""
    cursor = 0
    for found in BOLD.finditer(text):
        if found.start() > cursor:
            yield Span(text[cursor : found.start()], emphasis)
        yield Span(found[1], Emphasis.BOLD if emphasis is Emphasis.PLAIN else emphasis)
        cursor = found.end()
    if cursor < len(text):
        yield Span(text[cursor:], emphasis)
