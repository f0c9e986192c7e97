"""How figures, amounts, days and Chinese numerals are written.

Shared by the readers of data files, of spreadsheets and of published reports.  The constants in capitals that hold text
are fragments of regular expressions, without anchors or groups unless noted.
"""

from __future__ import annotations

from datetime import date

from gxgen.core.regex import regex

MOST_DECIMALS = 12
"""Decimals of an amount that are read, in data files and in published reports."""
MONEY_UNIT = "[万亿]?元"
"""The units in which agencies write amounts."""
COUNT_WORDS = "件个次条项"
"""Measure words for the things that the form counts: the inside of a character class."""
MEASURE_WORDS = f"{COUNT_WORDS}宗部年人家起例"
"""Any measure word that follows a count, as in a sentence; the inside of a character class."""
GROUPED_DIGITS = r"\d{1,3}(?:,\d{3})+"
"""Digits with a comma before every three: 1,024."""
DAY = r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?"
"""A day, its year, month and day as three groups: 2024-1-5, 2024/1/5, 2024.1.5, 2024年1月5日."""
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，＋－−", "0123456789.,+--")
"""Translation of the digits and signs that a Chinese input method writes.

Not NFKC, which would make a footnote's ² a digit of the figure.
"""
CHINESE_DIGITS = "〇一二三四五六七八九"
CHINESE_NUMBER = f"[二三四五六七八九]?十[{CHINESE_DIGITS[1:]}]?|[{CHINESE_DIGITS}零两]"
"""A Chinese numeral below a hundred."""
_HALF_WIDTH_TEXT = HALF_WIDTH | str.maketrans("／\u3000\xa0", "/  ")
_CHINESE_NUMBER = regex(rf"\s*(?:{CHINESE_NUMBER})\s*")
_DIGIT_VALUES = {digit: value for value, digit in enumerate(CHINESE_DIGITS)} | {"零": 0, "两": 2}


def half_width(text: str) -> str:
    """Fold full-width digits, signs and spaces to ASCII, and strip the text."""
    return text.translate(_HALF_WIDTH_TEXT).strip()


def chinese_number(numeral: str) -> int | None:
    """Return the number below a hundred that a Chinese numeral spells; None if it spells none."""
    if not _CHINESE_NUMBER.fullmatch(numeral):
        return None
    tens, ten, ones = numeral.strip().rpartition("十")
    return (_DIGIT_VALUES.get(tens, 1) if ten else 0) * 10 + _DIGIT_VALUES.get(ones, 0)


def day_of(year: str, month: str, day: str) -> date | None:
    """Return the day of the three groups of :data:`DAY`; None if the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
