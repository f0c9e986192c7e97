"""The text of a Word document's runs as a person sees it (ISO/IEC 29500-1, 17.3.2, 17.3.3 and 17.16).

Hidden text, tracked deletions, the codes of fields, comments and phonetic guides are not text.  Runs are walked in the
order of the document: a field may begin in one paragraph and end in another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gxgen.published.readers.docx_styles import NO_TABLE, PLAIN, Look, Styles, properties_of
from gxgen.published.readers.unclear import FAINT, SHIFTED, STRUCK

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
ALTERNATE = f"{MC}AlternateContent"
TRANSPARENT = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")
)
"""What stands around paragraphs, rows, cells or runs without being part of the structure."""
DELETED = (f"{W}del", f"{W}moveFrom")
RUN, TEXT, FIELD, CODE, RUBY, BASE, SYMBOL, BREAK = (
    f"{W}{name}" for name in ("r", "t", "fldChar", "instrText", "ruby", "rubyBase", "sym", "br")
)
BOX = f"{W}txbxContent"
BREAKS_LINE = (None, "textWrapping")
FIXED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
NOT_SHOWN = str.maketrans("", "", "\xad\u200b\ufeff")
"""Characters of no width that only say where a line may break."""
UNKNOWN = "\ufffd"
WINGDINGS = dict(
    zip(
        (0x6C, 0x6E, 0x71, 0x75, 0x76, 0x77, 0xA7, 0xA8, 0xD8, 0xE0, 0xFC, 0xFE, 0x52, 0xFB, 0xFD, 0x9F),
        "●■□◆❖◆▪◻➢→✔☑☑✘☒•",
        strict=True,
    )
)
"""What stands at some places of the font Wingdings."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
PHONETIC_GUIDE = re.compile(r"\\o\\a[dcl]\(\\s\\up\s*\d*\([^()]*\)\s*[,;，]\s*([^()]*)\)")
ENCLOSED = re.compile(r"\\o\\ac\(\s*[○〇◯]\s*[,;，]\s*(?:\\s\\\w+\s*-?\d*\()?\s*(\d{1,2})\s*\)")


class Run(NamedTuple):
    """Characters that look alike."""

    text: str
    look: Look


class Context(NamedTuple):
    """The styles that a run's paragraph and table name."""

    paragraph: str = ""
    table: str = NO_TABLE
    conditions: tuple[str, ...] = ()


class _Field:
    """A field that is open: its code so far, and whether its result has begun."""

    __slots__ = ("code", "in_result")

    def __init__(self) -> None:
        self.code: list[str] = []
        self.in_result = False


def children(parent: etree._Element) -> Iterator[etree._Element]:
    """The elements below *parent* that count, whatever stands around them."""
    for child in parent:
        tag = child.tag
        if tag in TRANSPARENT:
            yield from children(child)
        elif tag == ALTERNATE:
            chosen = shown_branch(child)
            yield from children(chosen) if chosen is not None else ()
        else:
            yield child


def shown_branch(alternatives: etree._Element) -> etree._Element | None:
    """The first alternative that has text: programs show one of them, and say the same in each."""
    branches = [each for each in alternatives if each.tag in (f"{MC}Choice", f"{MC}Fallback")]
    with_text = (each for each in branches if any(True for _ in each.iter(TEXT, BOX)))
    return next(with_text, branches[0] if branches else None)


class Runs:
    """Reads the runs of one story: the body, or a text box."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._closed = _fields_with_end(root)
        self._open: list[_Field] = []
        self._codes = 0
        """How many of the open fields have not come to their result."""

    def of(self, paragraph: etree._Element, context: Context) -> Iterator[Run]:
        """The runs of a paragraph that are shown."""
        for child in children(paragraph):
            if child.tag == RUN:
                yield from self._of_run(child, context)
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                yield Run("".join(text.text or "" for text in child.iter(f"{M}t")), PLAIN)

    def _of_run(self, run: etree._Element, context: Context) -> Iterator[Run]:
        look = self._styles.look(properties_of(run.find(f"{W}rPr")), *context)
        for piece in run:
            tag = piece.tag
            if tag == FIELD:
                text = self._at(piece)
            elif tag == CODE:
                text = ""
                if self._open:
                    self._open[-1].code.append(piece.text or "")
            elif tag == RUBY:
                base = piece.find(BASE)
                if base is not None and not look.is_hidden:
                    yield from self.of(base, context)
                continue
            else:
                text = _text(piece)
            if text and self._is_shown and not look.is_hidden:
                yield Run(text, look)

    @property
    def is_in_field(self) -> bool:
        """Whether a field has begun that has not ended."""
        return bool(self._open)

    @property
    def _is_shown(self) -> bool:
        """Whether no field is open, or only in its result."""
        return not self._codes

    def _at(self, mark: etree._Element) -> str:
        """Follow a field's beginning, separator or end; the text of a field that has no result but shows its code."""
        match mark.get(f"{W}fldCharType"):
            case "begin" if mark in self._closed:
                self._open.append(_Field())
                self._codes += 1
            case "separate" if self._open and not self._open[-1].in_result:
                self._open[-1].in_result = True
                self._codes -= 1
            case "end" if self._open:
                field = self._open.pop()
                if not field.in_result:
                    self._codes -= 1
                    shown = shown_by_code("".join(field.code))
                    if self._is_shown:
                        return shown
                    self._open[-1].code.append(shown)
            case _:
                pass
        return ""


def _text(piece: etree._Element) -> str:
    """The text of an element of a run; nothing of one that has none or is something else."""
    tag = piece.tag
    if tag == TEXT:
        return (piece.text or "").translate(NOT_SHOWN)
    if tag in FIXED:
        return FIXED[tag]
    if tag == SYMBOL:
        return _symbol(piece)
    if tag == ALTERNATE:
        branch = shown_branch(piece)
        return "".join(map(_text, branch)) if branch is not None else ""
    return "\n" if tag == BREAK and piece.get(f"{W}type") in BREAKS_LINE else ""


def shown_by_code(code: str) -> str:
    """What a field EQ shows that encloses a number or sets a phonetic guide over words; nothing for other fields."""
    if not code.strip().upper().startswith("EQ"):
        return ""
    guide = PHONETIC_GUIDE.search(code)
    if guide:
        return guide[1]
    enclosed = ENCLOSED.search(code)
    if enclosed and 1 <= int(enclosed[1]) <= len(CIRCLED):
        return CIRCLED[int(enclosed[1]) - 1]
    return UNKNOWN


def _fields_with_end(root: etree._Element) -> set[etree._Element]:
    """The beginnings of fields that have an end; without one Word takes a field's code for text."""
    closed: set[etree._Element] = set()
    begun: list[etree._Element] = []
    for mark in root.iter(FIELD):
        if any(True for _ in mark.iterancestors(*DELETED)):
            continue
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            closed.add(begun.pop())
    return closed


def _symbol(symbol: etree._Element) -> str:
    """A character by its place in a font."""
    try:
        code = int(symbol.get(f"{W}char", ""), 16)
    except ValueError:
        return UNKNOWN
    font = symbol.get(f"{W}font", "")
    is_private = 0xE000 <= code <= 0xF8FF
    if font.startswith("Wingdings") or is_private:
        return WINGDINGS.get(code & 0xFF, UNKNOWN) if font == "Wingdings" else UNKNOWN
    return chr(code) if 0x20 <= code < 0xD800 else UNKNOWN


SLIGHT = 2
"""Half-points by which text may be set higher or lower without looking raised."""


def certain(runs: list[Run], *, on_shading: bool = False) -> tuple[list[Run], dict[str, str]]:
    """The runs that are certain to be text, and the characters of the others by the reason why they are not.

    Args:
        runs: those of a paragraph, or of a cell.
        on_shading: whether they stand on a coloured ground, where white can be read.
    """
    if all(run.look is PLAIN for run in runs):
        return runs, {}
    line = _baseline(runs)
    kept, doubtful = [], dict[str, str]()
    for run in runs:
        reason = _why_doubtful(run.look, line, on_shading) if run.look is not PLAIN and run.text.strip() else ""
        if reason:
            doubtful[reason] = doubtful.get(reason, "") + run.text
        else:
            kept.append(run)
    return kept, doubtful


def _why_doubtful(look: Look, line: int, on_shading: bool) -> str:
    """Why a run is not certain to be text; empty if it is.  *line* is the position of the text around it."""
    if look.is_struck:
        return STRUCK
    if look.is_script or abs(look.position - line) > SLIGHT:
        return SHIFTED
    return FAINT if look.is_faint and not on_shading else ""


def _baseline(runs: list[Run]) -> int:
    """The position on which text stands: that of the line, unless all of it is set higher or lower."""
    lengths = Counter[int]()
    for run in runs:
        if run.text.strip() and not run.look.is_script:
            lengths[run.look.position] += len(run.text)
    return lengths.most_common(1)[0][0] if lengths and 0 not in lengths else 0
