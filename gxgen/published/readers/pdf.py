"""PDF files with text in them, read as they are laid out.

PDFium gives what a page shows (:mod:`.pdf_page`); characters become lines (:mod:`.pdf_lines`), drawn rules tables
(:mod:`.pdf_tables`), and all pages together one document (:mod:`.pdf_layout`).  Needs the extra ``gxgen[pdf]``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from msgspec import structs

from gxgen.published.document import Block, Omission, Pages, Paragraph, Table
from gxgen.published.readers import ocr, pdf_layout
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.pdf_content import UNKNOWN, PageContent
from gxgen.published.readers.pdf_limits import refuse_huge
from gxgen.published.readers.pdf_lines import Line, lines_of
from gxgen.published.readers.pdf_page import pages
from gxgen.published.readers.pdf_tables import RuledTable, cells_of, ruled_tables
from gxgen.published.readers.unclear import SHIFTED, STRUCK

MOST_UNKNOWN = 0.2
"""Of the characters: a file with more that have no code cannot be read."""


def read(raw: bytes) -> Pages:
    """Read a .pdf file.

    Raises:
        ReaderError: it is encrypted, damaged, scanned or too long; or pypdfium2 is not installed.
    """
    refuse_huge(raw)
    with _opened(raw) as document:
        contents = list(pages(document))
        scanned = [page.number for page in contents if _is_scanned(page)]
        if scanned and len(scanned) == sum(bool(page.chars) or page.has_picture for page in contents):
            _refuse_scanned(contents, scanned)
        if scanned and ocr.is_installed():
            contents = [_recognised(document, page) if page.number in scanned else page for page in contents]
    if not any(page.chars for page in contents):
        raise ReaderError("PDF 里没有文字", "核对文件；或者找 .docx 文件")
    return document_of(contents, scanned)


def _is_scanned(page: PageContent) -> bool:
    """Whether a page has to be recognised from its picture."""
    unknown = sum(char.text == UNKNOWN for char in page.chars)
    return (page.has_picture and not page.chars) or unknown > MOST_UNKNOWN * len(page.chars)


def _refuse_scanned(contents: list[PageContent], scanned: list[int]) -> None:
    """Refuse a file that has only pages to be recognised where they cannot be, or too many."""
    if not ocr.is_installed():
        if any(page.chars for page in contents):
            raise ReaderError("PDF 的字体没有文字编码，读出来是乱码", f"{ocr.INSTALL}；或者找 .docx 文件")
        raise ReaderError("PDF 里没有文字，是扫描件", ocr.INSTALL)
    if len(scanned) > ocr.MOST_SCANNED:
        raise ReaderError(f"扫描件有 {len(scanned)} 页，太长，不像报告", "核对文件")


def _recognised(document: Any, page: PageContent) -> PageContent:
    """A page read from its picture."""
    shown = document[page.number - 1]
    try:
        scale = min(ocr.DOTS / 72, ocr.LARGEST_SIDE / max(page.width, page.height, 1.0))
        return ocr.recognised(shown.render(scale=scale, grayscale=True).to_numpy().squeeze(), page.number, page.width)
    finally:
        shown.close()


@contextmanager
def _opened(raw: bytes) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError:
        raise ReaderError("读 PDF 要另装一个组件", '运行 pip install "gxgen[pdf]"；或者先另存为 .docx') from None
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReaderError("文件加了密码，读不了", "打开文件，取消密码后保存，再读一次") from None
        raise ReaderError("PDF 文件已损坏，打不开", "用阅读软件打开，另存后再读") from None
    try:
        yield document
    finally:
        document.close()


def document_of(contents: Sequence[PageContent], scanned: Collection[int] = ()) -> Pages:
    """The document that pages are; *scanned* are the numbers of those that have been recognised, or could not be."""
    layouts = [_layout(page) for page in contents]
    layouts, omissions = pdf_layout.without_boilerplate(layouts)
    lines = [item for layout in layouts for item in layout.items if isinstance(item, Line)]
    for kind, text in (
        (STRUCK, "".join(line.struck for line in lines)),
        (SHIFTED, "".join(line.shifted for line in lines)),
    ):
        omissions += (Omission(kind, text, len(text)),) if text else ()
    layouts = [_of_text(layout) for layout in layouts]
    slanted = [page for page in contents if page.slanted]
    if slanted:
        text = slanted[0].slanted
        omissions += (Omission("水印", text, sum(len(page.slanted) for page in slanted), page=slanted[0].number),)
    missing = [page.number for page in contents if page.number in scanned and not page.chars]
    omissions += tuple(Omission("扫描的页", "", 0, page=number) for number in missing)
    return Pages(
        tuple(_blocks(layouts)),
        omissions=omissions,
        recognised=tuple(number for number in scanned if number not in missing),
    )


def _layout(page: PageContent) -> pdf_layout.PageLayout:
    tables, outside, strokes = ruled_tables(page)
    items: list[tuple[float, Line | RuledTable]] = [(table.box[1], table) for table in tables]
    items += [(line.baseline, line) for line in lines_of(outside, strokes)]
    ordered = tuple(item for _, item in sorted(items, key=lambda one: one[0]))
    return pdf_layout.PageLayout(page.number, page.width, page.height, ordered)


def _of_text(layout: pdf_layout.PageLayout) -> pdf_layout.PageLayout:
    """A page without lines of which nothing is left."""
    items = tuple(item for item in layout.items if not isinstance(item, Line) or item.chars)
    return structs.replace(layout, items=items)


def _blocks(layouts: list[pdf_layout.PageLayout]) -> Iterator[Block]:
    numbers = count(1)
    for block in pdf_layout.in_order(layouts):
        if isinstance(block, RuledTable):
            yield Table(cells_of(block), next(numbers))
        else:
            yield Paragraph(block.text)
