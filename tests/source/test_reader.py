"""Data files to reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.model import Figure, Money, Report, printed
from gxgen.source import read_bytes
from gxgen.spec import Address, address_book, layout_for
from tests.strategies import HOSTILE, reports
from tests.toml_writer import data_files

NO_FIGURES: Mapping[Address, Figure] = MappingProxyType({})


def read(text: str) -> Report:
    """The report of a data file in which nothing is wrong."""
    reading = read_bytes(text.encode())
    assert reading.findings == ()
    assert reading.report is not None
    return reading.report


def findings(text: str) -> tuple[Finding, ...]:
    """What is wrong with a data file."""
    return read_bytes(text.encode()).findings


def cells(report: Report) -> dict[str, str]:
    """Every cell of the tables as printed."""
    completed = complete(report)
    return {address: printed(completed.figure(address)) for address in address_book(report.layout).entries}


def texts(report: Report) -> Report:
    """A report without its numbers."""
    return replace(report, figures=NO_FIGURES, assertions=NO_FIGURES)


@st.composite
def reports_and_files(draw: st.DrawFn) -> tuple[Report, str]:
    """A report and a data file that says the same."""
    report = replace(
        draw(reports()),
        title=draw(st.sampled_from(["", "某某县2023年政府信息公开工作年度报告", *HOSTILE])).strip(),
        pack=draw(st.sampled_from(["national", "宁夏"])),
        published=draw(st.none() | st.dates()),
        vertical=draw(st.booleans()),
        departments=draw(st.sampled_from([(), ("bureaus",), ("各局", "../乡镇/一镇.toml")])),
    )
    return report, draw(data_files(report))


@settings(max_examples=150)
@given(reports_and_files())
def test_a_report_written_as_toml_reads_back_as_itself(written: tuple[Report, str]) -> None:
    """Whichever way rows and texts are written, the same texts and, digit for digit, the same cells come back."""
    report, text = written
    back = read(text)
    assert texts(back) == texts(report)
    assert cells(back) == cells(report)


@settings(max_examples=50)
@given(reports_and_files())
def test_typed_totals_are_assertions_and_never_figures(written: tuple[Report, str]) -> None:
    """Totals of a file go to the assertions, everything else to the figures."""
    report = read(written[1])
    entries = address_book(report.layout).entries
    assert all(entries[address].is_total for address in report.assertions)
    assert not any(entries[address].is_total for address in report.figures)


@pytest.mark.parametrize("digits", ["12.50", "0.00", "7730.28", "24252.311082", "1000000", "0", "3.1400"])
def test_an_amount_keeps_its_digits(digits: str) -> None:
    """An amount is printed with every digit that was typed, trailing zeros included."""
    figures = read(f"year = 2023\ndisclosure.fees.amount = {digits}").figures
    assert printed(figures["disclosure.fees.amount"]) == digits


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [("251000元", 251000), ("103.3879万元", 1033879), ("1.50亿元", 150_000_000), ("12 万元", 120_000)],
)
def test_an_amount_with_its_own_unit_is_printed_as_typed_and_compared_in_yuan(typed: str, yuan: int) -> None:
    """Where the form prints no unit, the amount may bring one."""
    figures = read(f'year = 2020\ndisclosure.procurement.amount = " {typed}"').figures
    assert figures["disclosure.procurement.amount"] == Money(typed, Decimal(yuan))


def test_a_file_of_two_lines_is_a_whole_report() -> None:
    """Year and agency are enough: no figure, no text, today's pack."""
    report = read('year = 2023\nagency = "某某县科学技术局"')
    assert report == Report(2023, layout_for(2023), "某某县科学技术局")  # type: ignore[arg-type]  # there is a form


@pytest.mark.parametrize(("year", "first_year"), [(2019, 2019), (2020, 2019), (2021, 2021), (2031, 2021)])
def test_the_year_chooses_the_form(year: int, first_year: int) -> None:
    """2019 and 2020 take the older form, all later years the newer."""
    assert read(f"year = {year}").layout.first_year == first_year


def test_lines_at_the_top_lose_the_spaces_around_them() -> None:
    """Agency and title are printed without the spaces and line ends that a long text leaves around them."""
    report = read('year = 2023\nagency = " 某某县科学技术局　"\ntitle = """\n年度报告\n"""\npublished = 2024-01-12')
    assert (report.agency, report.title, report.published) == ("某某县科学技术局", "年度报告", date(2024, 1, 12))


def test_the_overview_is_one_text_or_a_table_of_topics() -> None:
    """一 may be a string, or topics that keep their keys."""
    assert read('year = 2023\nnarrative.overview = "总体平稳。"').narrative == {"overview": "总体平稳。"}
    topics = read('year = 2023\n[narrative.overview]\nlead = "总体平稳。"\nactive = "31条。"').narrative
    assert topics == {"overview.lead": "总体平稳。", "overview.active": "31条。"}


def test_text_may_be_long() -> None:
    """A hundred thousand characters of narrative come back whole."""
    text = "公开是常态。\n" * 14_286
    assert read(f'year = 2023\n[narrative]\nproblems = """{text}"""').narrative["problems"] == text


def test_a_number_too_long_for_python_is_a_finding() -> None:
    """A count of ten thousand digits is told, not raised."""
    reading = read_bytes(b"year = 2023\n[requests.received]\nindividual = " + b"9" * 10_000)
    assert [found.code for found in reading.findings] == [codes.SYNTAX]


def test_brackets_nested_too_deep_are_a_finding() -> None:
    """A hundred thousand brackets are told, not raised."""
    assert codes.SYNTAX in [found.code for found in findings("year = 2023\nx = " + "[" * 100_000)]


@pytest.mark.parametrize(
    ("text", "is_report"),
    [
        ("", False),
        ("[tool.ruff]\nline-length = 120", False),
        ('title = "年度报告"', False),
        ("year = 2018", True),
        ('agency = "某某县科学技术局"', True),
        ("[requests]", True),
        ("[disclosure.procurement]", True),
        ("year = 八", True),
    ],
)
def test_a_file_is_meant_as_a_report_when_it_has_a_key_that_only_a_report_has(text: str, is_report: bool) -> None:
    """Other TOML files in a folder are told apart, whatever is wrong with the report."""
    reading = read_bytes(text.encode())
    assert reading.is_report is is_report
    assert any(found.is_error for found in reading.findings)


def test_everything_wrong_is_told_in_one_run() -> None:
    """A slip of spelling, an unknown key and three wrong figures are all told at once."""
    text = """
year = 2023
agency = “某某局
[requests]
recieved = [8, 0, 0, 0, 0, 0]
carried_forward = [-1, 0.5, "约2", 0, 0, 0]
"""
    told = [found.code for found in findings(text)]
    assert sorted(code.name for code in told) == ["E104", "E202", "E204", "E205", "E205"]


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("requests.received.individual = -1", {"requests.received.individual"}),
        ("requests.received = [1, 2]", None),
        ("reconsideration = 8", None),
    ],
)
def test_figures_that_could_not_be_read_are_remembered(line: str, unread: set[str] | None) -> None:
    """Nothing is said of sums over a figure that was given in a way that could not be read."""
    report = read_bytes(f"year = 2023\n{line}".encode()).report
    assert report is not None
    row = line.partition(" = ")[0]
    entries = address_book(report.layout).entries
    assert report.unread == (unread or {address for address in entries if address.startswith(f"{row}.")})


def test_an_unknown_key_puts_its_neighbours_in_doubt() -> None:
    """A misspelled row may have meant any row beside it, and no row elsewhere."""
    report = read_bytes(b"year = 2023\n[requests.outcome]\ngrantd = [8, 0, 0, 0, 0, 0]").report
    assert report is not None
    assert "requests.outcome.granted.individual" in report.unread
    assert "requests.received.individual" not in report.unread
