"""Where each character of a TOML string is spelled."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.core.toml.positions import spelled_at

SHORT_ESCAPES = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
    "\x1b": "\\e",
}
CHARACTERS = st.characters(codec="utf-8") | st.sampled_from("\"'\\ \t\n公开。𠮷nu") | st.characters(max_codepoint=0x9F)


@dataclass(frozen=True)
class Spelling:
    """A string as a file spells it, its value, and where each character of the value stands in the spelling."""

    raw: str
    value: str
    places: tuple[int, ...]


def escapes(char: str) -> list[str]:
    """Every escape that spells *char*."""
    code = ord(char)
    short = [SHORT_ESCAPES[char]] if char in SHORT_ESCAPES else []
    by_code = [f"\\x{code:02x}"] * (code < 0x100) + [f"\\u{code:04X}"] * (code < 0x10000) + [f"\\U{code:08x}"]
    return short + by_code


def may_stand_bare(char: str, written: str, quotes: str) -> bool:
    """Whether *char* may follow *written* in a string between *quotes* without an escape."""
    if char == quotes[0]:
        return len(quotes) == 3 and not written.endswith(char * 2)
    if char == "\\":
        return quotes[0] == "'"
    if char == "\n":
        return len(quotes) == 3
    return char == "\t" or not (char < " " or char == "\x7f")


@st.composite
def spellings(draw: st.DrawFn) -> Spelling:
    """A random string in one of the four ways in which TOML spells one."""
    quotes = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    written, value, places = quotes, "", []
    if len(quotes) == 3 and draw(st.booleans()):
        written += "\n"
    for char in draw(st.text(CHARACTERS, max_size=30)):
        if quotes == '"""' and draw(st.integers(0, 5)) == 0:
            written += draw(st.sampled_from(["\\\n", "\\  \t\n", "\\\n\n  ", "\\ \n\t"]))
        is_dropped = (char in " \t\n" and _after_continuation(written)) or (char == "\n" and written == quotes)
        stands_bare = not is_dropped and may_stand_bare(char, written.removeprefix(quotes), quotes)
        ways = [char] * 3 * stands_bare + (escapes(char) if quotes[0] == '"' else [])
        if ways:
            places.append(len(written))
            written, value = written + draw(st.sampled_from(ways)), value + char
    return Spelling(written + quotes, value, (*places, len(written)))


def _after_continuation(written: str) -> bool:
    """Whether TOML drops a space or line end that follows."""
    stripped = written.rstrip(" \t\n")
    backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return backslashes % 2 == 1 and "\n" in written[len(stripped) :]


@settings(max_examples=500)
@given(spellings())
def test_every_character_is_found_where_it_is_spelled(spelling: Spelling) -> None:
    """Each character of the value that TOML gives, and the end, has the offset of the spelling that it came from."""
    assert tomli.loads(f"x = {spelling.raw}")["x"] == spelling.value
    assert tuple(spelled_at(spelling.raw, at) for at in range(len(spelling.value) + 1)) == spelling.places


@pytest.mark.parametrize(
    ("raw", "places"),
    [
        pytest.param('""', [1], id="empty"),
        pytest.param('"""\n"""', [4], id="only the first line end"),
        pytest.param("'''\n\n'''", [4, 5], id="second line end"),
        pytest.param(r'"\u516C开"', [1, 7, 8], id="escape"),
        pytest.param(r'"""a\\"""', [3, 4, 6], id="escaped backslash"),
        pytest.param('"""a\\\n   b"""', [3, 9, 10], id="line continuation"),
        pytest.param('"""\\\n　a"""', [5, 6, 7], id="Chinese indent after a line continuation"),
        pytest.param('"""""a"""""', [3, 4, 5, 6, 7, 8], id="quotes next to the quotes"),
        pytest.param(r"'a\u516C'", [1, 2, 3, 4, 5, 6, 7, 8], id="backslash in a literal"),
    ],
)
def test_strings_spelled_out(raw: str, places: list[int]) -> None:
    """The offsets of strings small enough to count by hand."""
    assert [spelled_at(raw, at) for at in range(len(places))] == places
    assert spelled_at(raw, len(places)) == places[-1], "beyond the end there is nothing else"
