"""WordprocessingML (ISO/IEC 29500-1, 17) in its own terms: the elements that a report is made of.

All functions return well-formed XML for any text.  Numbers in docstrings are clauses of the standard.
"""

from __future__ import annotations

from collections.abc import Iterable

from gxgen.core.text import printable
from gxgen.view import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML, as lxml prefixes names with it."""
TWIPS_PER_POINT = 20


class Xml(str):
    """Finished XML: Jinja does not escape it."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell Jinja that this is markup."""
        return self


class PageNumber(Xml):
    """The runs of the page number, which a template places by ``{{r page_number }}``."""

    __slots__ = ()


class Encoded:
    """Finished XML in UTF-8, decoded only where text is needed."""

    __slots__ = ("_utf8",)

    def __init__(self, utf8: bytes) -> None:
        self._utf8 = utf8

    def encode(self) -> bytes:
        """Return the XML in UTF-8."""
        return self._utf8

    def __str__(self) -> str:
        return Xml(self._utf8.decode())

    def __html__(self) -> str:
        """Tell Jinja that this is markup."""
        return str(self)


def escape(text: str) -> str:
    """Escape text as XML character data; characters that XML cannot hold become U+FFFD."""
    if text.isalnum():  # nearly all labels and figures
        return text
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text: str, *, style: str = "", bold: bool = False, scale: int = 100) -> str:
    """Return a run (17.3.2).

    The hint makes “ ” — … take the Chinese font; digits need none.

    Args:
        text: its words.
        style: the id of a character style.
        bold: whether it is bold.
        scale: the width of its characters in per cent.
    """
    if not (style or bold or scale != 100) and text.isalnum() and text.isascii():
        return f"<w:r><w:t>{text}</w:t></w:r>"
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + '<w:rFonts w:hint="eastAsia"/>'
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:w w:val="{scale}"/>' if scale != 100 else "")
    )
    content = _words(escape(text))
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def _words(text: str) -> str:
    if "\t" in text:
        return "<w:tab/>".join(map(_words, text.split("\t")))
    return f'<w:t xml:space="preserve">{text}</w:t>' if text else ""


def field(instruction: str, shown: str) -> str:
    """Return a simple field (17.16.19), which shows *shown* until Word updates it."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown)}</w:fldSimple>'


def page_number(style: str) -> PageNumber:
    """Return the page number as ``dash`` (GB/T 9704-2012, 7.5), ``plain_text``, ``of_total`` or ``none``."""
    page = field("PAGE", "1")
    match style:
        case "dash":
            return PageNumber(f"{run('— ')}{page}{run(' —')}")
        case "of_total":
            return PageNumber(f"{run('第 ')}{page}{run(' 页 共 ')}{field('NUMPAGES', '1')}{run(' 页')}")
        case "none":
            return PageNumber()
        case _:
            return PageNumber(page)


LINE_BREAK = "<w:r><w:br/></w:r>"


def paragraph(style: str, runs: Iterable[str], *, keep_next: bool = False) -> str:
    """Return a paragraph (17.3.1) in the paragraph style with id *style*."""
    kept = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{"".join(runs)}</w:p>'


def cell(width: int, content: str, *, columns: int = 1, merge: str = "", fill: str = "") -> str:
    """Return a table cell (17.4.65).

    Args:
        width: in twips.
        content: its paragraphs.
        columns: the grid columns that it spans.
        merge: ``restart`` or ``continue`` of a vertical merge; empty for none.
        fill: the colour of its background as RRGGBB; empty for none.
    """
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + '<w:vAlign w:val="center"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: str, *, height: int, is_header: bool) -> str:
    """Return a table row (17.4.78) at least *height* twips high, kept on one page; a header repeats on every page."""
    header = "<w:tblHeader/>" if is_header else ""
    properties = f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{header}'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def table(style: str, widths: Iterable[int], rows: str) -> str:
    """Return a table (17.4.37) of fixed column *widths* in twips: WPS reads them from the grid, Word from the cells."""
    columns = list(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


CORE_PROPERTIES = "docProps/core.xml"
CORE_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def core_properties(document: Document) -> bytes:
    """Return the core properties part (ISO/IEC 29500-2): title, author, language, and the date of publication if any.

    No other date is written: the same report has the same bytes.
    """
    dates = (
        "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{document.published.isoformat()}T00:00:00Z</dcterms:{name}>'
            for name in ("created", "modified")
        )
        if document.published
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<cp:coreProperties {CORE_NAMESPACES}><dc:title>{escape(document.title)}</dc:title>"
        f"<dc:creator>{escape(document.agency)}</dc:creator><dc:language>zh-CN</dc:language>{dates}</cp:coreProperties>"
    ).encode()
