"""Data files to begin with: they hold every key of a form, and each counts once its mark is taken away."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given

from gxgen.engine.packs import Packs
from gxgen.model import Report
from gxgen.source import Reading, read_bytes
from gxgen.source.starter import starter_file
from gxgen.spec import Layout, address_book
from tests.forms import address_of, trails
from tests.strategies import YEARS, reports

PACKS = ("national", "ningxia", "hubei", "drawn")
CASES = [(pack, years[0]) for pack in PACKS for years in YEARS.values()]
OFF = re.compile(r"^#(?=[a-z_]+ = )", re.MULTILINE)


def form_of(pack: str, year: int) -> Layout:
    """The form of a year as a shipped pack has it."""
    layout = Packs().of(pack, Path()).form(year)
    assert layout
    return layout


def read(text: str, report: Report) -> Reading:
    """The text read in the form of the report."""
    return read_bytes(text.encode(), lambda *_: report.layout)


@pytest.fixture(params=CASES, ids=str)
def empty(request: pytest.FixtureRequest) -> Report:
    """A report that says nothing, of each form and shipped pack."""
    pack, year = request.param
    return Report(year, form_of(pack, year), "某某县科学技术局", pack)


def figures_of(layout: Layout) -> set[str]:
    """Every figure that is not worked out, from the header trees alone."""
    return {
        address_of(block, row, column)
        for _, table in layout.tables
        for block in table.blocks
        for row in trails(block.rows)
        for column in trails(block.columns)
        if not (row[-1].is_total or column[-1].is_total)
    }


def test_it_is_an_all_zero_report(empty: Report) -> None:
    """Read as it is, it says year, agency and pack, and nothing else; nothing is wrong with it."""
    reading = read(starter_file(empty), empty)
    assert reading.findings == ()
    assert reading.report
    said = reading.report
    assert (said.year, said.agency, said.pack) == (empty.year, empty.agency, empty.pack)
    assert not said.figures
    assert not any(said.narrative.values())


def test_every_line_counts_once_its_mark_is_taken_away(empty: Report) -> None:
    """All of them together give every figure of the form and every text, and nothing is wrong with any."""
    reading = read(OFF.sub("", starter_file(empty)), empty)
    assert reading.findings == ()
    assert reading.report
    assert set(reading.report.figures) == figures_of(empty.layout)
    assert set(reading.report.figures.values()) == {0}
    topics = {f"{section.key}.{topic.key}" for section in empty.layout.sections for topic in section.topics}
    whole = {section.key for section in empty.layout.sections if not section.topics}
    assert {"preamble", "overview.lead", *topics, *whole} == set(reading.report.narrative)
    assert reading.report.published


def test_each_line_counts_by_itself(empty: Report) -> None:
    """Whichever one mark is taken away, the file is read without a finding and says more than before."""
    text = starter_file(empty)
    nothing = said_by(read(text, empty))
    for found in OFF.finditer(text):
        reading = read(text[: found.start()] + text[found.end() :], empty)
        assert reading.findings == ()
        assert said_by(reading) > nothing


def said_by(reading: Reading) -> int:
    """How many things a file says."""
    report = reading.report
    assert report
    return len(report.figures) + len(report.narrative) + bool(report.title) + bool(report.published)


def test_the_official_label_stands_beside_every_key(empty: Report) -> None:
    """Each row has the label of the form on its line, each column on its own line or in the order above the row."""
    lines = starter_file(empty).splitlines()
    for node in address_book(empty.layout).outline.walk():
        if node.columns:
            starts = (f"[{node.address}]", f"#{node.key} = [", f"# {node.label}：由程序计算")
            assert any(line.startswith(starts) and node.label in line for line in lines), node.address
            assert all(any(column.label in line for line in lines) for column in node.columns)
    headings = [section.heading for section in empty.layout.sections]
    assert [heading for heading in headings if not any(heading in line for line in lines)] == []


@given(report=reports())
def test_what_a_report_says_already_is_read_back(report: Report) -> None:
    """A starter file of any report gives that report."""
    reading = read(starter_file(report), report)
    assert reading.report
    said = reading.report
    assert reading.findings == ()
    assert {address: str(figure) for address, figure in said.figures.items() if figure != 0} == {
        address: str(figure) for address, figure in report.figures.items() if figure != 0
    }
    texts = {place: text for place, text in report.narrative.items() if text}
    assert {place: text for place, text in said.narrative.items() if text.strip()} == {
        place: text for place, text in texts.items() if text.strip()
    }


@given(report=reports())
def test_the_other_lines_count_beside_what_is_said_already(report: Report) -> None:
    """No line that is marked off says again what another line says."""
    reading = read(OFF.sub("", starter_file(without_texts(report))), report)
    assert reading.findings == ()
    assert reading.report
    assert set(reading.report.figures) == figures_of(report.layout)


def without_texts(report: Report) -> Report:
    """The figures of a report."""
    return Report(report.year, report.layout, report.agency, figures=report.figures)


def test_remarks_stand_at_their_rows_and_none_is_lost() -> None:
    """A remark stands above the line of its row, whether the row counts or not."""
    layout = form_of("national", 2023)
    report = Report(2023, layout, figures=MappingProxyType({"disclosure.rules.in_force": 5}))
    notes = {
        "disclosure.rules": ("规章的话",),
        "requests.received": ("新收的话",),
        "narrative.problems": ("问题的话",),
        "nowhere": ("剩下的话",),
    }
    lines = starter_file(report, notes).splitlines()
    assert lines[lines.index("# 规章的话") - 1].startswith("[disclosure.rules]")
    assert lines[lines.index("# 新收的话") + 1].startswith("#received = [")
    assert "五、存在的主要问题" in lines[lines.index("# 问题的话") + 1]
    assert lines[-1] == "# 剩下的话"
