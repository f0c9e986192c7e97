"""``gxgen check --fix`` and ``--diff``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import GOOD, WRONG, gxgen

MISSPELT = GOOD.replace("2023", "２０２３").replace('"甲县科学技术局"', "甲县科学技术局  # 机关")
RIGHT = GOOD.replace('"甲县科学技术局"', '"甲县科学技术局"  # 机关')


@pytest.fixture
def misspelt(desk: Path) -> Path:
    """A data file with two slips, in the current folder."""
    path = desk / "misspelt.toml"
    path.write_text(MISSPELT, "utf-8")
    return path


def test_check_alone_writes_nothing(misspelt: Path) -> None:
    """Slips are told as such, count as no error, and the file stays; it is said how to mend it."""
    run = gxgen("check", "misspelt.toml")
    assert (run.code, misspelt.read_text("utf-8")) == (0, MISSPELT)
    assert [line.split()[1] for line in run.lines if line.startswith("misspelt")] == ["I106", "I106"]
    assert "gxgen check --fix" in run.err


def test_fix_writes_and_then_checks(misspelt: Path) -> None:
    """The file is put right, it is said how much, and nothing is left to find."""
    run = gxgen("check", "--fix", "misspelt.toml")
    assert (run.code, run.out, misspelt.read_text("utf-8")) == (0, "", RIGHT)
    assert run.err == "misspelt.toml：改好了 2 处写法\n检查了 1 份，没有发现问题\n"
    assert gxgen("check", "--fix", "misspelt.toml").err == "检查了 1 份，没有发现问题\n"


def test_diff_shows_and_writes_nothing(misspelt: Path) -> None:
    """Standard output holds the diff and nothing else; findings are talk."""
    run = gxgen("check", "--diff", "misspelt.toml")
    assert (run.code, misspelt.read_text("utf-8")) == (0, MISSPELT)
    assert [line for line in run.lines if line[0] in "+-"] == [
        "--- misspelt.toml",
        "+++ misspelt.toml",
        "-year = ２０２３",
        "-agency = 甲县科学技术局  # 机关",
        "+year = 2023",
        '+agency = "甲县科学技术局"  # 机关',
    ]
    assert "I106" in run.err


def test_fix_and_diff_show_and_write(misspelt: Path) -> None:
    """Both together give the diff of what was written, and findings of what is now in the file."""
    shown = gxgen("check", "--diff", "misspelt.toml").out
    run = gxgen("check", "--fix", "--diff", "misspelt.toml")
    assert (run.code, run.out, misspelt.read_text("utf-8")) == (0, shown, RIGHT)
    assert "I106" not in run.err


def test_errors_that_are_left_count(misspelt: Path) -> None:
    """A file with an error is put right as far as it can be, and the run fails."""
    misspelt.write_text(WRONG.replace("2023", "２０２３"), "utf-8")
    run = gxgen("check", "--fix", "misspelt.toml")
    assert (run.code, misspelt.read_text("utf-8")) == (1, WRONG)
    assert "E302" in run.out


def test_fix_goes_with_json(misspelt: Path) -> None:
    """Standard output is the JSON of what was found after the file was put right."""
    run = gxgen("check", "--fix", "--format", "json", "misspelt.toml")
    assert json.loads(run.out)["findings"] == []
    assert misspelt.read_text("utf-8") == RIGHT


@pytest.mark.parametrize("name", ["json", "sarif", "github"])
def test_diff_does_not_go_with_formats_for_programs(misspelt: Path, name: str) -> None:
    """Two things cannot have standard output to themselves; nothing is shown or written."""
    run = gxgen("check", "--fix", "--diff", "--format", name, "misspelt.toml")
    assert (run.code, run.out, misspelt.read_text("utf-8")) == (2, "", MISSPELT)
    assert f"--diff 和 --format {name} 都要用标准输出" in run.err


def test_a_read_only_file_is_an_error(misspelt: Path) -> None:
    """A file that cannot be written is told with its findings, and stays."""
    misspelt.chmod(0o444)
    run = gxgen("check", "--fix", "misspelt.toml")
    assert (run.code, misspelt.read_text("utf-8")) == (1, MISSPELT)
    assert run.lines[0] == "misspelt.toml: E601 文件是只读的，没有改写"


def test_another_encoding_is_told(misspelt: Path) -> None:
    """A file saved by an old Notepad becomes UTF-8."""
    misspelt.write_bytes(GOOD.encode("gbk"))
    run = gxgen("check", "--fix", "misspelt.toml")
    assert (run.code, misspelt.read_text("utf-8")) == (0, GOOD)
    assert run.err.splitlines()[0] == "misspelt.toml：由 GBK 改存为 UTF-8"


def test_a_file_that_is_not_there_is_told_as_ever(desk: Path) -> None:
    """There is nothing to fix, and the check says why."""
    run = gxgen("check", "--fix", "none.toml")
    assert run.code == 2
    assert "E101" in run.out


def test_what_was_not_read_is_said_once(misspelt: Path) -> None:
    """After slips that nobody can be sure of, one line says that there may be more to find."""
    misspelt.write_text(GOOD + "[requests.received]\nindividual = 八\nbusiness = 九\n", "utf-8")
    run = gxgen("check", "misspelt.toml", "wrong.toml")
    assert run.err.count("改好后请再检查一次") == 1
    assert "改好后请再检查一次" not in gxgen("check", "wrong.toml").err
