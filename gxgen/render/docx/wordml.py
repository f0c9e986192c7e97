"""WordprocessingML (ISO/IEC 29500-1, 17) in its own words: the elements that a report's slots are made of.

Everything here returns well-formed XML for any text.
"""

from __future__ import annotations

from collections.abc import Iterable

from gxgen.core.text import printable
from gxgen.view import Document


class Xml(str):
    """Ready XML: Jinja puts it into a template as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja's autoescape asks for."""
        return self


class PageNumber(Xml):
    """The page number's runs; a place in a line for which a template has to write ``{{r page_number }}``."""

    __slots__ = ()


class Encoded:
    """Ready XML in UTF-8, which becomes text only where it has to be."""

    __slots__ = ("_utf8",)

    def __init__(self, utf8: bytes) -> None:
        self._utf8 = utf8

    def encode(self) -> bytes:
        """The XML as a part holds it."""
        return self._utf8

    def __str__(self) -> str:
        return Xml(self._utf8.decode())

    def __html__(self) -> str:
        """What Jinja's autoescape asks for."""
        return str(self)


def escape(text: str) -> str:
    """Text as XML character data; a character that XML cannot hold shows as U+FFFD rather than vanish."""
    if text.isalnum():  # nearly all labels and figures
        return text
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text: str, *, style: str = "", bold: bool = False, scale: int = 100) -> str:
    """A run (17.3.2); *style* is a character style's id, *scale* narrows the characters to a percentage.

    The hint makes “ ” — … take the Chinese font; digits need none.
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
    """A field (17.16.19) whose result Word works out; *shown* until then."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown)}</w:fldSimple>'


def page_number(manner: str) -> PageNumber:
    """The number of the page: ``dash`` (GB/T 9704-2012, 7.5), ``plain``, ``of_total`` or ``none``."""
    page = field("PAGE", "1")
    match manner:
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
    """A paragraph (17.3.1) in the paragraph style with id *style*."""
    kept = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{"".join(runs)}</w:p>'


def cell(width: int, content: str, *, columns: int = 1, merge: str = "", fill: str = "") -> str:
    """A table cell (17.4.65) *width* twips wide; *merge* is ``restart`` or ``continue`` of a vertical merge."""
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + '<w:vAlign w:val="center"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: str, *, height: int, is_header: bool) -> str:
    """A table row (17.4.78) at least *height* twips high, unbroken, repeated on every page if it is a header."""
    header = "<w:tblHeader/>" if is_header else ""
    properties = f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{header}'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def table(style: str, widths: Iterable[int], rows: str) -> str:
    """A table (17.4.37) of fixed column *widths* in twips: WPS goes by the grid, Word by the cells."""
    columns = list(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


PART = "docProps/core.xml"
NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def core_properties(document: Document) -> bytes:
    """Title, author and language; a date only if the report says when it was published, so that bytes repeat."""
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
        f"<cp:coreProperties {NAMESPACES}><dc:title>{escape(document.title)}</dc:title>"
        f"<dc:creator>{escape(document.agency)}</dc:creator><dc:language>zh-CN</dc:language>{dates}</cp:coreProperties>"
    ).encode()
