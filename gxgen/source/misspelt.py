"""Misspelt values: their one possible meaning, or a finding that says what to write.

Loaded only when the reader meets a value of the wrong type.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from gxgen.core import codes
from gxgen.core.numbers import (
    COUNT_WORDS,
    DAY,
    GROUPED_DIGITS,
    MEASURE_WORDS,
    MONEY_UNIT,
    chinese_number,
    day_of,
    half_width,
)
from gxgen.model import IN_YUAN, Figure, Money
from gxgen.source.figures import MONEY, Tell, plain_figure
from gxgen.spec import Entry, Kind

TOTAL_IS_COMPUTED = "填上总计，或者连这一格一起删去，由程序计算"
_NOTHING = re.compile(r"[-—–－_/／\\*]+|无|没有|未发生|不涉及")
_ABOUT = re.compile(
    rf"(?:约|大约|近|超|超过|共)?\s*(\d+)\s*(?:余|多|左右|以上)?\s*[{COUNT_WORDS}]?\s*(?:左右|以上)?\s*[?？]*"
)
_REMARKED = re.compile(rf"(\d+)\s*[{COUNT_WORDS}]?\s*[（(].*[)）]", re.DOTALL)
_SEVERAL = re.compile(r"\d+(?:[\s\u3000,，、;；]+\d+)+")
_THOUSANDS = re.compile(rf"(\d+(?:\.\d+)?)\s*([千万亿])\s*[{COUNT_WORDS}]?")
_DASHED = re.compile(rf"[—–]\s*(\d+)|[(（]\s*(\d+)\s*[)）]|(?:减|减少)\s*(\d+)\s*[{COUNT_WORDS}]?")
_LETTERS = re.compile("[0-9OolI]+")
_MISTAKEN = str.maketrans("OolI", "0011")
"""Letters that look like digits."""
_TIMES = {"千": 1000, "万": 10_000, "亿": 100_000_000}


def unreadable(entry: Entry, value: str, tell: Tell) -> None:
    """Report a text that is no number, with what to write instead."""
    if entry.kind is Kind.AMOUNT and not is_blank(value):
        _shown_amount(entry, value.strip(), tell)
    elif re.fullmatch(r"[+-]?\d+\.\d+", value.strip()):
        message = f"{entry.printed}须是整数，写的是「{value.strip()}」"
        tell(codes.NOT_A_COUNT, entry.address, message, "改为整数")
    else:
        name = "金额" if entry.kind is Kind.AMOUNT else "整数"
        message = (
            f"{entry.printed}是空的" if is_blank(value) else f"{entry.printed}应是{name}，写的是「{value.strip()}」"
        )
        tell(codes.WRONG_TYPE, entry.address, message, _remedy(entry, value.strip()))


def is_blank(text: str) -> bool:
    """Whether a text is blank; a blank is never taken for a zero."""
    return not text.strip(" \t\n\r\u3000\xa0")


def _remedy(entry: Entry, text: str) -> str:
    if is_blank(text):
        is_total = entry.column.head.is_total
        return f"{TOTAL_IS_COMPUTED if is_total else '没有就写 0，有就写实际数字'}；空着不当作 0"
    if _NOTHING.fullmatch(text):
        return "没有就写 0"
    if found := _REMARKED.fullmatch(text):
        return f"只写 {int(found[1])}，括号里的话移到行末，前面加 #"
    if found := _ABOUT.fullmatch(text):
        return f"核实后写成准确的整数，例如 {int(found[1])}"
    if _SEVERAL.fullmatch(text):
        return "这里只写一个数：是一个数就去掉中间的空格、逗号；是几个数就分别写在各自的列"
    if found := _THOUSANDS.fullmatch(text):
        return f"写成 {(Decimal(found[1]) * _TIMES[found[2]]).normalize():f}"
    if entry.kind is Kind.CHANGE and (found := _DASHED.fullmatch(text)):
        return f"减少 {int(next(filter(None, found.groups())))} 就写成 -{int(next(filter(None, found.groups())))}"
    number = text.translate(_MISTAKEN) if _LETTERS.fullmatch(text) else chinese_number(text)
    return f"写成 {number}" if number is not None else "写成不带引号的数字，例如 8"


def _shown_amount(entry: Entry, value: str, tell: Tell) -> None:
    if entry.unit:
        example = _in_unit(value, entry.unit)
        message, hint = (
            f"{entry.printed}只写数字（表上已印有单位{entry.unit}）",
            f"按{entry.unit}折算后写成 {example} 这样的数字，不加引号",
        )
    else:
        message, hint = f"{entry.printed}的金额「{value}」无法识别", '写成 12.5，或带单位 "251000元"、"103.3879万元"'
    tell(codes.AMOUNT, entry.address, message, hint)


def _in_unit(value: str, unit: str) -> str:
    """Return an amount's number in the unit that the form prints; any number where it prints none."""
    money = MONEY.fullmatch(value.replace(",", ""))
    if money and unit in IN_YUAN:
        converted = Decimal(money[1]) * IN_YUAN[money[2]] / IN_YUAN[unit]
        return money[1] if money[2] == unit else f"{converted.normalize():f}"
    number = re.match(r"[0-9]+(?:\.[0-9]+)?", value)
    return number[0] if number else "12.5"


_DIGITS = rf"(?:{GROUPED_DIGITS}|\d{{1,15}})"
_WHOLE = re.compile(rf"([+-]?{_DIGITS})(?:\.0{{1,2}})?\s*(?:[{MEASURE_WORDS}]度?)?", re.ASCII)
_AMOUNT = re.compile(rf"({_DIGITS}(?:\.\d{{1,15}})?)(\s*{MONEY_UNIT})?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0)?\s*年?度?", re.ASCII)
_DAY = re.compile(rf"{DAY}(?:\s+0?0:00(?::00)?)?", re.ASCII)


def read_misspelt(entry: Entry, value: str | Decimal, tell: Tell) -> Figure | None:
    """Read a text, or a count with a decimal point, as a figure; None, and a finding, if it is in doubt."""
    meant = figure_spelled(entry, str(value))
    if meant is None:
        if isinstance(value, Decimal):
            return plain_figure(entry, value, tell)
        unreadable(entry, value, tell)
        return None
    figure = plain_figure(entry, meant, tell)
    if figure is not None:
        written = as_toml(figure)
        message = f"{entry.printed}写的是{quoted(value)}，已读作 {written}"
        tell(codes.SPELLING, entry.address, message, f"写成 {written}")
    return figure


def figure_spelled(entry: Entry, text: str) -> Figure | None:
    """Return the figure that a text spells; None if it may mean something else, or nothing."""
    return _amount(entry, half_width(text)) if entry.kind is Kind.AMOUNT else _whole(half_width(text))


def _whole(text: str) -> int | None:
    found = _WHOLE.fullmatch(text)
    return int(found[1].replace(",", "")) if found else None


def _amount(entry: Entry, text: str) -> Figure | None:
    found = _AMOUNT.fullmatch(text)
    if not found:
        return None
    digits, unit = re.sub(r"^0+(?=\d)", "", found[1].replace(",", "")), (found[2] or "").strip()
    if unit and not entry.unit:
        money = f"{digits}{found[2]}"
        return Money.of(money, Decimal(digits), unit) if MONEY.fullmatch(money) else None
    if unit and unit != entry.unit:
        return None
    return Decimal(digits) if "." in digits else int(digits)


def as_toml(value: Figure | date) -> str:
    """Return a value as TOML."""
    if isinstance(value, Money):
        return f'"{value}"'
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def quoted(value: object) -> str:
    """Return a value as messages quote it."""
    return f"文字「{value}」" if isinstance(value, str) else f" {value}"


def year_spelled(value: object) -> int | None:
    """Return the year that a text spells."""
    found = _YEAR.fullmatch(half_width(str(value))) if isinstance(value, str | Decimal) else None
    return int(found[1]) if found else None


def day_spelled(value: object) -> date | None:
    """Return the day that a text spells; spreadsheets add the midnight at which it begins."""
    if isinstance(value, datetime):
        return value.date() if value.timetz() == time() else None
    found = _DAY.fullmatch(half_width(value)) if isinstance(value, str) else None
    return day_of(found[1], found[2], found[3]) if found else None
