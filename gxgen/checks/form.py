"""The report has the form of its year: rules S-1 and S-2.

Both hold of every data file, since the form is chosen by the year.  They can be false of a report that a program makes,
and of a form that somebody has amended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gxgen.checks.tables import is_department
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.spec import Section, layout_for, unnumbered


def empty_sections(completed: Completed) -> Iterator[Finding]:
    """A section that is narrative only has narrative, unless the form gives a default (N-11)."""
    for section in completed.report.layout.sections:
        written = any(
            place.partition(".")[0] == section.key and text.strip() for place, text in completed.narrative.items()
        )
        unread = not completed.report.unread.isdisjoint(("narrative", f"narrative.{section.key}"))
        if not (section.table or section.default or written or unread):
            yield Finding(
                codes.EMPTY_SECTION,
                f"narrative.{section.key}",
                f"「{section.heading}」没有文字，报告中这一部分只有标题",
                f'在 [narrative] 中写 {section.key} = """……"""',
            )


NEAR = ("pack", "year")
"""What a data file may hold that the form depends on."""


def form_of_year(completed: Completed) -> Iterator[Finding]:
    """The form is that of the report's year (S-2)."""
    report = completed.report
    right = layout_for(report.year)
    if right is None:
        message = f"{report.year}年没有对应的版式，报告用的是 {report.layout.name} 版（{report.layout.authority}）"
        yield Finding(codes.FORM_OF_YEAR, "year", message, codes.FORM_OF_YEAR.remedy)
    elif right.first_year != report.layout.first_year:
        message = (
            f"{report.year}年的报告应当用 {right.name} 版（{right.authority}），"
            f"用的却是 {report.layout.name} 版（{report.layout.authority}）"
        )
        yield Finding(codes.FORM_OF_YEAR, "year", message, codes.FORM_OF_YEAR.remedy)


def headings(completed: Completed) -> Iterator[Finding]:
    """The sections are the official ones, in their order and under an official heading (S-1)."""
    form = completed.report.layout
    right = layout_for(form.first_year)
    if right is None or right.first_year != form.first_year:
        return  # no official form at all, which form_of_year tells
    official = {section.key: section for section in right.sections}
    given = {section.key: section for section in form.sections}
    yield from (_told(f"缺少「{section.heading}」") for key, section in official.items() if key not in given)
    for key, section in given.items():
        if key not in official:
            yield _told(f"多出「{section.heading}」，规定的只有 {len(official)} 个部分")
        elif section.heading not in wordings(official[key]):
            yield _told(f"标题「{section.heading}」与规定的不符，应是「{official[key].heading}」")
    order = [key for key in given if key in official]
    if order != [key for key in official if key in given]:
        yield _told(
            f"各部分的顺序与规定的不符，应依次是：{'、'.join(unnumbered(one.heading) for one in right.sections)}"
        )


def wordings(section: Section) -> tuple[str, ...]:
    """The official heading of a section and its other wordings, each with the numeral."""
    numeral = section.heading.removesuffix(unnumbered(section.heading))
    return (section.heading, *(f"{numeral}{variant}" for variant in section.variants))


def _told(message: str) -> Finding:
    return Finding(codes.HEADINGS, "pack", message, codes.HEADINGS.remedy, fallback_addresses=NEAR)


def published_in_time(completed: Completed) -> Iterator[Finding]:
    """A report is published after its year, and by the form's deadline for departments or for governments (S-3)."""
    report, published = completed.report, completed.report.published
    if published is None:
        return
    is_departments = is_department(report.agency)
    month, day = report.layout.department_deadline if is_departments else report.layout.government_deadline
    if published.year <= report.year:
        message = f"公布日期 {_spoken(published)}早于{report.year}年年底，这一年的统计期还没有结束"
        yield Finding(codes.PUBLISHED_EARLY, "published", message, codes.PUBLISHED_EARLY.remedy)
    elif (published.year, published.month, published.day) > (report.year + 1, month, day):
        late = (published - date(report.year + 1, month, day)).days
        whose = "部门" if is_departments else "政府" if report.agency else "最晚"
        message = (
            f"公布日期 {_spoken(published)}，晚了 {late} 天：{report.year}年的报告，"
            f"{whose}应在{report.year + 1}年{month}月{day}日前公布"
        )
        yield Finding(codes.PUBLISHED_LATE, "published", message, codes.PUBLISHED_LATE.remedy)


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
