"""Numbers as a spreadsheet shows them (ISO/IEC 29500-1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

import msgspec

from gxgen.core.numbers import MOST_DECIMALS

SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)')
TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|(_.)|(\*.)|\[([^\]]*)\]|(General)|([0#?.,]+)|(%)|([^"\\!])')
CURRENCY = re.compile(r"\$([^-]*)")
CONDITION = re.compile(r"\[[<>=]")
PLAIN = frozenset(("", "General", "@", "G/通用格式"))
SECTIONS_WITH_NEGATIVE, SECTIONS_WITH_ZERO = 2, 3
SIGNIFICANT = 11
"""Digits that the format General shows of a number."""
LARGEST_EXPONENT = 13
"""Of ten; beyond it, a number with its decimals has more digits than arithmetic here keeps."""


class Shown(NamedTuple):
    """A number as it is shown."""

    text: str
    is_exact: bool
    """Whether it is shown with all its digits, and in no other unit."""


class _Pattern(msgspec.Struct, frozen=True):
    """One section of a number format."""

    before: str = ""
    after: str = ""
    digits: str = ""
    is_percent: bool = False
    is_known: bool = True


def shown(number: Decimal, code: str) -> Shown:
    """A number in a number format.  A zero that is shown as nothing or as a dash is written as 0."""
    if number and abs(number.adjusted()) > LARGEST_EXPONENT:
        return Shown(f"{number:e}", is_exact=False)
    if code in PLAIN:
        return Shown(_general(number), is_exact=True)
    seen = _in_format(number, code)
    return seen if number or seen.is_exact else Shown("0", is_exact=True)


def _in_format(number: Decimal, code: str) -> Shown:
    pattern, sign = _section(code, number)
    if not pattern.is_known:
        return Shown(_general(number), is_exact=False)
    if pattern.digits in ("", "General"):
        digits, is_exact = _general(abs(number)) if pattern.digits else "", bool(pattern.digits)
    else:
        digits, is_exact = _in_digits(abs(number) * (100 if pattern.is_percent else 1), pattern.digits)
    return Shown(f"{sign}{pattern.before}{digits}{pattern.after}", is_exact and bool(digits))


def _general(number: Decimal) -> str:
    """The digits that General shows: those beyond the eleventh are noise of binary fractions."""
    places = max(SIGNIFICANT - 1 - number.adjusted(), 0) if number else 0
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1000)
def _patterns(code: str) -> tuple[_Pattern, ...]:
    return tuple(_pattern(section) for section in SECTION.findall(code))[: -1 if not code.endswith(";") else None]


def _section(code: str, number: Decimal) -> tuple[_Pattern, str]:
    """The section for a number, and the sign that it does not write itself."""
    patterns = _patterns(code)
    if CONDITION.search(code) or not patterns:
        return _Pattern(is_known=False), ""
    if number < 0:
        return (patterns[1], "") if len(patterns) >= SECTIONS_WITH_NEGATIVE else (patterns[0], "-")
    return patterns[2] if not number and len(patterns) >= SECTIONS_WITH_ZERO else patterns[0], ""


def _pattern(section: str) -> _Pattern:
    before, after, digits, is_percent, is_known = "", "", "", False, True
    for quoted, escaped, _room, _fill, bracket, general, places, percent, other in TOKEN.findall(section):
        literal = quoted or escaped or other
        currency = CURRENCY.match(bracket)
        if currency:
            literal = currency[1]
        elif bracket.upper().startswith("DBNUM") or (other and other in "Ee/"):
            is_known = False
        if percent:
            is_percent, literal = True, "%"
        if general or places:
            is_known = is_known and not digits
            digits = digits or general or places
        elif digits:
            after += literal
        else:
            before += literal
    return _Pattern(before, after, digits, is_percent, is_known)


def _in_digits(number: Decimal, places: str) -> tuple[str, bool]:
    """A number of no sign in the places of a format, and whether all of it is there."""
    whole, _, fraction = places.partition(".")
    fraction = fraction.rstrip(",")[:MOST_DECIMALS]
    scale = len(places) - len(places.rstrip(",")) if not fraction else 0
    scaled = number.scaleb(-3 * scale)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    text = f"{rounded:{',' if ',' in whole.rstrip(',') else ''}.{len(fraction)}f}"
    integer, _, decimals = text.partition(".")
    required = len(fraction.rstrip("#?"))
    decimals = decimals[:required] + decimals[required:].rstrip("0")
    least = whole.count("0")
    integer = integer.rjust(least, "0") if least else integer if integer != "0" else ""
    point = "." if fraction and (decimals or required) else ""
    return f"{integer}{point}{decimals}", scale == 0 and abs(rounded - scaled) <= abs(scaled) * Decimal("1e-12")
