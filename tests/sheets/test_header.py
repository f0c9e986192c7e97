"""Headers that people make, with merged and stacked cells."""

from __future__ import annotations

from typing import Any

import pytest

from gxgen.sheets.reader import tables_of_workbook
from tests.published.test_word_documents import sample
from tests.published.test_workbooks import workbook
from tests.sheets.making import by_hand, read_workbook

RECEIVED = "requests.received"


def test_labels_in_merged_cells_one_above_the_other_are_put_together() -> None:
    """A title over all, a group over its columns, the agency's cell over both rows."""
    raw = by_hand(
        [
            ["甲县2023年数据汇总表"],
            ["序号", "单位名称", "本年新收政府信息公开申请数量", None, "行政许可", "行政复议", None],
            [None, None, "自然人", "商业企业", "本年处理决定数量", "结果维持", "总计"],
            [1, "甲局", 5, 2, 7, 1, 1],
            [2, "乙局", 0, 0, 0, 0, 0],
            ["合计", None, 5, 2, 7, 1, 1],
        ],
        *("A1:G1", "A2:A3", "B2:B3", "C2:D2", "F2:G2"),
    )
    first, second, last = read_workbook(raw, year=2023)
    assert first.report
    assert first.report.figures == {
        f"{RECEIVED}.individual": 5,
        f"{RECEIVED}.business": 2,
        "disclosure.licences.decisions": 7,
        "reconsideration.upheld": 1,
    }
    assert first.report.assertions == {"reconsideration.total": 1}
    assert [finding.code.name for finding in first.findings] == ["I619"]
    assert second.report
    assert not second.report.figures
    assert last.report is None


@pytest.mark.parametrize(
    "labels",
    [
        ("自然人",),
        ("结果维持",),
        ("不予公开", "自然人"),
        ("本年新收政府信息公开申请数量",),
        ("网上申请", "自然人"),
        ("本年收费金额",),
        ("行政诉讼", "结果维持"),
        ("自然人", "本年新收政府信息公开申请数量"),
    ],
)
def test_a_column_whose_labels_may_mean_several_cells_or_none_is_told(labels: tuple[str, ...]) -> None:
    """Its numbers are not read; those of the columns beside it are."""
    raw = by_hand([["单位", "—".join(labels), "行政许可", "行政处罚"], ["甲局", 5, 6, 7]])
    (row,) = read_workbook(raw, year=2023)
    assert row.report
    assert row.report.figures == {"disclosure.licences.decisions": 6, "disclosure.penalties.decisions": 7}
    (finding,) = row.findings
    assert finding.code.name == "W616"
    assert f"B 列「{'—'.join(labels)}」" in finding.message


def test_two_columns_of_one_cell_are_told() -> None:
    """Neither is read."""
    raw = by_hand([["单位", "行政许可", "行政许可—本年处理决定数量", "行政处罚", "行政强制"], ["甲局", 5, 6, 7, 8]])
    (row,) = read_workbook(raw, year=2023)
    assert row.report
    assert "disclosure.licences.decisions" not in row.report.figures
    assert len(row.report.figures) == 2
    assert [finding.code.name for finding in row.findings] == ["W616"]


def test_a_published_report_in_a_workbook_is_no_table_of_many() -> None:
    """Nor is it with a cell that says 单位, as some head their table of 二."""
    assert tables_of_workbook(workbook(sample())) == []


@pytest.mark.parametrize(
    "lines",
    [
        [["单位", "自然人", "商业企业"], ["本年新收政府信息公开申请数量", 5, 6]],
        [["单位", "件"], ["规章", 5]],
        [["姓名", "行政许可", "行政处罚"], ["张三", 1, 2]],
        [["单位", "电话", "地址"], ["甲局", 1, 2]],
        [["机关"]],
        [],
    ],
)
def test_what_is_something_else_is_not_taken_for_a_table_of_many(lines: list[list[Any]]) -> None:
    """Rows headed by labels of the form, no agencies, no labels."""
    assert tables_of_workbook(by_hand(lines)) == []


def test_a_damaged_address_is_told() -> None:
    """In a row of addresses, what is none is not read."""
    raw = by_hand(
        [["agency", "year", "disclosure.licences.decisions", "disclosure.licence.decisions"], ["甲局", 2023, 1, 2]]
    )
    (row,) = read_workbook(raw)
    assert row.report
    assert row.report.figures == {"disclosure.licences.decisions": 1}
    assert [finding.code.name for finding in row.findings] == ["W616"]
