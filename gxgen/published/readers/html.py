"""Web pages: the part of a page that is the report, its paragraphs and tables.

What a page is made of besides (menus, buttons, footers, scripts) is passed over, and so is what a browser does not
show.  Text that is raised or struck out is left out: a cell that has some is unclear, a paragraph is read without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice

from lxml import etree, html

from gxgen.core.toml.encoding import decode
from gxgen.published.document import UNDECODED, Block, Omission, Pages, Paragraph, Table
from gxgen.published.readers.ascii_table import drawing_or_lines
from gxgen.published.readers.bold import Piece, lines_of, with_bold
from gxgen.published.readers.cell_layout import MOST_ROWS, Given, lay
from gxgen.published.readers.css import PLAIN, Look, Styles
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.unclear import SITE, TOO_DEEP, UNCLEAR, in_cell

_NOT_SHOWN = "audio head iframe map noscript object option script select style svg template video"
_SITE = "aside button footer input nav textarea"
_STRUCTURE = """
address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6
header hr html li listing main ol p plaintext pre section summary table tbody td tfoot th thead tr ul xmp
"""
NOT_SHOWN = frozenset(_NOT_SHOWN.split())
SITE_ELEMENTS = frozenset(_SITE.split())
"""What a site sets around an article; its text is left out and reported."""
STRUCTURE = frozenset(_STRUCTURE.split())
BOLD = frozenset(("b", "strong"))
PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))
ROW_GROUPS = frozenset(("thead", "tbody", "tfoot", "form"))
CELLS = frozenset(("td", "th"))
TABLE_PARTS = frozenset((*ROW_GROUPS, *CELLS, "tr", "col", "colgroup"))
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(gb2312|gbk|gb18030|big5|utf-8)", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
SPAN = re.compile(r"[ \t\r\n\f]*\+?(\d{1,6})", re.ASCII)
SNIFFED = 4096
"""Bytes at the start of a page in which it declares its encoding."""
MOST_BROKEN = 0.02
"""Of a page's characters that are not ASCII, those that are broken; text in another encoding has far more."""
DEEPEST = 200
LARGEST = 24 * 1024 * 1024
"""Bytes; pages that hold their pictures are large."""
MOST_BLOCKS = 20_000


def read(raw: bytes) -> Pages:
    """Read a web page.

    Raises:
        ReaderError: its encoding is not certain, or there is no page in it.
    """
    if len(raw) > LARGEST:
        raise ReaderError(f"网页太大（超过 {LARGEST // 1024 // 1024} MB），不像报告", "核对文件")
    page = _page(_text(raw))
    blocks = tuple(islice(page.blocks(), MOST_BLOCKS + 1))
    if len(blocks) > MOST_BLOCKS:
        raise ReaderError("网页的段落太多，不像报告", "核对文件")
    return Pages(blocks, omissions=tuple(page.omissions))


def blocks_of(text: str) -> Iterator[Block]:
    """The paragraphs and tables of a page, or of a piece of one.

    Raises:
        ReaderError: there is no page in it.
    """
    yield from _page(text).blocks()


def _page(text: str) -> _Page:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError("网页打不开或者是空的", "用浏览器打开网页，另存为「完整网页」再读") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ReaderError("网页的结构太深，不像报告", "核对文件")  # the parser stops there, and the rest would be lost
    return _Page(root, Styles(root, text))


def _text(raw: bytes) -> str:
    """The page's text.

    Bytes that are UTF-8 are nothing else, whatever the page says of itself.  A page with a few broken characters, as
    a site makes them that cuts a summary in the middle of one, is read with U+FFFD in their places.
    """
    text, problems = decode(raw)
    if text is None:
        text = _mended(raw)
    if text is None:
        raise ReaderError(problems[0].message, "用浏览器打开网页，另存为「完整网页」再读")
    # lxml refuses a text that names another encoding for itself.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _mended(raw: bytes) -> str | None:
    """The text in the encoding that leaves fewer broken characters; in Big5 where the page declares that."""
    named = CHARSET.search(raw[:SNIFFED])
    declared = named[1].lower().decode() if named else ""
    encodings = ("big5",) if declared == "big5" else ("utf-8", "gb18030")
    texts = [raw.decode(encoding, "replace") for encoding in encodings]
    text = min(texts, key=lambda each: each.count(UNDECODED))
    foreign = sum(not character.isascii() for character in text)
    return text if text.count(UNDECODED) <= MOST_BROKEN * foreign else None


class _Page:
    """Collects paragraphs as a browser breaks them: a structural element begins and ends one."""

    def __init__(self, root: etree._Element, styles: Styles, look: Look = PLAIN) -> None:
        self.omissions: list[Omission] = []
        """Text of paragraphs that is struck out, raised or lowered."""
        self._root, self._styles, self._look = root, styles, look
        self._numbers = count(1)
        self._line: list[Piece] = []
        self._doubtful: dict[str, str] = {}
        self._is_bold = self._is_preformatted = False
        self._branch: tuple[int, ...] = ()
        self._elements = count(1)

    def blocks(self) -> Iterator[Block]:
        """The page from the top."""
        yield from self._inside(self._root, 0)
        yield from self._end()

    def _end(self) -> Iterator[Block]:
        """The paragraph that has been collected, if there is anything in it; of preformatted text its lines."""
        if not self._line and not self._doubtful:
            return
        pieces, branch = self._line, self._branch[:-1]
        self.omissions += [Omission(kind, text, len(text)) for kind, text in self._doubtful.items()]
        self._line, self._doubtful = [], {}
        if self._is_preformatted:
            yield from self._lines("".join(piece.text for piece in pieces), branch)
            return
        for line in lines_of(pieces):
            text = with_bold(line)
            if text.strip(" \u3000\xa0"):
                yield Paragraph(text.strip(" \xa0"), branch=branch)

    def _lines(self, text: str, branch: tuple[int, ...]) -> Iterator[Block]:
        """The lines and drawn tables of preformatted text."""
        lines = text.replace("\r", "").split("\n")
        at = 0
        while at < len(lines):
            found, at = drawing_or_lines(lines, at)
            for block in found:
                if isinstance(block, Table):
                    yield Table(block.cells, next(self._numbers), branch)
                elif block.text.strip():
                    yield block._replace(line=0, branch=branch)

    def _inside(self, element: etree._Element, depth: int) -> Iterator[Block]:
        self._add(element.text)
        for child in element:
            yield from self._element(child, depth + 1)
            self._add(child.tail)

    def _element(self, element: etree._Element, depth: int) -> Iterator[Block]:
        tag = _tag(element)
        look = self._shown(element, self._look)
        if look is None:
            return
        kind = _kind_left_out(element, tag, depth)
        if kind:
            self._leave_out(element, look, kind)
            return
        outside, self._look = self._look, look
        if tag == "br":
            self._line.append(Piece("\n", self._is_bold))
        elif tag == "table":
            yield from self._end()
            yield from self._table(element, depth)
        elif tag in STRUCTURE:
            yield from self._end()
            branch, self._branch = self._branch, (*self._branch, next(self._elements))
            around, self._is_preformatted = self._is_preformatted, self._is_preformatted or tag in PREFORMATTED
            yield from self._inside(element, depth)
            yield from self._end()
            self._branch, self._is_preformatted = branch, around
        else:
            outside_bold = self._is_bold
            self._is_bold = outside_bold or tag in BOLD
            yield from self._inside(element, depth)
            self._is_bold = outside_bold
        self._look = outside

    def _add(self, text: str | None) -> None:
        if not text or not self._look.is_text:
            return
        if self._look.doubt and text.strip():
            self._doubtful[self._look.doubt] = self._doubtful.get(self._look.doubt, "") + SPACE.sub(" ", text)
        else:
            shown = text if self._is_preformatted else SPACE.sub(" ", text)
            self._line.append(Piece(shown, self._is_bold))

    def _shown(self, element: etree._Element, outside: Look) -> Look | None:
        """How the text of an element is shown; None if nothing of it is."""
        tag = _tag(element)
        return self._styles.look(element, tag, outside) if tag and tag not in NOT_SHOWN else None

    def _leave_out(self, element: etree._Element, look: Look, kind: str) -> None:
        """Report the text of an element that is none of the report's."""
        if kind == TOO_DEEP:
            text = SPACE.sub(" ", "".join(map(str, element.itertext())))
        else:
            inside = _Page(element, self._styles, look)
            text = " ".join(map(_text_of, inside.blocks()))
            self.omissions += inside.omissions
        self.omissions.append(Omission(kind, text, len("".join(text.split()))))

    def _rows(self, table: etree._Element) -> Iterator[tuple[etree._Element, Look]]:
        """The rows of a table in the order in which they are shown, whose foot may be written before its body."""
        feet: list[tuple[etree._Element, Look]] = []
        for child in table:
            look = self._shown(child, self._look)
            if look is None:
                continue
            if _tag(child) == "tr":
                yield child, look
            elif _tag(child) in ROW_GROUPS:
                rows = ((row, self._shown(row, look)) for row in child if _tag(row) == "tr")
                shown = [(row, of_row) for row, of_row in rows if of_row is not None]
                if _tag(child) == "tfoot":
                    feet += shown
                else:
                    yield from shown
        yield from feet

    def _outside_of_cells(self, element: etree._Element, depth: int) -> Iterator[Block]:
        """The text in a table that stands in none of its cells: its caption, and what is not allowed there."""
        self._add(element.text)
        for child in element:
            tag = _tag(child)
            if (tag in ROW_GROUPS or tag == "tr") and self._shown(child, self._look):
                yield from self._outside_of_cells(child, depth + 1)
            elif tag not in TABLE_PARTS:
                yield from self._element(child, depth + 1)
            self._add(child.tail)

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        """A table; of one that only arranges the page, what is in it."""
        yield from self._outside_of_cells(table, depth)
        yield from self._end()
        rows = [
            [(cell, look) for cell in row if _tag(cell) in CELLS and (look := self._shown(cell, of_row)) is not None]
            for row, of_row in self._rows(table)
        ]
        arranges = next(table.iterdescendants("table"), None) is not None or max(map(len, rows), default=0) < 2
        if arranges:
            outside = self._look
            for row in rows:
                for cell, self._look in row:
                    yield from self._inside(cell, depth + 1)
                    yield from self._end()
            self._look = outside
            return
        cells = lay([[self._cell(*cell) for cell in row] for row in rows])
        yield Table(cells, next(self._numbers), self._branch)

    def _cell(self, cell: etree._Element, look: Look) -> Given:
        inside = _Page(cell, self._styles, look)
        text = "\n".join(map(_text_of, inside.blocks()))
        doubtful: dict[str, str] = {}
        for omission in inside.omissions:
            if omission.kind in UNCLEAR:
                doubtful[omission.kind] = doubtful.get(omission.kind, "") + omission.text
            else:
                self.omissions.append(omission)
        columns, rows = _span(cell, "colspan", 1), _span(cell, "rowspan", MOST_ROWS)
        return Given(text.replace("**", ""), columns, rows, unclear=in_cell(doubtful))


def _text_of(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else "\n".join(filter(None, block.texts()))


def _kind_left_out(element: etree._Element, tag: str, depth: int) -> str:
    """As what the text of an element is left out; empty where it is not."""
    if tag in SITE_ELEMENTS:
        return SITE
    margin = PAGE_MARGINS.get(element.get("title", "")) if tag == "div" else None
    return margin or (TOO_DEEP if depth > DEEPEST else "")


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


PAGE_MARGINS = {"header": "页眉", "footer": "页脚"}
"""How LibreOffice entitles what it prints on every page."""


def _span(cell: etree._Element, name: str, of_zero: int) -> int:
    """How far a cell reaches, as browsers read it (HTML Standard, 2.3.4.2): ``3;`` is 3."""
    found = SPAN.match(cell.get(name, "1"))
    return (int(found[1]) or of_zero) if found else 1
