"""What to do about a text that stands where a number belongs and does not spell one for certain."""

from __future__ import annotations

import re
from decimal import Decimal

from gxgen import codes
from gxgen.model import IN_YUAN
from gxgen.source.figures import MONEY, Tell
from gxgen.source.repairs.numbers import chinese_number
from gxgen.spec import Entry, Kind

TOTAL_IS_COMPUTED = "填上总计，或者连这一格一起删去，由程序计算"
_NOTHING = re.compile(r"[-—–－_/／\\*]+|无|没有|未发生|不涉及")
_ABOUT = re.compile(
    r"(?:约|大约|近|超|超过|共)?\s*(\d+)\s*(?:余|多|左右|以上)?\s*[件个次条项]?\s*(?:左右|以上)?\s*[?？]*"
)
_REMARKED = re.compile(r"(\d+)\s*[件个次条项]?\s*[（(].*[)）]", re.DOTALL)
_SEVERAL = re.compile(r"\d+(?:[\s\u3000,，、;；]+\d+)+")
_THOUSANDS = re.compile(r"(\d+(?:\.\d+)?)\s*([千万亿])\s*[件个次条项]?")
_DASHED = re.compile(r"[—–]\s*(\d+)|[(（]\s*(\d+)\s*[)）]|(?:减|减少)\s*(\d+)\s*[件个次条项]?")
_LETTERS = re.compile("[0-9OolI]+")
_MISTAKEN = str.maketrans("OolI", "0011")
"""Letters that look like digits."""
_TIMES = {"千": 1000, "万": 10_000, "亿": 100_000_000}


def unreadable(entry: Entry, value: str, tell: Tell) -> None:
    """Tell that a text is no number, and what to write instead."""
    if entry.kind is Kind.AMOUNT and not is_blank(value):
        _amount(entry, value.strip(), tell)
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
    """Whether nothing stands there; that is never taken for a zero."""
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


def _amount(entry: Entry, value: str, tell: Tell) -> None:
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
    """The number of an amount in the unit that the form prints; any number where there is none."""
    money = MONEY.fullmatch(value.replace(",", ""))
    if money and unit in IN_YUAN:
        converted = Decimal(money[1]) * IN_YUAN[money[2]] / IN_YUAN[unit]
        return money[1] if money[2] == unit else f"{converted.normalize():f}"
    number = re.match(r"[0-9]+(?:\.[0-9]+)?", value)
    return number[0] if number else "12.5"
