"""``gxgen schema``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxgen.spec import layout_for
from tests.cli.running import gxgen, process


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, made the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("year", ["2019", "2020", "2021", "2023", "9999"])
def test_the_schema_is_that_of_the_years_form(year: str) -> None:
    """It is JSON on standard output, and names the circular that the year goes by."""
    run = gxgen("schema", year)
    layout = layout_for(int(year))
    assert layout
    assert run.code == 0
    assert layout.authority in json.loads(run.out)["title"]


def test_without_a_year_it_is_that_of_the_newest_form() -> None:
    """Nobody has to know the year of a form to write this year's report."""
    assert gxgen("schema").raw_out == gxgen("schema", "9999").raw_out


def test_it_can_be_written_to_a_file() -> None:
    """With -o the file has the same bytes, and standard output its path."""
    run = gxgen("schema", "2023", "-o", "新/schema.json")
    assert (run.code, run.out) == (0, "新/schema.json\n")
    assert Path("新/schema.json").read_bytes() == gxgen("schema", "2023").raw_out


def test_a_file_that_cannot_be_written_is_told(folder: Path) -> None:
    """A folder in the way ends the run with 2 and a sentence in Chinese."""
    run = gxgen("schema", "-o", str(folder))
    assert (run.code, run.out) == (2, "")
    assert "写不出文件：已有同名的文件夹" in run.err


@pytest.mark.parametrize("year", ["2018", "0000", "23", "二〇二三", "２０２３", "20233", "-1", "", "x"])
def test_a_year_without_a_form_is_wrong_usage(year: str) -> None:
    """What is no year, or one before the first form, has no schema."""
    run = gxgen("schema", year)
    assert (run.code, run.out) == (2, "")
    assert "gxgen schema --help" in run.err


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_it_is_utf_8_whatever_the_console(encoding: str, folder: Path) -> None:
    """An editor reads the same bytes under any code page."""
    assert process("schema", cwd=folder, PYTHONIOENCODING=encoding).raw_out == gxgen("schema").raw_out
