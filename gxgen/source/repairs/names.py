"""Keys in Chinese or with spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.source.keys import address_called, keys_called
from gxgen.source.repairs.edits import Edit, Edits, Typed

_HEADER = re.compile(r"\s*[\[［【]{1,2}(?P<steps>[^\[\]［］【】\n]*)")
_KEY = re.compile(r"(?P<steps>[^=＝:：\[\]{},，#\n]++)[=＝:：]|\s*(?P<alone>[^\s=＝:：\[\]{},，#]++)\s+[-+\d\[{\"]")
_INLINE = re.compile(r"[{｛,，]\s*(?P<steps>[^\s=＝:：,，{}｛｝\[\]]+)\s*(?=[=＝:：])")
_STEP = re.compile(r"(?:\d+[.．、])?[^.．。\s]+")
_WRAPPED = "“”‘’＂＇\"'"


def chinese_keys(typed: Typed) -> Edits:
    """Keys called what the form calls them."""
    return tuple(
        edit
        for start, end, is_header in _keys(typed.text, typed.signs)
        for edit in _steps(typed.text, start, end, is_header)
    )


def _keys(text: str, signs: str) -> Iterator[tuple[int, int, bool]]:
    header = _HEADER.match(text)
    if header:
        yield *header.span("steps"), True
        return
    key = _KEY.match(signs)
    if key:
        yield *key.span("steps" if key["steps"] else "alone"), False
        for inline in _INLINE.finditer(signs, key.end()):
            yield *inline.span("steps"), False


def _steps(text: str, start: int, end: int, is_header: bool) -> Iterator[Edit]:
    for step in _STEP.finditer(text, start, end):
        name = step[0].strip(_WRAPPED)
        if name.isascii() or (step[0][0] in "\"'" and step[0][0] == step[0][-1]):
            continue
        first = is_header and not text[start : step.start()].strip()
        called = (first and address_called(name)) or next(iter(keys_called(name)), "")
        if called:
            yield Edit(*step.span(), called)


def spaced_keys(typed: Typed) -> Edits:
    """``carried forward = …``."""
    found = re.match(r"\s*[A-Za-z_]+((?:[ \t]+[A-Za-z_]+)+)\s*=", typed.signs)
    if not found:
        return ()
    gaps = re.compile(r"[ \t]+").finditer(typed.signs, *found.span(1))
    return tuple(Edit(*gap.span(), "_") for gap in gaps)
