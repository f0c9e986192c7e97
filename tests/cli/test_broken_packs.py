"""Every fault of a pack is named at its place, through the command itself."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.cli.running import gxgen
from tests.cli.word_maker import word_template
from tests.docs.markdown import ROOT

PAGE = Path(__file__).with_name("broken_packs.md")
NATIONAL = (ROOT / "templates" / "national" / "report.docx").read_bytes()
FILE = re.compile(r"`(?P<path>\S+)`\n\n```(?P<language>\w+)\n(?P<text>(?:.*\n)*?)```\n")
CASE = re.compile(
    r"^## (?P<title>.+)\n(?P<files>(?:(?!```text|## ).*\n)*)```text\n(?P<told>(?:.*\n)*?)```$", re.MULTILINE
)
CASES = {found["title"]: found for found in CASE.finditer(PAGE.read_text("utf-8"))}
SOUND = ("A sound template drawn in Word", "A tag that Word has split over runs")


def saved(language: str, text: str) -> bytes:
    """What a block of the page stands for."""
    match language:
        case "word":
            return word_template(NATIONAL, text)
        case "bytes":
            return bytes.fromhex(text)
        case _:
            return text.encode()


def answer(case: re.Match[str], desk: Path) -> str:
    """What the command says of the packs of a case."""
    for file in FILE.finditer(case["files"]):
        path = desk / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(saved(file["language"], file["text"]))
    run = gxgen("pack", "check", "hubei")
    lines = [*run.lines, *run.err.splitlines(), str(run.code)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("title", CASES)
def test_a_broken_pack_is_told_of_as_the_page_says(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to each case is that on the page.  GXGEN_REWRITE=1 writes it anew."""
    monkeypatch.chdir(tmp_path)
    told = answer(CASES[title], tmp_path)
    if os.environ.get("GXGEN_REWRITE"):
        page = PAGE.read_text("utf-8")
        found = next(case for case in CASE.finditer(page) if case["title"] == title)
        PAGE.write_text(page[: found.start("told")] + told + page[found.end("told") :], "utf-8", newline="\n")
    else:
        assert told == CASES[title]["told"]


@pytest.mark.parametrize("title", CASES)
def test_only_what_is_broken_fails(title: str) -> None:
    """The sound packs of the page end with 0, all others with 1."""
    assert CASES[title]["told"].splitlines()[-1] == ("0" if title in SOUND else "1")


def test_every_heading_of_the_page_is_a_case() -> None:
    """No case is passed over because it is not written as one."""
    assert re.findall(r"^## (.+)$", PAGE.read_text("utf-8"), re.MULTILINE) == list(CASES)
