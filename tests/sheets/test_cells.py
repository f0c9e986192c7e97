"""Cells of a table that people have filled in."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.sheets.making import by_hand, read_values, read_workbook

LICENCES, FEES = "disclosure.licences.decisions", "disclosure.fees.amount"


def only(value: Any, number_format: str = "General", address: str = LICENCES, **how: Any) -> tuple[Any, list[str], str]:
    """The figure of one cell, C2; the codes that are told; the messages."""
    book = load_workbook(
        io.BytesIO(by_hand([["agency", "year", address, "disclosure.penalties.decisions"], ["甲局", 2023]]))
    )
    sheet: Any = book.active
    sheet["C2"].value, sheet["C2"].number_format, sheet["D2"].value = value, number_format, 1
    raw = io.BytesIO()
    book.save(raw)
    (row,) = read_workbook(raw.getvalue(), **how)
    assert row.report
    assert (address in row.report.unread) == (address not in row.report.figures and bool(row.findings))
    messages = "\n".join(finding.message for finding in row.findings)
    return row.report.figures.get(address), [finding.code.name for finding in row.findings], messages


@pytest.mark.parametrize(
    ("value", "figure", "codes"),
    [
        (8, 8, []),
        (8.0, 8, []),
        ("8", 8, []),
        ("8件", 8, ["I643"]),
        ("８", 8, ["I643"]),
        ("1,024", 1024, ["I643"]),
        (0, None, []),
    ],
)
def test_what_can_mean_only_one_number_is_read(value: Any, figure: int | None, codes: list[str]) -> None:
    """A number as a text as well; other spellings are told with the cell and its words."""
    read, told, messages = only(value)
    assert (read, told) == (figure, codes)
    assert not codes or f"C2「{value}」读作 {figure}" in messages


@pytest.mark.parametrize(
    ("value", "number_format", "why"),
    [
        ("22（其中修订16件）", "@", "C2「22（其中修订16件）」：这一格除了数字还有别的"),
        ("/", "General", "C2「/」：这一格是横线或斜线"),
        ("无", "General", "C2「无」：这一格不是数字"),
        (8.5, "General", "C2「8.5」：这里须是整数"),
        (-8, "General", "C2「-8」：不能是负数"),
        (0.08, "0%", "C2「8.00%」：这一格是百分数"),
        (True, "General", "C2「TRUE」：这一格不是数字"),
        (date(2023, 5, 6), "yyyy-mm-dd", "C2「2023-05-06 00:00:00」：这一格是日期"),
        ("#REF!", "General", "C2「#REF!」：公式出错"),
        ("=1+1", "General", "C2：公式没有算出结果"),
        (10**13, "0", "C2「10000000000000」：数字太大"),
    ],
)
def test_what_is_no_clear_number_is_left_out_and_quoted(value: Any, number_format: str, why: str) -> None:
    """With the cell's name as spreadsheets have it."""
    read, told, messages = only(value, number_format)
    assert (read, told) == (None, ["W614"])
    assert why in messages


def test_an_amount_is_what_the_sheet_shows() -> None:
    """With the decimals shown; where they hide some, nobody knows which is meant."""
    assert str(only(7730.28, address=FEES)[0]) == "7730.28"
    assert str(only(7730.5, "0.00", address=FEES)[0]) == "7730.50"
    assert str(only(7730.5, "#,##0.00", address=FEES)[0]) == "7730.50"
    assert str(only("24252.311082", address=FEES)[0]) == "24252.311082"
    read, told, messages = only(7730.286, "0.00", address=FEES)
    assert (read, told) == (None, ["W614"])
    assert "显示成 7730.29，格子里却是 7730.286" in messages


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ('#,##0"元"', "带「元」的数"),
        ('0"万元"', "带「万元」的数"),
        ("¥#,##0.00", "带「¥」的数"),
        ("[$¥-804]#,##0", "带「¥」的数"),
        ('_ ¥* #,##0_ ;_ ¥* "-"_ ;_ @_ ', "带「¥」的数"),
        ('0!.0,"万"', "缩小了的数"),
        ("0.00,", "缩小了的数"),
        ('0"千"', "带「千」的数"),
    ],
)
def test_a_unit_that_only_the_format_shows_makes_another_number(number_format: str, shown: str) -> None:
    """Nobody knows whether the cell or what it shows is meant; 0 is 0 in every unit."""
    read, told, messages = only(12, number_format)
    assert (read, told) == (None, ["W614"])
    assert f"C2「12」：这一格的数字格式显示成{shown}" in messages
    assert only(0, number_format)[:2] == (None, [])


@pytest.mark.parametrize(
    "number_format", ['0"件"', "#,##0", "@", "00000", '_ * #,##0_ ;_ * "-"_ ', "G/通用格式", '0;0;"/"']
)
def test_a_format_that_shows_the_same_number_is_no_obstacle(number_format: str) -> None:
    """Signs, room and counting words change nothing."""
    assert only(12, number_format)[:2] == (12, [])


def test_the_unit_of_the_form_may_be_shown() -> None:
    """Fees are printed in 万元; in 元 they are another amount."""
    assert only(12, '0"万元"', address=FEES)[:2] == (12, [])
    assert only(12, '0"元"', address=FEES)[:2] == (None, ["W614"])


def test_a_blank_cell_is_no_zero_unless_somebody_says_so() -> None:
    """It is told once for each agency, with the names of the cells."""
    read, told, messages = only(None)
    assert (read, told) == (None, ["W642"])
    assert "「甲局」有 1 格是空的，没有读入：C2" in messages
    assert only(None, blank_is_zero=True)[:2] == (None, [])


def test_a_figure_over_merged_cells_belongs_to_none() -> None:
    """Both cells are left out."""
    raw = by_hand([["agency", "year", LICENCES, "disclosure.penalties.decisions"], ["甲局", 2023, 5]], "C2:D2")
    (row,) = read_workbook(raw)
    assert row.report
    assert not row.report.figures
    assert {finding.code.name for finding in row.findings} == {"W614"}
    assert all("「甲局」的「" in finding.message for finding in row.findings)
    assert {finding.hint for finding in row.findings} == {
        "在表里把这一格改成一个数字，再读一次；或者在数据文件里补上。"
    }


def test_a_figure_over_the_rows_of_two_agencies_belongs_to_neither() -> None:
    """What both have in common, as the year, is no figure."""
    lines: list[list[Any]] = [["agency", "year", LICENCES], ["甲局", 2023, 5], ["乙局", None, None]]
    one, other = read_workbook(by_hand(lines, "B2:B3", "C2:C3"), year=2023, blank_is_zero=True)
    for row in (one, other):
        assert row.report
        assert not row.report.figures
        assert [finding.code.name for finding in row.findings] == ["W614"]


def test_an_agency_whose_row_is_blank_is_told_when_blanks_are_zeros() -> None:
    """It may not have answered yet."""
    lines: list[list[Any]] = [["agency", "year", LICENCES], ["甲局", 2023, None], ["乙局", 2023, 0]]
    one, other = read_workbook(by_hand(lines), blank_is_zero=True)
    (finding,) = one.findings
    assert "第 2 行「甲局」一个数字也没有填，都按 0 读入" in finding.message
    assert not other.findings


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([None, 2023, 5], "没有写机关名称"),
        (["甲局", None, 5], "没有写年度"),
        (["甲局", 2018, 5], "「甲局」的年度「2018」没有对应的版式"),
        (["甲局", "去年", 5], "「甲局」的年度「去年」没有对应的版式"),
        (["注：没有的填 0", 2023, 5], "不像机关名称"),
        (["甲局", 2023, None], "「甲局」一个数字也没有填"),
    ],
)
def test_a_row_that_does_not_say_whose_it_is_is_told(cells: list[Any], why: str) -> None:
    """And not read; a year for such rows can be given."""
    raw = by_hand([["agency", "year", LICENCES], cells])
    (row,) = read_workbook(raw)
    assert row.report is None
    assert [finding.code.name for finding in row.findings] == ["E641"]
    assert f"工作表「Sheet」第 2 行{why}" in row.findings[0].message or why in row.findings[0].message


def test_an_organ_may_be_marked_as_vertical() -> None:
    """With 是; a word that is neither 是 nor 否 is told."""
    cells = (
        ["agency", "year", "vertical", LICENCES],
        ["甲局", 2023, "是", 5],
        ["乙局", 2023, "否", 5],
        ["丙局", 2023, "?", 5],
    )
    first, second, third = read_workbook(by_hand(cells))
    assert first.report
    assert second.report
    assert (first.report.vertical, second.report.vertical, third.report) == (True, False, None)


def test_the_year_may_be_given_for_all_rows() -> None:
    """The row's own goes before it."""
    raw = by_hand([["agency", "year", LICENCES], ["甲局", None, 5], ["乙局", "2022年", 5]])
    assert [row.report and row.report.year for row in read_workbook(raw, year=2023)] == [2023, 2022]


def test_values_are_read_as_cells_are() -> None:
    """A text of a file of values is quoted with the name that its cell has in a spreadsheet."""
    (row,) = read_values(f"agency,year,{LICENCES},{FEES}\n甲局,2023,8左右,7730.280\n".encode())
    assert row.report
    assert {address: str(figure) for address, figure in row.report.figures.items()} == {FEES: "7730.280"}
    assert "C2「8左右」" in row.findings[0].message


@pytest.mark.parametrize(
    "line", [["合计", None, 5], [None, None, "合计"], ["小 计", 2023, 5], [None, None, "注：没有的填零"]]
)
def test_a_row_of_sums_or_notes_is_passed_over(line: list[Any]) -> None:
    """It is told for information, and nobody has to do anything."""
    (row,) = read_workbook(by_hand([["agency", "year", LICENCES], line]))
    assert row.report is None
    assert [finding.code.name for finding in row.findings] == ["I619"]
