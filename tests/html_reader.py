"""A reader of web pages that shares nothing with what writes them: html5lib parses as browsers do, and strictly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from xml.etree.ElementTree import Element

import html5lib

from tests.forms import Box, Rectangle
from tests.html_table import HtmlTable, read_table

LINES = ("h1", "h2", "h3", "p")


@dataclass(frozen=True)
class WebPage:
    """What a page shows."""

    root: Element

    @property
    def elements(self) -> list[Element]:
        """Every element in its order; a comment is none."""
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    @property
    def title(self) -> str:
        """The name of the page, as a browser's tab shows it."""
        return self.root.findtext("head/title", "")

    @property
    def lines(self) -> list[str]:
        """The title, the headings and the paragraphs."""
        return [text for _, text in self.outline]

    @property
    def outline(self) -> list[tuple[str, str]]:
        """The same, each with the name of its element."""
        return [(element.tag, "".join(element.itertext())) for element in self.root.iter() if element.tag in LINES]

    @property
    def html_tables(self) -> list[HtmlTable]:
        """The tables as HTML sees them."""
        return [read_table(table) for table in self.root.iter("table")]

    @property
    def tables(self) -> list[Rectangle]:
        """The tables as cells."""
        return [_rectangle(table) for table in self.html_tables]


def read_html(raw: bytes) -> WebPage:
    """Read the bytes of a page.

    Raises:
        html5lib.html5parser.ParseError: it is not valid.
    """
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return WebPage(cast("Element", parser.parse(raw.decode("utf-8"))))


def _rectangle(table: HtmlTable) -> Rectangle:
    boxes = {cell: Box(cell.text) for cell in table.cells}
    return tuple(tuple(boxes[table.slots[x, y]] for x in range(table.width)) for y in range(table.height))
