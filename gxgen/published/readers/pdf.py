"""PDF files with text in them: tables by their ruled lines, pages joined, a table continued over pages made one.

A scanned page has no text, and is told.  Needs the extra ``gxgen[pdf]``.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

from gxgen.published.document import Block, Cell, Pages, Paragraph, Table
from gxgen.published.narrative import PAGE_NUMBER
from gxgen.published.readers.errors import CarrierError

MOST_PAGES = 200
LARGEST_DRAWING = 2 * 1024 * 1024
"""Bytes of a page's content unpacked; a page of figures takes a hundred thousand."""
MOST_EDGES = 5000
"""Of a page; the table of applications has some hundred."""
INDENT = 1.5
"""Characters from the margin."""
NEAR = 3.0
"""Points: edges closer than this are one."""
CHINESE = "\u2014\u2018-\u201d\u2026\u3001-\u303f\u4e00-\u9fff\uff00-\uffef"
PAGE_NUMBER_ALONE = "0123456789"

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class _Ruled(NamedTuple):
    """A table on a page: its cells, and where its columns begin and end."""

    cells: tuple[Cell, ...]
    edges: tuple[float, ...]
    rows: int


class _Line(NamedTuple):
    text: str
    is_full: bool
    """Whether it reaches the right margin of its page."""


def read(raw: bytes) -> Pages:
    """Read a .pdf file.

    Raises:
        CarrierError: it is encrypted, damaged, scanned or too long; or pdfplumber is not installed.
    """
    try:
        import pdfplumber
    except ImportError:
        raise CarrierError("读 PDF 要另装一个组件", '运行 pip install "gxgen[pdf]"；或者先另存为 .docx') from None
    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            pages = [list(_page(page)) for page in _few(document.pages)]
    except (CarrierError, MemoryError):
        raise
    except Exception as error:  # pdfminer raises of every kind for a file that is not sound
        raise _unreadable(error) from error
    if not any(pages):
        raise CarrierError("PDF 里没有文字，可能是扫描件", "先用文字识别软件转成文档，校对后再读")
    return Pages(tuple(_numbered(_joined(pages))))


def _unreadable(error: Exception) -> CarrierError:
    names = f"{type(error).__name__} {type(error.__cause__).__name__} {error!r}"
    if "Password" in names or "Encrypt" in names:
        return CarrierError("文件加了密码，读不了", "打开文件，取消密码后保存，再读一次")
    return CarrierError("PDF 文件已损坏，打不开", "用阅读软件打开，另存后再读")


def _page(page: Any) -> Iterator[_Line | _Ruled]:
    """The lines and tables of a page from the top."""
    if any(map(_is_huge, page.page_obj.contents)) or len(page.edges) > MOST_EDGES:
        raise CarrierError(f"第 {page.page_number} 页的内容太复杂，不像报告", "用阅读软件打开，另存为 .docx 再读")
    tables = page.find_tables()
    boxes: list[Box] = [table.bbox for table in tables]

    def is_outside(thing: dict[str, Any]) -> bool:
        middle = (thing["top"] + thing["bottom"]) / 2
        return not any(box[0] <= thing["x0"] <= box[2] and box[1] <= middle <= box[3] for box in boxes)

    lines = page.filter(lambda thing: thing.get("object_type") != "char" or is_outside(thing)).extract_text_lines()
    left = min((line["x0"] for line in lines), default=0.0)
    right = max((line["x1"] for line in lines), default=0.0)
    found: list[tuple[float, _Line | _Ruled]] = [(line["top"], _line(line, left, right)) for line in lines]
    found += [(table.bbox[1], _ruled(table)) for table in tables]
    page.close()
    yield from (block for _, block in sorted(found, key=lambda one: one[0]))


def _few(pages: list[Any]) -> list[Any]:
    if len(pages) > MOST_PAGES:
        raise CarrierError(f"有 {len(pages)} 页，太长，不像报告", "核对文件")
    return pages


def _is_huge(stream: Any) -> bool:
    """Whether a page's content is more than any reader of it should unpack."""
    from pdfminer.pdftypes import resolve1

    raw = resolve1(stream).get_rawdata() or b""
    try:
        return len(zlib.decompressobj().decompress(raw, LARGEST_DRAWING)) >= LARGEST_DRAWING
    except zlib.error:  # not packed, or in another way
        return len(raw) >= LARGEST_DRAWING


def _line(line: dict[str, Any], left: float, right: float) -> _Line:
    """A line with the indent of a first line before it, if it has one."""
    size = line["chars"][0]["size"] if line["chars"] else 0
    is_indented = size and line["x0"] - left > INDENT * size
    return _Line(("\u3000\u3000" if is_indented else "") + _closed_up(line["text"]), right - line["x1"] < INDENT * size)


def _closed_up(text: str) -> str:
    """A line without the spaces that typesetting puts between Chinese and digits, and into a line that it widens."""
    return re.sub(
        rf"(?<=[{CHINESE}]) +(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) +(?=[{CHINESE}])|(?<=[{CHINESE}]) +(?=[{CHINESE}])",
        "",
        text,
    )


def _ruled(table: Any) -> _Ruled:
    texts = {
        box: text or ""
        for row, row_texts in zip(table.rows, table.extract(), strict=True)
        for box, text in zip(row.cells, row_texts, strict=True)
        if box is not None
    }
    columns = _edges([edge for box in texts for edge in (box[0], box[2])])
    rows = _edges([edge for box in texts for edge in (box[1], box[3])])
    cells = []
    for (left, top, right, bottom), text in texts.items():
        column, row = _nearest(columns, left), _nearest(rows, top)
        cells.append(
            Cell(row, column, max(_nearest(rows, bottom) - row, 1), max(_nearest(columns, right) - column, 1), text)
        )
    return _Ruled(tuple(sorted(cells)), columns, len(rows) - 1)


def _edges(places: list[float]) -> tuple[float, ...]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return tuple(found)


def _nearest(edges: tuple[float, ...], place: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))


def _joined(pages: list[list[_Line | _Ruled]]) -> Iterator[_Line | _Ruled]:
    """The blocks of all pages; a table that ends a page goes on in one that begins the next with the same columns."""
    held: _Ruled | None = None
    for page in pages:
        blocks = _without_page_number(page)
        if held and blocks and isinstance(blocks[0], _Ruled) and _goes_on(held, blocks[0]):
            held = _below(held, blocks[0])
            blocks = blocks[1:]
            if not blocks:
                continue
        if held:
            yield held
            held = None
        if blocks and isinstance(blocks[-1], _Ruled):
            held = blocks[-1]
            blocks = blocks[:-1]
        yield from blocks
    if held:
        yield held


def _without_page_number(page: list[_Line | _Ruled]) -> list[_Line | _Ruled]:
    last = page[-1] if page else None
    is_number = isinstance(last, _Line) and (
        PAGE_NUMBER.fullmatch(last.text.strip()) is not None or not last.text.strip().strip(PAGE_NUMBER_ALONE)
    )
    return page[:-1] if is_number else page


def _goes_on(above: _Ruled, below: _Ruled) -> bool:
    return len(above.edges) == len(below.edges) and all(
        abs(one - other) <= NEAR for one, other in zip(above.edges, below.edges, strict=True)
    )


def _below(above: _Ruled, below: _Ruled) -> _Ruled:
    moved = tuple(cell._replace(row=cell.row + above.rows) for cell in below.cells)
    return _Ruled((*above.cells, *moved), above.edges, above.rows + below.rows)


def _numbered(blocks: Iterator[_Line | _Ruled]) -> Iterator[Block]:
    numbers = count(1)
    for block in blocks:
        if isinstance(block, _Ruled):
            yield Table(block.cells, next(numbers))
        else:
            yield Paragraph(block.text, is_line=True, is_full=block.is_full)
