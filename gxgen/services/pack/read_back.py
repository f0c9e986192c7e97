"""Read made reports back from their files, to verify what a pack's templates show.

Nothing is shared with the renderers, the standard's namespaces included: a mistake on both sides would go unnoticed.
The readers of ``published`` are no substitute.  They are lenient, and guess what an unknown office meant; what a
template drops, hides or misplaces has to be seen here as it is.  Tests compare these readers with python-docx and
html5lib.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import msgspec

from gxgen.core.text import display_width

if TYPE_CHECKING:
    from lxml.etree import _Element


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
Table = tuple[tuple[str, ...], ...]
"""Rows of texts; the text of a merged cell is repeated in every place that it covers."""


class ReadReport(msgspec.Struct, frozen=True):
    """The content that a report shows."""

    parts: tuple[str | Table, ...]
    """Paragraphs and tables in reading order."""

    @property
    def lines(self) -> list[str]:
        """The paragraphs outside tables, without white space."""
        return [without_space(part) for part in self.parts if isinstance(part, str)]

    @property
    def tables(self) -> list[Table]:
        """The tables."""
        return [part for part in self.parts if not isinstance(part, str)]


def without_space(text: str) -> str:
    """Remove white space, so that line breaks make no difference."""
    return "".join(text.split())


def read(suffix: str, raw: bytes) -> ReadReport:
    """Read a report of any format."""
    return {"docx": of_docx, "txt": of_text, "html": of_html}[suffix](raw)


# .docx


def of_docx(raw: bytes) -> ReadReport:
    """Read a Word document's body."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    return ReadReport(tuple(_blocks(root)))


def _blocks(root: _Element) -> Iterator[str | Table]:
    for element in root.iter(f"{W}p", f"{W}tbl"):
        if _inside(element, MC_FALLBACK):
            continue
        if element.tag == f"{W}tbl":
            yield _word_table(element)
        elif not _inside(element, f"{W}tbl"):
            yield _words(element)


def _inside(element: _Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _words(element: _Element) -> str:
    """Return a paragraph's own words, without deleted ones and those of text boxes that it holds."""
    own = (
        words
        for words in element.iter(f"{W}t", f"{W}br", f"{W}cr", f"{W}tab")
        if next(words.iterancestors(f"{W}p"), None) is element and not _inside(words, f"{W}del")
    )
    return "".join((words.text or "") if words.tag == f"{W}t" else "\n" for words in own)


def _word_table(table: _Element) -> Table:
    rows: list[tuple[str, ...]] = []
    for row in _own(table, f"{W}tr", f"{W}tbl"):
        above, texts = (rows[-1] if rows else ()), [""] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _own(row, f"{W}tc", f"{W}tr"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            text = "\n".join(_words(paragraph) for paragraph in _own(cell, f"{W}p", f"{W}tc"))
            if merged is not None and merged.get(f"{W}val", "continue") == "continue":
                text = above[len(texts)] if len(texts) < len(above) else ""
            texts += [text] * _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        rows.append(tuple(texts))
    return tuple(rows)


def _own(element: _Element, tag: str, owner: str) -> Iterator[_Element]:
    return (found for found in element.iter(tag) if next(found.iterancestors(owner), None) is element)


def _number(element: _Element | None, otherwise: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else otherwise


# Web pages


def of_html(raw: bytes) -> ReadReport:
    """Read a web page's body."""
    page = _Page()
    page.feed(raw.decode("utf-8"))
    page.close()
    return ReadReport(tuple(page.parts))


class _Page(HTMLParser):
    """Reads headings, paragraphs and tables, without what a browser does not show."""

    LINES = ("h1", "h2", "h3", "h4", "p", "li", "caption", "div")
    UNSEEN = ("style", "title", "script")

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str | Table] = []
        self._text: list[str] = []
        self._unseen = 0
        self._slots: dict[tuple[int, int], str] | None = None
        self._row = -1
        self._extent = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._slots, self._row = {}, -1
        elif tag == "tr":
            self._row += 1
        elif tag in ("td", "th"):
            given = dict(attrs)
            self._extent = _span(given.get("rowspan")), _span(given.get("colspan"))
        if tag in (*self.LINES, "td", "th"):
            self._text = []

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.UNSEEN:
            self._unseen -= 1
        elif tag in ("td", "th") and self._slots is not None:
            self._place(self._slots, "".join(self._text))
            self._text = []
        elif tag == "table" and self._slots:
            self.parts.append(_rectangle(self._slots))
            self._slots = None
        elif tag in self.LINES and self._slots is None and (text := "".join(self._text)).strip():
            self.parts.append(text)
            self._text = []

    def _place(self, slots: dict[tuple[int, int], str], text: str) -> None:
        column = 0
        while (self._row, column) in slots:
            column += 1
        rows, columns = self._extent
        slots |= {(self._row + y, column + x): text for y in range(rows) for x in range(columns)}


def _span(value: str | None) -> int:
    """Return the number of slots that a cell covers; 1 for a value that is not a number, as in browsers."""
    return max(int(value), 1) if value and value.isascii() and value.isdigit() else 1


def _rectangle(slots: dict[tuple[int, int], str]) -> Table:
    height, width = (1 + max(place[axis] for place in slots) for axis in (0, 1))
    return tuple(tuple(slots.get((y, x), "") for x in range(width)) for y in range(height))


# Plain text


def of_text(raw: bytes) -> ReadReport:
    """Read a report in plain text: lines that begin with ``+`` or ``|`` are tables."""
    parts: list[str | Table] = []
    drawing: list[str] = []
    for line in [*raw.decode("utf-8").split("\n"), ""]:
        if line.startswith(("+", "|")):
            drawing.append(line)
            continue
        if drawing:
            parts.append(_drawn(drawing))
            drawing = []
        if line.strip():
            parts.append(line)
    return ReadReport(tuple(parts))


def _drawn(lines: list[str]) -> Table:
    """Read the cells of a drawn table; a place without a rule before it belongs to the cell before it."""
    page = [_columns(line) for line in lines]
    width = max(map(len, page))
    page = [line + [" "] * (width - len(line)) for line in page]
    rules = [y for y, line in enumerate(page) if "+" in line]
    edges = sorted({x for y in rules for x, char in enumerate(page[y]) if char == "+"})
    height, across = len(rules) - 1, len(edges) - 1
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    for y in range(height):
        for x in range(across):
            if x and page[rules[y] + 1][edges[x]] != "|":
                corners[y, x] = corners[y, x - 1]
            elif y and page[rules[y]][edges[x] + 1] != "-":
                corners[y, x] = corners[y - 1, x]
            else:
                corners[y, x] = y, x
    texts = {corner: _inside_of(page, rules, edges, corner, corners) for corner in set(corners.values())}
    return tuple(tuple(texts[corners[y, x]] for x in range(across)) for y in range(height))


def _inside_of(
    page: list[list[str]],
    rules: list[int],
    edges: list[int],
    corner: tuple[int, int],
    corners: dict[tuple[int, int], tuple[int, int]],
) -> str:
    places = [place for place, start in corners.items() if start == corner]
    (top, left), (bottom, right) = corner, (max(place[axis] for place in places) + 1 for axis in (0, 1))
    return "".join(
        "".join(page[y][edges[left] + 1 : edges[right]]).strip() for y in range(rules[top] + 1, rules[bottom])
    )


def _columns(line: str) -> list[str]:
    """Split a line into columns: a wide character takes two, the second of which is empty."""
    found: list[str] = []
    for char in line:
        found += [char, *[""] * (display_width(char) - 1)]
    return found
