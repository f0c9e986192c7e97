"""Figures are taken where all that a row can mean agrees, with why; the rest is told cell by cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from gxgen.compute import complete
from gxgen.model import Figure, Report
from gxgen.published import Published, read_bytes
from gxgen.spec import layout_for
from tests.cli.running import gxgen
from tests.published.damage import Boxes, tables_of
from tests.published.printing import as_html, as_text

RECEIVED, DISPUTES = "requests.received", "reconsideration"
FIGURES: dict[str, Figure] = {
    f"{RECEIVED}.individual": 8,
    f"{RECEIVED}.business": 1,
    "requests.outcome.granted.individual": 8,
    "requests.outcome.granted.business": 1,
    f"{DISPUTES}.upheld": 10,
    f"{DISPUTES}.corrected": 1,
}
SEEDED = Random(4)  # noqa: S311  # a fixed seed is the point
Change = Callable[[Boxes], None]


def page(change: Change, *, table: int) -> bytes:
    """A balanced report of 2023 as a web page, one of its tables changed."""
    form = layout_for(2023)
    assert form
    tables = tables_of(complete(Report(2023, form, "某某局", figures=FIGURES)))
    change(tables[table][1])
    return as_html("某某局2023年政府信息公开工作年度报告", tables, SEEDED)


def figures_in(rows: Boxes, label: str) -> list[int]:
    """Where a row stands, and the places of its figures in it."""
    at = next(at for at, row in enumerate(rows) if any(label in box.text for box in row))
    return [at, *(place for place, box in enumerate(rows[at]) if box.is_figure)]


def set_row(label: str, *texts: str) -> Change:
    """Print other figures in a row."""

    def change(rows: Boxes) -> None:
        at, *places = figures_in(rows, label)
        for place, text in zip(places, texts, strict=True):
            rows[at][place].text = text

    return change


def set_last(*texts: str) -> Change:
    """Print other figures in the last row."""

    def change(rows: Boxes) -> None:
        for box, text in zip(rows[-1], texts, strict=False):
            box.text = text

    return change


def taken(published: Published, branch: str) -> dict[str, tuple[str, str]]:
    """The figures below an address, and why each was taken."""
    assert published.report
    read = {**published.report.figures, **published.report.assertions}
    return {
        address.rpartition(".")[2]: (str(read[address]), evidence.value)
        for address, evidence in published.evidence.items()
        if address.startswith(f"{branch}.")
    }


def test_a_plain_row_with_a_wrong_total_is_read_as_printed() -> None:
    """The wrong total is the agency's: 10, 1, 0, 0 and a total of 0 cannot have slipped."""
    published = read_bytes(page(set_last("10", "1", "0", "0", "0"), table=2), ".html")
    found = taken(published, DISPUTES)
    assert [figure for figure, _ in found.values()] == ["10", "1", "0", "0", "0"]
    assert {why for _, why in found.values()} == {"read"}
    assert not any(finding.unread for finding in published.findings if finding.code.name in ("W614", "W615"))


def test_blanks_are_0_where_the_total_leaves_nothing() -> None:
    """A blank inside a row whose other figures make up its total is 0, and says why."""
    published = read_bytes(page(set_row("一、", "8", "1", "", "/", "", "0", "9"), table=1), ".html")
    found = taken(published, RECEIVED)
    assert found["research"] == found["public_welfare"] == ("0", "blank is 0 by its total")
    assert found["business"] == ("1", "read")


def test_a_blank_that_hides_a_figure_stays_unread() -> None:
    """The total says that something is missing: it is told, and nothing is made up."""
    published = read_bytes(page(set_row("一、", "8", "", "0", "0", "0", "0", "9"), table=1), ".html")
    assert "business" not in taken(published, RECEIVED)
    assert {f"{RECEIVED}.business"} <= {address for finding in published.findings for address in finding.unread}


def test_a_row_that_may_have_slipped_is_not_read() -> None:
    """A filled row that only adds up one column further left says two things at once."""
    published = read_bytes(page(set_row("一、", "0", "8", "1", "0", "0", "0", "0"), table=1), ".html")
    found = taken(published, RECEIVED)
    assert "individual" not in found
    assert "business" not in found


def test_figures_run_together_are_parted_where_the_total_allows_one_way() -> None:
    """8100009 is seven figures."""

    def glue(rows: Boxes) -> None:
        at, first, *rest = figures_in(rows, "一、")
        rows[at][first].text = "8100009"
        rows[at][first].columns += len(rest)
        del rows[at][first + 1 :]

    found = taken(read_bytes(page(glue, table=1), ".html"), RECEIVED)
    assert [figure for figure, _ in found.values()] == ["8", "1", "0", "0", "0", "0", "9"]
    assert {why for _, why in found.values()} == {"place found by its total"}


def test_a_table_that_goes_on_without_its_header_is_one_table() -> None:
    """The rows after the end of a page stand under the header before it."""
    form = layout_for(2023)
    assert form
    tables = tables_of(complete(Report(2023, form, "某某局", figures=FIGURES)))
    heading, rows = tables[1]
    first = next(at for at, row in enumerate(rows) if any("四、结转" in box.text for box in row))
    above, below = rows[:first], rows[first:]
    for row in below:
        for box in row:
            box.row = 0
    tables[1:2] = [(heading, above), ("", below)]
    published = read_bytes(as_html("某某局2023年政府信息公开工作年度报告", tables, SEEDED), ".html")
    assert len(taken(published, "requests.carried_forward")) == 7


@pytest.mark.parametrize(("text", "is_read"), [("0", True), ("2", False)])
def test_a_group_printed_as_one_row_is_known_only_if_it_is_0(text: str, is_read: bool) -> None:
    """An earlier form has one row for （六）其他处理: its parts are 0 if it is."""

    def merge(rows: Boxes) -> None:
        at, *places = figures_in(rows, "（六）其他处理")
        label = next(box for box in rows[at] if "（六）" in box.text)
        label.columns += 1
        label.rows = 1
        rows[at] = [box for box in rows[at] if box.is_figure or box is label]
        for box in rows[at]:
            box.text = text if box.is_figure else box.text
        del rows[at + 1 : at + 3]
        for number, row in enumerate(rows):
            for box in row:
                box.row = number
        assert places

    published = read_bytes(page(merge, table=1), ".html")
    found = taken(published, "requests.outcome.otherwise.other")
    assert (found.get("individual") == ("0", "its group is 0")) is is_read
    told = {address for finding in published.findings for address in finding.unread}
    assert ("requests.outcome.otherwise.other.individual" in told) is not is_read


def test_import_explains_every_figure_and_lists_what_is_unread(tmp_path: Path) -> None:
    """In words with --explain, by address in JSON."""
    path = tmp_path / "report.html"
    path.write_bytes(page(set_row("一、", "8", "1", "", "0", "0", "0", "9"), table=1))
    run = gxgen("import", str(path), "--explain", "-o", str(tmp_path / "text"))
    assert "requests.received.research = 0（第 2 个表格第 4 行第 4 格，没有印数字，按合计只能是 0）" in run.err
    run = gxgen("import", str(path), "--format", "json", "-o", str(tmp_path / "json"))
    answer = json.loads(run.out)
    why = {one["where"]: one["evidence"] for one in answer["figures"]}
    assert why["requests.received.research"] == "blank is 0 by its total"
    path.write_bytes(page(set_row("一、", "8", "", "0", "0", "0", "0", "9"), table=1))
    run = gxgen("audit", str(path), "--format", "json")
    unread = [address for one in json.loads(run.out)["findings"] for address in one.get("unread", ())]
    assert "requests.received.business" in unread


def test_faults_that_rows_have_in_common_are_one_note() -> None:
    """A table whose columns are not known is told once, with its rows."""
    form = layout_for(2023)
    assert form
    tables = tables_of(complete(Report(2023, form, "某某局", figures=FIGURES)))
    for row in tables[1][1][:3]:
        for box in row:
            box.text = "甲乙丙丁戊"
    for make, suffix in ((as_html, ".html"), (as_text, ".txt")):
        published = read_bytes(make("某某局2023年政府信息公开工作年度报告", tables, SEEDED), suffix)
        assert len([finding for finding in published.findings if "narrative" not in finding.address]) <= 6


def test_digits_that_can_be_parted_in_too_many_ways_are_not_read() -> None:
    """Forty digits in one cell cost no more than a few thousand tries."""

    def change(rows: Boxes) -> None:
        at, *places = figures_in(rows, "本年新收")
        first, *others = (rows[at][place] for place in places)
        first.text, first.columns = "1234567891" * 4, 7
        rows[at] = [box for box in rows[at] if box not in others]

    report = read_bytes(page(change, table=1), ".html").report
    assert report
    assert not any(address.startswith(RECEIVED) for address in report.figures)
