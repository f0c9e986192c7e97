"""How wide text is where a Chinese character takes two columns, and where its lines break."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from gxgen.core.text import display_width, wrap

EVERYDAY = (
    (0x20, 0x7E),  # what a keyboard has
    (0xA1, 0xAC),  # Latin signs and letters
    (0xAE, 0x17F),
    (0x391, 0x3A1),  # Greek
    (0x410, 0x44F),  # Russian
    (0x2010, 0x2027),  # dashes, quotation marks, …
    (0x2100, 0x22FF),  # ℃, Ⅰ, →, ∑
    (0x2460, 0x249B),  # ①, ⑴, ⒈
    (0x3001, 0x3029),  # 、。〈〉《》「」〔〕
    (0x3041, 0x3096),  # kana
    (0x4E00, 0x9FA5),  # Chinese
    (0xFF01, 0xFF60),  # full-width forms
    (0x20000, 0x2A6D6),  # rare Chinese
)
everyday_text = st.text(st.one_of([st.characters(min_codepoint=a, max_codepoint=b) for a, b in EVERYDAY]), max_size=60)
chinese_text = st.text(st.sampled_from("政府信息公开abc19（）《》“”，。、；：—…%"), max_size=80)


@given(text=everyday_text)
def test_text_is_as_wide_as_a_terminal_shows_it(text: str) -> None:
    """display_width agrees with wcwidth on any everyday text."""
    assert display_width(text) == wcswidth(text)


def test_each_character_of_chinese_writing_is_as_wide_as_wcwidth_says() -> None:
    """The ranges that are known without wcwidth agree with it, for every letter and mark in them."""
    differing = [
        chr(code)
        for first, last in EVERYDAY
        for code in range(first, last + 1)
        if unicodedata.category(chr(code)) not in ("Cn", "Mn") and display_width(chr(code)) != wcwidth(chr(code))
    ]
    assert differing == []


@given(text=st.text(), width=st.integers(4, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """The lines put together are the text, whatever characters it holds."""
    assert "".join(wrap(text, width)) == text


@given(text=everyday_text | chinese_text, width=st.integers(4, 40))
def test_no_line_is_wider_than_it_may_be(text: str, width: int) -> None:
    """Every line fits, and none is left empty unless the text is."""
    lines = wrap(text, width)
    assert all(wcswidth(line) <= width for line in lines)
    assert all(lines) or not text


@given(text=st.text(st.sampled_from("政府信息公开"), max_size=80), width=st.integers(4, 40))
def test_lines_of_chinese_are_full(text: str, width: int) -> None:
    """Chinese breaks anywhere: every line but the last has no room for one more character."""
    assert all(width - display_width(line) < 2 for line in wrap(text, width)[:-1])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("政府信息", 4, ["政府", "信息"]),
        ("政府，信息", 4, ["政", "府，", "信息"]),
        ("政（府）信", 4, ["政", "（府", "）信"]),
        ("政府（信息）", 6, ["政府", "（信", "息）"]),
        ("危及“三安全”", 6, ["危及", "“三安", "全”"]),
        ("", 4, [""]),
        ("abcdefgh", 4, ["abcd", "efgh"]),
    ],
)
def test_marks_stay_with_their_words(text: str, width: int, lines: list[str]) -> None:
    """A closing mark does not begin a line nor an opening one end it, as long as there is room to avoid it."""
    assert wrap(text, width) == lines


def test_a_control_character_counts_as_something() -> None:
    """A tab in a text does not make its width negative."""
    assert display_width("a\tb") == 3
    assert display_width("甲\x00乙") >= 4
