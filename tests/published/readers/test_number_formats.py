"""Numbers as a spreadsheet shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gxgen.published.readers.number_formats import shown


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("31", "General", "31"),
        ("31", r"0_);[Red]\(0\)", "31"),
        ("-31", r"0_);[Red]\(0\)", "(31)"),
        ("-31", "0_ ;[Red]-0 ", "-31 "),
        ("1234567", "#,##0", "1,234,567"),
        ("12", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "12"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        ("0", "#", "0"),
        ("0", "0;-0;;@", "0"),
        ("31", '0"件"', "31件"),
        ("31", "000", "031"),
        ("12.5", "0.00", "12.50"),
        ("12.5", "0.##", "12.5"),
        ("12.340000000000002", "0.00", "12.34"),
        ("12.340000000000002", "General", "12.34"),
        ("0.08", "0%", "8%"),
        ("820", "[$¥-804]#,##0.00", "¥820.00"),
        ("-5", "0", "-5"),
    ],
)
def test_is_shown_with_all_its_digits(number: str, code: str, text: str) -> None:
    """The text holds the whole number."""
    assert shown(Decimal(number), code) == (text, True)


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("506.4", "0", "506"),
        ("506.5", "0", "507"),
        ("506.0004", "0.00", "506.00"),
        ("31000", "0,", "31"),
        ("31", ";;;", ""),
        ("31", "# ?/?", "31"),
        ("31", "[>=10000]0;0", "31"),
        ("31", "[DBNum1]0", "31"),
        ("1e300", "0", "1e+300"),
    ],
)
def test_is_not_what_the_cell_holds(number: str, code: str, text: str) -> None:
    """Rounded, scaled, hidden, or in a format that is not known."""
    assert shown(Decimal(number), code) == (text, False)
