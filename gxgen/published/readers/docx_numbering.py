"""The numbers that Word sets before paragraphs by itself (ISO/IEC 29500-1, 17.9): they are no text of the paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from gxgen.published.readers.docx_styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COUNTED_IN_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
WITHOUT_NUMBER = frozenset(("bullet", "none"))
MOST_LEVELS = 9
UNKNOWN = "\ufffd"


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    """What is printed; ``%1`` stands for the number of the first level."""
    style: str
    """The paragraph style whose paragraphs are of this level."""


class Numbering:
    """Counts the numbered paragraphs of a document.

    Args:
        numbering: the part ``word/numbering.xml``, if there is one.
        styles: the document's styles.
    """

    def __init__(self, numbering: etree._Element | None, styles: Styles) -> None:
        self._lists = _lists(numbering) if numbering is not None else {}
        self._styles = styles
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int | None]] = {}

    def number_of(self, properties: etree._Element | None, style: str) -> str:
        """What Word prints before the next paragraph; nothing where that is no number.

        Args:
            properties: the paragraph's ``w:pPr``.
            style: the style that it names.
        """
        if not self._lists:
            return ""
        name, level = self._place(properties, style)
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

    def is_numbered(self, style: str) -> bool:
        """Whether Word sets numbers before the paragraphs of a style."""
        return bool(self._lists) and bool(self._place_of(style)[0])

    def _place(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        """The list that a paragraph is of, by itself or by its style, and its level there."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is None:
            return self._place_of(style)
        name = _of(own, "numId")
        level = _level(_of(own, "ilvl"), 0)
        return (name, level) if name else (self._place_of(style)[0], level)

    def _place_of(self, style: str) -> tuple[str, int]:
        """The list of a style and its level: the one that names the style, before the one that the style names."""
        if style not in self._by_style:
            self._by_style[style] = ("", 0)
            for each in self._styles.chain(style, "paragraph"):
                own = each.find(f"{W}pPr/{W}numPr")
                if own is not None:
                    name = _of(own, "numId")
                    linked = [level.style for level in self._lists.get(name, ("", ()))[1]]
                    by_name = linked.index(_value(each, "styleId")) if _value(each, "styleId") in linked else -1
                    self._by_style[style] = (name, by_name if by_name >= 0 else _level(_of(own, "ilvl"), 0))
                    break
        return self._by_style[style]


def _level(text: str, default: int) -> int:
    return int(text) if text in tuple("012345678") else default


def _lists(numbering: etree._Element) -> dict[str, tuple[str, tuple[_Level, ...]]]:
    """For each list what it counts with, and its levels; a list that starts anew counts by itself."""
    kinds = {_value(kind, "abstractNumId"): _levels(kind) for kind in numbering.iter(f"{W}abstractNum")}
    by_link = {_of(kind, "styleLink"): _value(kind, "abstractNumId") for kind in numbering.iter(f"{W}abstractNum")}
    links = {_value(kind, "abstractNumId"): _of(kind, "numStyleLink") for kind in numbering.iter(f"{W}abstractNum")}
    found = {}
    for one in numbering.iter(f"{W}num"):
        name, kind = _value(one, "numId"), _of(one, "abstractNumId")
        if links.get(kind):
            kind = by_link.get(links[kind], kind)
        restarts = one.find(f"{W}lvlOverride/{W}startOverride") is not None
        found[name] = (f"num {name}" if restarts else kind, kinds.get(kind, ()))
    return found


def _levels(kind: etree._Element) -> tuple[_Level, ...]:
    return tuple(
        _Level(_start(level), _of(level, "numFmt"), _of(level, "lvlText"), _of(level, "pStyle"))
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
