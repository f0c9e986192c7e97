"""Amend a form with what a region adds: rows, other wordings of headings, stock texts.

The result is an ordinary form; its readers need not know of amendments.  Nothing official is removed: every row, column
and section of the form is in the amended one, with its label and its address.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache

import msgspec
from msgspec.structs import replace

from gxgen.spec.addresses import address_book
from gxgen.spec.vocabulary import (
    LEAD,
    PREAMBLE,
    Address,
    Crosstab,
    Head,
    Layout,
    Section,
    Table,
    join,
    leaf,
    total,
    unnumbered,
)


class ExtraRow(msgspec.Struct, frozen=True):
    """A row of figures to insert after another one, under the same parent."""

    after: Address
    key: str
    label: str


class Amendment(msgspec.Struct, frozen=True):
    """What a region adds to every form that accepts it."""

    rows: tuple[ExtraRow, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    """Pairs of a section's key and its heading, with or without the number."""
    texts: tuple[tuple[str, str], ...] = ()
    """Pairs of a place of the narrative and its stock text; an empty text is ignored."""


NO_AMENDMENT = Amendment()


class Reason(Enum):
    """Why an addition is refused."""

    NO_SUCH_ROW = "no such row"
    AFTER_TOTAL = "after a total"
    KEY_TAKEN = "key taken"
    LABEL_TAKEN = "label taken"
    NO_SUCH_SECTION = "no such section"
    NOT_A_VARIANT = "not a variant"
    NO_SUCH_PLACE = "no such place"


class Refusal(msgspec.Struct, frozen=True):
    """A refused addition."""

    reason: Reason
    of: str
    """``rows``, ``headings`` or ``texts``."""
    item: int | str
    known: tuple[str, ...] = ()
    """What would be accepted, where that can be listed."""


@cache
def amended(layout: Layout, amendment: Amendment) -> Layout:
    """Amend a form; equal arguments give the same object.

    What :func:`refusals` reports is left out.
    """
    if amendment == NO_AMENDMENT:
        return layout
    for row in amendment.rows:
        if _row_refusal(layout, row) is None:
            layout = _with_row(layout, row)
    headings = dict(amendment.headings)
    sections = tuple(_with_heading(section, headings.get(section.key, "")) for section in layout.sections)
    known = places(layout)
    stock = tuple((place, text) for place, text in amendment.texts if place in known and text.strip())
    return replace(layout, sections=sections, stock=stock)


def refusals(forms: tuple[Layout, ...], amendment: Amendment) -> tuple[Refusal, ...]:
    """List the additions that the forms refuse; a row must fit at least one form."""
    return (*_row_refusals(forms, amendment), *_heading_refusals(forms, amendment), *_text_refusals(forms, amendment))


def without(amendment: Amendment, refused: tuple[Refusal, ...]) -> Amendment:
    """Remove the refused additions."""
    refused_items = {(refusal.of, refusal.item) for refusal in refused}
    return Amendment(
        tuple(row for number, row in enumerate(amendment.rows) if ("rows", number) not in refused_items),
        tuple(pair for pair in amendment.headings if ("headings", pair[0]) not in refused_items),
        tuple(pair for pair in amendment.texts if ("texts", pair[0]) not in refused_items),
    )


def places(layout: Layout) -> tuple[str, ...]:
    """Every place of the narrative."""
    topics = (
        join(section.key, key)
        for section in layout.sections
        if section.topics
        for key in (LEAD, *(topic.key for topic in section.topics))
    )
    return (PREAMBLE, *(section.key for section in layout.sections), *topics)


def rows_of(layout: Layout) -> tuple[Address, ...]:
    """The addresses after which a row can be inserted: rows of figures, and groups of rows."""
    return tuple(
        address
        for _, table in layout.tables
        for block in table.blocks
        for address, head, _ in _heads(block.rows, block.key)
        if head.key
    )


# Refusals


def _row_refusals(forms: tuple[Layout, ...], amendment: Amendment) -> Iterator[Refusal]:
    current = list(forms)
    for number, row in enumerate(amendment.rows):
        reasons = [_row_refusal(layout, row) for layout in current]
        serious = [reason for reason in reasons if reason not in (None, Reason.NO_SUCH_ROW)]
        if serious or None not in reasons:
            reason = (serious or reasons)[0]
            assert reason, "there is a form, and it refuses the row"
            known = tuple(dict.fromkeys(address for layout in current for address in rows_of(layout)))
            yield Refusal(reason, "rows", number, known)
        else:
            current = [
                _with_row(layout, row) if reason is None else layout
                for layout, reason in zip(current, reasons, strict=True)
            ]


def _row_refusal(layout: Layout, row: ExtraRow) -> Reason | None:
    found = [
        (address, head, siblings)
        for _, table in layout.tables
        for block in table.blocks
        for address, head, siblings in _heads(block.rows, block.key)
        if address == row.after and head.key
    ]
    if not found:
        return Reason.NO_SUCH_ROW
    address, head, siblings = found[0]
    if head.is_total:
        return Reason.AFTER_TOTAL
    if unnumbered(row.label) in (unnumbered(sibling.label) for sibling in siblings):
        return Reason.LABEL_TAKEN
    own = join(address.rpartition(".")[0], row.key)
    taken = {node.address for node in address_book(layout).outline.walk()}
    return Reason.KEY_TAKEN if own in taken or row.key == total().key else None


def _heading_refusals(forms: tuple[Layout, ...], amendment: Amendment) -> Iterator[Refusal]:
    for key, wording in amendment.headings:
        sections = [section for layout in forms for section in layout.sections if section.key == key]
        if not sections:
            keys = tuple(dict.fromkeys(section.key for layout in forms for section in layout.sections))
            yield Refusal(Reason.NO_SUCH_SECTION, "headings", key, keys)
        elif not any(_is_wording(section, wording) for section in sections):
            wordings = dict.fromkeys(name for section in sections for name in _wordings(section))
            yield Refusal(Reason.NOT_A_VARIANT, "headings", key, tuple(wordings))


def _text_refusals(forms: tuple[Layout, ...], amendment: Amendment) -> Iterator[Refusal]:
    known = tuple(dict.fromkeys(place for layout in forms for place in places(layout)))
    for place, _ in amendment.texts:
        if place not in known:
            yield Refusal(Reason.NO_SUCH_PLACE, "texts", place, known)


# Amending


def _heads(heads: tuple[Head, ...], prefix: Address) -> Iterator[tuple[Address, Head, tuple[Head, ...]]]:
    """Every head of a tree with its address and its siblings, including itself."""
    for head in heads:
        address = join(prefix, head.key)
        yield address, head, heads
        yield from _heads(head.children, address)


def _with_row(layout: Layout, row: ExtraRow) -> Layout:
    return replace(layout, sections=tuple(_section_with_row(section, row) for section in layout.sections))


def _section_with_row(section: Section, row: ExtraRow) -> Section:
    """Insert the row; return the same object if it is not of this section, which keeps what is cached of its table."""
    if section.table is None:
        return section
    blocks = tuple(_block_with_row(block, row) for block in section.table.blocks)
    is_same = all(new is old for new, old in zip(blocks, section.table.blocks, strict=True))
    return section if is_same else replace(section, table=Table(blocks))


def _block_with_row(block: Crosstab, row: ExtraRow) -> Crosstab:
    rows = _heads_with_row(block.rows, block.key, row)
    return block if rows is block.rows else replace(block, rows=rows)


def _heads_with_row(heads: tuple[Head, ...], prefix: Address, row: ExtraRow) -> tuple[Head, ...]:
    added: list[Head] = []
    for head in heads:
        address = join(prefix, head.key)
        children = _heads_with_row(head.children, address, row)
        added.append(head if children is head.children else replace(head, children=children))
        if address == row.after and head.key:
            added.append(leaf(row.key, row.label))
    is_same = len(added) == len(heads) and all(new is old for new, old in zip(added, heads, strict=True))
    return heads if is_same else tuple(added)


def _wordings(section: Section) -> tuple[str, ...]:
    return (unnumbered(section.heading), *section.variants)


def _is_wording(section: Section, wording: str) -> bool:
    """Whether the section may be headed so; with a number it has to be the section's own."""
    return wording.removeprefix(_numeral(section)) in _wordings(section)


def _numeral(section: Section) -> str:
    return section.heading.removesuffix(unnumbered(section.heading))


def _with_heading(section: Section, wording: str) -> Section:
    """The section under another of its headings, its number kept."""
    if not wording or not _is_wording(section, wording):
        return section
    heading = _numeral(section) + wording.removeprefix(_numeral(section))
    return section if heading == section.heading else replace(section, heading=heading)
