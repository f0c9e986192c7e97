"""Findings as a person reads them: the place, the line, the caret under it, the remedy."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from gxgen.cli.formats import as_text, for_programs
from gxgen.core import codes
from gxgen.core.findings import Finding, Position
from gxgen.engine.results import Result, lines_of

TERMINAL = 90
"""Columns: the excerpt and its line number."""

source_lines = st.text(st.sampled_from('ab1=[]{}" 政府信息公开，“”（）〔〕１Ａ\t'), min_size=1, max_size=300)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Position]:
    """A line of source and a part of it; an error may also stand just behind its end."""
    line = draw(source_lines)
    start = draw(st.integers(0, len(line)))
    length = draw(st.integers(1, max(len(line) - start, 1)))
    return line, Position(1, start + 1, length)


def shown(text: str, position: Position | None) -> list[str]:
    """A finding at a position as lines of text."""
    finding = Finding(codes.SYNTAX, "", "写法不对", "改正", position=position)
    return list(as_text(Result(Path("a.toml"), (finding,), lines_of(text, (finding,)))))


def under(line: str, first: int, width: int) -> str:
    """The characters of a line that stand in *width* columns from column *first*."""
    found, column = "", 0
    for char in line:
        if first <= column < first + width:
            found += char
        column += wcswidth(char)
    return found


@given(places())
def test_the_carets_stand_under_what_is_meant(place: tuple[str, Position]) -> None:
    """In columns, where a Chinese character takes two, the carets cover the part that the finding means."""
    line, position = place
    _, excerpt, carets, _ = shown(line, position)
    meant = line[position.column - 1 :][: position.length].replace("\t", " ")
    covered = under(excerpt, carets.index("^"), carets.count("^"))
    assert "^" * carets.count("^") in carets
    if covered.endswith("…"):
        assert meant.startswith(covered[:-1])
    else:
        assert covered == meant


@given(places())
def test_a_long_line_is_cut_around_the_caret(place: tuple[str, Position]) -> None:
    """However long a line is, what is shown of it fits a terminal, and the caret is within."""
    _, excerpt, carets, _ = shown(*place)
    assert wcswidth(excerpt) <= TERMINAL
    assert wcswidth(carets.rstrip()) <= TERMINAL
    assert excerpt.split(" | ")[0].strip() == "1"


def test_a_finding_is_place_message_excerpt_and_remedy() -> None:
    """The layout that editors and eyes know."""
    assert shown('year = 2023\nagency = "甲局"x\n', Position(2, 14)) == [
        "a.toml:2:14: E104 写法不对",
        '    2 | agency = "甲局"x',
        "      |                ^",
        "  提示：改正",
    ]


def test_a_finding_without_a_place_shows_no_line() -> None:
    """What is true of a whole file has the file as its place."""
    assert shown("year = 2023\n", None) == ["a.toml: E104 写法不对", "  提示：改正"]


def test_a_file_that_could_not_be_decoded_shows_no_line() -> None:
    """Where there is no text, no empty line is shown with a caret under it."""
    assert shown("", Position(1, 1)) == ["a.toml:1:1: E104 写法不对", "  提示：改正"]


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=10))
def test_nothing_in_a_file_steers_the_terminal(message: str, hint: str, text: str, name: str) -> None:
    """No control character of a key, a text or a file name reaches the screen, and a finding keeps to its lines."""
    finding = Finding(codes.UNKNOWN_KEY, "", message, hint, position=Position(1, 1))
    lines = list(as_text(Result(Path(f"./{name}.toml"), (finding,), lines_of(text, (finding,)))))
    categories = {unicodedata.category(char) for line in lines for char in line}
    assert categories.isdisjoint({"Cc", "Zl", "Zp"})


@given(st.text(max_size=50), st.text(max_size=50), st.text(st.characters(codec="utf-8"), max_size=20))
def test_json_gives_any_text_back(message: str, hint: str, name: str) -> None:
    """Quotes, line ends and every other character survive; characters that are no text do not end the run."""
    finding = Finding(codes.QUOTE, "narrative.other", message, hint, position=Position(3, 7))
    answer = json.loads(for_programs("json", [Result(Path(f"./{name}.toml"), (finding,))]))
    assert answer["findings"] == [
        {
            "file": str(Path(f"./{name}.toml")),
            "line": 3,
            "column": 7,
            "severity": "error",
            "code": "E209",
            "where": "narrative.other",
            "message": message,
            "hint": hint,
        }
    ]
