"""Words of a text that belong to one year: the years that it names, and the numbers that it gives.

It reads words and judges none of them: whoever takes a text over to another year has to look at each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""A quotation; it says what the new tables say."""
ENDS_A_PHRASE = "，。；：！？、（）,;:()《》“”\n"
LONGEST_YEAR = 30
LONGEST_LEAD = 60
"""Characters of a phrase that are quoted with a year, and before a number."""
NUMERALS = "〇一二三四五六七八九"
THINGS = "件条篇次人期个份项元名场家部类批宗例起处户张册本页种"
UNIT = rf"件次|人次|场次|个百分点|小时|平方|公里|分钟|[{THINGS}万亿天%％]"
NUMBER = re.compile(
    rf"(?<![\d第〔\[.，,\-—A-Za-z])\d+(?:[.,，]\d+)*\s?[余多几]?\s?[百千万亿]*余?\s?(?:{UNIT})"
    rf"|(?<![第一二三四五六七八九十百千万零〇两])[一二三四五六七八九十百千万零〇两]+余?(?:[件篇份期]|条(?!例)|人次|场次)"
)


class DatedKind(Enum):
    """What is of one year."""

    YEAR = "year"
    NUMBER = "number"


class Dated(NamedTuple):
    """Words of a text that another year's report is likely to say otherwise."""

    kind: DatedKind
    words: str


def dated(text: str, year: int) -> Iterator[Dated]:
    """The words of *text* that name *year*, the one before or the one after, and the numbers of things, in order.

    Years of document numbers, 〔2023〕, are no years of the report.  What quotations will print is passed over.
    """
    plain = TAG.sub(lambda found: "\x00" * len(found[0]), text)
    end = 0
    for found in sorted(
        (*_year_pattern(year).finditer(plain), *NUMBER.finditer(plain)), key=lambda found: found.start()
    ):
        if found.start() >= end:
            is_year = found.lastgroup == "year"
            end, words = _phrase_after(plain, found) if is_year else (found.end(), _phrase_before(plain, found))
            yield Dated(DatedKind.YEAR if is_year else DatedKind.NUMBER, words)


@cache
def _year_pattern(year: int) -> re.Pattern[str]:
    """The year, the one before and the one after, in digits or as Chinese writes them: 二〇二三."""
    spellings = [name for each in (year - 1, year, year + 1) for name in (str(each), *in_chinese(each))]
    return re.compile(rf"(?<![\d〔\[［【])(?P<year>{'|'.join(spellings)})(?![\d〕\]］】])")


def in_chinese(year: int) -> tuple[str, ...]:
    """A year in Chinese numerals, with each of the zeros that are in use."""
    spelled = "".join(NUMERALS[int(digit)] for digit in str(year))
    return tuple(dict.fromkeys((spelled, *(spelled.replace("〇", zero) for zero in "○零Ｏ"))))


def _phrase_after(text: str, found: re.Match[str]) -> tuple[int, str]:
    """Where the phrase that a year begins ends, and its words."""
    end = found.end()
    while end < len(text) and end - found.start() < LONGEST_YEAR and text[end] not in ENDS_A_PHRASE + "\x00":
        end += 1
    return end, text[found.start() : end].strip()


def _phrase_before(text: str, found: re.Match[str]) -> str:
    """A number with its phrase from the beginning; alone where that is very long: any cut would be in a word."""
    start = found.start()
    while start and text[start - 1] not in ENDS_A_PHRASE + "\x00*":
        start -= 1
        if found.start() - start > LONGEST_LEAD:
            return found[0].strip()
    return text[start : found.end()].strip()
