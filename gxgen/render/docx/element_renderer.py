"""How Word draws a report: its parts as WordprocessingML in the styles of a template."""

from __future__ import annotations

import re
from typing import NamedTuple

from gxgen.core.text import display_width
from gxgen.render.docx import wordml
from gxgen.render.docx.look import BODY, HEADING_1, HEADING_2, RUN_IN_HEAD, TABLE_SPACER, TITLE, Look
from gxgen.render.docx.tables import TableSetter
from gxgen.render.docx.wordml import Encoded, PageNumber, Xml
from gxgen.view import Block, Document, Emphasis, SectionView, Span, Subheading


class DocxInk(NamedTuple):
    """Draws in the look of one template."""

    look: Look
    tables: TableSetter
    page_number: PageNumber = PageNumber()

    @property
    def style(self) -> str:
        """Nothing: styles are in the template."""
        return ""

    def title(self, document: Document) -> Xml:
        """The title on one line, or on several lines of like length."""
        return Xml(_title(document, self.look))

    def heading(self, section: SectionView) -> Xml:
        """A heading of the first level."""
        return Xml(wordml.paragraph(self.look.style_ids[HEADING_1], (wordml.run(section.heading),)))

    def blocks(self, blocks: tuple[Block, ...]) -> Xml:
        """Paragraphs, heads and what is bold in them."""
        return Xml("".join([_block(block, self.look) for block in blocks]))

    def table(self, section: SectionView) -> Encoded:
        """The table with a little space before and after it."""
        if not section.grid:
            return Encoded(b"")
        spacer = self.look.style_ids[TABLE_SPACER]
        before, after = wordml.paragraph(spacer, (), keep_next=True), wordml.paragraph(spacer, ())
        return Encoded(b"%b%b%b" % (before.encode(), self.tables.set(section.grid), after.encode()))


def _block(block: Block, look: Look) -> str:
    style = look.style_ids[HEADING_2 if isinstance(block, Subheading) else BODY]
    return wordml.paragraph(style, (_span(span, look) for span in block.spans))


def _span(span: Span, look: Look) -> str:
    head = look.style_ids[RUN_IN_HEAD] if span.emphasis is Emphasis.HEAD else ""
    return wordml.run(span.text, style=head, bold=span.emphasis is Emphasis.BOLD)


def _title(document: Document, look: Look) -> str:
    room = max(look.text_width // look.half_ems[TITLE], 2)
    fits = display_width(document.title) <= room and document.title_lines != "two"
    parts = (document.title,) if fits or document.title_lines == "one" else document.title_parts
    lines = (line for part in parts for line in balanced(part, room))
    runs = wordml.LINE_BREAK.join(wordml.run(line) for line in lines)
    return wordml.paragraph(look.style_ids[TITLE], (runs,))


def balanced(text: str, room: int) -> list[str]:
    """A part of the title on as few lines of at most *room* half ems as it takes.

    The lines are of like length, and break after a place's name if they can (GB/T 9704-2012, 7.3.1: 回行时词意完整、
    排列对称).
    """
    if display_width(text) <= room:
        return [text]
    lines = -(-display_width(text) // room)
    ideal = len(text) / lines
    fitting = [at for at in range(1, len(text)) if display_width(text[:at]) <= room]
    after_places = [at for at in fitting if re.match(r"[省市区县州盟旗乡镇会和]", text[at - 1]) and at > ideal / 2]
    at = min(after_places or fitting, key=lambda at: abs(at - ideal))
    return [text[:at], *balanced(text[at:], room)]
