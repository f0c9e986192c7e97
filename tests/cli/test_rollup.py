"""``gxgen rollup``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import gxgen
from tests.engine.test_departments import put

EXPLAIN = ("rollup", "bureaus", "--explain")


@pytest.fixture
def bureaus(desk: Path) -> Path:
    """Two bureaus that have 14 and 3 licences decided, and a third that has none."""
    for name, number in (("科技局", 14), ("教育局", 3), ("档案馆", 0)):
        put(desk / "bureaus" / f"{name}.toml", f"甲县{name}", number)
    return desk


def rollup(*arguments: str) -> tuple[int, list[str]]:
    """Sum the bureaus as the county's data file: the exit code, and what is told."""
    run = gxgen("rollup", "bureaus", "-o", "county.toml", *arguments)
    assert run.out == ""
    return run.code, run.err.splitlines()


def test_a_sum_is_written_and_told_in_one_line(bureaus: Path) -> None:
    """Exit code 0; ``gxgen check`` of the file compares it with its departments and finds nothing."""
    assert rollup("--agency", "甲县人民政府") == (0, ["汇总了 3 个机关2023年的数字，写入 county.toml"])
    assert gxgen("check", "county.toml", "--select", "E,W3").code == 0


def test_new_figures_are_shown_before_they_are_written(bureaus: Path) -> None:
    """Without --force the cells that differ are listed and nothing is written; with it, they are."""
    rollup()
    put(bureaus / "bureaus" / "教育局.toml", "甲县教育局", 5)
    change = "  「行政许可」行「本年处理决定数量」列：17 → 19"
    code, (told, hint, listed) = rollup()
    assert (code, listed) == (1, change)
    assert told == "county.toml: E636 已经有「county.toml」，有 1 格不同，没有写入"
    assert "--force" in hint
    done = "汇总了 3 个机关2023年的数字，有 1 格变化，文字和注释没有动，更新 county.toml"
    assert rollup("--force") == (0, [change, done])
    assert rollup("--force") == (0, ["汇总了 3 个机关2023年的数字，与 county.toml 里的相同，不用改"])


def test_a_missing_agency_is_told_with_exit_code_1(bureaus: Path) -> None:
    """The sum of the others is written all the same, and says so."""
    (bureaus / "list.txt").write_text("甲县科技局\n甲县卫健局\n", "utf-8")
    code, told = rollup("--expect", "list.txt")
    assert code == 1
    assert told[0].startswith("county.toml: W637 名单上有 1 个机关没有2023年的数据文件")
    assert (bureaus / "county.toml").exists()


def test_the_errors_of_a_bureau_are_told_at_their_place(bureaus: Path) -> None:
    """File, line and column, as ``gxgen check`` tells them, then why nothing is written."""
    (bureaus / "bureaus" / "x.toml").write_text("year = 2023\nrequests.received.individual = 1\n", "utf-8")
    code, told = rollup()
    assert code == 1
    assert told[0].startswith("bureaus/x.toml:2:1: E302 ")
    assert "county.toml: E630 4 份数据文件中有 1 份有错误，各机关之和没有定数，没有汇总" in told
    assert not (bureaus / "county.toml").exists()
    found = json.loads(gxgen("rollup", "bureaus", "-o", "county.toml", "--format", "json").out)
    assert [finding["code"] for finding in found["findings"]] == ["E302", "E302", "E630"]


def test_a_cell_is_explained_as_a_table(bureaus: Path) -> None:
    """The largest first, in columns, and how many have 0; no file is needed, and none is written."""
    run = gxgen(*EXPLAIN, "disclosure.licences.decisions")
    assert run.code == 0
    assert run.out.splitlines() == [
        "「行政许可」行「本年处理决定数量」列（disclosure.licences.decisions）",
        "  机关        数   占比  数据文件",
        "  甲县科技局  14  82.4%  bureaus/科技局.toml",
        "  甲县教育局   3  17.6%  bureaus/教育局.toml",
        "  合计        17",
        "  另有 1 个机关是 0",
    ]
    explained = json.loads(gxgen(*EXPLAIN, "disclosure.licences.decisions", "--format", "json").out)
    assert (explained["total"], explained["zero"]) == ("17", 1)
    assert explained["contributors"][0] == {"agency": "甲县科技局", "file": "bureaus/科技局.toml", "figure": "14"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rollup", "bureaus"), "没有写 -o"),
        (("rollup", "bureaus", "-o", "county.toml", "--year", "23"), "--year 后面写四位年份"),
        (("rollup", "bureaus", "-o", "county.toml", "--year", "2018"), "2018 年没有对应的版式"),
        (("rollup", "bureaus", "-o", "county.toml", "--expect", "none.txt"), "机关名单「none.txt」读不出"),
        (("rollup", "bureaus", "-o", "county.toml", "--format", "xml"), "--format 不认识「xml」"),
        ((*EXPLAIN, "行政许可"), "\n  disclosure.licences.decisions  「行政许可」行「本年处理决定数量」列\n"),
        ((*EXPLAIN, "requests"), "\n  还有 "),
        ((*EXPLAIN, "猫"), "「猫」不是"),
        (("rollup", "bureuas", "-o", "county.toml"), "E635 找不到「bureuas」"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(bureaus: Path, arguments: tuple[str, ...], told: str) -> None:
    """In Chinese, on standard error; nothing is written."""
    run = gxgen(*arguments)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert not (bureaus / "county.toml").exists()


def test_a_bureaus_own_file_is_never_taken_for_the_sum(bureaus: Path) -> None:
    """Not even with --force, unless it is said to be the government's."""
    path = bureaus / "bureaus" / "教育局.toml"
    before = path.read_bytes()
    run = gxgen("rollup", "bureaus", "-o", "bureaus/教育局.toml", "--force")
    assert run.code == 1
    assert "E636 「教育局.toml」与各机关的数据文件放在一起" in run.err
    assert path.read_bytes() == before
    assert gxgen("rollup", "bureaus", "-o", "bureaus/教育局.toml", "--force", "--agency", "甲县教育局").code == 0
    assert gxgen("rollup", "bureaus", "-o", "bureaus/教育局.toml", "--force").code == 0


def test_a_pack_that_is_not_there_is_told(bureaus: Path) -> None:
    """Its rows would be missing from the sum."""
    code, told = rollup("--pack", "nowhere")
    assert code == 1
    assert told[0].startswith("county.toml: E401 找不到模板包「nowhere」")
    assert not (bureaus / "county.toml").exists()


@pytest.mark.parametrize("command", ["rollup bureaus -o", "new 2023 -o"])
def test_a_data_file_is_not_written_under_the_name_of_a_document(bureaus: Path, command: str) -> None:
    """Word would not open it, and what is there would be lost."""
    run = gxgen(*command.split(), "county.docx")
    assert run.code == 2
    assert "-o 后面要写数据文件的名字，以 .toml 结尾；写的是「county.docx」" in run.err
    assert not (bureaus / "county.docx").exists()


def test_a_bureau_in_two_spellings_is_not_counted_twice(bureaus: Path) -> None:
    """A space in the name does not make another bureau of it."""
    put(bureaus / "bureaus" / "copy.toml", "甲县 教育局", 3)
    code, told = rollup()
    assert code == 1
    assert "E632" in told[0]
