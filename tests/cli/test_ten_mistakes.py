"""Ten different mistakes in one file: all told in one run of the command, each at its place, however it was saved."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cases import NAMED, TOML
from tests.cli.running import Run, gxgen

PAGE = Path(__file__).with_name("ten_mistakes.md")
TEXT = PAGE.read_text("utf-8")
PIECES = re.findall(r"^\| ([EW]\d{3}) \| (.+) \|$", TEXT, re.MULTILINE)
ANSWER = re.compile(r"```text\n(?P<told>(?:.*\n)*?)```")
REPORT = "2023.toml"
SAVED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "GBK": lambda text: text.encode("gbk"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "BOM": lambda text: text.encode("utf-8-sig"),
}
TOLD_OF_THE_ENCODING = {"GBK": ["W103"]}
ways_of_saving = pytest.mark.parametrize("way", SAVED)


def check(desk: Path, way: str, *options: str) -> Run:
    """``gxgen check 2023.toml`` in a folder with both files, saved in a way."""
    for text in TOML.findall(TEXT):
        found = NAMED.match(text)
        assert found
        (desk / found[1]).write_bytes(SAVED[way](text))
    run = gxgen("check", REPORT, *options)
    assert run.code == 1
    assert sorted(one.name for one in desk.iterdir()) == ["2022.toml", REPORT]
    return run


def findings(desk: Path, way: str) -> list[dict[str, Any]]:
    """The findings in JSON, less those about the encoding."""
    found = json.loads(check(desk, way, "--format", "json").out)["findings"]
    about_encoding = TOLD_OF_THE_ENCODING.get(way, [])
    assert [one["code"] for one in found if one["code"] == "W103"] == about_encoding
    return [one for one in found if one["code"] not in about_encoding]


@pytest.fixture(autouse=True)
def at_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the files is the current one."""
    monkeypatch.chdir(tmp_path)


def test_the_page_has_ten_mistakes() -> None:
    """Ten codes, all different."""
    assert len(PIECES) == len(dict(PIECES)) == 10


@ways_of_saving
def test_ten_mistakes_give_ten_findings_at_ten_places(way: str, tmp_path: Path) -> None:
    """Each code once, and at its line and column in the text the piece that the page names."""
    lines = TOML.findall(TEXT)[-1].splitlines()
    found = findings(tmp_path, way)
    assert sorted(one["code"] for one in found) == sorted(dict(PIECES))
    for one in found:
        assert lines[one["line"] - 1][one["column"] - 1 :].startswith(dict(PIECES)[one["code"]]), one
    assert len({(one["line"], one["column"]) for one in found}) == 10


@ways_of_saving
def test_the_terminal_tells_them_in_the_order_of_the_file(way: str, tmp_path: Path) -> None:
    """The text is that of the page, with a caret under each piece; GBK is told besides.  GXGEN_REWRITE=1 writes it."""
    told = "".join(f"{line.rstrip()}\n" for line in check(tmp_path, way).lines)
    if os.environ.get("GXGEN_REWRITE"):
        if way == "UTF-8":
            PAGE.write_text(ANSWER.sub(f"```text\n{told}```", TEXT), "utf-8", newline="\n")
        return
    answer = ANSWER.search(TEXT)
    assert answer
    for code in TOLD_OF_THE_ENCODING.get(way, []):
        told = re.sub(rf"^{REPORT}: {code} .+\n(?:  .*\n)+", "", told, flags=re.MULTILINE)
    assert told == answer["told"]


@ways_of_saving
def test_programs_are_told_the_same(way: str, tmp_path: Path) -> None:
    """GitHub's commands and SARIF have the same codes at the same lines as JSON."""
    places = sorted((one["code"], one["line"]) for one in findings(tmp_path, way))
    commands = check(tmp_path, way, "--format", "github").lines
    of_github = [re.search(r"line=(\d+).*title=(\w+)", command) for command in commands]
    assert sorted((found[2], int(found[1])) for found in of_github if found) == places
    (log,) = json.loads(check(tmp_path, way, "--format", "sarif").out)["runs"]
    regions = [
        (result["ruleId"], result["locations"][0]["physicalLocation"].get("region", {}).get("startLine"))
        for result in log["results"]
    ]
    assert sorted((code, line) for code, line in regions if line) == places
