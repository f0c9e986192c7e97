"""Slips that leave every tag in order: braces that are none, and words that a tag takes away with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gxgen.render.templates.tags import Tag, TagFault

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOOKALIKE = re.compile(
    r"(?:｛\s*[｛{%％#＃]|\{\s*[｛％＃]|\{\s+[{%#])[^\0]*?(?:[%％#＃]\s*[｝}]|[｝}]\s*[｝}]|$)"
    r"|[%％#＃]\s*｝|％\s*\}|｝\s*[｝}]|\}\s*｝"
)
"""Full-width braces, or ones with a space between them."""
LONGEST_QUOTE = 40


class _Unit(NamedTuple):
    word: str
    measure: str
    """How the remedy counts it."""


UNITS = {"p": _Unit("整段", "段"), "tr": _Unit("整行", "行"), "tc": _Unit("整格", "格")}
"""What a tag with these letters stands for: docxtpl replaces all of it by the tag."""


class Paragraph(Protocol):
    """A paragraph of a template."""

    @property
    def text(self) -> str:
        """Its words, tags included."""

    @property
    def place(self) -> str:
        """Where it is, as Word shows it."""

    @property
    def cell(self) -> _Element | None:
        """The table cell that it stands in."""


def lookalikes(place: str, rest: str) -> Iterator[TagFault]:
    """What looks like a tag and would be printed as it stands.

    Args:
        place: where the paragraph is.
        rest: the paragraph, its tags blanked out by NUL.
    """
    for found in LOOKALIKE.finditer(rest):
        quoted = found[0][:LONGEST_QUOTE].strip()
        yield TagFault(
            place, quoted, "括号是全角的，或者中间有空格，不会当作标记", "改成半角的 {{ }}、{% %}，括号之间不空格"
        )


def lost_words(paragraphs: Sequence[Paragraph], tags: Sequence[Sequence[Tag]]) -> Iterator[TagFault]:
    """Words that stand where a tag stands for everything; docxtpl drops them without a word.

    Args:
        paragraphs: those of a part, in their order.
        tags: the tags of each.
    """
    units: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for number, paragraph in enumerate(paragraphs):
        for letters in UNITS:
            units[_unit(letters, number, paragraph)].append(number)
    for number, own in enumerate(tags):
        first = next((tag for tag in own if tag.stands_for in UNITS), None)
        if first is None:
            continue
        there = units[_unit(first.stands_for, number, paragraphs[number])]
        words = "".join(paragraphs[each].text for each in there).replace(first.text, "", 1).strip()
        if words:
            unit = UNITS[first.stands_for]
            message = f"代表{unit.word}，同一{unit.measure}里的「{words[:LONGEST_QUOTE]}」会丢掉"
            yield TagFault(
                first.place, first.text, message, f"标记单独占一{unit.measure}，别的内容放在另一{unit.measure}"
            )


def _unit(letters: str, number: int, paragraph: Paragraph) -> tuple[str, object]:
    """What a tag with these letters in a paragraph stands for."""
    if letters == "p" or paragraph.cell is None:
        return letters, number
    return letters, paragraph.cell if letters == "tc" else next(paragraph.cell.iterancestors(f"{W}tr"), number)
