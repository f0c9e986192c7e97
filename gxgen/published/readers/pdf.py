"""PDF files with text in them, read as they are laid out.

PDFium gives what a page shows (:mod:`.pdf_page`); characters become lines (:mod:`.pdf_lines`), drawn rules tables
(:mod:`.pdf_tables`), and all pages together one document (:mod:`.pdf_layout`).  Needs the extra ``gxgen[pdf]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from gxgen.published.document import Block, Omission, Pages, Paragraph, Table
from gxgen.published.readers import pdf_layout
from gxgen.published.readers.errors import CarrierError
from gxgen.published.readers.pdf_limits import refuse_huge
from gxgen.published.readers.pdf_lines import Line, lines_of
from gxgen.published.readers.pdf_page import UNKNOWN, PageContent, pages
from gxgen.published.readers.pdf_tables import RuledTable, cells_of, ruled_tables

MOST_UNKNOWN = 0.2
"""Of the characters: a file with more that have no code cannot be read."""


def read(raw: bytes) -> Pages:
    """Read a .pdf file.

    Raises:
        CarrierError: it is encrypted, damaged, scanned or too long; or pypdfium2 is not installed.
    """
    refuse_huge(raw)
    with _opened(raw) as document:
        contents = list(pages(document))
    chars = [char for page in contents for char in page.chars]
    if not chars:
        raise CarrierError("PDF 里没有文字，可能是扫描件", "先用文字识别软件转成文档，校对后再读")
    if sum(char.text == UNKNOWN for char in chars) > MOST_UNKNOWN * len(chars):
        raise CarrierError("PDF 的字体没有文字编码，读出来是乱码", "请做这个文件的人另存为 .docx，或者重新导出 PDF")
    return _document(contents)


@contextmanager
def _opened(raw: bytes) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError:
        raise CarrierError("读 PDF 要另装一个组件", '运行 pip install "gxgen[pdf]"；或者先另存为 .docx') from None
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise CarrierError("文件加了密码，读不了", "打开文件，取消密码后保存，再读一次") from None
        raise CarrierError("PDF 文件已损坏，打不开", "用阅读软件打开，另存后再读") from None
    try:
        yield document
    finally:
        document.close()


def _document(contents: list[PageContent]) -> Pages:
    layouts = [_layout(page) for page in contents]
    layouts, omissions = pdf_layout.without_boilerplate(layouts)
    doubtful = "".join(
        item.doubtful for layout in layouts for item in layout.items if isinstance(item, Line) and item.doubtful
    )
    if doubtful:
        omissions += (Omission("划去的、上下标的字", doubtful, len(doubtful)),)
    slanted = [page for page in contents if page.slanted]
    if slanted:
        text = slanted[0].slanted
        omissions += (Omission("水印", text, sum(len(page.slanted) for page in slanted), page=slanted[0].number),)
    return Pages(tuple(_blocks(layouts)), omissions=omissions)


def _layout(page: PageContent) -> pdf_layout.PageLayout:
    tables, outside, strokes = ruled_tables(page)
    items: list[tuple[float, Line | RuledTable]] = [(table.box[1], table) for table in tables]
    items += [(line.baseline, line) for line in lines_of(outside, strokes)]
    ordered = tuple(item for _, item in sorted(items, key=lambda one: one[0]))
    return pdf_layout.PageLayout(page.number, page.width, page.height, ordered)


def _blocks(layouts: list[pdf_layout.PageLayout]) -> Iterator[Block]:
    numbers = count(1)
    for block in pdf_layout.in_order(layouts):
        if isinstance(block, RuledTable):
            yield Table(cells_of(block), next(numbers))
        else:
            yield Paragraph(block.text)
