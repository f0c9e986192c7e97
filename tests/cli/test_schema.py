"""``gxgen schema``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxgen.spec import layout_for
from tests.cli.running import gxgen, process
from tests.packs.making import pack


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
    """A folder in the way ends the run with 1 and a sentence in Chinese."""
    run = gxgen("schema", "-o", str(folder))
    assert (run.code, run.out) == (1, "")
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


def test_the_rows_of_a_pack_are_in_its_schema(folder: Path) -> None:
    """With --pack an editor knows the extra rows of a region; without, it does not."""
    row = '[[rows]]\nafter = "disclosure.rules"\nkey = "other_documents"\nlabel = "其他主动公开文件"\n'
    pack(folder / "shared", "hubei", f'{row}[texts]\npreamble = "开头"\nother = "没有。"\n')
    run = gxgen("schema", "2023", "--pack", "hubei", "--packs", "shared/templates")
    assert run.code == 0
    assert "其他主动公开文件" in run.out
    texts = json.loads(run.out)["properties"]["narrative"]["properties"]
    assert all("不写就印模板包里的文字" in texts[place]["description"] for place in ("preamble", "other"))
    assert "其他主动公开文件" not in gxgen("schema", "2023").out


def test_a_pack_that_cannot_be_used_has_no_schema(folder: Path) -> None:
    """What is wrong with it is told, and nothing is written."""
    pack(folder, "odd", "titel = 1\n")
    for name, told in (("odd", "是否想写 title？"), ("nowhere", "找不到模板包「nowhere」")):
        run = gxgen("schema", "--pack", name)
        assert (run.code, run.out) == (2, "")
        assert told in run.err
