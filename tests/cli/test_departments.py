"""``--departments``, and sums through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import GOOD, gxgen
from tests.test_architecture import loaded_by

COUNTY = GOOD.replace("甲县科学技术局", "甲县人民政府")


@pytest.fixture(params=[2020, 2023])
def county(desk: Path, request: pytest.FixtureRequest) -> Path:
    """A county of either form that has 17 licences decided, and two bureaus that have 14 and 3."""
    year = str(request.param)
    (desk / "bureaus").mkdir()
    for name, number in (("科技局", 14), ("教育局", 3)):
        text = GOOD.replace("甲县科学技术局", name).replace("2023", year)
        (desk / "bureaus" / f"{name}.toml").write_text(f"{text}[disclosure.licences]\ndecisions = {number}\n", "utf-8")
    text = COUNTY.replace("2023", year)
    (desk / "county.toml").write_text(f"{text}[disclosure.licences]\ndecisions = 17\n", "utf-8")
    return desk


def spoil(desk: Path) -> None:
    """Leave a bureau out of the county's figure."""
    path = desk / "county.toml"
    path.write_text(path.read_text("utf-8").replace("= 17", "= 14"), "utf-8")


def test_sums_that_are_right_are_passed_over_in_silence(county: Path) -> None:
    """Exit code 0, and nothing on standard output; the option may name the folder from anywhere."""
    run = gxgen("check", "county.toml", "--departments", str(county / "bureaus"))
    assert (run.code, run.out) == (0, "")


def test_a_wrong_sum_is_told_with_the_lines_of_both_files(county: Path) -> None:
    """The cell of the government, then that of the department that explains it."""
    spoil(county)
    run = gxgen("check", "county.toml", "--departments", "bureaus")
    assert run.code == 0
    assert gxgen("check", "county.toml", "--departments", "bureaus", "--strict").code == 1
    assert run.lines[0].startswith("county.toml:7:13: W308 「")
    assert "是 14，所属 2 个机关之和是 17，相差 3，恰等于“教育局”的数，是不是漏加了？" in run.lines[0]
    assert run.lines[3] == "  另见 bureaus/教育局.toml:7:13"


def test_a_strict_build_writes_no_report_with_a_wrong_sum(county: Path) -> None:
    """The same finding on standard error, and no file."""
    arguments = ("build", "county.toml", "--departments", "bureaus", "-o", "out", "--to", "txt")
    assert gxgen(*arguments).code == 0
    assert len(list((county / "out").iterdir())) == 1
    spoil(county)
    run = gxgen(*arguments[:-3], "elsewhere", "--to", "txt", "--strict")
    assert (run.code, run.out) == (1, "")
    assert "county.toml:7:13: W308 " in run.err
    assert not (county / "elsewhere").exists()


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("county.toml", "--departments", "bureuas"), "--departments 后面的「bureuas」找不到"),
        (("county.toml", "--departments", ""), "--departments 后面是空的"),
        ((".", "--departments", "bureaus"), "--departments 只用于一份报告"),
        (("county.toml", "bureaus/教育局.toml", "--departments", "bureaus"), "--departments 只用于一份报告"),
        (("county.toml", "--departments"), "选项 --departments 用得不对"),
        (("county.toml", "--departments", "长" * 300), "找不到"),
    ],
    ids=["mistyped", "empty", "folder", "several", "nothing", "too long"],
)
def test_wrong_usage_is_told_before_anything_is_checked(
    county: Path, command: str, arguments: tuple[str, ...], told: str
) -> None:
    """In Chinese, on standard error, with exit code 2; nothing is written."""
    run = gxgen(command, *arguments)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert f"用法见：gxgen {command} --help" in run.err
    assert not list(county.glob("*.docx"))


def test_a_report_without_departments_loads_nothing_of_them(county: Path) -> None:
    """What compares sums is loaded by the first report that has departments."""
    check = "from pathlib import Path; import gxgen; list(gxgen.check([Path({!r})], gxgen.Options({})))"
    ours = {"gxgen.engine.departments", "gxgen.checks.departments"}
    path = str(county / "county.toml")
    assert not ours & loaded_by(check.format(path, ""))
    assert ours <= loaded_by(check.format(path, f"departments=Path({str(county / 'bureaus')!r})"))
