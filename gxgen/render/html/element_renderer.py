"""Render the elements of a report as HTML, for gxgen's own page and for templates."""

from __future__ import annotations

import msgspec

from gxgen.render.html.markup import Html, element, escape
from gxgen.render.html.tables import table
from gxgen.view import Block, Document, Emphasis, SectionView, Span, Subheading

ID = "gx-"
"""The prefix of ids, which keeps them apart from those of a page into which a report is pasted."""


class HtmlElementRenderer(msgspec.Struct, frozen=True):
    """The element renderer of web pages; each result may stand where a paragraph may."""

    style: Html = Html()
    """The style sheet, for a template's ``<style>``."""

    @property
    def page_number(self) -> str:
        """Empty: browsers number printed pages as the style sheet says."""
        return ""

    def title(self, document: Document) -> Html:
        """Render the title; its parts have a line each where they do not fit on one, or where the pack wants it so."""
        if document.title_lines == "one":
            return Html(element("h1", escape(document.title)) + "\n")
        parts = (element("span", escape(part)) for part in document.title_parts)
        separator = "<br>" if document.title_lines == "two" else ""
        return Html(element("h1", separator.join(parts)) + "\n")

    def heading(self, section: SectionView) -> Html:
        """Render a section's heading."""
        return Html(element("h2", escape(section.heading)) + "\n")

    def blocks(self, blocks: tuple[Block, ...]) -> Html:
        """Render paragraphs and heads of the second level."""
        return Html("".join(_block(block) for block in blocks))

    def table(self, section: SectionView) -> Html:
        """Render a section's table; empty if it has none."""
        return Html(table(section.grid, ID + section.key, section.heading) if section.grid else "")


def _block(block: Block) -> str:
    name = "h3" if isinstance(block, Subheading) else "p"
    return element(name, "".join(map(_span, block.spans))) + "\n"


def _span(span: Span) -> str:
    match span.emphasis:
        case Emphasis.BOLD:
            return element("strong", escape(span.text))
        case Emphasis.RUN_IN_HEAD:
            return element("strong", escape(span.text), class_="gx-head")
        case Emphasis.PLAIN:
            return escape(span.text)
