"""Reports from scans: what was recognised is a figure only where sums confirm it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from gxgen import source
from gxgen.published.assemble import Assembled, assemble
from gxgen.published.document import Block, Pages, Table
from gxgen.published.readers import read
from tests.published.made import document

SAMPLE = Path(__file__).parents[2] / "samples" / "district_2024.toml"


@pytest.fixture(scope="module")
def pages() -> Pages:
    """A report as if its text came from a picture."""
    report = source.read(SAMPLE).report
    assert report
    return structs.replace(read(document(report, ".html"), ".html"), recognised=(1,))


def misread(pages: Pages, row_label: str, before: str, after: str) -> Pages:
    """The same with figures of a row misread, each in the same way."""

    def changed(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        rows = {cell.row for cell in block.cells if cell.text.startswith(row_label)}
        return Table(
            tuple(
                cell._replace(text=after) if cell.row in rows and cell.text == before else cell for cell in block.cells
            ),
            block.number,
        )

    return structs.replace(pages, blocks=tuple(map(changed, pages.blocks)))


def read_figures(found: Assembled) -> set[str]:
    """Where figures and totals were read."""
    assert found.report
    return {*found.report.figures, *found.report.assertions}


def test_figures_with_sums_are_read_and_others_reported(pages: Pages) -> None:
    """Table 二 has no sums: its figures are to be copied from the original."""
    found = assemble(pages)
    tables = {address.split(".")[0] for address in read_figures(found)}
    assert tables == {"requests", "reconsideration", "litigation"}
    assert found.report
    assert any(address.startswith("disclosure.") for address in found.report.unread)
    assert "W623" in {finding.code.name for finding in found.findings}


def test_a_figure_misread_with_its_total_is_not_taken(pages: Pages) -> None:
    """The row still closes, the column does not."""
    label = "1.信访举报投诉类申请"
    wrong = misread(misread(pages, label, "27", "21"), label, "33", "27")
    found = assemble(wrong)
    assert not any("not_handled.petition" in address for address in read_figures(found))
    assert any("not_handled.petition" in address for address in read_figures(assemble(pages)))
