"""Patterns that are compiled late."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.checks.prose import applications, grammar, negations, sentences, sums, text_lint
from gxgen.checks.prose.terms import Terms
from gxgen.checks.prose.universal_claims import AllOfThem
from gxgen.core.regex import regex
from gxgen.core.text import UNPRINTABLE, is_printable
from gxgen.spec import layouts

OF_MODULES = [
    each
    for module in (applications, sentences, grammar, negations, sums, text_lint)
    for each in vars(module).values()
    if getattr(each, "holds", ())
]
OF_FORMS = [
    pattern
    for layout in layouts()
    for pattern in (
        *(pattern for _, pattern in negations._statements(layout)),
        AllOfThem(Terms(layout), layout.first_year, "")._statement,
    )
]


@given(st.from_regex(r"[ab]{0,9}", fullmatch=True))
def test_it_finds_what_a_compiled_pattern_finds(text: str) -> None:
    """Every method gives what that of a compiled pattern gives, on its first call and on later ones."""
    late, compiled = regex("(?P<name>a+)B?", re.IGNORECASE), re.compile("(?P<name>a+)B?", re.IGNORECASE)
    for _ in range(2):
        assert [found.groupdict() for found in late.finditer(text)] == [m.groupdict() for m in compiled.finditer(text)]
        assert late.sub("-", text) == compiled.sub("-", text)
        assert bool(late.fullmatch(text)) == bool(compiled.fullmatch(text))
        assert (late.split(text), late.findall(text)) == (compiled.split(text), compiled.findall(text))
    assert (late.pattern, late.flags, late.groups) == (compiled.pattern, compiled.flags, compiled.groups)


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


@pytest.mark.parametrize("late", [*OF_MODULES, *OF_FORMS], ids=lambda late: late.pattern[:20])
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_match_holds_one_of_the_words(late: Any, data: st.DataObject) -> None:
    """Where a pattern names words to look for first, nothing that it would find is passed over."""
    compiled = re.compile(late.pattern)
    text = data.draw(st.from_regex(compiled))
    found = compiled.search(text)
    assert found
    assert any(word in found[0] for word in late.holds)


def test_a_pattern_is_not_compiled_for_texts_without_its_words() -> None:
    """Every way of looking finds nothing in them, and the pattern serves as usual afterwards."""
    late = regex("(b+)", holds=("b",))
    assert late.search("a") is late.match("a") is late.fullmatch("a") is None
    assert list(late.finditer("a")) == late.findall("a") == []
    assert "_compiled" not in vars(late)
    assert late.findall("abba") == ["bb"]
    assert late.search("abba", 2)[0] == "b"  # type: ignore[index]
    assert late.search("a") is None


@given(st.text(st.one_of(st.characters(), st.sampled_from("\n\t\r\u3000\x00\x0b\x7f\ufffe"))))
def test_what_python_takes_for_printable_can_be_printed(text: str) -> None:
    """Whether a text can be printed is what the pattern of what cannot says."""
    assert is_printable(text) == (not UNPRINTABLE.search(text))
