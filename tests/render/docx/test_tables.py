"""The tables of a .docx file, as Word and WPS need them written."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import example, given, settings
from lxml.etree import _Element

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, TableStyle, prepare
from tests.render.docx.packages import W, body_tables, rows_of, text_of, value
from tests.render.made import document_of, empty_reports, full_reports
from tests.strategies import reports

TEXT_WIDTH = 11906 - 1587 - 1474
EMPTY_2019, EMPTY_2021 = empty_reports()
FULL_2019, FULL_2021 = full_reports()


@pytest.fixture(scope="module", params=[EMPTY_2019, EMPTY_2021], ids=["2019", "2021"])
def tables(request: pytest.FixtureRequest, renderer: DocxRenderer) -> list[_Element]:
    """The tables of 二, 三 and 四 in an all-zero report."""
    return body_tables(renderer.render(document_of(request.param)))


def grid_of(table: _Element) -> list[int]:
    """The widths of the grid's columns, which WPS goes by."""
    return [int(value(column, "w")) for column in table.iter(f"{W}gridCol")]


def span_of(cell: _Element) -> int:
    """How many columns of the grid a cell reaches over."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(value(span))


def has(row: _Element, tag: str) -> bool:
    """Whether a row has a property."""
    return row.find(f"{W}trPr/{W}{tag}") is not None


@settings(max_examples=50)
@given(report=reports())
@example(report=FULL_2019)
@example(report=FULL_2021)
def test_a_table_is_as_wide_as_the_text(renderer: DocxRenderer, report: Report) -> None:
    """The grid's columns sum to the table's width, which is the text's or at most 20 twips less."""
    for table in body_tables(renderer.render(document_of(report))):
        width = int(value(table.find(f"{W}tblPr/{W}tblW"), "w"))
        assert sum(grid_of(table)) == width
        assert TEXT_WIDTH - 20 <= width <= TEXT_WIDTH
        assert value(table.find(f"{W}tblPr/{W}tblLayout"), "type") == "fixed"


@settings(max_examples=50)
@given(report=reports())
@example(report=FULL_2019)
@example(report=FULL_2021)
def test_cells_are_as_wide_as_the_columns_they_span(renderer: DocxRenderer, report: Report) -> None:
    """Word goes by w:tcW and WPS by w:gridCol: every cell has a width, and it is that of its columns."""
    for table in body_tables(renderer.render(document_of(report))):
        grid = grid_of(table)
        assert min(grid) > 0
        for row in rows_of(table):
            at = 0
            for cell in row.iter(f"{W}tc"):
                width = cell.find(f"{W}tcPr/{W}tcW")
                assert value(width, "type") == "dxa"
                assert int(value(width, "w")) == sum(grid[at : at + span_of(cell)])
                at += span_of(cell)
            assert at == len(grid), "a row reaches over the whole grid"


def test_no_row_breaks_over_pages(tables: list[_Element]) -> None:
    """Every row of every table stays on one page."""
    assert all(has(row, "cantSplit") for table in tables for row in rows_of(table))


def test_the_long_table_repeats_its_header(tables: list[_Element]) -> None:
    """The three header rows of 三 and 四 come again on a new page; 二 has a header in each band and repeats none."""
    repeated = [[has(row, "tblHeader") for row in rows_of(table)] for table in tables]
    disclosure, requests, disputes = repeated
    assert not any(disclosure)
    assert requests[:3] == [True] * 3
    assert not any(requests[3:])
    assert disputes == [True, True, True, False]


def test_merged_cells_start_where_their_text_stands(tables: list[_Element]) -> None:
    """A continued cell repeats no text, so that no program shows a label twice."""
    cells = list(chain.from_iterable(table.iter(f"{W}tc") for table in tables))
    continued = [
        cell for cell in cells if (m := cell.find(f"{W}tcPr/{W}vMerge")) is not None and value(m) == "continue"
    ]
    assert continued
    assert {text_of(cell) for cell in continued} == {""}


def test_bands_are_shaded(tables: list[_Element]) -> None:
    """The 第二十条 bands are light blue, and nothing else is shaded."""
    shaded = [
        (text_of(cell), value(shading, "fill"))
        for table in tables
        for cell in table.iter(f"{W}tc")
        if (shading := cell.find(f"{W}tcPr/{W}shd")) is not None
    ]
    bands = [text_of(cell) for cell in tables[0].iter(f"{W}tc") if text_of(cell).startswith("第二十条")]
    assert shaded == [(band, "C6D9F1") for band in bands]
    assert len(bands) >= 4


def test_a_pack_chooses_the_colour_of_the_bands(national_template: bytes) -> None:
    """The colour is the pack's; an empty one leaves the bands white."""

    def fills(colour: str) -> set[str]:
        renderer = DocxRenderer(prepare(national_template), TableStyle(band_fill=colour))
        shadings = body_tables(renderer.render(document_of(EMPTY_2021)))[0].iter(f"{W}shd")
        return {value(shading, "fill") for shading in shadings}

    assert fills("FFEECC") == {"FFEECC"}
    assert fills("") == set()


def test_a_table_of_many_columns_is_set_small(tables: list[_Element]) -> None:
    """二 is set in the styles of five points, 三 and 四 in the dense ones."""
    styles = [{value(style) for style in table.iter(f"{W}pStyle")} for table in tables]
    assert styles[0] == {"TableBand", "TableHead", "TableLabel", "TableFigure"}
    assert styles[1] == {"DenseHead", "DenseLabel", "DenseFigure"}
    assert styles[2] == {"DenseHead", "DenseFigure"}


def scales(report: Report, renderer: DocxRenderer) -> set[int]:
    """To what percentages the figures of a report are narrowed."""
    return {
        int(value(scale))
        for table in body_tables(renderer.render(document_of(report)))
        for scale in table.iter(f"{W}w")
    }


def test_a_long_figure_is_narrowed_rather_than_broken(renderer: DocxRenderer) -> None:
    """Ten digits stay on one line: their characters are narrowed, though never to less than a third; 0 never is."""
    assert scales(EMPTY_2021, renderer) == set()
    narrowed = scales(FULL_2021, renderer)
    assert narrowed
    assert all(33 <= scale < 100 for scale in narrowed)


@pytest.mark.parametrize("count", [999, 9_999, 10_000])
def test_everyday_figures_are_never_narrowed(renderer: DocxRenderer, count: int) -> None:
    """With five digits in every cell of every table, and seven in the sums of 三, all characters are of full width."""
    for report in full_reports(count):
        assert scales(report, renderer) == set()
