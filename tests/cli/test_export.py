"""``gxgen export``, and ``gxgen import`` of what it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import gxgen
from tests.engine.test_departments import put


@pytest.fixture
def bureaus(desk: Path) -> Path:
    """Two bureaus."""
    for name in ("科技局", "教育局"):
        put(desk / "bureaus" / f"{name}.toml", f"甲县{name}", 5)
    return desk


@pytest.mark.parametrize("name", ["table.xlsx", "table.csv"])
def test_a_table_makes_the_round(bureaus: Path, name: str) -> None:
    """Data files to a table and back to data files that say the same."""
    run = gxgen("export", "bureaus", "-o", name)
    assert (run.code, run.out, run.err) == (0, "", f"2 份报告的数字写入 {name}\n")
    run = gxgen("import", name, "-o", "again")
    assert (run.code, run.err) == (0, "读入 2 份\n")
    again = (bureaus / "again" / "甲县教育局2023.toml").read_text("utf-8")
    assert "licences = { decisions = 5 }" in again
    assert gxgen("import", name, "-o", "again").code == 1


def test_a_bureau_with_errors_or_without_a_file_is_told_with_exit_code_1(bureaus: Path) -> None:
    """The table holds the others."""
    (bureaus / "bureaus" / "x.toml").write_text("year = 2023\nrequests.received.individual = 1\n", "utf-8")
    (bureaus / "list.txt").write_text("甲县科技局\n甲县卫健局\n", "utf-8")
    run = gxgen("export", "bureaus", "-o", "table.json", "--expect", "list.txt")
    assert run.code == 1
    assert "bureaus/x.toml:2:1: E302" in run.err
    assert "缺 1 个机关的数据文件：甲县卫健局" in run.err
    assert run.err.endswith("2 份报告的数字写入 table.json；1 份有错误，没有写入\n")


def test_an_empty_table_is_handed_out_and_read_when_it_is_filled_in(bureaus: Path) -> None:
    """One that is there is not written over; blank cells are zeros only on request."""
    (bureaus / "list.txt").write_text("甲县科技局\n", "utf-8")
    assert gxgen("export", "--empty", "2023", "-o", "empty.xlsx", "--expect", "list.txt").code == 0
    assert "已经有「empty.xlsx」" in gxgen("export", "--empty", "2023", "-o", "empty.xlsx").err
    run = gxgen("import", "empty.xlsx", "-o", "out")
    assert run.code == 1
    assert "empty.xlsx: E641 工作表「2023年数字」第 3 行「甲县科技局」一个数字也没有填，没有读入" in run.err
    run = gxgen("import", "empty.xlsx", "-o", "out", "--blank-is-zero")
    assert run.code == 0
    assert "第 3 行「甲县科技局」一个数字也没有填，都按 0 读入" in run.err
    assert (bureaus / "out" / "甲县科技局2023.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("bureaus",), "-o 后面要写以 .xlsx、.csv、.json 结尾的文件名"),
        (("bureaus", "-o", "table.xls"), "写的是「table.xls」"),
        (("-o", "table.xlsx"), "缺少参数 PATH..."),
        (("bureaus", "-o", "table.xlsx", "--empty", "2023"), "不要写 PATH"),
        (("-o", "table.csv", "--empty", "2023"), "空表只能做成 .xlsx"),
        (("-o", "table.xlsx", "--empty", "2018"), "2018 年没有对应的版式"),
        (("-o", "table.xlsx", "--empty", "2023", "--pack", "none"), "none"),
        (("no_reports", "-o", "table.xlsx"), "没有可以导出的数据文件"),
        (("missing.toml", "-o", "table.xlsx"), "E101"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(bureaus: Path, arguments: tuple[str, ...], told: str) -> None:
    """In Chinese, on standard error; nothing is written."""
    run = gxgen("export", *arguments)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert not list(bureaus.glob("table.*"))


def test_a_pack_that_is_not_there_is_told(bureaus: Path) -> None:
    """Its rows would be missing from the table."""
    run = gxgen("export", "bureaus", "-o", "table.csv", "--pack", "nowhere")
    assert run.code == 1
    assert "E401 找不到模板包「nowhere」" in run.err
    assert not (bureaus / "table.csv").exists()


def test_a_table_that_cannot_be_written_ends_with_1(bureaus: Path) -> None:
    """With figures in it or empty."""
    (bureaus / "no folder").write_text("", "utf-8")
    for arguments in (("bureaus",), ("--empty", "2023")):
        run = gxgen("export", *arguments, "-o", "no folder/table.xlsx")
        assert run.code == 1
        assert "输出位置已有同名的文件" in run.err
