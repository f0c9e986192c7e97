"""The report as a neutral document: what it says and in which order, not how it looks.  Renderers read nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

import msgspec
from msgspec import field

from gxgen.view.grid import Grid


class Emphasis(Enum):
    """The emphasis of a span."""

    PLAIN = "plain"
    BOLD = "bold"
    RUN_IN_HEAD = "head"
    """A head that is run into its paragraph: （一）主动公开。…"""


class Span(msgspec.Struct, frozen=True):
    """A part of a paragraph with one emphasis."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of narrative."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The text of all spans."""
        return "".join(span.text for span in self.spans)


class Subheading(msgspec.Struct, frozen=True):
    """A second-level head on a line of its own: （一）主动公开."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The text of all spans."""
        return "".join(span.text for span in self.spans)


Block = Paragraph | Subheading


class SectionView(msgspec.Struct, frozen=True):
    """A numbered section: its heading, its narrative, and its table."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    grid: Grid | None = None
    addresses: tuple[str, ...] = ()
    """The addresses of the grid's figures, in its order."""


class Figure(msgspec.Struct, frozen=True):
    """A figure as the report prints it, and as a number.

    The number of an amount with a unit of its own is in yuan, any other in the unit that the form prints.
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
    """The title; lines should break between its parts only."""
    agency: str
    year: int
    published: date | None
    preamble: tuple[Block, ...]
    sections: tuple[SectionView, ...]
    title_lines: str = "auto"
    """``one`` or ``two`` lines, where there is room; ``auto``: two where one does not fit."""
    layout: str = ""
    """The official form's short name, its first year: 2021."""
    period: str = ""
    """The period that the report covers: 2023年1月1日至2023年12月31日."""
    figures: Mapping[str, Figure] = field(default_factory=_no_figures)
    """All figures and totals by address."""
    branches: Mapping[str, frozenset[str]] = field(default_factory=_no_branches)
    """The keys below each branch of the addresses; ``""`` is the root."""

    @property
    def title(self) -> str:
        """The title on one line."""
        return "".join(self.title_parts)

    def texts(self) -> Iterator[str]:
        """Yield all texts of the document in reading order, those of tables included."""
        yield self.title
        yield from (block.text for block in self.preamble)
        for section in self.sections:
            yield section.heading
            yield from (block.text for block in section.blocks)
            if section.grid:
                yield from (text for _, text in section.grid.texts())
