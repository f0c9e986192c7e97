"""Not one figure of a damaged report is read wrong; what is not read is told."""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal
from random import Random
from types import MappingProxyType

import pytest

from gxgen.compute import complete
from gxgen.model import Figure, Report
from gxgen.published import Published, read_bytes
from gxgen.spec import Entry, Kind, Layout, address_book, layouts
from tests.published.damage import damaged, in_two, still_printed, tables_of
from tests.published.printing import FORMATS

REPORTS = int(os.environ.get("GXGEN_DAMAGED", "150"))
"""How many reports each format is tried with; the full measure is 10 000 in all."""
MOST_UNREAD = {".docx": 0.03, ".html": 0.03, ".txt": 0.5}
"""The share of figures that may be left unread though they are still printed, alone in their cells."""


def some_report(random: Random) -> Report:
    """A report with figures here and there, balanced or not, at times with none."""
    layout = random.choice(layouts())
    share = random.choice((0.0, 0.05, 0.3, 1.0))
    figures = {
        entry.address: _figure(entry, random)
        for entry in address_book(layout).entries.values()
        if not entry.is_total and random.random() < share
    }
    if random.random() < 0.5:
        _balance(layout, figures)
    return Report(layout.first_year + 1, layout, "某某县科学技术局", figures=MappingProxyType(figures))


def _figure(entry: Entry, random: Random) -> Figure:
    if entry.kind is Kind.AMOUNT:
        return Decimal(random.choice(("0.5", "7730.28", "12", "0")))
    if entry.kind is Kind.CHANGE:
        return random.randrange(-9, 10)
    return random.choice((0, 0, 1, 1, 2, 3, 5, 12, 345, 6789))


def _balance(layout: Layout, figures: dict[str, Figure]) -> None:
    """Make every column hold: what is too little was received this year, what is too much is carried forward."""
    completed = complete(Report(layout.first_year, layout, figures=MappingProxyType(figures)))
    for check in address_book(layout).balances:
        for column in check.columns:
            if column.head.is_total:
                continue
            sides = (check.balance.left, check.balance.right)
            left, right = (sum(completed.count(f"{row}.{column.address}") for row in side) for side in sides)
            row = check.balance.left[0] if left < right else "requests.carried_forward"
            address = f"{row}.{column.address}"
            figures[address] = int(str(figures.get(address, 0))) + abs(right - left)


def wrong_figures(report: Report, published: Published) -> dict[str, tuple[str, str]]:
    """Every figure and total that was read as another than was printed."""
    assert published.report
    completed = complete(report)
    read = {**published.report.figures, **published.report.assertions}
    return {
        address: (str(figure), str(completed.figure(address)))
        for address, figure in read.items()
        if str(figure) != str(completed.figure(address))
    }


def untold(published: Published) -> list[str]:
    """The cells that were not read and that no finding is about."""
    assert published.report
    told = {address for finding in published.findings for address in finding.unread}
    return sorted(published.report.unread - told)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
def test_no_figure_of_a_damaged_report_is_read_wrong(suffix: str) -> None:
    """However a table is broken, a figure is read as it was printed or not at all, and what is not read is told."""
    counted: Counter[str] = Counter()
    for seed in range(REPORTS):
        random = Random(f"{suffix}{seed}")  # noqa: S311  # a fixed seed is the point
        report = some_report(random)
        tables = tables_of(complete(report))
        ways = [damaged(rows, random, report.year) for _, rows in tables]
        if random.random() < 0.1:
            tables = in_two(tables, random)
        title = f"{report.agency}{report.year}年政府信息公开工作年度报告"
        published = read_bytes(FORMATS[suffix](title, tables, random), suffix)
        assert published.report, f"seed {seed}"
        assert wrong_figures(report, published) == {}, f"seed {seed}: {ways}"
        assert untold(published) == [], f"seed {seed}: {ways}"
        counted["cells"] += len(address_book(report.layout).entries)
        counted["unread"] += len(published.report.unread)
        printed = {address for _, rows in tables for address in still_printed(rows)}
        counted["unread though printed"] += len(published.report.unread & printed)
    assert counted["unread though printed"] < MOST_UNREAD[suffix] * counted["cells"]
    if "GXGEN_DAMAGED" in os.environ:
        print(f"\n{suffix}: {REPORTS} reports, {dict(counted)}")  # noqa: T201
