"""When a report was published (rule S-3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gxgen import codes
from gxgen.checks.agencies import is_department
from gxgen.compute import Completed
from gxgen.findings import Finding

DEPARTMENT, GOVERNMENT = (1, 31), (3, 31)
"""Month and day of the next year: 条例第四十九条."""


def published_in_time(completed: Completed) -> Iterator[Finding]:
    """A report is published after its year, a department's by 31 January and a government's by 31 March (S-3)."""
    report, published = completed.report, completed.report.published
    if published is None:
        return
    is_departments = is_department(report.agency)
    month, day = DEPARTMENT if is_departments else GOVERNMENT
    if published.year <= report.year:
        message = f"公布日期 {_spoken(published)}早于{report.year}年年底，这一年的统计期还没有结束"
        yield Finding(codes.PUBLISHED_EARLY, "published", message, codes.PUBLISHED_EARLY.mend)
    elif (published.year, published.month, published.day) > (report.year + 1, month, day):
        late = (published - date(report.year + 1, month, day)).days
        whose = "部门" if is_departments else "政府" if report.agency else "最晚"
        message = (
            f"公布日期 {_spoken(published)}，晚了 {late} 天：{report.year}年的报告，"
            f"{whose}应在{report.year + 1}年{month}月{day}日前公布"
        )
        yield Finding(codes.PUBLISHED_LATE, "published", message, codes.PUBLISHED_LATE.mend)


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
