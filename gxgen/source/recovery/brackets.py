"""Repairs of brackets, commas and other signs between values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gxgen.source.recovery.edits import Edit, Edits, SourceStatement, in_order

_CLOSING = {"[": "]", "{": "}"}
_BRACKET = re.compile(r"[\[\]{}]")
_KEY = r"[^\s=＝:：,，{}\[\]｛｝]+"
_COLON = re.compile(rf"(?:^|[{{｛,，])\s*{_KEY}\s*([:：])")
_NO_EQUALS = re.compile(r"^\s*[^\s=＝:：\[\]{},，]+(\s+)(?=[-+\d\"“\[{])(?![^=\n]*[=＝])")
_NO_COMMA = re.compile(rf"(?<=[\d\"\]}}])(\s+)(?=[-+\d\"\[{{]|{_KEY}\s*=)")
_ROW = re.compile(r"=\s*([-+]?\d+(?:(?:\s*[,，、]\s*|[ \t]+)[-+]?\d+)+)\s*$")
_BETWEEN = re.compile(r"\s*[,，、]\s*|[ \t]+")
_ROUND = re.compile(r"=\s*(\()[^()]*(\))\s*$")
_TRAILING = re.compile(r"(?<=[^\s=,;，；、。])([ \t]*)([,;，；、。]+)\s*$")
_SLASHES = re.compile(r"(?<=\s)//.*$")
_SEPARATORS = re.compile(r"(?<=[\w\"“])(\s*[,，、/＞>]\s*|[ \t]+)(?=[\w\"“])")
_DOTS = re.compile(r"\.(?=[.\]］】])|(?<=[\[［【])\.")


def colon(source: SourceStatement) -> Edits:
    """``key: value``."""
    edits = []
    for found in _COLON.finditer(source.signs):
        at = found.start(1)
        left = "" if source.signs[at - 1].isspace() else " "
        right = "" if source.signs[at + 1 : at + 2].isspace() else " "
        edits.append(Edit(at, at + 1, f"{left}={right}"))
    return tuple(edits)


def equals(source: SourceStatement) -> Edits:
    """``key value``."""
    found = _NO_EQUALS.search(source.signs)
    return (Edit(*found.span(1), " = ", at=found.end(1)),) if found else ()


def commas(source: SourceStatement) -> Edits:
    """Items that stand apart, without a comma between them."""
    return _commas(gap for gap in _gaps(source.signs) if not _is_between_numbers(source.signs, gap))


def number_commas(source: SourceStatement) -> Edits:
    """Numbers of one line without a comma between them; a space may as well stand within one number."""
    return _commas(gap for gap in _gaps(source.signs) if _is_between_numbers(source.signs, gap))


def _commas(gaps: Iterable[re.Match[str]]) -> Edits:
    return tuple(Edit(gap.start(), gap.start(), ",", at=gap.end()) for gap in gaps)


def _gaps(signs: str) -> Iterable[re.Match[str]]:
    start = re.search(r"=\s*[\[{]", signs)
    return _NO_COMMA.finditer(signs, start.end()) if start else ()


def _is_between_numbers(signs: str, gap: re.Match[str]) -> bool:
    return "\n" not in gap[0] and signs[gap.start() - 1].isdigit() and signs[gap.end()] in "+-0123456789"


def semicolons(source: SourceStatement) -> Edits:
    """Semicolons between the values of a row."""
    start = re.search(r"=\s*[\[{［｛【]", source.signs)
    found = re.compile("[;；]").finditer(source.signs, start.end()) if start else ()
    return tuple(Edit(*sign.span(), ",") for sign in found)


def row(source: SourceStatement) -> Edits:
    """Several numbers for a key that is not that of a row: it may be misspelt, or they may be one number."""
    found = _ROW.search(source.signs)
    if not found:
        return ()
    commas = (Edit(*gap.span(), ", ") for gap in _BETWEEN.finditer(source.signs, *found.span(1)))
    return (Edit(found.start(1), found.start(1), "["), *commas, Edit(found.end(1), found.end(1), "]"))


def round_brackets(source: SourceStatement) -> Edits:
    """A row in the brackets of a sentence."""
    found = _ROUND.search(source.signs)
    return (Edit(*found.span(1), "["), Edit(*found.span(2), "]")) if found else ()


def trailing(source: SourceStatement) -> Edits:
    """A comma or a full stop after the last value."""
    found = _TRAILING.search(source.signs)
    return (Edit(found.start(1), found.end(2), "", at=found.start(2), about=found[2]),) if found else ()


def surplus(source: SourceStatement) -> Edits:
    """Closing brackets to which nothing belongs."""
    depth, edits = 0, []
    for found in _BRACKET.finditer(source.signs):
        depth += 1 if found[0] in "[{" else -1
        if depth < 0:
            depth = 0
            edits.append(Edit(*found.span(), ""))
    return tuple(edits)


def unclosed(source: SourceStatement) -> Edits:
    """A bracket without its counterpart, or with that of the other kind."""
    opened: list[re.Match[str]] = []
    edits = []
    for found in _BRACKET.finditer(source.signs):
        if found[0] in "[{":
            opened.append(found)
        elif opened:
            wanted = _CLOSING[opened[-1][0]]
            bracket = opened.pop()
            if wanted != found[0]:
                edits.append(Edit(*found.span(), wanted, at=bracket.start(), about=bracket[0]))
    end = len(source.signs.rstrip())
    if opened:
        missing = "".join(_CLOSING[bracket[0]] for bracket in reversed(opened))
        missing = " " + missing if source.signs[opened[-1].end() : opened[-1].end() + 1] == " " else missing
        edits.append(Edit(end, end, missing, at=opened[-1].start(), about=opened[-1][0]))
    return tuple(edits)


def slashes(source: SourceStatement) -> Edits:
    """A comment as other languages write it."""
    found = _SLASHES.search(source.signs)
    return (Edit(found.start(), found.start() + 2, "#"),) if found else ()


def header_steps(source: SourceStatement) -> Edits:
    """Anything but one full stop between the steps of a header."""
    if not re.match(r"\s*[\[［【]", source.signs):
        return ()
    steps = (Edit(*found.span(1), ".") for found in _SEPARATORS.finditer(source.signs))
    dots = (Edit(*found.span(), "") for found in _DOTS.finditer(source.signs))
    return in_order((*steps, *dots))
