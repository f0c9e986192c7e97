"""Reports that have gone through a crawler, a converter or OCR before they come here."""

from __future__ import annotations

from random import Random

import pytest

from gxgen.compute import complete
from gxgen.published import read_bytes
from gxgen.spec import address_book
from tests.published.crawled import STYLES, Style, as_crawled
from tests.published.damage import damaged, tables_of
from tests.published.test_damage import some_report, untold, wrong_figures


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__.strip("_"))
def test_a_whole_table_is_read_whole(style: Style) -> None:
    """Where every cell is there, every figure is read, however strokes and lines part the cells."""
    for seed in range(8):
        random = Random(seed)  # noqa: S311  # a fixed seed is the point
        report = some_report(random)
        title = f"{report.agency}{report.year}年政府信息公开工作年度报告"
        published = read_bytes(as_crawled(title, tables_of(complete(report)), style), ".md")
        assert published.report
        assert published.report.unread.isdisjoint(address_book(report.layout).entries), f"seed {seed}"
        assert wrong_figures(report, published) == {}, f"seed {seed}"


@pytest.mark.slow
def test_no_figure_of_a_damaged_crawled_report_is_read_wrong() -> None:
    """Cells lost or shifted among strokes are not read, and are told."""
    for seed in range(60):
        random = Random(f"crawled{seed}")  # noqa: S311  # a fixed seed is the point
        report = some_report(random)
        tables = tables_of(complete(report))
        ways = [damaged(rows, random) for _, rows in tables]
        title = f"{report.agency}{report.year}年政府信息公开工作年度报告"
        published = read_bytes(as_crawled(title, tables, random.choice(STYLES)), ".txt")
        assert published.report, f"seed {seed}"
        assert wrong_figures(report, published) == {}, f"seed {seed}: {ways}"
        assert untold(published) == [], f"seed {seed}: {ways}"


def test_a_table_that_never_closes_is_text() -> None:
    """Openings without an end are not searched over and over, and lose nothing that stands after them."""
    text = "某县水务局2023年政府信息公开工作年度报告\n" + "<table>\n略\n" * 5_000 + "一、总体情况\n全年平稳。\n"
    published = read_bytes(text.encode(), ".txt")
    assert published.report
    assert published.report.narrative["overview"] == "全年平稳。"
