"""Reports made for the tests of rendering, and what their texts must show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from gxgen.compute import complete
from gxgen.model import Figure, Report
from gxgen.source import read
from gxgen.spec import Entry, Kind, Layout, Section, address_book, layouts
from gxgen.view import Document, compose

NUMERALS = "一二三四五六七八九十"
ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (2.2) has no place for, and a carriage return, which its readers turn into a line's end."""


def document_of(report: Report) -> Document:
    """The report's document."""
    return compose(complete(report))


def sample_reports(files: tuple[Path, ...]) -> list[Report]:
    """The reports of samples/."""
    reports = [read(file).report for file in files]
    assert None not in reports, "a sample cannot be read"
    return [report for report in reports if report]


def empty_reports() -> list[Report]:
    """A report of each form that says nothing: all its figures are 0."""
    return [Report(year=layout.first_year, layout=layout, agency="某某县科学技术局") for layout in layouts()]


def full_reports(count: int = 1_234_567_890, amount: Decimal = Decimal("24252.311082")) -> list[Report]:
    """A report of each form in which every figure is the same, and long."""
    return [
        Report(
            year=layout.first_year,
            layout=layout,
            agency="某某县科学技术局",
            figures=MappingProxyType(_same_everywhere(layout, count, amount)),
        )
        for layout in layouts()
    ]


def _same_everywhere(layout: Layout, count: int, amount: Decimal) -> dict[str, Figure]:
    def figure(entry: Entry) -> Figure:
        return amount if entry.kind is Kind.AMOUNT else count

    entries = address_book(layout).entries.values()
    return {entry.address: figure(entry) for entry in entries if not entry.is_total}


def shown(text: str) -> str:
    """A line of narrative as a reader sees it: bold without its asterisks, U+FFFD for what no document can hold."""
    return ILLEGAL.sub("\ufffd", re.sub(r"\*\*(.+?)\*\*", r"\1", text))


def lines_of(text: str) -> list[str]:
    """The paragraphs of a narrative as a reader sees them."""
    stripped = (line.strip(" \t\u3000\xa0") for line in text.split("\n"))
    return [shown(line) for line in stripped if line]


def expected_lines(report: Report) -> list[str]:
    """Every line that a report shows outside its tables, in order: worked out from the data file's own rules."""
    texts = report.narrative
    found = [ILLEGAL.sub("\ufffd", _title(report)), *lines_of(texts.get("preamble", ""))]
    for section in report.layout.sections:
        found += [section.heading, *(list(_section_lines(section, report)) or lines_of(section.default))]
    return found


def _title(report: Report) -> str:
    return report.title or f"{report.agency}{report.year}年政府信息公开工作年度报告"


def _section_lines(section: Section, report: Report) -> Iterator[str]:
    texts = report.narrative
    if section.key in texts:
        yield from lines_of(texts[section.key])
        return
    yield from lines_of(texts.get(f"{section.key}.lead", ""))
    written = [topic for topic in section.topics if lines_of(texts.get(f"{section.key}.{topic.key}", ""))]
    for numeral, topic in zip(NUMERALS, written, strict=False):
        yield f"（{numeral}）{topic.label}"
        yield from lines_of(texts[f"{section.key}.{topic.key}"])
