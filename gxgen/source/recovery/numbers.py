"""Repairs of numbers and dates that are spelled as in a spreadsheet or a sentence."""

from __future__ import annotations

import re

from gxgen.core.numbers import CHINESE_NUMBER, DAY, MEASURE_WORDS, MONEY_UNIT, chinese_number, day_of
from gxgen.source.recovery.edits import Edit, Edits, SourceStatement

_DATE = re.compile(rf"=\s*({DAY})\s*$")
_NUMBER = r"(?<![\w.\-/])[-+]?\d[\d,，]*(?:\.\d+)?"
_END = r"(?=\s*(?:[,，、;；\]］】}｝＃]|//|$))"
_COUNTED = re.compile(rf"({_NUMBER})(\s*)([{MEASURE_WORDS}份]度?){_END}", re.MULTILINE)
_UNIT = re.compile(rf"({_NUMBER})(\s*)([%％℃\u4e00-\u9fff（）]+){_END}", re.MULTILINE)
_MONEY = re.compile(rf"=\s*(\d[\d,]*(?:\.\d+)?\s*{MONEY_UNIT})\s*$")
_THOUSANDS = re.compile(r"=\s*[-+]?\d{1,3}(?:[,，]\d{3})+(?!\d)(?!\s*[,，])")
_SPACED_THOUSANDS = re.compile(r"=\s*[-+]?\d{1,3}(?: \d{3})+(?! *\d)")
_LEADING_ZEROS = re.compile(r"(?<![\w.:\-/])[-+]?(0+)(?=\d)(?!\d*[-:])")
_GROUP_BEFORE = re.compile(r"(?<!\d)\d{1,3}[,，]$")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
_POINT_AT_END = re.compile(r"(?<![\w.])\d+(\.)(?![\w.])")
_POINT_AT_START = re.compile(r"(?<![\w.\]])(\.)(?=\d)")
_NOTHING = re.compile(r"[=\[,，]\s*([-—–－/／]+|(?<!=)(?<!= )无)(?=\s*(?:[,，\]］】}]|$))")
_CHINESE_NUMBER = re.compile(rf"=\s*({CHINESE_NUMBER})\s*$")
_NO_NUMBER = re.compile(r"[\[,，]\s*(?=[,，])")


def dates(source: SourceStatement) -> Edits:
    """2024-1-5, 2024/1/5, 2024.1.5, 2024年1月5日."""
    found = _DATE.search(source.signs)
    if not found:
        return ()
    day = day_of(found[2], found[3], found[4])
    return (Edit(*found.span(1), day.isoformat()),) if day else ()


def counted(source: SourceStatement) -> Edits:
    """Measure words after a count: 8件, 2023年."""
    return _without_unit(_COUNTED, source.signs)


def units(source: SourceStatement) -> Edits:
    """Any other unit or note after a number; 万 and % change the number, so the repair is uncertain."""
    return _without_unit(_UNIT, source.signs)


def _without_unit(pattern: re.Pattern[str], signs: str) -> Edits:
    start = _value_start(signs)
    return tuple(
        Edit(found.start(2), found.end(3), "", at=found.start(3), about=found[3])
        for found in pattern.finditer(signs, start)
        if start
    )


def money(source: SourceStatement) -> Edits:
    """An amount with its unit, quoted for the reader of figures."""
    found = _MONEY.search(source.signs)
    return (Edit(*found.span(1), f'"{found[1]}"', at=found.end(1) - 1),) if found else ()


def thousands(source: SourceStatement) -> Edits:
    """1,024 — for one figure; in a row the comma ends a number."""
    found = _THOUSANDS.search(source.signs)
    return tuple(Edit(at, at + 1, "") for at in _places(found, ",，"))


def spaced_thousands(source: SourceStatement) -> Edits:
    """1 024."""
    found = _SPACED_THOUSANDS.search(source.signs)
    return tuple(Edit(at, at + 1, "") for at in _places(found, " ") if source.signs[at - 1].isdigit())


def leading_zeros(source: SourceStatement) -> Edits:
    """08."""
    found = _zeros(source.signs)
    return tuple(Edit(*zeros.span(1), "") for zeros in found if not _ends_a_group(source.signs, zeros))


def grouped_zeros(source: SourceStatement) -> Edits:
    """1,024 in a row: one number with a comma in it, or two."""
    grouped = (zeros for zeros in _zeros(source.signs) if _ends_a_group(source.signs, zeros))
    return tuple(Edit(*zeros.span(1), "", about=_group(source.signs, zeros)) for zeros in grouped)


def _zeros(signs: str) -> tuple[re.Match[str], ...]:
    start = _value_start(signs)
    return tuple(_LEADING_ZEROS.finditer(signs, start)) if start else ()


def _ends_a_group(signs: str, zeros: re.Match[str]) -> bool:
    return bool(_GROUP_BEFORE.search(signs[: zeros.start()]) and _THREE_DIGITS.match(signs, zeros.start()))


def _group(signs: str, zeros: re.Match[str]) -> str:
    before = _GROUP_BEFORE.search(signs[: zeros.start()])
    return f"{before[0] if before else ''}{signs[zeros.start() : zeros.start() + 3]}"


def leading_points(source: SourceStatement) -> Edits:
    """A decimal point with nothing before it."""
    start = _value_start(source.signs)
    found = _POINT_AT_START.finditer(source.signs, start) if start else ()
    return tuple(Edit(*point.span(1), "0.") for point in found)


def ending_points(source: SourceStatement) -> Edits:
    """A decimal point with nothing after it; digits may be missing."""
    start = _value_start(source.signs)
    found = _POINT_AT_END.finditer(source.signs, start) if start else ()
    return tuple(Edit(*point.span(1), "") for point in found)


def chinese_numbers(source: SourceStatement) -> Edits:
    """八, 十二, 三十.  一 looks like a dash, so it is uncertain."""
    found = _CHINESE_NUMBER.search(source.signs)
    return (Edit(*found.span(1), str(chinese_number(found[1]))),) if found else ()


def nothing(source: SourceStatement) -> Edits:
    """A dash or a slash where nothing happened, as tables are filled on paper."""
    return tuple(Edit(*found.span(1), "0") for found in _NOTHING.finditer(source.signs, _value_start(source.signs) - 1))


def missing_numbers(source: SourceStatement) -> Edits:
    """Two commas with nothing between them."""
    start = _value_start(source.signs)
    return tuple(
        Edit(found.end(), found.end(), "0" if found[0][-1].isspace() else " 0")
        for found in _NO_NUMBER.finditer(source.signs, start)
        if start and "[" in source.signs[start : found.end()]
    )


def _places(found: re.Match[str] | None, signs: str) -> tuple[int, ...]:
    return tuple(found.start() + at for at, char in enumerate(found[0]) if char in signs) if found else ()


def _value_start(signs: str) -> int:
    """Return the offset of the value; 0 for a header."""
    found = re.search(r"[=＝:：]", signs)
    return found.end() if found and not re.match(r"\s*[\[［【]", signs) else 0
