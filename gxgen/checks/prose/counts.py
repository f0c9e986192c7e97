"""Find counts in running Chinese text: ``3050件``, ``3，050 件``, ``十二件``, ``0.5万余件``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import msgspec

from gxgen.core.regex import regex

DIGITS = r"[0-9０-９]{0,2}(?:[,，\u0020\u00a0\u2009][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]*(?:[.．][0-9０-９]+)?"
NUMERALS = "零〇一二两三四五六七八九十百千万"
UNITS = "件次|人次|万元|件|条|份|宗|起|例|项|篇|期|个|部|次|场|元|%|％"
NUMBER = regex(
    rf"[0-9０-９{NUMERALS}](?:"
    rf"(?<=[0-9０-９])(?<![0-9０-９.．].)(?P<digits>{DIGITS})\s*(?P<scale>[百千亿]|万(?!元))?(?P<more>[余多])?\s*(?P<unit>{UNITS})"
    rf"|(?<=[{NUMERALS}])(?<![{NUMERALS}].)(?P<chinese>[{NUMERALS}]*)(?P<some>[余多几])?\s*(?P<measure>件|份|宗|起|例))"
)
"""A number with its measure word.  The first character is outside the groups, because a pattern that begins with a set
of characters is searched many times faster; it matches only at the first digit, so that a long row is read once."""
VAGUE_BEFORE = ("约", "近", "超", "超过", "逾", "达", "达到", "不足", "不到", "至少", "最多")
VAGUE_AFTER = regex(r"\s*(?:左右|上下|以上|以下|以内)")
ORDINAL_BEFORE = ("第", "每")
WINDOW = 8
"""Characters before a number in which a word says how exact it is."""
BRACKET_WINDOW = 200
PLAIN = str.maketrans("．", ".", ",， \u00a0\u2009")
SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
CASES = frozenset({"件", "份", "宗", "起", "例", "条"})
"""The measure words with which applications and lawsuits are counted."""


class Count(msgspec.Struct, frozen=True):
    """A number with its measure word, *start* to *end* characters into the text."""

    value: Decimal
    unit: str
    start: int
    end: int
    is_vague: bool = False
    """Whether ``约``, ``余`` or the like makes it inexact."""
    below: Decimal | None = None
    """Of 400余件: the least number that it is too small for, 500."""

    def shifted(self, by: int) -> Count:
        """Shift the number by a number of characters."""
        return Count(self.value, self.unit, self.start + by, self.end + by, self.is_vague, self.below)

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """The least and the greatest number that it can mean; None if it says neither."""
        if self.below is not None:
            return self.value, self.below - 1
        return None if self.is_vague else (self.value, self.value)

    @property
    def is_percentage(self) -> bool:
        """Whether the unit is per cent."""
        return self.unit in ("%", "％")

    @property
    def counts_cases(self) -> bool:
        """Whether it may count applications, replies or lawsuits."""
        return self.unit in CASES


@lru_cache(maxsize=1024)
def counts(text: str) -> tuple[Count, ...]:
    """Every number of a text that has a measure word, from the left.

    Cached, because several checks read the same sentences.
    """
    every = []
    for found in NUMBER.finditer(text):
        start, end = found.span()
        before = text[max(start - WINDOW, 0) : start]
        words = before.rstrip()
        if words.endswith(ORDINAL_BEFORE):
            continue
        value = _value(found)
        if value is None:
            continue
        is_exact = not (
            found["more"]
            or found["some"]
            or found["scale"]
            or words.endswith(VAGUE_BEFORE)
            or VAGUE_AFTER.match(text, end)
        )
        below = _below(value) if found["more"] and not words.endswith(VAGUE_BEFORE) else None
        every.append(Count(value, found["unit"] or found["measure"], start, end, not is_exact, below))
    return tuple(every)


def _below(value: Decimal) -> Decimal | None:
    """What 余 leaves a number below: 400余 is less than 500, 2.1万余 less than 2.2万."""
    if not value or value != value.to_integral_value():
        return None
    digits = str(int(value))
    return value + Decimal(10) ** (len(digits) - len(digits.rstrip("0")))


def _value(found: re.Match[str]) -> Decimal | None:
    first = found[0][0]
    if found["unit"]:
        plain = f"{first}{found['digits']}".translate(PLAIN)
        return Decimal(plain) * SCALES[found["scale"] or ""]
    return _chinese_value(f"{first}{found['chinese']}")


def _chinese_value(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral; None for words such as the 千 of 千方百计."""
    if len(numeral) == 1 and numeral in DIGIT_VALUES:
        return Decimal(DIGIT_VALUES.index(numeral))
    from cn2an import cn2an

    try:
        return Decimal(str(cn2an(numeral, "normal")))
    except ValueError:
        return None


DIGIT_VALUES = "零一二三四五六七八九十"


def is_bracketed(text: str, count: Count) -> bool:
    """Whether a number is in brackets, and so a remark on another one."""
    start, end = max(count.start - BRACKET_WINDOW, 0), count.start
    opened = max(text.rfind("（", start, end), text.rfind("(", start, end))
    return opened > max(text.rfind("）", start, end), text.rfind(")", start, end))
