"""A reader of .docx files that shares nothing with what writes them: python-docx opens the file and resolves merges."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tests.forms import Box, Rectangle


@dataclass(frozen=True)
class Piece:
    """A run: its text, the name of its character style, and whether it is bold by itself."""

    text: str
    style: str
    bold: bool


@dataclass(frozen=True)
class Line:
    """A paragraph of the body: the name of its style and its runs; a line break is a newline."""

    style: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph as a reader sees it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class WordFile:
    """What a .docx file shows."""

    blocks: tuple[Line | Rectangle, ...]
    """Paragraphs and tables in the order of the body."""
    title: str
    author: str

    @property
    def lines(self) -> list[Line]:
        """The paragraphs that are not in a table and hold something."""
        return [block for block in self.blocks if isinstance(block, Line) and block.text]

    @property
    def tables(self) -> list[Rectangle]:
        """The tables."""
        return [block for block in self.blocks if not isinstance(block, Line)]

    def texts(self) -> Iterator[str]:
        """Every text in reading order, a merged cell once."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block.text
            else:
                yield from (box.text for box in dict.fromkeys(box for row in block for box in row))


def read_docx(raw: bytes) -> WordFile:
    """Read the bytes of a .docx file."""
    document = docx.Document(io.BytesIO(raw))
    blocks = tuple(
        _line(item) if isinstance(item, Paragraph) else _rectangle(item) for item in document.iter_inner_content()
    )
    properties = document.core_properties
    return WordFile(blocks, properties.title, properties.author)


def _line(paragraph: Paragraph) -> Line:
    assert paragraph.style is not None, "every paragraph names its style"
    return Line(paragraph.style.name or "", tuple(_piece(run) for run in paragraph.runs))


def _piece(run: Run) -> Piece:
    # python-docx answers None where a file has no default character style.
    style = run.style.name if run.style else None
    return Piece(run.text, style or "", bool(run.bold))


def _rectangle(table: Table) -> Rectangle:
    boxes: dict[object, Box] = {}
    rows = tuple(tuple(boxes.setdefault(cell._tc, Box(cell.text)) for cell in row.cells) for row in table.rows)
    assert len({len(row) for row in rows}) == 1, "every row reaches over the whole grid"
    return rows
