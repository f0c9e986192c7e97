"""Exit codes, streams, and that no command line ends in a traceback."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen import __version__
from tests.cli.running import GOOD, gxgen, process

EXIT_CODES = {
    # done
    "--help": 0,
    "--version": 0,
    "build --help": 0,
    "check --help": 0,
    "build good.toml -o out": 0,
    "build warned.toml -o out": 0,
    "build good.toml warned.toml -o out": 0,
    "build '带 空格' -o '新 文件夹/一层'": 0,
    "build no_suffix -o out": 0,
    "build -o out -- -dash.toml": 0,
    "check good.toml": 0,
    "check good.toml --strict": 0,
    "check warned.toml": 0,
    "check good.toml --format json": 0,
    "check warned.toml --strict --ignore W": 0,
    "explain": 0,
    "explain E302 W501": 0,
    "explain --help": 0,
    "schema": 0,
    "schema 2020 -o schema.json": 0,
    "schema --help": 0,
    # a report has errors
    "build wrong.toml -o out": 1,
    "build good.toml wrong.toml -o out": 1,
    "build warned.toml -o out --strict": 1,
    "build good.toml -o out --pack nowhere": 1,
    "build good.toml -o good.toml": 1,
    "check wrong.toml": 1,
    "check wrong.toml --format json": 1,
    "check wrong.toml --format github": 1,
    "check wrong.toml --format sarif": 1,
    "check wrong.toml --select W": 1,
    "check good.toml wrong.toml": 1,
    "check warned.toml --strict": 1,
    "check empty.toml": 1,
    "check settings/tool.toml": 1,
    "check binary.toml": 1,
    # wrong usage, or a file cannot be read at all
    "": 2,
    "frobnicate": 2,
    "build": 2,
    "check": 2,
    "build --frobnicate good.toml": 2,
    "build good.toml --to": 2,
    "build good.toml --to pdf": 2,
    "build good.toml --to docx,pdf": 2,
    "build good.toml --to ''": 2,
    "build good.toml --to ,": 2,
    "build good.toml --strict=yes": 2,
    "check good.toml --format xml": 2,
    "check good.toml --select X": 2,
    "check good.toml --ignore E302": 2,
    "build good.toml --ignore W": 2,
    "explain X": 2,
    "schema 2018": 2,
    "schema -o folder.toml": 1,
    "schema good.toml": 2,
    "check good.toml -o out": 2,
    "build missing.toml -o out": 2,
    "build good.toml missing.toml -o out": 2,
    "build wrong.toml missing.toml -o out": 2,
    "check missing.toml": 2,
    "check good.toml/below.toml": 2,
    "check no_reports": 2,
    "build no_reports": 2,
    "build settings": 2,
    "build folder.toml": 2,
    "build -dash.toml": 2,
}

COMMANDS = ("build", "check", "--help", "--version", "frobnicate")
FILES = ("good.toml", "warned.toml", "wrong.toml", "binary.toml", "missing.toml", "带 空格/年报 2023.toml")
FOLDERS = ("folder.toml", "no_reports", "带 空格", "settings", ".")
OPTIONS = ("-o", "out", "--to", "docx", "txt,docx", "--pack", "national", "--strict", "--format", "json", "text", "--")
ODD = ("", "-", "-dash.toml", "--strict=1", "--to=txt", ",", "../x", "good.toml/x", "*.toml", "年报", "a\nb", "{{x}}")
IMPOSSIBLE = ("a" * 300, "\udcff", "x/" * 2000)
WORDS = st.sampled_from((*COMMANDS, *FILES, *FOLDERS, *OPTIONS, *ODD, *IMPOSSIBLE))
AFTER_A_COMMAND = st.builds(
    lambda command, rest: [command, *rest], st.sampled_from(["build", "check"]), st.lists(WORDS, min_size=1, max_size=5)
)


@pytest.mark.parametrize("arguments", EXIT_CODES)
def test_a_run_ends_with_the_code_of_the_contract(desk: Path, arguments: str) -> None:
    """0 done, 1 a report has errors or a file cannot be written, 2 wrong usage or a file that cannot be read."""
    assert gxgen(*shlex.split(arguments)).code == EXIT_CODES[arguments]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AFTER_A_COMMAND | st.lists(WORDS, max_size=3))
def test_no_command_line_ends_in_a_traceback(desk: Path, arguments: list[str]) -> None:
    """Whatever the arguments, the run ends with 0, 1 or 2, and says something."""
    run = gxgen(*arguments)
    assert run.code in {0, 1, 2}
    assert run.raw_out or run.err
    assert "Traceback" not in run.err


EXTREMES = {
    "a key of a thousand parts": ".".join("k" * 1500) + " = 1",
    "brackets a thousand deep": "k = " + "[" * 1500 + "]" * 1500,
    "tables a thousand deep": "k = " + "{a = " * 1500 + "1" + "}" * 1500,
    "a decimal number of thousands of digits": "requests.received.individual = " + "9" * 5000,
    "a count of thousands of digits": "requests.received.individual = 0x" + "f" * 5000,
    "a total of thousands of digits": "requests.received.total = 0x" + "f" * 5000,
    "a sum of thousands of digits": f"requests.received = [{'9' * 4300}, {'9' * 4300}, 0, 0, 0, 0]",
    "an amount of thousands of digits": "disclosure.fees.amount = 0x" + "f" * 5000,
    "an amount near nothing": "disclosure.fees.amount = 1e-999999999",
    "a date that is none": "published = 2024-13-45",
    "a thousand levels of a quotation": 'narrative.other = "{{ ' + "(" * 1500 + "1" + ")" * 1500 + ' }}"',
    "a quotation of a thousand summands": 'narrative.other = "{{ ' + "+".join(["year"] * 1500) + ' }}"',
    "a thousand conditions": 'narrative.other = "' + "{% if year %}" * 1500 + "{% endif %}" * 1500 + '"',
}
"""One line each of what no clerk types."""


@pytest.mark.parametrize("line", EXTREMES.values(), ids=EXTREMES)
@pytest.mark.parametrize("command", ["build", "check"])
def test_no_data_file_ends_in_a_traceback(desk: Path, command: str, line: str) -> None:
    """Whatever is too deep, too long or too large is told as an error of the report."""
    Path("extreme.toml").write_text(f'year = 2023\nagency = "辛局"\n{line}\n', "utf-8")
    run = gxgen(command, "extreme.toml")
    assert run.code == 1
    assert "extreme.toml" in run.out + run.err


@pytest.mark.parametrize("year", ["0x" + "f" * 5000, "9" * 4000, "-1", "10000", "2e3", "2023-01-01", "nan"])
def test_no_year_ends_in_a_traceback(desk: Path, year: str) -> None:
    """A year that has no form is told, whatever kind of number it is."""
    Path("extreme.toml").write_text(f"year = {year}\n", "utf-8")
    run = gxgen("check", "extreme.toml")
    assert run.code == 1
    assert "extreme.toml:1:8: E201" in run.out


@pytest.mark.parametrize("name", ["a" * 300, "a" * 5000, "\udcff.toml", "x/" * 2000, "a\nb.toml"])
def test_a_name_that_no_file_can_have_is_a_missing_file(desk: Path, name: str) -> None:
    """Names too long, of bytes that are no text, or below a file are told like any file that is not there."""
    for command in ("build", "check"):
        run = gxgen(command, name)
        assert run.code == 2
        assert "E101" in run.out + run.err


def test_a_name_that_is_no_text_is_json_all_the_same(desk: Path) -> None:
    """The JSON of a file whose name is not UTF-8 is valid UTF-8."""
    assert '"E101"' in gxgen("check", "--format", "json", "\udcff.toml").out


def test_an_empty_path_is_not_the_current_folder(desk: Path) -> None:
    """``gxgen build "$UNSET"`` does not build whatever lies about."""
    before = set(desk.rglob("*"))
    assert gxgen("build", "").code == 2
    assert set(desk.rglob("*")) == before


def test_click_turns_no_file_away_before_it_is_tried(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a file can be read is found out by reading it: one that cannot does not stop the run, nor in English."""
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    assert gxgen("build", "good.toml", "-o", "no_reports").code == 0


def test_a_file_without_permission_does_not_stop_the_others(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file that may not be read is told in Chinese; the others are built."""
    opened = Path.open

    def guarded(path: Path, *arguments: Any, **more: Any) -> IO[Any]:
        if path.name == "warned.toml":
            raise PermissionError(13, "Permission denied", str(path))
        file: IO[Any] = opened(path, *arguments, **more)
        return file

    monkeypatch.setattr(Path, "open", guarded)
    run = gxgen("build", "warned.toml", "good.toml", "-o", "out")
    assert run.code == 2
    assert "warned.toml: E101 没有权限读取这个文件" in run.err
    assert len(run.lines) == 2


def test_a_process_of_its_own_says_the_same(desk: Path) -> None:
    """``python -m gxgen`` is the command, exit code, paths and all."""
    assert process("--version", cwd=desk).out.strip() == f"gxgen {__version__}"
    run = process("build", "good.toml", "wrong.toml", "-o", "out", cwd=desk)
    assert run.code == 1
    assert [Path(line).suffix for line in run.lines] == [".docx", ".txt"]
    assert "wrong.toml" in run.err


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
def test_a_console_of_an_old_code_page_does_not_end_a_run(desk: Path, encoding: str) -> None:
    """Characters that the console lacks are replaced; the report is written and the exit code is right."""
    name = Path("㐀𠀀.toml")
    name.write_text(GOOD, "utf-8")
    run = process("build", str(name), "missing😀.toml", "-o", "out", cwd=desk, PYTHONIOENCODING=encoding)
    assert run.code == 2
    assert "Traceback" not in run.err
    assert len(list(Path("out").iterdir())) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_behind_standard_output_is_told(desk: Path) -> None:
    """Findings that cannot be shown end the run with a sentence and not with success."""
    command = [sys.executable, "-m", "gxgen", "check", "wrong.toml"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode
    assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_the_run_with_a_word(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted run says so, and leaves nothing half-written."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before = set(desk.rglob("*"))
    monkeypatch.setattr("gxgen.engine.run.find_sources", interrupted)
    run = gxgen("build", "good.toml")
    assert (run.code, run.err.strip()) == (130, "已中止。")
    assert set(desk.rglob("*")) == before
