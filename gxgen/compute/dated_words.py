"""Find words that belong to one year: years that a text names, and numbers that it gives.

The search is lexical: each find has to be reviewed when a text is taken over to another year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

import msgspec

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""A quotation or statement of the narrative; it follows the new tables by itself."""
ENDS_A_PHRASE = "，。；：！？、（）,;:()《》“”\n"
LONGEST_YEAR = 30
LONGEST_LEAD = 60
"""Characters of a phrase kept after a year, and before a number."""
NUMERALS = "〇一二三四五六七八九"
THINGS = "件条篇次人期个份项元名场家部类批宗例起处户张册本页种"
UNIT = rf"件次|人次|场次|个百分点|小时|平方|公里|分钟|[{THINGS}万亿天%％]"
NUMBER = re.compile(
    rf"(?<![\d第〔\[.，,\-—A-Za-z])\d+(?:[.,，]\d+)*\s?[余多几]?\s?[百千万亿]*余?\s?(?:{UNIT})"
    rf"|(?<![第一二三四五六七八九十百千万零〇两])[一二三四五六七八九十百千万零〇两]+余?(?:[件篇份期]|条(?!例)|人次|场次)"
)


class DatedKind(Enum):
    """Which words belong to one year."""

    YEAR = "year"
    NUMBER = "number"


class DatedWords(msgspec.Struct, frozen=True):
    """Words that are likely to differ in another year's report."""

    kind: DatedKind
    words: str


def find_dated_words(text: str, year: int) -> Iterator[DatedWords]:
    """Find the years *year* - 1 to *year* + 1, and numbers with a unit, each with its phrase, in order.

    Years of document numbers, 〔2023〕, are no years of the report.  Quotations are skipped.
    """
    plain = TAG.sub(lambda found: "\x00" * len(found[0]), text)
    end = 0
    for found in sorted(
        (*_year_pattern(year).finditer(plain), *NUMBER.finditer(plain)), key=lambda found: found.start()
    ):
        if found.start() >= end:
            is_year = found.lastgroup == "year"
            end, words = _phrase_after(plain, found) if is_year else (found.end(), _phrase_before(plain, found))
            yield DatedWords(DatedKind.YEAR if is_year else DatedKind.NUMBER, words)


@cache
def _year_pattern(year: int) -> re.Pattern[str]:
    """The year, the one before and the one after, in digits or as Chinese writes them: 二〇二三."""
    spellings = [name for each in (year - 1, year, year + 1) for name in (str(each), *chinese_numerals(each))]
    return re.compile(rf"(?<![\d〔\[［【])(?P<year>{'|'.join(spellings)})(?![\d〕\]］】])")


def chinese_numerals(year: int) -> tuple[str, ...]:
    """The spellings of a year in Chinese numerals, one for each zero in use: 二〇二三, 二○二三."""
    spelled = "".join(NUMERALS[int(digit)] for digit in str(year))
    return tuple(dict.fromkeys((spelled, *(spelled.replace("〇", zero) for zero in "○零Ｏ"))))


def _phrase_after(text: str, found: re.Match[str]) -> tuple[int, str]:
    """End offset and words of the phrase that begins with a year."""
    end = found.end()
    while end < len(text) and end - found.start() < LONGEST_YEAR and text[end] not in ENDS_A_PHRASE + "\x00":
        end += 1
    return end, text[found.start() : end].strip()


def _phrase_before(text: str, found: re.Match[str]) -> str:
    """A number with the phrase before it; the number alone where the phrase is too long to keep whole."""
    start = found.start()
    while start and text[start - 1] not in ENDS_A_PHRASE + "\x00*":
        start -= 1
        if found.start() - start > LONGEST_LEAD:
            return found[0].strip()
    return text[start : found.end()].strip()
