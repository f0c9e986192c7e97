"""``--against``, and how the terminal and programs are told of two files at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import GOOD, gxgen

BROUGHT = GOOD + "[requests]\nbrought_forward = [1, 0, 0, 0, 0, 0]\ncarried_forward = [1, 0, 0, 0, 0, 0]\n"
LAST = GOOD.replace("2023", "2022")


@pytest.fixture
def years(desk: Path) -> Path:
    """A folder with a report that brings an application forward, and last year's, which carried none, elsewhere."""
    (desk / "this").mkdir()
    (desk / "this" / "2023.toml").write_text(BROUGHT, "utf-8")
    (desk / "last.toml").write_text(LAST + "[requests]\ncarried_forward = [0, 0, 0, 0, 0, 0]\n", "utf-8")
    return desk


def test_the_terminal_shows_the_lines_of_both_years(years: Path) -> None:
    """The finding's own line, then the place in last year's file on a line of its own and its line."""
    lines = gxgen("check", "this/2023.toml", "--against", "last.toml", "--select", "W403").lines
    assert lines[0].startswith("this/2023.toml:7:20: W403 ")
    assert lines[1:6] == [
        "    7 | brought_forward = [1, 0, 0, 0, 0, 0]",
        "      |                    ^",
        "  另见 last.toml:7:20",
        "    7 | carried_forward = [0, 0, 0, 0, 0, 0]",
        "      |                    ^",
    ]
    assert lines[6].startswith("  提示：")
    assert len(lines) == 7


@pytest.mark.parametrize("report_format", ["json", "github"])
def test_programs_are_told_the_other_place_in_the_message(years: Path, report_format: str) -> None:
    """The place in last year's file is part of the message, for those that show nothing else."""
    run = gxgen("check", "this/2023.toml", "--against", "last.toml", "--format", report_format)
    assert "相差 1，请核对（另见 last.toml:7:20）" in run.out


def test_code_hosts_are_told_the_other_place_as_a_related_one(years: Path) -> None:
    """SARIF has a place of its own for what a finding is also about."""
    run = gxgen("check", "this/2023.toml", "--against", "last.toml", "--format", "sarif")
    (found,) = [one for one in json.loads(run.out)["runs"][0]["results"] if one["ruleId"] == "W403"]
    (related,) = found["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "last.toml"
    assert related["physicalLocation"]["region"]["startLine"] == 7


def test_the_record_of_a_finding_about_two_files_is_like_any_other(years: Path) -> None:
    """The file, the line and the address are those of this year's report."""
    run = gxgen("check", "this/2023.toml", "--against", "last.toml", "--format", "json")
    (found,) = [one for one in json.loads(run.out)["findings"] if one["code"] == "W403"]
    assert (found["file"], found["line"], found["column"]) == ("this/2023.toml", 7, 20)
    assert found["where"] == "requests.brought_forward.individual"


def test_build_takes_the_option_as_well(years: Path) -> None:
    """The warning is shown and the report is written, unless --strict."""
    arguments = ("build", "this/2023.toml", "--against", "last.toml", "-o", "out", "--to", "txt")
    run = gxgen(*arguments)
    assert (run.code, len(run.lines)) == (0, 1)
    assert "  另见 last.toml:7:20" in run.err.splitlines()
    assert gxgen(*arguments, "--strict").code == 1


def test_without_the_option_the_file_beside_is_found(years: Path) -> None:
    """Last year's file in the same folder needs no option."""
    (years / "last.toml").rename(years / "this" / "2022.toml")
    assert "  另见 this/2022.toml:7:20" in gxgen("check", "this/2023.toml").lines


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_file_that_cannot_be_read_ends_with_2(years: Path, command: str) -> None:
    """A name mistyped is told, and the exit code is that of a file that cannot be read."""
    run = gxgen(command, "this/2023.toml", "--against", "lats.toml")
    assert run.code == 2
    assert "lats.toml: E101 找不到这个文件" in run.out + run.err


@pytest.mark.parametrize(("value", "told"), [("this", "「this」是文件夹"), ("", "是空的")])
def test_what_is_no_name_of_a_file_is_wrong_usage(years: Path, value: str, told: str) -> None:
    """A folder, or an empty name, is told before anything is checked."""
    run = gxgen("check", "this/2023.toml", "--against", value)
    assert (run.code, run.out) == (2, "")
    assert told in run.err


def test_a_report_of_another_year_is_a_warning(years: Path) -> None:
    """Exit code 0, and 1 under --strict."""
    (years / "last.toml").write_text(GOOD.replace("2023", "2020"), "utf-8")
    run = gxgen("check", "this/2023.toml", "--against", "last.toml", "--select", "W406")
    assert run.code == 0
    assert run.lines[0].startswith("this/2023.toml:1:8: W406 last.toml 是2020年的报告")
    assert gxgen("check", "this/2023.toml", "--against", "last.toml", "--select", "W406", "--strict").code == 1
