"""The figures of a report arrive on paper, in plain text and on the web: every one, in its cell, under its labels."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import example, given, settings

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer
from gxgen.render.html import HtmlRenderer
from gxgen.render.text import TextRenderer
from tests.docx_reader import read_docx
from tests.forms import expected, read_back
from tests.html_reader import read_html
from tests.render.made import document_of, empty_reports, full_reports
from tests.strategies import reports
from tests.text_reader import is_tiled, read_text

ALL_ZERO_2019, ALL_ZERO_2021 = empty_reports()
LONG_2019, LONG_2021 = full_reports()


@settings(max_examples=60)
@given(report=reports())
@example(report=ALL_ZERO_2019)
@example(report=ALL_ZERO_2021)
@example(report=LONG_2019)
@example(report=LONG_2021)
def test_a_word_file_shows_every_figure_and_total_in_its_cell(renderer: DocxRenderer, report: Report) -> None:
    """The cells of a .docx hold the figures, and totals summed anew, under the form's own labels."""
    assert read_back(report, read_docx(renderer.render(document_of(report))).tables) == expected(report)


@settings(max_examples=100)
@given(report=reports())
@example(report=ALL_ZERO_2019)
@example(report=ALL_ZERO_2021)
@example(report=LONG_2019)
@example(report=LONG_2021)
def test_plain_text_shows_every_figure_and_total_in_its_cell(report: Report) -> None:
    """The drawn tables hold the same figures and totals as the .docx, in the same order, under the same labels."""
    tables = read_text(TextRenderer().render(document_of(report))).tables
    assert read_back(report, tables) == expected(report)
    assert all(map(is_tiled, tables)), "a merged cell has a gap"


@settings(max_examples=60)
@given(report=reports())
@example(report=ALL_ZERO_2019)
@example(report=ALL_ZERO_2021)
@example(report=LONG_2019)
@example(report=LONG_2021)
def test_a_web_page_shows_every_figure_and_total_in_its_cell(report: Report) -> None:
    """The tables of a page hold the same figures and totals, in the same order, under the same labels."""
    tables = read_html(HtmlRenderer().render(document_of(report))).tables
    assert read_back(report, tables) == expected(report)


@pytest.mark.parametrize(
    ("report", "cells"), [(ALL_ZERO_2019, 22 + 23 * 7 + 15), (ALL_ZERO_2021, 10 + 25 * 7 + 15)], ids=["2019", "2021"]
)
def test_a_report_without_figures_is_all_zeros(renderer: DocxRenderer, report: Report, cells: int) -> None:
    """A report that gives no figure shows 0 in each cell of its three tables."""
    tables = read_back(report, read_docx(renderer.render(document_of(report))).tables)
    assert [shown.figure for shown in chain(*tables)] == ["0"] * cells
