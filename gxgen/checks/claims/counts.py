"""Counts in running Chinese text: ``3050件``, ``3，050 件``, ``十二件``, ``0.5万余件``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

DIGITS = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+(?:[.．][0-9０-９]+)?"
CHINESE = "[零〇一二两三四五六七八九十百千万]+"
UNITS = "件次|人次|万元|件|条|份|宗|起|例|项|篇|期|个|次|场|元|%|％"
NUMBER = re.compile(
    rf"(?P<digits>{DIGITS})\s*(?P<scale>[百千万亿]?)(?P<more>[余多])?\s*(?P<unit>{UNITS})"
    rf"|(?P<chinese>{CHINESE})(?P<some>[余多几])?\s*(?P<measure>件|份|宗|起|例)"
)
VAGUE_BEFORE = re.compile(r"(?:约|近|超过?|逾|达到?|不足|不到|至少|最多|大约)\s*$")
VAGUE_AFTER = re.compile(r"\s*(?:左右|上下|以上|以下|以内)")
ORDINAL_BEFORE = re.compile(r"[第每]\s*$")
WINDOW = 8
"""Characters before a number that say how exact it is."""
BRACKET_WINDOW = 200
SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
CASES = frozenset({"件", "份", "宗", "起", "例", "条"})
"""The measure words with which applications and lawsuits are counted."""


class Count(NamedTuple):
    """A number with its measure word, *start* to *end* characters into the text."""

    value: Decimal
    unit: str
    start: int
    end: int
    is_vague: bool = False
    """``约``, ``余`` and the like: nothing to compare exactly."""

    def moved(self, by: int) -> Count:
        """The same number in a longer text, *by* characters further on."""
        return self._replace(start=self.start + by, end=self.end + by)

    @property
    def is_percentage(self) -> bool:
        """Whether it is a share, not a count."""
        return self.unit in ("%", "％")

    @property
    def counts_cases(self) -> bool:
        """Whether it may count applications, replies or lawsuits."""
        return self.unit in CASES


def counts(text: str) -> Iterator[Count]:
    """Every number of *text* that has a measure word, from the left."""
    for found in NUMBER.finditer(text):
        before = text[max(found.start() - WINDOW, 0) : found.start()]
        value = _value(found)
        if (
            value is None
            or ORDINAL_BEFORE.search(before)
            or (before and before[-1:] in "0123456789０１２３４５６７８９.．")
        ):
            continue
        vague = bool(
            found["more"]
            or found["some"]
            or found["scale"]
            or VAGUE_BEFORE.search(before)
            or VAGUE_AFTER.match(text, found.end())
        )
        yield Count(value, found["unit"] or found["measure"], found.start(), found.end(), vague)


def _value(found: re.Match[str]) -> Decimal | None:
    if found["digits"]:
        plain = re.sub(r"[,，]", "", found["digits"]).replace("．", ".")
        return Decimal(plain) * SCALES[found["scale"]]
    return _chinese_value(found["chinese"])


def _chinese_value(numeral: str) -> Decimal | None:
    """A Chinese numeral; None for what is none, such as the 千 of 千方百计."""
    if len(numeral) == 1 and numeral in DIGIT_VALUES:
        return Decimal(DIGIT_VALUES.index(numeral))
    from cn2an import cn2an

    try:
        return Decimal(str(cn2an(numeral, "normal")))
    except ValueError:
        return None


DIGIT_VALUES = "零一二三四五六七八九十"


def is_bracketed(text: str, count: Count) -> bool:
    """Whether a number stands in brackets: a remark on another one."""
    before = text[max(count.start - BRACKET_WINDOW, 0) : count.start]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")
