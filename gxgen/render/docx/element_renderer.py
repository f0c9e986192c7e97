"""Render the elements of a report as WordprocessingML in the styles of a template."""

from __future__ import annotations

import re

import msgspec

from gxgen.core.text import display_width
from gxgen.render.docx import wordml
from gxgen.render.docx.metrics import BODY, HEADING_1, HEADING_2, RUN_IN_HEAD, TABLE_SPACER, TITLE, TemplateMetrics
from gxgen.render.docx.tables import TableRenderer
from gxgen.render.docx.wordml import Encoded, PageNumber, Xml
from gxgen.view import Block, Document, Emphasis, SectionView, Span, Subheading


class DocxElementRenderer(msgspec.Struct, frozen=True):
    """The element renderer of Word documents, for one template."""

    metrics: TemplateMetrics
    tables: TableRenderer
    page_number: PageNumber = PageNumber()

    @property
    def style(self) -> str:
        """Empty: styles are in the template."""
        return ""

    def title(self, document: Document) -> Xml:
        """Render the title on one line, or balanced over several lines."""
        return Xml(_title(document, self.metrics))

    def heading(self, section: SectionView) -> Xml:
        """Render a heading of the first level."""
        return Xml(wordml.paragraph(self.metrics.style_ids[HEADING_1], (wordml.run(section.heading),)))

    def blocks(self, blocks: tuple[Block, ...]) -> Xml:
        """Render paragraphs and heads of the second level."""
        return Xml("".join([_block(block, self.metrics) for block in blocks]))

    def table(self, section: SectionView) -> Encoded:
        """Render the table between two spacing paragraphs."""
        if not section.grid:
            return Encoded(b"")
        spacer = self.metrics.style_ids[TABLE_SPACER]
        before, after = wordml.paragraph(spacer, (), keep_next=True), wordml.paragraph(spacer, ())
        return Encoded(b"%b%b%b" % (before.encode(), self.tables.render(section.grid), after.encode()))


def _block(block: Block, metrics: TemplateMetrics) -> str:
    style = metrics.style_ids[HEADING_2 if isinstance(block, Subheading) else BODY]
    return wordml.paragraph(style, (_span(span, metrics) for span in block.spans))


def _span(span: Span, metrics: TemplateMetrics) -> str:
    head = metrics.style_ids[RUN_IN_HEAD] if span.emphasis is Emphasis.RUN_IN_HEAD else ""
    return wordml.run(span.text, style=head, bold=span.emphasis is Emphasis.BOLD)


def _title(document: Document, metrics: TemplateMetrics) -> str:
    room = max(metrics.text_width // metrics.half_ems[TITLE], 2)
    fits = display_width(document.title) <= room and document.title_lines != "two"
    parts = (document.title,) if fits or document.title_lines == "one" else document.title_parts
    lines = (line for part in parts for line in balanced(part, room))
    runs = wordml.LINE_BREAK.join(wordml.run(line) for line in lines)
    return wordml.paragraph(metrics.style_ids[TITLE], (runs,))


def balanced(text: str, room: int) -> list[str]:
    """Break a part of the title into as few lines of at most *room* half ems as possible.

    Lines are of similar length, and break after the name of a place where possible (GB/T 9704-2012, 7.3.1:
    回行时词意完整、排列对称).
    """
    if display_width(text) <= room:
        return [text]
    lines = -(-display_width(text) // room)
    ideal = len(text) / lines
    fitting = [at for at in range(1, len(text)) if display_width(text[:at]) <= room]
    after_places = [at for at in fitting if re.match(r"[省市区县州盟旗乡镇会和]", text[at - 1]) and at > ideal / 2]
    at = min(after_places or fitting, key=lambda at: abs(at - ideal))
    return [text[:at], *balanced(text[at:], room)]
