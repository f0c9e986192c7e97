"""Five tables as they were published, ragged as they are: what they carry, read off by hand, against what is read.

Only title, headings and tables are kept of the reports; the texts are stand-ins.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from gxgen.model import Report
from gxgen.published import Published, read_published

FOLDER = Path(__file__).parent / "ragged"


class Ragged(NamedTuple):
    """What a table carries: every figure that is not 0, and the rows that nobody can read with certainty."""

    year: int
    agency: str
    figures: Mapping[str, int]
    unread: tuple[str, ...] = ()
    """Addresses of rows or of tables; every other cell is a 0 that is there to be read."""


ITEMS_OF_REFUSAL = (
    "state_secret",
    "forbidden_by_law",
    "public_safety",
    "third_party",
    "internal_affairs",
    "deliberation",
    "enforcement_file",
)
CARRIED = {
    "one_figure_a_row": Ragged(
        2020,
        "兴庆区科学技术局",
        {"disclosure.other_services.last_year": 2, "disclosure.penalties.last_year": 2},
        # Each row of 三 has one of its seven figures.
        ("requests",),
    ),
    "tabs_with_rows_split_over_pages": Ragged(
        2020,
        "海原县科学技术局",
        {},
        (
            "disclosure.fees",  # 上一年／项目数量 stands half before and half after a page's end
            "requests.outcome.partly_granted",  # empty
            "requests.outcome.unavailable.unclear",  # its label goes on after its figures
            "requests.outcome.not_handled.petition",  # the end of the label before it stands before its own
            "requests.carried_forward",  # empty
        ),
    ),
    "tabs": Ragged(2023, "兴庆区科学技术和工业信息化局", {}),
    "tabs_with_cells_lost": Ragged(
        2020,
        "青铜峡市科学技术局",
        {"disclosure.other_services.change": 2, "disclosure.other_services.decisions": 2},
        (
            "requests.outcome.granted",  # six figures for seven columns
            "requests.outcome.partly_granted",
            *(f"requests.outcome.refused.{item}" for item in ITEMS_OF_REFUSAL),
            "reconsideration",  # empty, and with it the place of the ten figures after it is not certain
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
    told = {finding.address for finding in published.findings if finding.code.name.startswith("W")}
    if "reconsideration.upheld" in told:
        told |= {"reconsideration", "litigation"}  # they are one row
    assert all(is_below(address, tuple(told)) for address in report.unread)
    assert bool(report.unread) == bool(told)


@pytest.mark.parametrize("name", CARRIED)
def test_the_texts_are_read_and_nothing_of_the_tables_is_taken_for_text(name: str) -> None:
    """Narrative is what stands outside the tables."""
    _, report = read(name)
    expected = {"overview": "全年工作平稳有序。", "problems": "公开的内容还不够全面，下一步逐项改进。"}
    if name == "tabs_with_rows_split_over_pages":
        expected["disclosure"] = "表中数据已经核对。"
    assert dict(report.narrative) == expected
