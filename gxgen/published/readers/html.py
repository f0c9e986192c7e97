"""Web pages: the part of a page that is the report, its paragraphs and tables.

What a page is made of besides (menus, forms, footers, scripts, hidden pieces) is passed over.  Text that is raised or
struck out is marked, so that a footnote's number never becomes a digit of a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice

from lxml import etree, html

from gxgen.core.toml.encoding import decode
from gxgen.published.document import Block, Pages, Paragraph, Table
from gxgen.published.readers.bold import Piece, lines_of, with_bold
from gxgen.published.readers.cell_layout import Given, lay
from gxgen.published.readers.errors import CarrierError

_PASSED_OVER = """
aside audio button footer form head iframe input map nav noscript object option script select style svg template
textarea video
"""
_STRUCTURE = """
address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header
hr html li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
PASSED_OVER = frozenset(_PASSED_OVER.split())
STRUCTURE = frozenset(_STRUCTURE.split())
MARKED = frozenset(("sup", "sub", "del", "s", "strike"))
BOLD = frozenset(("b", "strong"))
RAISED = "^"
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(gb2312|gbk|gb18030|big5|utf-8)", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
DEEPEST = 200
LARGEST = 24 * 1024 * 1024
"""Bytes; pages that hold their pictures are large."""
MOST_BLOCKS = 20_000


def read(raw: bytes) -> Pages:
    """Read a web page.

    Raises:
        CarrierError: its encoding is not certain, or there is no page in it.
    """
    if len(raw) > LARGEST:
        raise CarrierError(f"网页太大（超过 {LARGEST // 1024 // 1024} MB），不像报告", "核对文件")
    blocks = tuple(islice(blocks_of(_text(raw)), MOST_BLOCKS + 1))
    if len(blocks) > MOST_BLOCKS:
        raise CarrierError("网页的段落太多，不像报告", "核对文件")
    return Pages(blocks)


def blocks_of(text: str) -> Iterator[Block]:
    """The paragraphs and tables of a page, or of a piece of one.

    Raises:
        CarrierError: there is no page in it.
    """
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CarrierError("网页打不开或者是空的", "用浏览器打开网页，另存为「完整网页」再读") from error
    yield from _Page().blocks(root)


def _text(raw: bytes) -> str:
    """The page's text: by what the page itself says, else as any text."""
    named = CHARSET.search(raw[:4096])
    if named and named[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            pass
    text, problems = decode(raw)
    if text is None:
        raise CarrierError(problems[0].message, "用浏览器打开网页，另存为「完整网页」再读")
    # lxml refuses a text that names another encoding for itself.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


class _Page:
    """Collects paragraphs as a browser breaks them: a structural element begins and ends one."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._line: list[Piece] = []
        self._is_bold = False
        self._branch: tuple[int, ...] = ()
        self._elements = count(1)

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        """The page from the top."""
        yield from self._inside(root, 0)
        yield from self._end()

    def _end(self) -> Iterator[Block]:
        """The paragraph that has been collected, if there is anything in it."""
        lines = lines_of(self._line)
        self._line = []
        for line in lines:
            text = with_bold(line)
            if text.strip(" \u3000\xa0"):
                yield Paragraph(text.strip(" \xa0"), branch=self._branch[:-1])

    def _inside(self, element: etree._Element, depth: int) -> Iterator[Block]:
        self._add(element.text)
        for child in element:
            yield from self._element(child, depth + 1)
            self._add(child.tail)

    def _element(self, element: etree._Element, depth: int) -> Iterator[Block]:
        if _is_hidden(element) or depth > DEEPEST:
            return
        tag = _tag(element)
        if tag == "br":
            self._line.append(Piece("\n", self._is_bold))
        elif tag == "table":
            yield from self._end()
            yield from self._table(element, depth)
        elif tag in STRUCTURE:
            yield from self._end()
            outside, self._branch = self._branch, (*self._branch, next(self._elements))
            yield from self._inside(element, depth)
            yield from self._end()
            self._branch = outside
        else:
            start, outside_bold = len(self._line), self._is_bold
            self._is_bold = outside_bold or tag in BOLD
            yield from self._inside(element, depth)
            self._is_bold = outside_bold
            if tag in MARKED and any(piece.text.strip() for piece in self._line[start:]):
                self._line.insert(start, Piece(RAISED, self._is_bold))

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(Piece(SPACE.sub(" ", text), self._is_bold))

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        """A table; of one that only arranges the page, what is in it."""
        rows = [[cell for cell in row if _tag(cell) in ("td", "th") and not _is_hidden(cell)] for row in _rows(table)]
        arranges = next(table.iterdescendants("table"), None) is not None or max(map(len, rows), default=0) < 2
        if arranges:
            for row in rows:
                for cell in row:
                    yield from self._inside(cell, depth + 1)
                    yield from self._end()
            return
        given = [[_given(cell) for cell in row] for row in rows]
        yield Table(lay(given), next(self._numbers))


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


PAGE_MARGINS = ("header", "footer")
"""How LibreOffice entitles what it prints on every page."""


def _is_hidden(element: etree._Element) -> bool:
    return (
        not _tag(element)
        or _tag(element) in PASSED_OVER
        or element.get("hidden") is not None
        or element.get("title") in PAGE_MARGINS
        or bool(HIDDEN.search(element.get("style", "")))
    )


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if _tag(child) == "tr" and not _is_hidden(child):
            yield child
        elif _tag(child) in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if _tag(row) == "tr" and not _is_hidden(row))


def _given(cell: etree._Element) -> Given:
    text = "\n".join(block.text for block in _Page().blocks(cell) if isinstance(block, Paragraph))
    return Given(text.replace("**", ""), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("10000") else 1
