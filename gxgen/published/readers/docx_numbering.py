"""The numbers that Word sets before paragraphs by itself (ISO/IEC 29500-1, 17.9): they are no text of the paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COUNTED_IN_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
WITHOUT_NUMBER = frozenset(("bullet", "none"))
MOST_LEVELS = 9
MOST_BASES = 20
"""Styles that a style is based on, one after the other."""
UNKNOWN = "\ufffd"


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    """What is printed; ``%1`` stands for the number of the first level."""


class Numbering:
    """Counts the numbered paragraphs of a document.

    Args:
        numbering: the part ``word/numbering.xml``, if there is one.
        styles: the part ``word/styles.xml``, if there is one.
    """

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists = _lists(numbering) if numbering is not None else {}
        known = styles.findall(f"{W}style") if styles is not None else ()
        self._styles = {_value(style, "styleId"): style for style in known}
        self._counts: dict[str, list[int | None]] = {}

    def number_of(self, paragraph: etree._Element) -> str:
        """What Word prints before the next paragraph; nothing where that is no number."""
        name, level = self._place(paragraph)
        levels = self._lists.get(name, ("", ()))[1]
        if level >= len(levels):
            return ""
        counts = self._counts.setdefault(self._lists[name][0], [None] * MOST_LEVELS)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (MOST_LEVELS - level - 1)
        if levels[level].format in WITHOUT_NUMBER:
            return ""
        return re.sub("%([1-9])", lambda found: _printed(levels, counts, int(found[1]) - 1), levels[level].text)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list that a paragraph is of, by itself or by its style, and its level there."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        style = _of(properties, "pStyle")
        for _ in range(MOST_BASES):
            if own is not None or style not in self._styles:
                break
            own = self._styles[style].find(f"{W}pPr/{W}numPr")
            style = _of(self._styles[style], "basedOn")
        level = _of(own, "ilvl")
        return _of(own, "numId"), int(level) if level in tuple("012345678") else 0


def _lists(numbering: etree._Element) -> dict[str, tuple[str, tuple[_Level, ...]]]:
    """For each list what it counts with, and its levels; a list that starts anew counts by itself."""
    kinds = {_value(kind, "abstractNumId"): _levels(kind) for kind in numbering.iter(f"{W}abstractNum")}
    found = {}
    for one in numbering.iter(f"{W}num"):
        name, kind = _value(one, "numId"), _of(one, "abstractNumId")
        restarts = one.find(f"{W}lvlOverride/{W}startOverride") is not None
        found[name] = (f"num {name}" if restarts else kind, kinds.get(kind, ()))
    return found


def _levels(kind: etree._Element) -> tuple[_Level, ...]:
    return tuple(
        _Level(_start(level), _of(level, "numFmt"), _of(level, "lvlText"))
        for level in kind.findall(f"{W}lvl")[:MOST_LEVELS]
    )


def _start(level: etree._Element) -> int:
    value = _of(level, "start")
    return int(value) if value.isdecimal() and len(value) < len("10000") else 1


def _printed(levels: tuple[_Level, ...], counts: list[int | None], at: int) -> str:
    if at >= len(levels):
        return UNKNOWN
    count = counts[at]
    return _in_format(levels[at].start if count is None else count, levels[at].format)


def _in_format(number: int, name: str) -> str:
    if name in ("", "decimal", "decimalHalfWidth", "decimalFullWidth"):
        return str(number)
    if name in COUNTED_IN_CHINESE:
        import cn2an

        return str(cn2an.an2cn(number))
    if name.startswith("decimalEnclosedCircle") and 1 <= number <= len(CIRCLED):
        return CIRCLED[number - 1]
    if name in ("lowerLetter", "upperLetter") and 1 <= number <= len("abcdefghijklmnopqrstuvwxyz"):
        return chr(ord("a" if name == "lowerLetter" else "A") + number - 1)
    return UNKNOWN


def _of(parent: etree._Element | None, name: str) -> str:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return _value(found, "val") if found is not None else ""


def _value(element: etree._Element, name: str) -> str:
    return element.get(f"{W}{name}", "")
