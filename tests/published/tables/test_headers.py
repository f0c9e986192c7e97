"""Headers that are damaged: read where labels, order and totals leave no other column, and not at all otherwise."""

from __future__ import annotations

import pytest

from gxgen.published import read_bytes
from tests.published.damage import Boxes, exchange_columns
from tests.published.tables.test_evidence import DISPUTES, FIGURES, RECEIVED, SEEDED, Change, page


def drop(label: str) -> Change:
    """Take the first cell with a label out of a table."""

    def change(rows: Boxes) -> None:
        row = next(row for row in rows if any(box.text == label for box in row))
        row.remove(next(box for box in row if box.text == label))

    return change


def rename(label: str, text: str) -> Change:
    """Give the first cell with a label another text."""

    def change(rows: Boxes) -> None:
        next(box for row in rows for box in row if box.text == label).text = text

    return change


def beside_last_year(names: tuple[str, str]) -> Change:
    """Print another year's figures after each figure of 三, with a row of *names* below the header."""

    def change(rows: Boxes) -> None:
        for row in rows:
            for box in list(row):
                box.column, box.columns = box.column * 2, box.columns * 2
                if box.is_figure:
                    box.columns //= 2
                    row.insert(row.index(box) + 1, type(box)(box.row, box.column + 1, 1, 1, box.role, "99"))
        first = next(at for at, row in enumerate(rows) if any(box.is_figure for box in row))
        names_row = [type(box)(0, box.column, 1, box.columns, box.role, "") for box in rows[first]]
        for number, box in enumerate(names_row[-14:]):
            box.text = names[number % 2]
        rows.insert(first, names_row)

    return change


def figures(change: Change, table: int) -> dict[str, object]:
    """The figures other than 0 that are read of a report of 2023 with a table changed."""
    report = read_bytes(page(change, table=table), ".html").report
    assert report
    return {address: figure for address, figure in report.figures.items() if figure}


@pytest.mark.parametrize(
    ("label", "table"), [("商业企业", 1), ("自然人", 1), ("法人或其他组织", 1), ("行政复议", 2), ("结果纠正", 2)]
)
def test_a_column_whose_label_is_gone_is_known_by_order_and_totals(label: str, table: int) -> None:
    """The other labels stand in the order of the form, and all rows add up."""
    assert figures(drop(label), table) == FIGURES
    assert figures(rename(label, ""), table) == FIGURES


def test_a_missing_label_is_told_once() -> None:
    """One note says which label is missing."""
    published = read_bytes(page(drop("商业企业"), table=1), ".html")
    assert [finding.message for finding in published.findings if "商业企业" in finding.message] == [
        "第 2 个表格第 3 行：表头里没有「商业企业」；各列按规定的顺序和总计读入"
    ]


def test_a_missing_label_leaves_columns_in_another_order_unread() -> None:
    """Where the labels that are left stand out of order, nobody can tell which column is which."""

    def change(rows: Boxes) -> None:
        exchange_columns(rows, SEEDED)
        moved = [box for row in rows for box in row if box.is_moved]
        next(box for row in rows for box in row if box.text == "自然人" and box not in moved).text = ""

    read = figures(change, 1)
    assert not any(address.startswith("requests") for address in read)


def test_a_column_of_two_without_totals_needs_its_label() -> None:
    """The columns of 二 have no sums: a missing label leaves its rows unread."""
    report = read_bytes(page(rename("本年废止件数", ""), table=0), ".html").report
    assert report
    assert {"disclosure.rules.issued", "disclosure.rules.in_force"} <= report.unread


@pytest.mark.parametrize("names", [("本年", "上年"), ("2023年", "2022年"), ("今年", "上年同期")])
def test_of_years_side_by_side_the_reports_own_is_read(names: tuple[str, str]) -> None:
    """Its columns are named below the header."""
    assert figures(beside_last_year(names), 1) == FIGURES


def test_the_other_year_is_reported_as_left_out() -> None:
    """One note of the table says that its other figures were not read."""
    findings = read_bytes(page(beside_last_year(("本年", "上年")), table=1), ".html").findings
    assert [finding.location for finding in findings if "别的年度" in finding.message] == ["第 2 个表格第 4 行"]


@pytest.mark.parametrize("names", [("", ""), ("甲", "乙"), ("2022年", "2021年"), ("本年", "本年")])
def test_years_that_are_not_named_are_not_read(names: tuple[str, str]) -> None:
    """Which figure is the report's is open."""
    assert not any(address.startswith("requests") for address in figures(beside_last_year(names), 1))


@pytest.mark.parametrize("text", ["— 4 —", "某某局", "第 2 页"])
def test_a_row_of_words_within_a_header_changes_nothing(text: str) -> None:
    """The header goes on below a page number or the running title."""

    def change(rows: Boxes) -> None:
        rows.insert(1, [type(rows[0][0])(1, 0, 1, 15, rows[0][0].role, text)])

    assert figures(change, 2) == FIGURES


def test_a_struck_digit_is_left_out_where_the_total_confirms_the_rest() -> None:
    """The figure is read as it is shown if the row then adds up, and not at all otherwise."""

    def struck(total: str) -> Change:
        def change(rows: Boxes) -> None:
            row = next(row for row in rows if any("本年新收" in box.text for box in row))
            boxes = [box for box in row if box.is_figure]
            boxes[0].struck, boxes[-1].text = "2", total

        return change

    assert figures(struck("9"), 1) == FIGURES
    assert f"{RECEIVED}.individual" not in figures(struck("8"), 1)


def test_a_row_printed_twice_alike_is_read() -> None:
    """Where both say the same, it does not matter which is meant."""

    def change(rows: Boxes) -> None:
        rows.append([type(box)(box.row + 1, *(getattr(box, name) for name in NAMES)) for box in rows[-1]])

    assert f"{DISPUTES}.upheld" in figures(change, 2)


NAMES = ("column", "rows", "columns", "role", "text")


def test_a_label_missing_above_two_years_is_known_by_order() -> None:
    """The cells that name the years say where the columns stand."""

    def change(rows: Boxes) -> None:
        rename("其他", "")(rows)
        beside_last_year(("上年", "本年"))(rows)
        for row in rows[4:]:
            boxes = [box for box in row if box.is_figure]
            for left, right in zip(boxes[::2], boxes[1::2], strict=True):
                left.text, right.text = right.text, left.text

    assert figures(change, 1) == FIGURES


def test_a_row_that_fits_its_columns_is_not_read_where_the_others_show_two_years() -> None:
    """Figures of two years run together look like one."""

    def change(rows: Boxes) -> None:
        beside_last_year(("", ""))(rows)
        last = rows[-1]
        boxes = [box for box in last if box.is_figure]
        boxes[0].text, boxes[0].columns = "1299", boxes[0].columns + boxes[1].columns
        last.remove(boxes[1])

    report = read_bytes(page(change, table=0), ".html").report
    assert report
    assert not report.figures.keys() & {"disclosure.fees.amount"}
    assert "disclosure.fees.amount" in report.unread


def test_a_row_that_has_lost_its_total_is_not_read() -> None:
    """Any figures fit a total that is not there; the row may as well have been turned round."""

    def change(rows: Boxes) -> None:
        row = next(row for row in rows if any("本年新收" in box.text for box in row))
        for box, text in zip([box for box in row if box.is_figure], "9810000", strict=True):
            box.text = text
        row.remove(row[4])

    assert not any(address.startswith(RECEIVED) for address in figures(change, 1))


def test_a_wrong_total_beside_an_uncertain_cell_is_no_plain_error() -> None:
    """The row may stand out of place."""

    def change(rows: Boxes) -> None:
        boxes = [box for box in rows[-1] if box.is_figure]
        boxes[3].struck, boxes[4].text = "2", "5"

    report = read_bytes(page(change, table=2), ".html").report
    assert report
    assert f"{DISPUTES}.upheld" in report.unread


def test_figures_beside_a_number_alone_are_those_of_the_label_below() -> None:
    """The end of a page has parted the number from its label, which is also a label without it."""

    def change(rows: Boxes) -> None:
        at = next(at for at, row in enumerate(rows) if any(box.text.startswith("2.没有现成") for box in row))
        label = next(box for box in rows[at] if not box.is_figure)
        rest = [type(box)(0, box.column, 1, box.columns, box.role, "") for box in rows[at]]
        rest[0].text, label.text = label.text.removeprefix("2."), "2."
        rows[at][1].text = rows[at][-1].text = "7"
        rows.insert(at + 1, rest)
        for box in (box for above in rows[:at] for box in above if box.row + box.rows > at):
            box.rows += 1

    read = figures(change, 1)
    assert read["requests.outcome.unavailable.not_compiled.individual"] == 7
    assert read.keys() >= FIGURES.keys()
