"""Word documents, in WordprocessingML's own words (ISO/IEC 29500-1, 17): paragraphs and tables of the body.

Headers, footers, notes, comments, deleted and hidden text are not part of the report.  Text that is raised or lowered
is marked, so that a footnote's number never becomes a digit of a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from lxml import etree

from gxgen.published.document import Block, Cell, Pages, Paragraph, Table
from gxgen.published.readers.bold import Piece, with_bold
from gxgen.published.readers.cell_layout import MOST_COLUMNS
from gxgen.published.readers.docx_numbering import Numbering
from gxgen.published.readers.zip_package import Package, open_package, parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TRANSPARENT = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")
)
"""What stands around paragraphs, rows, cells or runs without being part of the structure."""
FALSE = frozenset(("0", "false", "off", "none"))
RAISED = "^"
"""Put before text that does not stand on the line."""


def read(raw: bytes) -> Pages:
    """Read a .docx file.

    Raises:
        CarrierError: it is damaged or too large.
    """
    with open_package(raw) as package:
        root = _part(package, "word/document.xml")
        lists, styles = (
            _part(package, name) if name in package.names else None
            for name in ("word/numbering.xml", "word/styles.xml")
        )
    body = root.find(f"{W}body")
    walk = _Walk(Numbering(lists, styles), count(1))
    return Pages(tuple(_blocks(body, walk)) if body is not None else ())


class _Walk(NamedTuple):
    """What is counted on the way through a document."""

    numbering: Numbering
    tables: Iterator[int]


def _part(package: Package, name: str) -> etree._Element:
    content = package.part(name)
    return parsed(content.replace(STRICT, W[1:-1].encode()) if STRICT in content[:4096] else content)


def _blocks(parent: etree._Element, walk: _Walk) -> Iterator[Block]:
    for child in _children(parent):
        if child.tag == f"{W}p":
            yield Paragraph(_paragraph(child), number=walk.numbering.number_of(child))
            for box in _text_boxes(child):
                yield from _blocks(box, walk)
        elif child.tag == f"{W}tbl":
            yield from _table(child, walk)


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """The elements below *parent* that count, whatever stands around them."""
    for child in parent:
        if child.tag in TRANSPARENT:
            yield from _children(child)
        elif child.tag == f"{MC}AlternateContent":
            fallback = child.find(f"{MC}Fallback")
            chosen = fallback if fallback is not None else child.find(f"{MC}Choice")
            yield from _children(chosen) if chosen is not None else ()
        else:
            yield child


# Paragraphs


def _paragraph(paragraph: etree._Element) -> str:
    """The text of a paragraph; pieces in bold stand in ``**``, as a data file writes them."""
    return with_bold([Piece(_run(run), _is_on(run, "b")) for run in _children(paragraph) if run.tag == f"{W}r"])


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that are anchored in a paragraph: Word shows what is in them, so it is read, after it."""
    for run in _children(paragraph):
        if run.tag == f"{W}r" and not _is_on(run, "vanish"):
            for drawing in _children(run):
                yield from drawing.iter(f"{W}txbxContent")


def _run(run: etree._Element) -> str:
    """The text of a run; nothing of one that is hidden."""
    if _is_on(run, "vanish"):
        return ""
    text = "".join(_piece(piece) for piece in run)
    aligned = run.find(f"{W}rPr/{W}vertAlign")
    raised = aligned is not None and aligned.get(f"{W}val") in ("superscript", "subscript")
    struck = _is_on(run, "strike") or _is_on(run, "dstrike")
    return f"{RAISED}{text}" if text.strip() and (raised or struck) else text


def _piece(piece: etree._Element) -> str:
    match piece.tag:
        case t if t == f"{W}t":
            return piece.text or ""
        case t if t in (f"{W}tab", f"{W}ptab"):
            return "\t"
        case t if t == f"{W}br":
            return "\n" if piece.get(f"{W}type") in (None, "textWrapping") else ""
        case t if t == f"{W}cr":
            return "\n"
        case t if t == f"{W}noBreakHyphen":
            return "-"
        case t if t == f"{W}sym":
            return "\ufffd"
        case _:
            return ""


def _is_on(run: etree._Element, name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val", "true") not in FALSE


# Tables


def _table(table: etree._Element, walk: _Walk) -> Iterator[Block]:
    """A table; of one that only arranges others or a single column of text, what is in it."""
    rows = [row for row in _children(table) if row.tag == f"{W}tr" and not _is_deleted(row)]
    cells = [[cell for cell in _children(row) if cell.tag == f"{W}tc"] for row in rows]
    if any(True for row in cells for cell in row for _ in cell.iter(f"{W}tbl")) or max(map(len, cells), default=0) < 2:
        for row in cells:
            for cell in row:
                yield from _blocks(cell, walk)
        return
    yield Table(tuple(_merged(rows, cells)), next(walk.tables))


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _merged(rows: list[etree._Element], cells: list[list[etree._Element]]) -> Iterator[Cell]:
    """The cells with their places; ``vMerge`` continues the cell above that begins and ends at the same columns."""
    found: list[Cell] = []
    above: dict[tuple[int, int], int] = {}
    for at, (row, row_cells) in enumerate(zip(rows, cells, strict=True)):
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        open_here: dict[tuple[int, int], int] = {}
        for cell in row_cells:
            span = max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val") != "restart"
            extends = above.get((column, span)) if goes_on else None
            if extends is None:
                extends = len(found)
                found.append(Cell(at, column, 1, span, _text(cell)))
            else:
                found[extends] = found[extends]._replace(rows=found[extends].rows + 1)
            if merge is not None:
                open_here[column, span] = extends
            column += span
        above = open_here
    yield from found


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return (
        min(int(value), MOST_COLUMNS) if value.isascii() and value.isdigit() and len(value) < len("10000") else default
    )


def _text(cell: etree._Element) -> str:
    """The text of a cell, a line for each paragraph."""
    return "\n".join("".join(_runs(paragraph)) for paragraph in _children(cell) if paragraph.tag == f"{W}p")


def _runs(paragraph: etree._Element) -> Iterable[str]:
    return (_run(run) for run in _children(paragraph) if run.tag == f"{W}r")
