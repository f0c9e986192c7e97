"""Repairs of characters that a Chinese input method, a word processor or a web page leaves behind."""

from __future__ import annotations

import re

from gxgen.source.recovery.edits import Edit, Edits, SourceStatement, in_order
from gxgen.source.recovery.statements import SPELLED

HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) != "："} | dict(
    zip("【】−", "[]-", strict=True)
)
"""Less the colon, which is right in neither width."""
QUOTES = dict(zip("“”„＂‘’＇", '""""\'\'\'', strict=True))
_WIDE = re.compile(f"[{''.join(HALF_WIDTH)}]")
_WIDE_QUOTE = re.compile(f"[{''.join(QUOTES)}]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_ODD_SPACE = re.compile(r"[\xa0\u2000-\u200a\u202f\u205f]")


def invisible(source: SourceStatement) -> Edits:
    """Invisible characters outside strings, and control characters in comments."""
    places = {
        found.start() for found in (*_CONTROL.finditer(_less_strings(source)), *_INVISIBLE.finditer(source.outside))
    }
    return tuple(Edit(at, at + 1, "", about=_code_point(source.text[at])) for at in sorted(places))


def control(source: SourceStatement) -> Edits:
    """Control characters anywhere; within a string they may stand for something that was lost."""
    places = (found.start() for found in _CONTROL.finditer(source.text))
    return tuple(Edit(at, at + 1, "", about=_code_point(source.text[at])) for at in places)


def odd_spaces(source: SourceStatement) -> Edits:
    """No-break spaces and their like."""
    return tuple(
        Edit(at.start(), at.end(), " ", about=_code_point(at[0])) for at in _ODD_SPACE.finditer(source.outside)
    )


def wide_spaces(source: SourceStatement) -> Edits:
    """The space of the Chinese input method."""
    return tuple(Edit(at.start(), at.end(), " ") for at in re.finditer("\u3000", source.outside))


def full_width(source: SourceStatement) -> Edits:
    """Digits, letters and punctuation typed with the Chinese input method on, outside of texts."""
    return tuple(
        Edit(at.start(), at.end(), HALF_WIDTH[at[0]]) for at in _WIDE.finditer(source.outside) if at[0] not in QUOTES
    )


def listing(source: SourceStatement) -> Edits:
    """The comma of Chinese lists, between the values of a row."""
    start = re.search(r"[=＝:：]\s*[\[{［｛【]", source.outside)
    found = re.compile("、").finditer(source.outside, start.end()) if start else ()
    return tuple(Edit(*sign.span(), ",") for sign in found)


def header_stops(source: SourceStatement) -> Edits:
    """The full stop of sentences, between the steps of a header."""
    found = re.finditer("。", source.signs) if re.match(r"\s*[\[［【]", source.signs) else ()
    return tuple(Edit(*sign.span(), ".") for sign in found)


def full_stops(source: SourceStatement) -> Edits:
    """The full stop of sentences between two digits; a comma may have been meant."""
    return tuple(Edit(*sign.span(), ".") for sign in re.finditer(r"(?<=\d)。(?=\d)", source.outside))


def dashes(source: SourceStatement) -> Edits:
    """Dashes before or between digits; before a number a dash need not mean minus."""
    return tuple(Edit(*sign.span(), "-") for sign in re.finditer(r"[—–](?=\d)", source.outside))


def chinese_quotes(source: SourceStatement) -> Edits:
    """Chinese quotation marks around a text, or only at its end."""
    return in_order(
        Edit(at, at + 1, QUOTES[source.text[at]])
        for spelled in SPELLED.finditer(source.text)
        for at in _marks(spelled)
        if source.text[at] in QUOTES
    )


def _marks(spelled: re.Match[str]) -> tuple[int, ...]:
    """Return where the quotation marks of a string stand, if they may be Chinese."""
    start, end = spelled.span()
    inside = spelled[0][1:-1]
    if spelled["wide_long"]:
        return (*range(start, start + 3), *range(end - 3, end))
    if spelled["wide"] and "\\" not in inside:
        return (start, end - 1)
    if spelled["open_long"]:
        return tuple(end - len(spelled[0]) + at for at in _last_marks(spelled[0]))
    if spelled["open"]:
        last = start + len(spelled[0].split(" #")[0].rstrip()) - 1
        rest = spelled[0][1 : last - start]  # a mark that belongs to one before it ends no text
        ends = last > start and '"' not in inside and spelled[0][0] == '"' and rest.count("“") == rest.count("”")
        return (last,) if ends else ()
    return ()


def _less_strings(source: SourceStatement) -> str:
    """Return the text, character for character, with strings blanked out and comments kept."""
    return SPELLED.sub(lambda found: found[0] if found["comment"] else "x" * len(found[0]), source.text)


def _last_marks(opened: str) -> range:
    end = len(opened.rstrip())
    return range(end - 3, end) if _WIDE_QUOTE.sub("", opened[end - 3 : end]) == "" and end > 3 else range(0)


def _code_point(char: str) -> str:
    return f"U+{ord(char):04X}"
