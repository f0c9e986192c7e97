"""Figures of the data file: which TOML values a cell of the form accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from gxgen.core import codes
from gxgen.core.numbers import MOST_DECIMALS
from gxgen.core.regex import regex
from gxgen.model import IN_YUAN, LARGEST_FIGURE, Figure, Money
from gxgen.spec import Entry, Kind

MONEY = regex(rf"([0-9]+(?:\.[0-9]+)?)\s*({'|'.join(IN_YUAN)})")
Tell = Callable[..., None]
"""Reports a problem: takes a code, an address, a message and a hint."""


def plain_figure(entry: Entry, value: object, tell: Tell) -> Figure | None:
    """Return the figure of a correctly spelled value; None for any other."""
    return _READERS[entry.kind](entry, value, tell)


def _whole(entry: Entry, value: object, tell: Tell) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) <= LARGEST_FIGURE:
            return value
        tell(codes.NOT_A_COUNT, entry.address, f"{entry.printed}的数字太大，不可能是件数", "改为实际件数")
        return None
    if isinstance(value, Decimal):
        tell(codes.NOT_A_COUNT, entry.address, f"{entry.printed}须是整数，写的是 {value}", "改为整数")
    else:
        message = f"{entry.printed}应是整数，写的是{kind_of(value)}"
        tell(codes.WRONG_TYPE, entry.address, message, "写成不带引号的数字，例如 8")
    return None


def _count(entry: Entry, value: object, tell: Tell) -> int | None:
    number = _whole(entry, value, tell)
    if number is not None and number < 0:
        tell(
            codes.NOT_A_COUNT,
            entry.address,
            f"{entry.printed}不能是负数（{number}）",
            "改为实际件数；没有就写 0 或不写",
        )
        return None
    return number


def _amount(entry: Entry, value: object, tell: Tell) -> Figure | None:
    if isinstance(value, str):
        return _money(value)
    if isinstance(value, Money):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        tell(codes.WRONG_TYPE, entry.address, f"{entry.printed}应是数字，写的是{kind_of(value)}", "例如 amount = 12.5")
        return None
    if isinstance(value, Decimal) and not _is_plain(value):
        tell(codes.AMOUNT, entry.address, f"{entry.printed}的金额要写成普通小数", "例如 7730.28")
        return None
    if not -LARGEST_FIGURE <= value <= LARGEST_FIGURE:
        tell(codes.NOT_A_COUNT, entry.address, f"{entry.printed}的金额太大，不会是实际金额", "改为实际金额")
        return None
    if value < 0:
        tell(codes.NOT_A_COUNT, entry.address, f"{entry.printed}不能是负数（{value}）", "改为实际金额")
        return None
    return value


def _is_plain(value: Decimal) -> bool:
    """Whether an amount has the digits of an ordinary decimal; the parser tells 0.0000001 and 1e-7 apart no more."""
    if not value.is_finite():
        return False
    return "E" not in str(value) or -MOST_DECIMALS <= int(value.as_tuple().exponent) <= 0


def _money(value: str) -> Money | None:
    """Read an amount with its own unit, which a cell without a printed unit accepts."""
    found = MONEY.fullmatch(value.strip())
    return Money.of(value.strip(), Decimal(found[1]), found[2]) if found else None


_READERS: Mapping[Kind, Callable[[Entry, object, Tell], Figure | None]] = {
    Kind.COUNT: _count,
    Kind.CHANGE: _whole,
    Kind.AMOUNT: _amount,
}


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "真假值（true/false）"),
    ((int, Decimal), "数字"),
    (str, "文字"),
    (list, "一组数字"),
    (dict, "一组项目"),
    (datetime, "日期和时间"),
    (date, "日期"),
)


def kind_of(value: object) -> str:
    """Return the Chinese name of a TOML value's type."""
    return next((word for kind, word in _KINDS if isinstance(value, kind)), "时间")
