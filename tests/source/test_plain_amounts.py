"""Amounts with very small decimals."""

from __future__ import annotations

import pytest

from gxgen.core import codes
from gxgen.model import printed
from gxgen.source import read_bytes
from gxgen.source.writer import data_file

AMOUNT = "disclosure.fees.amount"


@pytest.mark.parametrize("typed", ["0.0000001", "0.000000000001", "0.00000000"])
def test_a_plain_decimal_is_read_and_written_as_it_is(typed: str) -> None:
    """However many zeros follow its point."""
    report = read_bytes(f"year = 2023\n{AMOUNT} = {typed}\n".encode()).report
    assert report
    assert printed(report.figures[AMOUNT]) == typed
    again = read_bytes(data_file(report).encode()).report
    assert again
    assert again.figures.get(AMOUNT, 0) == report.figures[AMOUNT]


@pytest.mark.parametrize("typed", ["1e5", "1e-13", "1e-99999", "nan", "inf"])
def test_what_is_no_plain_decimal_is_refused(typed: str) -> None:
    """Powers of ten, and amounts with more decimals than anybody prints."""
    findings = read_bytes(f"year = 2023\n{AMOUNT} = {typed}\n".encode()).findings
    assert [finding.code for finding in findings] == [codes.AMOUNT]
