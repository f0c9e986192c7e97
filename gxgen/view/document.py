"""The report as a neutral document: meaning and order, no ink.  Every renderer draws from it and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from gxgen.view.grid import Grid


class Emphasis(Enum):
    """How a piece of a paragraph stands out."""

    PLAIN = "plain"
    BOLD = "bold"
    HEAD = "head"
    """A head that runs into its paragraph: （一）主动公开。…"""


class Span(NamedTuple):
    """A piece of a paragraph in one emphasis."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of narrative."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The paragraph without its emphasis."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Subheading:
    """A head of the second level on a line of its own: （一）主动公开."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The head without its emphasis."""
        return "".join(span.text for span in self.spans)


Block = Paragraph | Subheading


@dataclass(frozen=True)
class SectionView:
    """One numbered section: its heading, its narrative, and its table."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    grid: Grid | None = None


@dataclass(frozen=True)
class Document:
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
