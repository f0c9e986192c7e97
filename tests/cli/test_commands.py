"""What the commands write, and where they say what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxgen.core.codes import CODES
from gxgen.spec import address_book, layout_for
from tests.cli.running import GOOD, gxgen, process
from tests.packs.making import pack

RECORD = {
    "file": str,
    "line": int,
    "column": int,
    "severity": str,
    "code": str,
    "where": str,
    "message": str,
    "hint": str,
}
"""The contract of ``gxgen check --format json``, key by key in its order."""

TEN_MISTAKES = """\
year = 2023
agency = 7
publishd = 2024-01-12
[narrative]
overview = "共 {{ requests.recieved.total }} 件\\u0007"
problems = true
[disclosure.rules]
issued = -1
created = 2
[requests]
received = [1, 2, 3]
brought_forward = { individual = 1.5 }
carried_forward = { individual = "两件" }
"""


def test_build_gives_paths_on_stdout_and_talk_on_stderr(desk: Path) -> None:
    """Every line of standard output is a file that now exists; findings and the summary are elsewhere."""
    run = gxgen("build", "good.toml", "warned.toml", "wrong.toml", "-o", "out")
    assert [Path(line).name for line in run.lines] == [
        f"{agency}科学技术局2023年政府信息公开工作年度报告.{suffix}"
        for agency in ("甲县", "乙县")
        for suffix in ("docx", "txt")
    ]
    assert {Path(line) for line in run.lines} == set(Path("out").iterdir())
    assert "warned.toml: W501" in run.err
    assert "wrong.toml:7:13: E302" in run.err
    assert "完成：2 份报告写入 out" in run.err
    assert "1 份未写出" in run.err


def test_check_gives_findings_on_stdout_and_the_summary_on_stderr(desk: Path) -> None:
    """Standard output can be kept as a list of findings."""
    run = gxgen("check", "good.toml", "warned.toml", "wrong.toml")
    places = [line for line in run.lines if not line.startswith(" ")]
    assert [line.split(": ")[0] for line in places] == ["warned.toml"] * 2 + ["wrong.toml:6:2", "wrong.toml:7:13"]
    assert run.err.splitlines() == ["检查了 3 份，2 份有问题", "1 份不合格：2 个错误，0 个警告"]


def test_a_good_file_gives_check_nothing_to_say(desk: Path) -> None:
    """No finding, no output."""
    assert not gxgen("check", "good.toml").out


def test_check_writes_no_file(desk: Path) -> None:
    """Looking changes nothing."""
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    gxgen("check", ".")
    gxgen("check", ".", "--format", "json")
    assert {path: path.stat().st_mtime_ns for path in desk.rglob("*")} == before


def test_outputs_stand_beside_the_data_file_unless_told(desk: Path) -> None:
    """Without -o each report is written where its data file is."""
    run = gxgen("build", "带 空格")
    assert run.code == 0
    assert {Path(line).parent for line in run.lines} == {Path("带 空格")}


@pytest.mark.parametrize(
    ("formats", "suffixes"),
    [
        ("docx", [".docx"]),
        ("txt", [".txt"]),
        ("html", [".html"]),
        ("txt,docx", [".txt", ".docx"]),
        (" TXT , txt", [".txt"]),
        ("html,txt,docx", [".html", ".txt", ".docx"]),
    ],
)
def test_only_the_formats_asked_for_are_written(desk: Path, formats: str, suffixes: list[str]) -> None:
    """``--to`` takes one format or several, each once."""
    run = gxgen("build", "good.toml", "-o", "out", "--to", formats)
    assert [Path(line).suffix for line in run.lines] == suffixes
    assert len(list(Path("out").iterdir())) == len(suffixes)


def test_strict_builds_write_nothing_that_was_warned_about(desk: Path) -> None:
    """With --strict a warning keeps a report from being written, and only that report."""
    run = gxgen("build", "good.toml", "warned.toml", "-o", "out", "--strict")
    assert run.code == 1
    assert [Path(line).name[:2] for line in run.lines] == ["甲县", "甲县"]


def test_ten_mistakes_are_ten_findings(desk: Path) -> None:
    """Every mistake of a file is told in one run, each at its line."""
    Path("ten.toml").write_text(TEN_MISTAKES, "utf-8")
    findings = json.loads(gxgen("check", "ten.toml", "--format", "json").out)["findings"]
    assert [(found["line"], found["code"], found["where"]) for found in findings] == [
        (2, "E204", "agency"),
        (3, "E202", "publishd"),
        (5, "E209", "narrative.overview"),
        (5, "E208", "narrative.overview"),
        (6, "E204", "narrative.problems"),
        (8, "E205", "disclosure.rules.issued"),
        (9, "E203", "disclosure.rules.created"),
        (11, "E206", "requests.received"),
        (12, "E205", "requests.brought_forward.individual"),
        (13, "E204", "requests.carried_forward.individual"),
    ]


@pytest.mark.parametrize("name", ["good.toml", "wrong.toml", "warned.toml", "binary.toml", "missing.toml", "."])
def test_the_json_is_of_the_promised_shape(desk: Path, name: str) -> None:
    """Keys, types, codes and severities are those that other programs rely on."""
    answer = json.loads(gxgen("check", name, "--format", "json").out)
    assert list(answer) == ["schema", "findings", "waived"]
    assert answer["schema"] == 1
    severities = {code.name: code.severity.value for code in CODES}
    for found in answer["findings"]:
        assert list(found) == list(RECORD)
        assert {key: type(value) for key, value in found.items()} == RECORD
        assert found["severity"] == severities[found["code"]]
        assert found["severity"] in {"error", "warning", "info"}
        assert found["line"] >= 1
        assert found["column"] >= 1
        assert found["message"]
        assert found["hint"]


def test_where_is_an_address_of_the_form(desk: Path) -> None:
    """The place of a finding in JSON is the figure's address, which is the key of the data file."""
    layout = layout_for(2023)
    assert layout
    findings = json.loads(gxgen("check", "wrong.toml", "--format", "json").out)["findings"]
    assert [found["where"] for found in findings] == [
        "requests.outcome.total.total",
        "requests.outcome.total.individual",
    ]
    assert {found["where"] for found in findings} <= set(address_book(layout).entries)


def test_text_and_json_tell_the_same(desk: Path) -> None:
    """Both formats give the same findings in the same order."""
    Path("ten.toml").write_text(TEN_MISTAKES, "utf-8")
    in_json = json.loads(gxgen("check", ".", "--format", "json").out)["findings"]
    in_text = [line for line in gxgen("check", ".").lines if not line.startswith(" ")]
    assert [line.split(": ", 1)[1] for line in in_text] == [f"{found['code']} {found['message']}" for found in in_json]


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["gbk", "C", "ascii"],
)
def test_json_is_utf_8_whatever_the_console(desk: Path, environment: dict[str, str]) -> None:
    """A program reads the same bytes under any code page or locale."""
    plain = process("check", "wrong.toml", "--format", "json", cwd=desk)
    assert "勾稽关系不成立" in plain.out
    assert process("check", "wrong.toml", "--format", "json", cwd=desk, **environment).raw_out == plain.raw_out


def test_the_same_run_twice_writes_the_same_bytes(desk: Path) -> None:
    """Building again changes no byte, and needs no file removed first."""
    gxgen("build", "good.toml", "-o", "out")
    first = {path: path.read_bytes() for path in Path("out").iterdir()}
    assert gxgen("build", "good.toml", "-o", "out").code == 0
    assert {path: path.read_bytes() for path in Path("out").iterdir()} == first


def test_a_run_never_overwrites_a_data_file(desk: Path) -> None:
    """A data file that bears the name of its own output stays as it was."""
    name = Path("甲县科学技术局2023年政府信息公开工作年度报告.txt")
    name.write_text(GOOD, "utf-8")
    assert gxgen("build", str(name)).code == 1
    assert name.read_text("utf-8") == GOOD


# Packs


def test_a_folder_of_packs_can_be_named(desk: Path) -> None:
    """Build and check find a pack in --packs DIR, and use the one that --pack names."""
    pack(desk / "shared", "ours", '[severity]\nW501 = "off"\n')
    chosen = ("--pack", "ours", "--packs", "shared/templates")
    assert gxgen("check", "--strict", "warned.toml").code == 1
    assert gxgen("check", "--strict", "warned.toml", *chosen).code == 0
    assert gxgen("build", "--strict", "warned.toml", "-o", "out", *chosen).code == 0


@pytest.mark.parametrize("command", ["build", "check", "schema"])
@pytest.mark.parametrize("folder", ["", "nowhere", "good.toml", "no\0thing"])
def test_what_is_no_folder_of_packs_is_wrong_usage(desk: Path, command: str, folder: str) -> None:
    """--packs names a folder that is there, or the run does not begin."""
    arguments = () if command == "schema" else ("good.toml",)
    run = gxgen(command, *arguments, "--packs", folder)
    assert (run.code, run.out) == (2, "")
    assert "--packs 后面要写一个放模板包的文件夹" in run.err


def test_a_command_that_is_misspelt_is_named_with_the_one_that_is_meant() -> None:
    """``gxgen bulid`` is answered with the nearest command."""
    run = gxgen("bulid", "2023.toml")
    assert run.code == 2
    assert run.err.startswith("gxgen：没有「bulid」这个命令，是否想写「build」？")


def test_a_year_may_be_typed_as_it_is_said(tmp_path: Path) -> None:
    """``gxgen new 2024年`` means 2024."""
    assert gxgen("new", "2024年", "-o", str(tmp_path / "new.toml")).code == 0
    assert "year = 2024" in (tmp_path / "new.toml").read_text("utf-8")


def test_a_missing_data_file_is_answered_with_those_beside_it(tmp_path: Path) -> None:
    """Who asks for another name than ``gxgen new`` gave is shown that one."""
    (tmp_path / "甲县科学技术局2023.toml").write_text("year = 2023\n", encoding="utf-8")
    run = gxgen("build", str(tmp_path / "2023.toml"))
    assert run.code == 2
    assert "E101 找不到这个文件；同一文件夹里有「甲县科学技术局2023.toml」" in run.err
