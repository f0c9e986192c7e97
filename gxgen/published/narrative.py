"""Narrative: paragraphs put together from broken lines, page numbers left out, topics recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gxgen.published.blocks import Paragraph
from gxgen.published.folding import fold
from gxgen.spec import LEAD, Section, join
from gxgen.widths import display_width

PAGE_NUMBER = re.compile(r"[-—–－―]\s*\d{1,3}\s*[-—–－―]|第\s*\d{1,3}\s*页(?:\s*[共/]\s*\d{1,3}\s*页)?")
INDENT = re.compile(r"(?:\u3000|\xa0| {2,}|\t)")
HEAD = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)])"
)
TOPIC_HEAD = re.compile(r"（([一二三四五六七八九十])）(.+)")
SENTENCE_END = re.compile(r"[。！？；：!?;:][”’」』）)]?$")
NUMERALS = "一二三四五六七八九十"
WRAPS_BELOW = 100
"""Columns; a text whose lines are no longer than this has been broken to fit a page."""
EVERYDAY_WRAP = 50
FULL = 0.8
PADDING = " \t\u3000\xa0\r\n\f"


class Text(NamedTuple):
    """Narrative in paragraphs, and the page numbers that stood between them."""

    paragraphs: tuple[str, ...]
    page_numbers: tuple[Paragraph, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.paragraphs)


def text_of(blocks: Iterable[Paragraph], width: int) -> Text:
    """The paragraphs that the blocks are; *width* is how long the document's lines are."""
    paragraphs: list[str] = []
    page_numbers: list[Paragraph] = []
    last_line = ""
    for block in blocks:
        words = block.text.strip(PADDING)
        if block.is_line and PAGE_NUMBER.fullmatch(words):
            page_numbers.append(block)
        elif not block.is_line:
            paragraphs += [line.strip(PADDING) for line in words.split("\n") if line.strip(PADDING)]
        elif words:
            if paragraphs and _goes_on(last_line, block.text, width):
                paragraphs[-1] = _joined(paragraphs[-1], words)
            else:
                paragraphs.append(words)
            last_line = block.text
    return Text(tuple(paragraphs), tuple(page_numbers))


def line_width(blocks: Iterable[Paragraph]) -> int:
    """How long the lines of a document are that has been broken into lines."""
    widths = sorted(display_width(block.text.strip()) for block in blocks if block.is_line and block.text.strip())
    if not widths:
        return 0
    long = widths[len(widths) * 9 // 10]
    return long if long < WRAPS_BELOW else EVERYDAY_WRAP


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    if not before or INDENT.match(line) or HEAD.match(line.strip()):
        return False
    before = before.rstrip()
    is_full = display_width(before) >= FULL * width
    if SENTENCE_END.search(before):
        # A full line that ends with a sentence usually goes on: one line in thirty ends its paragraph at the margin.
        return is_full and width < WRAPS_BELOW and width != EVERYDAY_WRAP
    return is_full


def _joined(before: str, after: str) -> str:
    space = " " if before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha() else ""
    return before + space + after


def topics_of(section: Section, paragraphs: tuple[str, ...]) -> Mapping[str, str] | None:
    """The section's topics by place, if its heads are exactly those that gxgen would print; else None.

    Anything else stays the agency's own text: turned into topics, it would be printed with other heads.
    """
    heads = [at for at, line in enumerate(paragraphs) if TOPIC_HEAD.fullmatch(line)]
    wanted = {fold(topic.label): topic for topic in section.topics}
    names = [TOPIC_HEAD.fullmatch(paragraphs[at]) for at in heads]
    keys = [wanted[fold(name[2])].key for name in names if name and fold(name[2]) in wanted]
    numbered = all(name and name[1] == numeral for name, numeral in zip(names, NUMERALS, strict=False))
    in_order = [topic.key for topic in section.topics if topic.key in keys]
    if not heads or len(keys) != len(heads) or not numbered or keys != in_order:
        return None
    texts = dict(_between(section, paragraphs, heads, keys))
    return texts if all(texts.get(join(section.key, key)) for key in keys) else None


def _between(
    section: Section, paragraphs: tuple[str, ...], heads: list[int], keys: list[str]
) -> Iterator[tuple[str, str]]:
    if heads[0]:
        yield join(section.key, LEAD), "\n".join(paragraphs[: heads[0]])
    for key, start, end in zip(keys, heads, [*heads[1:], len(paragraphs)], strict=True):
        yield join(section.key, key), "\n".join(paragraphs[start + 1 : end])


def as_data(text: str) -> str:
    """Text for a data file, where doubled braces quote figures: spelled so that they print as they are."""
    return re.sub(r"\{\{|\{%|\{#", lambda found: "{{ '" + found[0] + "' }}", text)
