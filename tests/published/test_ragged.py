"""Five tables as they were published, ragged as they are: what they carry, read off by hand, against what is read.

Only title, headings and tables are kept of the reports; the texts are stand-ins.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from gxgen.model import Report
from gxgen.published import Published, read_bytes, read_published

FOLDER = Path(__file__).parent / "ragged"


class Ragged(NamedTuple):
    """What a table carries: every figure that is not 0, and the rows that nobody can read with certainty."""

    year: int
    agency: str
    figures: Mapping[str, int]
    unread: tuple[str, ...] = ()
    """Addresses of rows or of tables; every other cell is a 0 that is there to be read."""


CARRIED = {
    "one_figure_a_row": Ragged(
        2020,
        "兴庆区科学技术局",
        {"disclosure.other_services.last_year": 2, "disclosure.penalties.last_year": 2},
        # Each row of 三 has one of its seven figures.
        ("requests",),
    ),
    # Its labels are split by the ends of pages, and two of its rows are empty: all columns close without them.
    "tabs_with_rows_split_over_pages": Ragged(2020, "海原县科学技术局", {}),
    "tabs": Ragged(2023, "兴庆区科学技术和工业信息化局", {}),
    "tabs_with_cells_lost": Ragged(
        2020,
        "青铜峡市科学技术局",
        {"disclosure.other_services.change": 2, "disclosure.other_services.decisions": 2},
        (
            # Six figures for seven columns are all 0 wherever one is lost; here five for fifteen are.
            "reconsideration",
            "litigation",
        ),
    ),
    "one_cell_a_line": Ragged(2021, "", {"disclosure.normative_documents.repealed": 1}),
}


def read(name: str) -> tuple[Published, Report]:
    """A ragged report."""
    published = read_published(FOLDER / f"{name}.txt")
    assert published.report
    return published, published.report


def is_below(address: str, branches: tuple[str, ...]) -> bool:
    """Whether an address is one of the branches or below one."""
    return any(f"{address}.".startswith(f"{branch}.") for branch in branches)


@pytest.mark.parametrize("name", CARRIED)
def test_every_figure_that_can_be_read_is_read(name: str) -> None:
    """Figures are those that a person reads off the page; only rows that nobody could place are left out."""
    carried = CARRIED[name]
    _, report = read(name)
    assert (report.year, report.agency) == (carried.year, carried.agency)
    assert {address: figure for address, figure in report.figures.items() if figure} == carried.figures
    assert not any(report.assertions.values())
    assert {address for address in report.unread if not is_below(address, carried.unread)} == set()
    assert {address for address in (*report.figures, *report.assertions) if is_below(address, carried.unread)} == set()


@pytest.mark.parametrize("name", CARRIED)
def test_every_row_left_out_is_named(name: str) -> None:
    """Whatever was not read has a finding at its address; a report read whole has no warning at all."""
    published, report = read(name)
    told = {address for finding in published.findings for address in finding.unread}
    assert report.unread <= told
    assert bool(report.unread) == any(finding.code.name.startswith("W") for finding in published.findings)


@pytest.mark.parametrize("name", CARRIED)
def test_the_texts_are_read_and_nothing_of_the_tables_is_taken_for_text(name: str) -> None:
    """Narrative is what stands outside the tables."""
    _, report = read(name)
    expected = {"overview": "全年工作平稳有序。", "problems": "公开的内容还不够全面，下一步逐项改进。"}
    if name == "tabs_with_rows_split_over_pages":
        expected["disclosure"] = "表中数据已经核对。"
    assert dict(report.narrative) == expected


@pytest.mark.parametrize("name", ["tabs", "one_cell_a_line"])
def test_text_after_a_table_of_lines_is_read(name: str) -> None:
    """It becomes narrative, as that after a drawn table does, and the figures stay the same."""
    before = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    own = "注：表中的数字不含乡镇办理的申请\n说明这一段写在表格后面，讲的是主要内容。"
    at = before.index("五、")
    plain, more = (read_bytes(text.encode(), ".txt") for text in (before, f"{before[:at]}{own}\n{before[at:]}"))
    assert plain.report
    assert more.report
    assert more.report.figures == plain.report.figures
    assert more.report.assertions == plain.report.assertions
    assert own.replace("\n", "") in more.report.narrative["disputes"].replace("\n", "")
    assert [one.message for one in more.findings if "移到了表格前面" in one.message] != []


def test_text_between_the_lines_of_a_table_is_told() -> None:
    """A sentence that has got into a table is neither a label nor a figure."""
    before = (FOLDER / "one_cell_a_line.txt").read_text(encoding="utf-8")
    at = before.rindex("审结")
    sentence = "这一句话是从别处掉进表格里来的，与各个项目无关。"
    published = read_bytes(f"{before[:at]}{sentence}\n{before[at:]}".encode(), ".txt")
    assert any(sentence[:8] in finding.message for finding in published.findings if finding.code.name == "W624")
