"""A document as the slots that a Word template has: ready WordprocessingML by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from gxgen.render.docx import wordml
from gxgen.render.docx.look import BODY, HEADING_1, HEADING_2, RUN_IN_HEAD, TABLE_SPACER, TITLE, Look
from gxgen.render.docx.tables import TableSetter
from gxgen.render.docx.wordml import Xml
from gxgen.view import Block, Document, Emphasis, SectionView, Span, Subheading
from gxgen.widths import display_width

MARK = re.compile(r"<\?gxgen (\d+)\?>")
"""Stands before a slot's XML while a template is filled in, to see where it goes."""


class SectionSlots(NamedTuple):
    """What a template may place of one section; each is empty where the section has none."""

    key: str
    heading: Xml
    text: Xml
    table: Xml


@dataclass(frozen=True)
class Slots:
    """What a template may place of a report."""

    title: Xml
    preamble: Xml
    sections: tuple[SectionSlots, ...]
    agency: str
    year: int

    def marked(self) -> tuple[Slots, int]:
        """The slots with a mark before each that holds something, and how many marks that took."""
        numbers = count()

        def mark(xml: Xml) -> Xml:
            return Xml(f"<?gxgen {next(numbers)}?>{xml}") if xml else xml

        sections = tuple(
            SectionSlots(section.key, mark(section.heading), mark(section.text), mark(section.table))
            for section in self.sections
        )
        marked = replace(self, title=mark(self.title), preamble=mark(self.preamble), sections=sections)
        return marked, next(numbers)


def slots(document: Document, look: Look, tables: TableSetter) -> Slots:
    """Set *document* in the styles of a template."""
    return Slots(
        title=Xml(_title(document, look)),
        preamble=_blocks(document.preamble, look),
        sections=tuple(_section(section, look, tables) for section in document.sections),
        agency=document.agency,
        year=document.year,
    )


def _section(section: SectionView, look: Look, tables: TableSetter) -> SectionSlots:
    ids = look.style_ids
    table = (
        wordml.paragraph(ids[TABLE_SPACER], (), keep_next=True)
        + tables.set(section.grid)
        + wordml.paragraph(ids[TABLE_SPACER], ())
        if section.grid
        else ""
    )
    return SectionSlots(
        key=section.key,
        heading=Xml(wordml.paragraph(ids[HEADING_1], (wordml.run(section.heading),))),
        text=_blocks(section.blocks, look),
        table=Xml(table),
    )


def _blocks(blocks: tuple[Block, ...], look: Look) -> Xml:
    return Xml("".join(_block(block, look) for block in blocks))


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
