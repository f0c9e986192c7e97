"""Narrative: paragraphs put together from broken lines, page numbers left out, topics recognised."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from gxgen.core.text import display_width
from gxgen.published.document import Paragraph
from gxgen.published.labels import fold
from gxgen.spec import LEAD, Section, join

PAGE_NUMBER = re.compile(r"[-—–－―]\s*\d{1,3}\s*[-—–－―]|第\s*\d{1,3}\s*页(?:\s*[共/]\s*\d{1,3}\s*页)?")
INDENT = re.compile(r"(?:\u3000|\xa0| {2,}|\t)")
HEAD = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)])"
)
NUMBERED = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
SENTENCE_END = re.compile(r"[。！？；：!?;:][”’」』）)]?$")
NUMERALS = "一二三四五六七八九十"
WRAPS_BELOW = 100
"""Columns; a text whose lines are no longer than this has been broken to fit a page."""
EVERYDAY_WRAP = 50
FULL = 0.8
OVERLONG = 1.3
"""Of the length of a document's lines; those of its tables may be the most."""
PADDING = " \t\u3000\xa0\r\n\f"


class _Head(NamedTuple):
    """The head of a topic: its numeral, its name, and how many characters it takes of its paragraph."""

    numeral: str
    name: str
    length: int


def _on_a_line(text: str) -> _Head | None:
    found = re.fullmatch(r"（([一二三四五六七八九十])）(.+)", text.replace("**", ""))
    return _Head(found[1], found[2], len(text)) if found else None


def _run_in(text: str) -> _Head | None:
    found = re.match(
        r"(?:\*\*)?[（(]([一二三四五六七八九十])[）)](?:\*\*)?\s*([^。：:，；*]{2,20})(?:[。：:]|\*\*){1,2}\s*", text
    )
    return _Head(found[1], found[2], found.end()) if found and _is_apart(found[0]) else None


def _with_a_colon(text: str) -> _Head | None:
    found = re.match(r"(?:\*\*)?([^。：:，；（(*]{2,20})(?:[：:]|\*\*){1,2}\s*", text)
    return _Head("", found[1], found.end()) if found and _is_apart(found[0]) else None


def _is_apart(head: str) -> bool:
    """Whether a head ends where it is said to: its stop is there, and what is bold of it ends with it."""
    return bool(re.search("[。：:]", head)) and head.count("**") % 2 == 0


STYLES = (_on_a_line, _run_in, _with_a_colon)
"""How agencies set the heads of the topics."""
LEAST_TOPICS = 3


class Origin(NamedTuple):
    """Where the characters of a passage from *start* on stand in the document's text; line 0: it has no lines."""

    start: int
    line: int = 0
    column: int = 1


class Passage(NamedTuple):
    """A paragraph of the narrative, and what it has been put together from."""

    text: str
    origins: tuple[Origin, ...]
    number: int
    """Which paragraph it is of its part of the report, from 1."""

    def with_more(self, text: str, line: int, column: int) -> Passage:
        """The passage with another line of it."""
        joined = _joined(self.text, text)
        return self._replace(text=joined, origins=(*self.origins, Origin(len(joined) - len(text), line, column)))

    def without(self, count: int) -> Passage:
        """The passage less its first characters."""
        origins = tuple(Origin(start - count, line, column) for start, line, column in self.origins)
        return self._replace(text=self.text[count:], origins=origins)

    def origin_of(self, offset: int) -> Origin:
        """Where the character at *offset* stands."""
        start, line, column = next((one for one in self.origins[::-1] if one.start <= offset), self.origins[0])
        return Origin(offset, line, column + offset - start)


class Text(NamedTuple):
    """Narrative in paragraphs, and the page numbers that stood between them."""

    passages: tuple[Passage, ...]
    page_numbers: tuple[Paragraph, ...] = ()

    def __str__(self) -> str:
        return text_of_passages(self.passages)


def text_of_passages(passages: Iterable[Passage]) -> str:
    """The text of some paragraphs, as it is kept in a report."""
    return "\n".join(passage.text for passage in passages)


def text_of(blocks: Iterable[Paragraph], width: int) -> Text:
    """The paragraphs that the blocks are; *width* is how long the document's lines are."""
    passages: list[Passage] = []
    page_numbers: list[Paragraph] = []
    last: Paragraph | None = None
    for block in blocks:
        words = block.text.strip(PADDING)
        words = f"{block.number}{words}" if words else ""
        if block.is_line and PAGE_NUMBER.fullmatch(words):
            page_numbers.append(block)
            continue
        for line in filter(None, (line.strip(PADDING) for line in words.split("\n"))):
            column = block.text.index(line) + 1 if block.is_line else 1
            if block.is_line and passages and last and _goes_on(last, block.text, width):
                passages[-1] = passages[-1].with_more(line, block.line, column)
            else:
                passages.append(Passage(line, (Origin(0, block.line, column),), len(passages) + 1))
        last = block if block.is_line and words else last
    return Text(tuple(passages), tuple(page_numbers))


def line_width(blocks: Iterable[Paragraph]) -> int:
    """How long the lines of a document are that has been broken into lines."""
    widths = sorted(display_width(block.text.strip()) for block in blocks if block.is_line and block.text.strip())
    if not widths:
        return 0
    long = widths[len(widths) * 9 // 10]
    return long if long < WRAPS_BELOW else EVERYDAY_WRAP


def _goes_on(last: Paragraph, line: str, width: int) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    if INDENT.match(line) or HEAD.match(line.strip()):
        return False
    before = last.text.rstrip()
    is_full = display_width(before) >= FULL * width if last.is_full is None else last.is_full
    if SENTENCE_END.search(before):
        # A full line that ends with a sentence usually goes on: one line in thirty ends its paragraph at the margin.
        # A line much longer than the document's lines has not been broken to their length: it is a paragraph.
        is_broken = width < WRAPS_BELOW and width != EVERYDAY_WRAP and display_width(before) <= OVERLONG * width
        return is_full and is_broken
    return is_full


def _joined(before: str, after: str) -> str:
    space = " " if before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha() else ""
    return before + space + after


def topics_of(section: Section, passages: tuple[Passage, ...]) -> Mapping[str, tuple[Passage, ...]] | None:
    """The section's topics by place, if its heads are those of the form in their order; else None.

    Heads stand on lines of their own, or the text runs on after each: （一）主动公开。…, or 主动公开：….
    """
    return next(filter(None, (_topics(section, passages, style) for style in STYLES)), None)


def _topics(
    section: Section, passages: tuple[Passage, ...], style: Callable[[str], _Head | None]
) -> Mapping[str, tuple[Passage, ...]] | None:
    wanted = {fold(topic.label): topic for topic in section.topics}
    heads = {at: head for at, passage in enumerate(passages) if (head := style(passage.text))}
    named = {at: head for at, head in heads.items() if fold(head.name) in wanted}
    keys = [wanted[fold(head.name)].key for head in named.values()]
    numbered = all(head.numeral in ("", numeral) for head, numeral in zip(named.values(), NUMERALS, strict=False))
    in_order = [topic.key for topic in section.topics if topic.key in keys]
    others = (passage.text.removeprefix("**") for at, passage in enumerate(passages) if at not in named)
    is_own = any(map(NUMBERED.match, others))
    if not named or is_own or not numbered or keys != in_order or not _are_enough(named.values()):
        return None
    texts = dict(_between(section, passages, named, keys))
    return texts if all(text_of_passages(texts.get(join(section.key, key), ())) for key in keys) else None


def _are_enough(heads: Collection[_Head]) -> bool:
    """Whether they are the heads of topics: words without a numeral begin many a paragraph."""
    return all(head.numeral for head in heads) or len(heads) >= LEAST_TOPICS


def _between(
    section: Section, passages: tuple[Passage, ...], heads: Mapping[int, _Head], keys: list[str]
) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    starts = list(heads)
    if starts[0]:
        yield join(section.key, LEAD), passages[: starts[0]]
    for key, start, end in zip(keys, starts, [*starts[1:], len(passages)], strict=True):
        first = passages[start].without(heads[start].length)
        yield join(section.key, key), (*((first,) if first.text else ()), *passages[start + 1 : end])


def as_printed(text: str) -> str:
    """Text of a data file that :func:`as_data` made, as it was before."""
    return re.sub(r"\{\{ '(\{[{%#])' \}\}", lambda found: found[1], text)


def as_data(text: str) -> str:
    """Text for a data file, where doubled braces quote figures: spelled so that they print as they are."""
    return re.sub(r"\{\{|\{%|\{#", lambda found: "{{ '" + found[0] + "' }}", text)
