"""No rule is done without reports that trip it and reports that come near it, as documents that people can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

from gxgen.core.codes import CODES
from tests.cases import CODES as CODES_LINE

TESTS = Path(__file__).parent.parent
FOLDERS = (TESTS / "checks" / "cases", TESTS / "checks" / "forms")
"""Pages that name the codes they are about, and answer each case with findings of these codes or with nothing."""

SENTENCES = "checks/sentences"
READING = "source/cases"
KEPT_ELSEWHERE = {
    **dict.fromkeys(("W502", "W503", "W504", "W505", "W506", "W507", "W510", "W511"), SENTENCES),
    **dict.fromkeys(
        (
            "E104",
            "E105",
            "I106",
            "W107",
            "W108",
            "E201",
            "E202",
            "E203",
            "E204",
            "E205",
            "E206",
            "E207",
            "E208",
            "E209",
        ),
        READING,
    ),
    **dict.fromkeys(("E701", "E702"), READING),
    # Of files, commands, packs and outputs, not of what a report says.
    **dict.fromkeys(("E101", "W406"), "cli/test_against.py"),
    **dict.fromkeys(("E102", "W103"), "core/toml/test_encoding.py"),
    **dict.fromkeys(("E401", "E402"), "engine/test_build.py"),
    "E407": "packs",
    **dict.fromkeys(("E408", "E409", "E410"), "cli"),
    **dict.fromkeys(("E601", "E602", "E603", "E604", "E605"), "engine"),
    **dict.fromkeys(("E610", "E611", "E612"), "published/test_unreadable.py"),
    **dict.fromkeys(("W613", "W614", "W615", "W616", "W617", "W618"), "published/test_told.py"),
    **dict.fromkeys(("I619",), "published/test_web_pages.py"),
    "W621": "published/test_titles.py",
    "W622": "published/test_told.py",
    "W623": "published/test_recognised.py",
    "W624": "published/test_web_pages.py",
    **dict.fromkeys(("E620",), "services/importing/test_importing.py"),
    **dict.fromkeys(("E640", "E641", "W642", "E644", "W645"), "services/importing/test_tables.py"),
    "I643": "sheets/test_cells.py",
    **dict.fromkeys(
        ("E630", "E631", "E632", "E633", "E634", "E635", "E636", "W637", "I638", "W639"),
        "services/rollup/test_rollup.py",
    ),
    **dict.fromkeys(("W512", "W513"), "services/test_diff.py"),
    **dict.fromkeys(("E650", "W651", "I652", "I653"), "services/test_new_year.py"),
}
"""Where in tests/ the codes are tried that no page is about."""

BLOCK = re.compile(r"```text\n((?:.*\n)*?)```$", re.MULTILINE)
TOLD = re.compile(r"^(?:report\.toml[\d:]*: )?([EWI]\d{3}) ", re.MULTILINE)


class Answer(NamedTuple):
    """What a case of a page is answered with."""

    title: str
    told: frozenset[str]


def pages() -> list[Path]:
    """Every page of the folders."""
    return sorted(page for folder in FOLDERS for page in folder.glob("*.md"))


def about(page: Path) -> frozenset[str]:
    """The codes that a page is about."""
    line = CODES_LINE.search(page.read_text("utf-8"))
    assert line, f"{page.name} does not say which codes it is about"
    return frozenset(re.findall(r"`(\w+)`", line[1]))


def answers(page: Path) -> Iterator[Answer]:
    """The cases of a page from the top; the last block of a case is its answer."""
    for case in page.read_text("utf-8").split("\n## ")[1:]:
        yield Answer(case.partition("\n")[0], frozenset(TOLD.findall(BLOCK.findall(case)[-1])))


def near_misses(page: Path, code: str) -> list[str]:
    """The cases without a finding that follow one with this code, up to the next case with a finding."""
    listed = list(answers(page))
    trips = [at for at, answer in enumerate(listed) if code in answer.told]
    return [answer.title for at in trips for answer in takewhile(lambda answer: not answer.told, listed[at + 1 :])]


@pytest.mark.parametrize("code", [code.name for code in CODES])
def test_a_code_is_on_one_page_or_kept_elsewhere(code: str) -> None:
    """A new code has a page about it, or somebody says where else it is tried; none has both."""
    on_pages = [page.name for page in pages() if code in about(page)]
    assert len(on_pages) + (code in KEPT_ELSEWHERE) == 1, on_pages


@pytest.mark.parametrize(("page", "code"), [(page, code) for page in pages() for code in sorted(about(page))])
def test_a_rule_has_cases_that_trip_it_and_near_misses(page: Path, code: str) -> None:
    """A rule without both is not done: some case is answered with its code, and one just after with nothing."""
    assert any(code in answer.told for answer in answers(page)), "no case trips it"
    assert near_misses(page, code), "no near-miss follows a case that trips it"


@pytest.mark.parametrize(("code", "place"), KEPT_ELSEWHERE.items())
def test_what_is_kept_elsewhere_is_there(code: str, place: str) -> None:
    """The code, or its name in gxgen.core.codes, occurs in the place that is given for it."""
    from gxgen.core import codes

    name = next(name for name, value in vars(codes).items() if value is codes.named(code))
    where = TESTS / place
    files = [where] if where.is_file() else [*where.rglob("*.md"), *where.rglob("*.py")]
    assert any(re.search(rf"\b(?:{code}|codes\.{name})\b", file.read_text("utf-8")) for file in files)
