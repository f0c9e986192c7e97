"""The report has the form of its year: rules S-1 and S-2.

Data files always pass, since their form is chosen by the year; reports made by programs and amended forms may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gxgen.checks.agencies import is_department
from gxgen.checks.wording import (
    HeadingDiffers,
    HeadingExtra,
    HeadingMissing,
    OrderDiffers,
    PublishedEarly,
    PublishedLate,
    SectionEmpty,
    WrongForm,
)
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding, Parameters
from gxgen.spec import Section, layout_for, unnumbered


def empty_sections(completed: Completed) -> Iterator[Finding]:
    """A section that is narrative only has narrative, unless the form gives a default (N-11)."""
    for section in completed.report.layout.sections:
        written = any(
            place.partition(".")[0] == section.key and text.strip() for place, text in completed.narrative.items()
        )
        unread = not completed.report.unread.isdisjoint(("narrative", f"narrative.{section.key}"))
        if not (section.table or section.default or written or unread):
            empty = SectionEmpty(section.heading, section.key)
            yield Finding.of(codes.EMPTY_SECTION, f"narrative.{section.key}", empty)


DECIDES_THE_FORM = ("pack", "year")
"""What a data file may hold that the form depends on."""


def form_of_year(completed: Completed) -> Iterator[Finding]:
    """The form is that of the report's year (S-2)."""
    report = completed.report
    right = layout_for(report.year)
    if right is None or right.first_year != report.layout.first_year:
        named = (right.name, right.authority) if right else None
        wrong = WrongForm(report.year, (report.layout.name, report.layout.authority), named)
        yield Finding.of(codes.FORM_OF_YEAR, "year", wrong)


def headings(completed: Completed) -> Iterator[Finding]:
    """The sections are the official ones, in their order and under an official heading (S-1)."""
    form = completed.report.layout
    right = layout_for(form.first_year)
    if right is None or right.first_year != form.first_year:
        return  # no official form at all, which form_of_year tells
    official = {section.key: section for section in right.sections}
    given = {section.key: section for section in form.sections}
    yield from (_finding(HeadingMissing(section.heading)) for key, section in official.items() if key not in given)
    for key, section in given.items():
        if key not in official:
            yield _finding(HeadingExtra(section.heading, len(official)))
        elif section.heading not in wordings(official[key]):
            yield _finding(HeadingDiffers(section.heading, official[key].heading))
    order = [key for key in given if key in official]
    if order != [key for key in official if key in given]:
        yield _finding(OrderDiffers(tuple(unnumbered(one.heading) for one in right.sections)))


def wordings(section: Section) -> tuple[str, ...]:
    """The official heading of a section and its other wordings, each with the numeral."""
    numeral = section.heading.removesuffix(unnumbered(section.heading))
    return (section.heading, *(f"{numeral}{variant}" for variant in section.variants))


def _finding(heading: Parameters) -> Finding:
    return Finding.of(codes.HEADINGS, "pack", heading, fallback_addresses=DECIDES_THE_FORM)


def published_in_time(completed: Completed) -> Iterator[Finding]:
    """A report is published after its year, and by the form's deadline for departments or for governments (S-3)."""
    report, published = completed.report, completed.report.published
    if published is None:
        return
    is_departments = is_department(report.agency)
    month, day = report.layout.department_deadline if is_departments else report.layout.government_deadline
    if published.year <= report.year:
        yield Finding.of(codes.PUBLISHED_EARLY, "published", PublishedEarly(published, report.year))
    elif published > (deadline := date(report.year + 1, month, day)):
        whose = "部门" if is_departments else "政府" if report.agency else "最晚"
        yield Finding.of(codes.PUBLISHED_LATE, "published", PublishedLate(published, report.year, deadline, whose))
