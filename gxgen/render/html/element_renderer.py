"""The pieces of a page: title, headings, text and tables as HTML, for the page of gxgen's own and for templates."""

from __future__ import annotations

from typing import NamedTuple

from gxgen.render.html.markup import Html, element, escape
from gxgen.render.html.tables import table
from gxgen.view import Block, Document, Emphasis, SectionView, Span, Subheading

ID = "gx-"
"""Ids begin so, that a page into which a report is pasted has no other of the name."""


class HtmlInk(NamedTuple):
    """Sets the parts of a report.  Each is HTML that may stand where a paragraph may."""

    style: Html = Html()
    """The style sheet, for a template's ``<style>``."""

    @property
    def page_number(self) -> str:
        """Nothing: browsers number the pages that they print as the style sheet says."""
        return ""

    def title(self, document: Document) -> Html:
        """The title; its parts have a line each where they do not fit on one, or where the pack wants it so."""
        if document.title_lines == "one":
            return Html(element("h1", escape(document.title)) + "\n")
        parts = (element("span", escape(part)) for part in document.title_parts)
        between = "<br>" if document.title_lines == "two" else ""
        return Html(element("h1", between.join(parts)) + "\n")

    def heading(self, section: SectionView) -> Html:
        """A section's heading."""
        return Html(element("h2", escape(section.heading)) + "\n")

    def blocks(self, blocks: tuple[Block, ...]) -> Html:
        """Paragraphs and heads of the second level."""
        return Html("".join(_block(block) for block in blocks))

    def table(self, section: SectionView) -> Html:
        """A section's table; empty if it has none."""
        return Html(table(section.grid, ID + section.key, section.heading) if section.grid else "")


def _block(block: Block) -> str:
    name = "h3" if isinstance(block, Subheading) else "p"
    return element(name, "".join(map(_span, block.spans))) + "\n"


def _span(span: Span) -> str:
    match span.emphasis:
        case Emphasis.BOLD:
            return element("strong", escape(span.text))
        case Emphasis.HEAD:
            return element("strong", escape(span.text), class_="gx-head")
        case Emphasis.PLAIN:
            return escape(span.text)
