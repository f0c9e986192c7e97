"""The report as a neutral document: meaning and order, no ink.  Every renderer draws from it and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec import field

from gxgen.view.grid import Grid


class Emphasis(Enum):
    """How a piece of a paragraph stands out."""

    PLAIN = "plain"
    BOLD = "bold"
    RUN_IN_HEAD = "head"
    """A head that runs into its paragraph: （一）主动公开。…"""


class Span(NamedTuple):
    """A piece of a paragraph in one emphasis."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of narrative."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The paragraph without its emphasis."""
        return "".join(span.text for span in self.spans)


class Subheading(msgspec.Struct, frozen=True):
    """A head of the second level on a line of its own: （一）主动公开."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The head without its emphasis."""
        return "".join(span.text for span in self.spans)


Block = Paragraph | Subheading


class SectionView(msgspec.Struct, frozen=True):
    """One numbered section: its heading, its narrative, and its table."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    grid: Grid | None = None
    addresses: tuple[str, ...] = ()
    """The address of each figure of the grid, in its order."""


class Figure(NamedTuple):
    """A figure by itself: as the report prints it, and as a number to compare and reckon with.

    An amount with a unit of its own is in yuan, any other in the unit that the form prints.
    """

    text: str
    number: int | Decimal


def _no_figures() -> Mapping[str, Figure]:
    return MappingProxyType({})


def _no_branches() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({"": frozenset()})


class Document(msgspec.Struct, frozen=True):
    """A whole report."""

    title_parts: tuple[str, ...]
    """The title; a line may break between its parts and should not elsewhere."""
    agency: str
    year: int
    published: date | None
    preamble: tuple[Block, ...]
    sections: tuple[SectionView, ...]
    title_lines: str = "auto"
    """``one`` and ``two``: the title breaks nowhere, or between its parts, if there is room; ``auto``: as it fits."""
    layout: str = ""
    """The official form's short name, its first year: 2021."""
    period: str = ""
    """The days that the report covers: 2023年1月1日至2023年12月31日."""
    figures: Mapping[str, Figure] = field(default_factory=_no_figures)
    """Every figure and total by its address."""
    branches: Mapping[str, frozenset[str]] = field(default_factory=_no_branches)
    """The keys below each branch of the addresses, those of a figure included; the first keys are below ``""``."""

    @property
    def title(self) -> str:
        """The title on one line."""
        return "".join(self.title_parts)

    def texts(self) -> Iterator[str]:
        """Every piece of text of the document in reading order, tables included."""
        yield self.title
        yield from (block.text for block in self.preamble)
        for section in self.sections:
            yield section.heading
            yield from (block.text for block in section.blocks)
            if section.grid:
                yield from (text for _, text in section.grid.texts())
