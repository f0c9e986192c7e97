"""How figures, amounts, days and Chinese numerals are written."""

from __future__ import annotations

import re
from datetime import date

import pytest
from cn2an import an2cn

from gxgen.core.numbers import DAY, GROUPED_DIGITS, HALF_WIDTH, MONEY_UNIT, chinese_number, day_of, half_width
from gxgen.model import IN_YUAN


def test_the_units_are_those_that_have_a_value_in_yuan() -> None:
    """The pattern of units and the table of their values name the same three."""
    units = [f"{scale}元" for scale in ("", "十", "百", "千", "万", "亿")]
    assert {unit for unit in units if re.fullmatch(MONEY_UNIT, unit)} == set(IN_YUAN)


@pytest.mark.parametrize("number", range(100))
def test_every_chinese_numeral_below_a_hundred_is_read_as_its_number(number: int) -> None:
    """An independent library writes the numerals."""
    numeral = an2cn(number)
    assert chinese_number(f" {numeral}\n") == number


@pytest.mark.parametrize(("numeral", "number"), [("两", 2), ("〇", 0), ("零", 0), ("十", 10)])
def test_other_ways_to_write_a_numeral(numeral: str, number: int) -> None:
    """两 and 〇 are digits too, and 十 stands alone."""
    assert chinese_number(numeral) == number


@pytest.mark.parametrize("text", ["", " ", "一百", "两十", "二三", "十十", "8", "八件"])
def test_what_is_no_numeral_below_a_hundred_is_not_read(text: str) -> None:
    """Larger numerals, years digit by digit and Arabic digits are left to others."""
    assert chinese_number(text) is None


def test_digits_and_signs_of_the_chinese_input_method_are_folded() -> None:
    """Full-width digits and signs become ASCII; surrounding spaces go."""
    assert half_width("\u3000－１，０２４．５\xa0") == "-1,024.5"
    assert half_width("２０２４／１／５") == "2024/1/5"


def test_a_footnote_is_no_digit_of_the_figure() -> None:
    """A superscript stays what it is."""
    assert "12²".translate(HALF_WIDTH) == half_width("１２²") == "12²"


@pytest.mark.parametrize("text", ["2024-1-5", "2024/01/05", "2024.1.5", "2024 年 1 月 5 日", "2024年1月5号"])
def test_a_day_in_its_spellings(text: str) -> None:
    """The separators of spreadsheets and of sentences."""
    found = re.fullmatch(DAY, text)
    assert found
    assert day_of(*found.groups()) == date(2024, 1, 5)


def test_a_day_that_the_calendar_does_not_have() -> None:
    """29 February exists in leap years only."""
    assert day_of("2023", "2", "29") is None
    assert day_of("2024", "2", "29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "is_grouped"), [("1,024", True), ("1,234,567", True), ("1024", False), ("1,02", False)]
)
def test_digits_are_grouped_by_three(text: str, is_grouped: bool) -> None:
    """A comma before every three digits."""
    assert bool(re.fullmatch(GROUPED_DIGITS, text)) is is_grouped
