"""What gxgen writes, gxgen reads back: the figures, and the narrative as it was printed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.compute import complete
from gxgen.model import Figure, Report
from gxgen.published import Published, read_bytes
from gxgen.spec import address_book, layout_for
from tests.published.made import document, narrative_reports, stressed
from tests.render.made import expected_lines
from tests.strategies import reports


def read_back(report: Report, suffix: str) -> Published:
    """The report printed and read."""
    return read_bytes(document(report, suffix), suffix)


def figures_as_printed(report: Report) -> Mapping[str, str]:
    """Every cell of the tables as the report prints it, totals included."""
    completed = complete(report)
    return {address: str(completed.figure(address)) for address in address_book(report.layout).entries}


def figures_read(published: Published) -> Mapping[str, str]:
    """Every cell that was read."""
    assert published.report
    both: dict[str, Figure] = {**published.report.figures, **published.report.assertions}
    return {address: str(figure) for address, figure in both.items()}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".docx", ".txt", ".html"])
@given(report=reports())
def test_figures_come_back(suffix: str, report: Report) -> None:
    """Every figure and every total of a printed report is read, whatever the narrative, and nothing is doubted."""
    report = (
        report if suffix != ".txt" else Report(report.year, report.layout, "某某县科学技术局", figures=report.figures)
    )
    published = read_back(report, suffix)
    assert published.report
    assert figures_read(published) == figures_as_printed(report)
    assert published.report.unread == frozenset()
    assert published.report.year == report.year
    assert published.report.layout is report.layout


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".docx", ".txt", ".html"])
@given(report=narrative_reports())
def test_narrative_comes_back_as_it_was_printed(suffix: str, report: Report) -> None:
    """Built again from what was read, the report has the same lines in the same order."""
    published = read_back(report, suffix)
    assert published.report
    assert expected_lines(published.report) == expected_lines(report)
    assert published.findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".docx", ".html"])
@given(paragraphs=st.lists(stressed(), min_size=1, max_size=4))
def test_bold_comes_back(suffix: str, paragraphs: list[str]) -> None:
    """Words in bold are so in the data file, wherever they stand in their paragraph."""
    layout = layout_for(2024)
    assert layout
    narrative = {"overview.active": "\n".join(paragraphs)}
    published = read_back(Report(2024, layout, "某某县科学技术局", narrative=narrative), suffix)
    assert published.report
    assert published.report.narrative == narrative


@pytest.mark.parametrize("head", ["<b>（一）主动公开。</b>", "<b>（一）主动公开</b>。", "<b>（一）</b>主动公开。"])
def test_a_head_in_bold_is_a_head(head: str) -> None:
    """A page that sets headings, or part of them, in bold is read as one that does not."""
    page = (
        f"<h1><b>某某局</b>2024年政府信息公开工作年度报告</h1><p><b>一、</b>总体情况</p><p>{head}全年<b>平稳</b>。</p>"
    )
    report = read_bytes(f"{page}<p>二、主动公开政府信息情况</p>".encode(), ".html").report
    assert report
    assert report.narrative == {"overview.active": "全年**平稳**。"}
