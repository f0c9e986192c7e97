"""The form of a report: the sections and their headings, and whether it is the form of the year."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from msgspec.structs import replace

from gxgen.checks.form import form_of_year, headings
from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import Layout, Section, layouts
from tests.strategies import reports

PAGE = Path(__file__).parent / "forms" / "headings.md"
CASE = re.compile(
    r"^## (?P<title>.+)\n+```text\nyear (?P<year>\d+), form (?P<form>\d+)\n(?P<sections>(?:.*\n)*?)```\n\n"
    r"```text\n(?P<told>(?:.*\n)*?)```$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Case:
    """One case of the page."""

    title: str
    report: Report
    told: str

    def __str__(self) -> str:
        return self.title


def cases() -> list[Case]:
    """The cases of the page."""
    return [
        Case(found["title"], Report(int(found["year"]), made(int(found["form"]), found["sections"])), found["told"])
        for found in CASE.finditer(PAGE.read_text("utf-8"))
    ]


def made(first_year: int, sections: str) -> Layout:
    """A form with these sections, one a line."""
    form = next(layout for layout in layouts() if layout.first_year == first_year)
    known = {section.key: section for section in form.sections}
    named = (line.split(": ") for line in sections.splitlines())
    return replace(form, sections=tuple(replace(known.get(key, Section(key, "")), heading=name) for key, name in named))


def told_of(report: Report) -> str:
    """What the checks of the form say, a line each."""
    completed = complete(report)
    found = (*form_of_year(completed), *headings(completed))
    return "".join(f"{finding.code.name} {finding.message}\n" for finding in found)


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_form_is_told_for_what_is_wrong_with_it_and_nothing_else(case: Case) -> None:
    """A form is answered with what its case shows; the official one, or one in usual wordings, with nothing."""
    told = told_of(case.report)
    if os.environ.get("GXGEN_REWRITE"):
        page = PAGE.read_text("utf-8")
        found = next(found for found in CASE.finditer(page) if found["title"] == case.title)
        PAGE.write_text(page[: found.start("told")] + told + page[found.end("told") :], "utf-8", newline="\n")
    else:
        assert told == case.told


def test_every_heading_of_the_page_is_a_case() -> None:
    """No case goes unread for a slip in its blocks."""
    assert [case.title for case in cases()] == re.findall(r"^## (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)


@given(reports())
def test_a_report_in_the_form_of_its_year_has_no_such_finding(report: Report) -> None:
    """Whatever the report says, the form of its year is in order."""
    assert told_of(report) == ""
