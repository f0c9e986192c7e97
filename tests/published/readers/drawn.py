"""PDF files drawn by reportlab, for the tests of their reader."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gxgen.published.document import Pages, Table
from gxgen.published.readers.pdf import read

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
LEFT, RIGHT = 80.0, 80.0 + 16 * 27
EM = 16.0


class Drawing:
    """A PDF in the making; heights are points from the top."""

    def __init__(self, font: str = FONT) -> None:
        self._font = font
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, A4)

    def line(
        self, words: str, top: float, left: float = LEFT, size: float = EM, rise: float = 0.0, mode: int = 0
    ) -> None:
        """One line of text; *mode* is the render mode."""
        text = self.canvas.beginText(left, HEIGHT - top)
        text.setFont(self._font, size)
        text.setRise(rise)
        text.setTextRenderMode(mode)
        text.textOut(words)
        self.canvas.saveState()
        self.canvas.drawText(text)
        self.canvas.restoreState()

    def paragraph(self, words: str, top: float, indent: float = 2 * EM) -> float:
        """Words broken into lines of 27 characters; the height below them."""
        room = 27 - round(indent / EM)
        lines = [words[:room], *(words[at : at + 27] for at in range(room, len(words), 27))]
        for number, line in enumerate(lines):
            self.line(line, top + 28 * number, LEFT if number else LEFT + indent)
        return top + 28 * len(lines)

    def shade(self, left: float, top: float, right: float, bottom: float, colour: Color = white) -> None:
        """A filled rectangle without an edge."""
        self.canvas.setFillColor(colour)
        self.canvas.rect(left, HEIGHT - bottom, right - left, bottom - top, stroke=0, fill=1)
        self.canvas.setFillColor(black)

    def stroke(self, left: float, top: float, right: float, bottom: float) -> None:
        """A thin line."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(left, HEIGHT - top, right, HEIGHT - bottom)

    def table(self, rows: Sequence[Sequence[str]], top: float, columns: Sequence[float], *, tall: float = 24) -> float:
        """A ruled table; the height below it."""
        bottom = top + tall * len(rows)
        for number in range(len(rows) + 1):
            self.stroke(columns[0], top + tall * number, columns[-1], top + tall * number)
        for edge in columns:
            self.stroke(edge, top, edge, bottom)
        for number, row in enumerate(rows):
            for left, words in zip(columns, row, strict=False):
                self.line(words, top + tall * number + 16, left + 4, 10.5)
        return bottom

    def page(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._file.getvalue()

    def read(self) -> Pages:
        """The file as the reader reads it."""
        return read(self.bytes())


def texts(pages: Pages) -> list[str]:
    """The paragraphs."""
    return [block.text for block in pages.blocks if not isinstance(block, Table)]


def tables(pages: Pages) -> list[list[list[str]]]:
    """The tables by rows; a cell over several rows is in the first of them."""
    return [
        [[cell.text.replace("\n", "") for cell in row if cell.row == number] for number, row in enumerate(block.rows)]
        for block in pages.blocks
        if isinstance(block, Table)
    ]
