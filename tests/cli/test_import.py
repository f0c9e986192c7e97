"""``gxgen import``: what it writes, what it says, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import gxgen

RAGGED = Path(__file__).resolve().parents[1] / "published" / "ragged"


@pytest.mark.parametrize(
    ("name", "code"), [("tabs.txt", 0), ("one_cell_a_line.txt", 0), ("tabs_with_cells_lost.txt", 1)]
)
def test_the_exit_code_says_whether_a_person_is_needed(desk: Path, name: str, code: int) -> None:
    """0: everything was read; 1: something was left out and is told."""
    run = gxgen("import", str(RAGGED / name), "-o", "read")
    assert run.code == code
    assert [Path(line) for line in run.lines] == list(Path("read").iterdir())


def test_a_file_that_is_no_report_ends_with_2(desk: Path) -> None:
    """The others are read all the same."""
    Path("letter.txt").write_text("关于放假的通知", "utf-8")
    run = gxgen("import", "letter.txt", str(RAGGED / "tabs.txt"), "-o", "read")
    assert run.code == 2
    assert len(run.lines) == 1
    assert "letter.txt: E611" in run.err
    assert "读入 1 份，1 份没有写出" in run.err


def test_a_finding_names_its_place_in_the_document(desk: Path) -> None:
    """A line and its text where there are lines."""
    run = gxgen("import", str(RAGGED / "tabs_with_cells_lost.txt"), "-o", "read")
    assert "tabs_with_cells_lost.txt:67:6: W615 " in run.err
    assert "应有 15 个数字，读到 10 个：0｜0｜0｜0｜0｜0" in run.err


def test_force_overwrites(desk: Path) -> None:
    """A second reading is refused, unless it is wanted."""
    arguments = ("import", str(RAGGED / "tabs.txt"), "-o", "read")
    assert gxgen(*arguments).code == 0
    assert gxgen(*arguments).code == 1
    assert gxgen(*arguments, "--force").code == 0


def test_a_data_file_needs_no_importing(desk: Path) -> None:
    """What to do with it is said."""
    (desk / "2023.toml").write_text("year = 2023\n", "utf-8")
    run = gxgen("import", "2023.toml")
    assert run.code == 2
    assert "2023.toml: E611 这是数据文件" in run.err
    assert "gxgen check" in run.err


def test_a_file_that_is_not_what_its_name_says_is_told_as_damaged(desk: Path) -> None:
    """Nobody is sent to Notepad with a PDF."""
    (desk / "a.pdf").write_bytes(bytes(range(256)) * 100)
    run = gxgen("import", "a.pdf")
    assert run.code == 2
    assert "E610 文件已损坏，或者不是 .pdf 文件" in run.err
