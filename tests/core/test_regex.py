"""Patterns that are compiled late."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.core.regex import regex
from gxgen.core.text import UNPRINTABLE, is_printable


@given(st.from_regex(r"[ab]{0,9}", fullmatch=True))
def test_it_finds_what_a_compiled_pattern_finds(text: str) -> None:
    """Every method gives what that of a compiled pattern gives, on its first call and on later ones."""
    late, compiled = regex("(?P<name>a+)B?", re.IGNORECASE), re.compile("(?P<name>a+)B?", re.IGNORECASE)
    for _ in range(2):
        assert [found.groupdict() for found in late.finditer(text)] == [m.groupdict() for m in compiled.finditer(text)]
        assert late.sub("-", text) == compiled.sub("-", text)
        assert bool(late.fullmatch(text)) == bool(compiled.fullmatch(text))
        assert (late.split(text), late.findall(text)) == (compiled.split(text), compiled.findall(text))
    assert late.pattern == compiled.pattern
    assert late.compiled.flags == compiled.flags


def test_it_is_not_compiled_before_it_is_used() -> None:
    """What is no pattern is told when it is used, and so was not looked at before."""
    late = regex("(")
    assert late.pattern == "("
    with pytest.raises(re.error):
        late.search("")


def test_bytes_are_searched_for_bytes() -> None:
    """A pattern of bytes finds bytes."""
    found = regex(rb"\d+").search(b"a12")
    assert found
    assert found[0] == b"12"


@given(st.text(st.one_of(st.characters(), st.sampled_from("\n\t\r\u3000\x00\x0b\x7f\ufffe"))))
def test_what_python_takes_for_printable_can_be_printed(text: str) -> None:
    """Whether a text can be printed is what the pattern of what cannot says."""
    assert is_printable(text) == (not UNPRINTABLE.search(text))
