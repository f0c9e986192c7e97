"""Repairs of strings, keys and pasted rows: missing or extra quotation marks, backslashes, Chinese keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gxgen.source.keys import address_called, keys_called
from gxgen.source.recovery.edits import Edit, Edits, SourceStatement
from gxgen.source.recovery.statements import SPELLED
from gxgen.spec import LEAD, PREAMBLE, address_book, layouts

_VALUE = re.compile(r"(?P<key>[^=＝\[#\"'\n]++)=[ \t]*+(?P<value>[^\s#][^\n]*)")
_PLAIN = re.compile(r"(?!.*//)[^=＝\"'＂＇#＃{}\[\]｛｝［］【】\\\x00-\x1f\x7f]+(?<![,，;；、\s])")
"""Words among which nothing looks like the beginning of something else."""
_COMMENT = re.compile(r"(?<!\s)\s+[#＃]|(?<!\s)\s*$")
_QUOTED = re.compile(r"[^=\n]*=\s*\"(?!\"\")(?P<inside>[^\n]*)\"\s*(?:#[^\"\n]*)?$")
_NONE = re.compile(r"(?P<key>[^=＝\[#\"'\n]++)=[ \t]*(?P<value>无|没有)[ \t]*(?:#[^\n]*)?")
_BACKSLASH = re.compile(r'\\\\|\\"|\\(?=\n|[ \t]+\n)|(?P<alone>\\)')
_WELL_FORMED = re.compile(r'(?:[^\\]++|\\[btnfre"\\\s]|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+')
_MARKS = '"“”'


def nothing(source: SourceStatement) -> Edits:
    """无 where a number belongs."""
    found = _NONE.fullmatch(source.text)
    is_text = found and found["key"].strip().rpartition(".")[2] in text_keys()
    return (Edit(*found.span("value"), "0"),) if found and not is_text else ()


def texts(source: SourceStatement) -> Edits:
    """A text without quotation marks, for a key that takes nothing but a text."""
    found = _without_marks(source)
    return _in_quotes(found) if found and _is_plain(found) else ()


def doubtful_texts(source: SourceStatement) -> Edits:
    """The same, where a part of it may not belong to the text, or is not spelled as it will be printed."""
    found = _without_marks(source)
    return _in_quotes(found) if found and not _is_plain(found) else ()


def _without_marks(source: SourceStatement) -> re.Match[str] | None:
    found = _VALUE.fullmatch(source.text)
    is_text = found and found["key"].strip() in text_keys() - figure_keys() and found["value"][0] not in "\"'“”‘’[{"
    return found if is_text else None


def _is_plain(found: re.Match[str]) -> bool:
    """Whether the words are all of the text and nothing else."""
    words = _words(found)
    is_word = not words.isascii() or found["key"].strip() == "pack"  # None, null
    return is_word and bool(_PLAIN.fullmatch(words)) and words.count("“") == words.count("”")


def _words(found: re.Match[str]) -> str:
    return _COMMENT.split(found["value"], maxsplit=1)[0]


def unquoted(source: SourceStatement) -> Edits:
    """Words without quotation marks."""
    found = _VALUE.fullmatch(source.text)
    return _in_quotes(found) if found and re.match(r"[^\W\d]", found["value"]) else ()


def _in_quotes(found: re.Match[str]) -> Edits:
    value = _words(found)
    words = value.strip('"')
    words = words if words.count("“") == words.count("”") else words.strip("“”")
    if not words or "\\" in words:
        return ()
    return (Edit(found.start("value"), found.start("value") + len(value), f'"{_with_chinese_marks(words)}"'),)


def unclosed_text(source: SourceStatement) -> Edits:
    """A text without the quotation mark at its end; the mark may as well be missing earlier."""
    found = _left_open(source.text)
    if not found or not re.search(r"[=\[{,]\s*$", source.signs[: found.start()]):
        return ()
    words = re.split(r"\s+#", found[0])[0].rstrip() if source.text.count("\n", found.start()) == 0 else ""
    end = found.start() + len(words)
    return (Edit(end, end, found[0][0], at=found.start()),) if words and found[0][0] in "\"'" else ()


def stray_mark(source: SourceStatement) -> Edits:
    """A single quotation mark before a key or after everything."""
    found = _left_open(source.text)
    if found and (not source.text[: found.start()].strip() or len(found[0].rstrip()) == 1):
        return (Edit(found.start(), found.start() + 1, ""),)
    return ()


def paragraph(source: SourceStatement) -> Edits:
    """A text broken over lines between single quotation marks."""
    found = _left_open(source.text)
    end = len(source.text.rstrip())
    if not found or "\n" not in source.text or found[0][0] not in _MARKS or source.text[end - 1] not in _MARKS:
        return ()
    return (Edit(found.start(), found.start() + 1, '"""'), Edit(end - 1, end, '"""', at=found.start()))


def inner_marks(source: SourceStatement) -> Edits:
    """English quotation marks in a text between English quotation marks."""
    found = _QUOTED.fullmatch(source.text)
    if not found or "\\" in found["inside"]:
        return ()
    places = [found.start("inside") + at for at, char in enumerate(found["inside"]) if char == '"']
    return tuple(Edit(at, at + 1, "“”"[index % 2]) for index, at in enumerate(places)) if len(places) % 2 == 0 else ()


def backslashes(source: SourceStatement) -> Edits:
    """The backslashes of a path between double quotation marks."""
    return tuple(
        Edit(spelled.start() + found.start(), spelled.start() + found.end(), r"\\")
        for spelled in SPELLED.finditer(source.text)
        if spelled[0][0] == '"' and not _WELL_FORMED.fullmatch(spelled[0])
        for found in _BACKSLASH.finditer(spelled[0])
        if found["alone"]
    )


def _left_open(text: str) -> re.Match[str] | None:
    return next((spelled for spelled in SPELLED.finditer(text) if spelled["open"]), None)


def _with_chinese_marks(words: str) -> str:
    pieces = words.split('"')
    return "".join(piece + ("“”"[index % 2] if index < len(pieces) - 1 else "") for index, piece in enumerate(pieces))


def value_below(source: SourceStatement) -> Edits:
    """Three quotation marks on the line after the equals sign."""
    found = re.match(r"[^=\n]*=([ \t]*\n[ \t]*)(\"\"\"|\'\'\')", source.text)
    return (Edit(found.start(1), found.end(2), f" {found[2]}\n"),) if found else ()


@cache
def text_keys() -> frozenset[str]:
    """Return the keys that take a string below some header."""
    sections = [section for layout in layouts() for section in layout.sections]
    topics = {topic.key for section in sections for topic in section.topics}
    return frozenset({"agency", "pack", "title", PREAMBLE, LEAD, *topics, *(section.key for section in sections)})


@cache
def figure_keys() -> frozenset[str]:
    """Return the keys of the tables."""
    return frozenset(node.key for layout in layouts() for node in address_book(layout).outline.walk())


_HEADER = re.compile(r"\s*[\[［【]{1,2}(?P<steps>[^\[\]［］【】\n]*)")
_KEY = re.compile(r"(?P<steps>[^=＝:：\[\]{},，#\n]++)[=＝:：]|\s*(?P<alone>[^\s=＝:：\[\]{},，#]++)\s+[-+\d\[{\"]")
_INLINE = re.compile(r"[{｛,，]\s*(?P<steps>[^\s=＝:：,，{}｛｝\[\]]+)\s*(?=[=＝:：])")
_STEP = re.compile(r"(?:\d+[.．、])?[^.．。\s]+")
_WRAPPED = "“”‘’＂＇\"'"


def chinese_keys(source: SourceStatement) -> Edits:
    """Keys called what the form calls them."""
    return tuple(
        edit
        for start, end, is_header in _keys(source.text, source.signs)
        for edit in _steps(source.text, start, end, is_header)
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


def spaced_keys(source: SourceStatement) -> Edits:
    """``carried forward = …``."""
    found = re.match(r"\s*[A-Za-z_]+((?:[ \t]+[A-Za-z_]+)+)\s*=", source.signs)
    if not found:
        return ()
    gaps = re.compile(r"[ \t]+").finditer(source.signs, *found.span(1))
    return tuple(Edit(*gap.span(), "_") for gap in gaps)


_PASTED = re.compile(
    r"""[^\S\n]*(?:[\w.]+\.)?(?P<key>\w+)[^\S\n]*=[ ]*
    (?P<open>[\[(［【（][ ]*)?
    (?P<cells>[^\[\](){}［］【】（）｛｝"'“”‘’＂＇=＝\n]*[^\[\](){}［］【】（）｛｝"'“”‘’＂＇=＝\s])
    (?(open)(?P<close>[ ]*[\])］】）]))[^\S\n]*$""",
    re.VERBOSE,
)
_NUMBERS = re.compile(r"\d+")


def pasted(source: SourceStatement) -> Edits:
    """Several numbers on one line after the key of a row, whatever stands between them."""
    found = _PASTED.match(source.signs)
    if not found or found["key"] not in row_keys() or len(_NUMBERS.findall(found["cells"])) < 2:
        return ()
    start, end = found.span("cells")
    first = found.start("open") if found["open"] else start
    last = found.end("close") if found["open"] else end
    if "\\" in source.signs[start:end]:
        return ()
    return (Edit(first, start, '"'), Edit(end, last, '"'))


@cache
def row_keys() -> frozenset[str]:
    """Return the keys of rows with several figures."""
    nodes = (node for layout in layouts() for node in address_book(layout).outline.walk())
    return frozenset(node.key for node in nodes if len(node.columns) > 1)
