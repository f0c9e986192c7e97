"""``gxgen new``: what it writes, what it says, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import gxgen

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "district_2024.toml"


def test_it_prints_the_path_of_the_file(desk: Path) -> None:
    """The path on stdout and nothing else."""
    run = gxgen("new", "2023", "--agency", "某某局")
    assert (run.code, run.lines, run.err) == (0, ["某某局2023.toml"], "")
    assert Path("某某局2023.toml").read_text("utf-8").startswith("#:schema ./gxgen.schema.json\n")


def test_a_second_time_it_ends_with_1(desk: Path) -> None:
    """Unless the file may be replaced."""
    arguments = ("new", "2023", "-o", "a.toml")
    assert [gxgen(*arguments).code, gxgen(*arguments).code, gxgen(*arguments, "--force").code] == [0, 1, 0]


def test_going_on_from_last_year_tells_what_has_to_be_seen_to(desk: Path) -> None:
    """What was dropped and how many words are to be revised, each with its code; that alone is no failure."""
    run = gxgen("new", "2025", "--from", str(SAMPLE), "-o", "new.toml")
    assert run.code == 0
    assert "I652 没有带过来：公布日期 2025-03-14" in run.err
    assert "I653 正文有 " in run.err
    again = gxgen("new", "2025", "--from", str(SAMPLE), "-o", "new.toml")
    assert again.code == 1
    assert "I653" not in again.err
    assert "用 -o 写到别的文件，或者加 --force 盖掉它" in again.err


def test_a_figure_left_to_a_person_ends_with_1(desk: Path) -> None:
    """The file is written all the same."""
    last = "year = 2022\n[requests]\nreceived = [1, 0, 0, 0, 0, 0]\n"
    Path("2022.toml").write_text(last, "utf-8")
    run = gxgen("new", "2023", "--from", "2022.toml")
    assert run.code == 1
    assert run.lines == ["2023.toml"]
    assert "W651 「二、上年结转政府信息公开申请数量」没有带过来（「自然人」列）：上一年报告里这一列" in run.err


def test_a_file_that_is_not_there_ends_with_2(desk: Path) -> None:
    """As elsewhere."""
    run = gxgen("new", "2023", "--from", "none.docx")
    assert run.code == 2
    assert "none.docx: E610 找不到这个文件" in run.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2018",), "2018 年没有对应的版式"),
        (("今年",), "YEAR 写四位年份，例如 2023；写的是「今年」"),
        ((), "缺少参数 YEAR"),
        (("2023", "--agency", "a\nb"), "--agency 后面写机关名称，写在一行内"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(desk: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit code 2 and what to write."""
    run = gxgen("new", *arguments)
    assert run.code == 2
    assert message in run.err
