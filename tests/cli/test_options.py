"""``--select`` and ``--ignore``: what a run lists and what counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Run, gxgen

FIGURES = "year = 2023\n[requests]\nreceived = [1, 0, 0, 0, 0, 0]\n[reconsideration]\ntotal = 1\n"
"""E301, E302 and W501, each at least once."""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with errors and warnings, and one with warnings only."""
    monkeypatch.chdir(tmp_path)
    Path("figures.toml").write_text(FIGURES, "utf-8")
    Path("silent.toml").write_text('year = 2023\nagency = "某局"\n', "utf-8")


def codes_of(run: Run) -> set[str]:
    """The codes that a run lists in JSON."""
    return {finding["code"] for finding in json.loads(run.out)["findings"]}


def check(*arguments: str) -> Run:
    """``gxgen check --format json`` with more arguments."""
    return gxgen("check", "--format", "json", *arguments)


@pytest.mark.parametrize(
    ("options", "listed"),
    [
        ([], {"E301", "E302", "W501"}),
        (["--select", "E302"], {"E302"}),
        (["--select", "e302,W501"], {"E302", "W501"}),
        (["--select", "E3"], {"E301", "E302"}),
        (["--select", "W"], {"W501"}),
        (["--select", "， E301 ，W5"], {"E301", "W501"}),
        (["--ignore", "W501"], {"E301", "E302"}),
        (["--ignore", "W"], {"E301", "E302"}),
        (["--select", "W,E301", "--ignore", "W5"], {"E301"}),
    ],
)
def test_only_what_is_asked_for_is_listed(options: list[str], listed: set[str]) -> None:
    """Codes, and how codes begin, choose findings; what is ignored is taken away from what is selected."""
    assert codes_of(check("figures.toml", *options)) == listed


def test_an_error_that_is_not_listed_counts_and_is_mentioned() -> None:
    """A run that lists warnings only still ends with 1 and says how many errors it did not list."""
    run = check("figures.toml", "--select", "W5")
    errors = len([line for line in gxgen("check", "figures.toml", "--select", "E").lines if not line.startswith(" ")])
    assert run.code == 1
    assert f"另有 {errors} 个错误不在 --select 之列，没有列出" in run.err


@pytest.mark.parametrize(("ignored", "code"), [("W", 0), ("W501", 0), ("W103", 1)])
def test_a_warning_that_is_ignored_is_none_for_strict(ignored: str, code: int) -> None:
    """With --strict only the warnings that are left count."""
    assert check("silent.toml", "--strict", "--ignore", ignored).code == code


@pytest.mark.parametrize("value", ["W9", "W50１", "X", "302", "W501;E302", ",", "W501,W9"])
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_wrong_usage(option: str, value: str) -> None:
    """A code that does not exist is not taken for one that nothing was found of."""
    run = check("silent.toml", option, value)
    assert (run.code, run.out) == (2, "")
    assert option in run.err


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    """The complaint names a code that is spelled alike."""
    assert "是否想写 E302？" in check("silent.toml", "--select", "E3O2").err


@pytest.mark.parametrize("value", ["E302", "E", "W5,E301"])
def test_errors_cannot_be_ignored(value: str) -> None:
    """An error keeps the report from being written, so no option hides it."""
    run = check("figures.toml", "--ignore", value)
    assert run.code == 2
    assert "--ignore 只能略去警告和提示" in run.err


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_build_takes_neither(option: str) -> None:
    """What keeps a report from being written is not for the command line to choose."""
    assert gxgen("build", "silent.toml", option, "W5").code == 2


def test_what_is_waived_counts_for_nothing() -> None:
    """A report whose warnings are all waived is good, strictly too; the summary says how many are."""
    text = Path("silent.toml").read_text("utf-8")
    Path("silent.toml").write_text(f'{text}[[waiver]]\ncode = "W501"\nreason = "刚刚组建"\n', "utf-8")
    for command in (["check", "silent.toml"], ["build", "silent.toml", "-o", "out"]):
        assert gxgen(*command, "--strict").code == 0
    run = gxgen("check", "silent.toml", "--strict")
    assert run.err == "检查了 1 份，没有发现问题，2 个问题已豁免\n"
    assert run.lines.count("  已豁免：刚刚组建") == 2
    assert len(run.lines) == 4
