"""Parse narrative text into paragraphs and heads, with run-in heads and bold text recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from gxgen.core.regex import regex
from gxgen.view.document import Block, Emphasis, Paragraph, Span, Subheading

NUMERAL = r"[一二三四五六七八九十]{1,3}"
RUN_IN_HEAD = regex(rf"(?:（{NUMERAL}）|\({NUMERAL}\)|{NUMERAL}、)")
BOLD = regex(r"\*\*(.+?)\*\*")
MAX_HEAD_LENGTH = 40
"""Characters; a longer opening is a sentence."""
PADDING = " \t\u3000\xa0"


def with_topic_heading(label: str, numeral: str, written: tuple[Block, ...], style: str) -> tuple[Block, ...]:
    """Put the head of a topic above its paragraphs, or run it into the first of them.

    Args:
        label: the topic, without a numeral.
        numeral: its numeral in Chinese.
        written: its paragraphs, at least one.
        style: ``own_line`` （一）主动公开, ``run_in`` （一）主动公开。…, ``colon`` 主动公开：…
    """
    if style == "own_line":
        return (Subheading((Span(f"（{numeral}）{label}"),)), *written)
    head = Span(f"（{numeral}）{label}。" if style == "run_in" else f"{label}：", Emphasis.RUN_IN_HEAD)
    first, *rest = written
    if isinstance(first, Subheading):  # a head of the author's own begins the text
        return (Paragraph((head,)), *written)
    return (Paragraph((head, *first.spans)), *rest)


def blocks(text: str) -> tuple[Block, ...]:
    """Parse the paragraphs and second-level heads of a narrative; each line is a paragraph.

    Empty lines and the spaces around a line are dropped, since indentation is up to the renderer.
    """
    lines = (line.strip(PADDING) for line in text.split("\n"))
    return tuple(_block(line) for line in lines if line)


def _block(line: str) -> Block:
    pieces = tuple(_merged_spans(line)) if "**" in line else (Span(line),)
    text = "".join(piece.text for piece in pieces)
    end = _head_length(text) if RUN_IN_HEAD.match(text) else 0
    if end and end == len(text):
        return Subheading((Span(text),))
    return Paragraph(tuple(_with_run_in_head(pieces, text, end)) if end else pieces)


def _head_length(text: str) -> int:
    """Return the length of the head at the start of *text*; 0 when a sentence only begins like one."""
    stop = re.search(r"[。：:！？；]", text)
    end = stop.end() if stop else len(text)
    return end if end <= MAX_HEAD_LENGTH else 0


def _merged_spans(line: str) -> Iterator[Span]:
    """Split a line where bold begins and ends, without the pairs of ``**``; a lone ``**`` stays."""
    cut = _spans(line)
    for emphasis, pieces in groupby((piece for piece in cut if piece.text), key=attrgetter("emphasis")):
        yield Span("".join(piece.text for piece in pieces), emphasis)


def _spans(line: str) -> Iterator[Span]:
    cursor = 0
    for found in BOLD.finditer(line):
        yield Span(line[cursor : found.start()])
        yield Span(found[1], Emphasis.BOLD)
        cursor = found.end()
    yield Span(line[cursor:])


def _with_run_in_head(pieces: Iterable[Span], text: str, end: int) -> Iterator[Span]:
    """Split a paragraph after its head; nothing in the head is bold, since it stands out already."""
    yield Span(text[:end], Emphasis.RUN_IN_HEAD)
    start = 0
    for piece in pieces:
        if rest := piece.text[max(end - start, 0) :]:
            yield Span(rest, piece.emphasis)
        start += len(piece.text)
