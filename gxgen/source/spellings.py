"""Values that are spelled otherwise than TOML wants: the one thing that they can mean, or what to do about them.

Loaded only when the reader meets a value of the wrong type.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from gxgen import codes
from gxgen.model import Figure, Money
from gxgen.source.figures import MONEY, Tell, plain_figure
from gxgen.source.remedies import unreadable
from gxgen.spec import Entry, Kind

_SIGNS = str.maketrans("０１２３４５６７８９，．＋－−／\u3000\xa0", "0123456789,.+--/  ")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})"
_WHOLE = re.compile(rf"([+-]?{_DIGITS})(?:\.0{{1,2}})?\s*(?:[件个次条项宗部年人家起例]度?)?", re.ASCII)
_AMOUNT = re.compile(rf"({_DIGITS}(?:\.\d{{1,15}})?)(\s*[万亿]?元)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0)?\s*年?度?", re.ASCII)
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:\s+0?0:00(?::00)?)?", re.ASCII)


def half_width(text: str) -> str:
    """The text with digits, signs and spaces of the Chinese input method made plain, and nothing around it."""
    return text.translate(_SIGNS).strip()


def read_misspelt(entry: Entry, value: str | Decimal, tell: Tell) -> Figure | None:
    """The figure that a text, or a count with a decimal point, means; None, and the reason told, if it is in doubt."""
    meant = figure_meant(entry, str(value))
    if meant is None:
        if isinstance(value, Decimal):
            return plain_figure(entry, value, tell)
        unreadable(entry, value, tell)
        return None
    figure = plain_figure(entry, meant, tell)
    if figure is not None:
        written = written_as(figure)
        message = f"{entry.printed}写的是{shown_as(value)}，已读作 {written}"
        tell(codes.SPELLING, entry.address, message, f"写成 {written}")
    return figure


def figure_meant(entry: Entry, text: str) -> Figure | None:
    """What a text spells, as TOML would have it; None if it may mean something else, or nothing."""
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


def written_as(value: Figure | date) -> str:
    """A value as TOML."""
    if isinstance(value, Money):
        return f'"{value}"'
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def shown_as(value: object) -> str:
    """A value as a message names it."""
    return f"文字「{value}」" if isinstance(value, str) else f" {value}"


def year_meant(value: object) -> int | None:
    """The year that a text means."""
    found = _YEAR.fullmatch(half_width(str(value))) if isinstance(value, str | Decimal) else None
    return int(found[1]) if found else None


def day_meant(value: object) -> date | None:
    """The day that a text, or the midnight at which a spreadsheet has it begin, means."""
    if isinstance(value, datetime):
        return value.date() if value.timetz() == time() else None
    found = _DAY.fullmatch(half_width(value)) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:  # no such day
        return None
