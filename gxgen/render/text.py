"""Render reports as plain text: one paragraph a line, and tables drawn in ASCII, a Chinese character in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec
from msgspec import field

from gxgen.core.text import display_width, printable, wrap
from gxgen.render.columns import column_widths
from gxgen.render.templating.completeness import require_complete
from gxgen.render.templating.names import Value, names_of
from gxgen.view import Block, Cell, Document, Frame, Grid, Role, SectionView

if TYPE_CHECKING:
    from gxgen.render.templating.compiler import CompiledTemplate

WIDTH = 78
"""Columns: fits a terminal and a mail.  Tables with long figures grow beyond it."""
INDENT = "\u3000\u3000"
BORDER = 1
MAX_CACHED_FIGURES = 4096
"""Aligned figures that are kept: most are 0, and few are large."""


class TextRenderer(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Renders documents as plain text; may be shared between threads."""

    template: str = ""
    """A pack's own template; empty for gxgen's text."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """The pack's own wording, for the template."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """The pack's own values, for the template."""

    def render(self, document: Document) -> bytes:
        """Render a document as text in UTF-8.

        Raises:
            TemplateError: the template cannot be read, uses a name that does not exist, exceeds its budget, or leaves
                out part of the report.
        """
        text = self._by_template(document) if self.template else "\n".join(_lines(document)) + "\n"
        return text.encode("utf-8")

    def _by_template(self, document: Document) -> str:
        names = names_of(document, TextElementRenderer(), wording=self.wording, values=self.values, separator="\n\n")
        pieces, placed = self._compiled(names)
        text = "".join(pieces).replace("\a", "\n").replace("\f", "\n")
        require_complete(document, placed, template="文本模板", lines=text.splitlines)
        return printable(text)

    @cached_property
    def _compiled(self) -> CompiledTemplate:
        from gxgen.render.templating.compiler import compile_template
        from gxgen.render.templating.sandbox import template_environment

        return compile_template(template_environment(autoescape=False, trim=True), self.template)


class TextElementRenderer:
    """The element renderer of plain text; its elements have no line feed at their end."""

    page_number = style = ""

    def title(self, document: Document) -> str:
        """Render the title, centred."""
        return _title(document)

    def heading(self, section: SectionView) -> str:
        """Render a section's heading."""
        return section.heading

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """Render paragraphs and heads, each after an empty line."""
        return "\n".join(_paragraphs(blocks)).removeprefix("\n")

    def table(self, section: SectionView) -> str:
        """Render a section's table; empty if it has none."""
        return ascii_table(section.grid) if section.grid else ""


def _lines(document: Document) -> Iterator[str]:
    yield _title(document)
    yield from _paragraphs(document.preamble)
    for section in document.sections:
        yield from ("", section.heading)
        yield from _paragraphs(section.blocks)
        if section.grid:
            yield from ("", ascii_table(section.grid))


def _title(document: Document) -> str:
    """Return the title on one line, or with a line for each of its parts."""
    fits = display_width(document.title) <= WIDTH and document.title_lines != "two"
    lines = (document.title,) if fits or document.title_lines == "one" else document.title_parts
    return "\n".join(map(_centred, lines))


def _centred(line: str) -> str:
    return " " * max((WIDTH - display_width(line)) // 2, 0) + line


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from ("", INDENT + block.text)


# Tables


def ascii_table(grid: Grid) -> str:
    """Draw a table as lines of text."""
    widths = column_widths(grid, WIDTH - BORDER, unit=1, overhead=BORDER, may_grow=True)
    pieces, slots = _table_pattern(grid.frame, widths)
    figures = map(_right_aligned, grid.figures, slots)
    return "".join([piece + figure for piece, figure in zip(pieces, (*figures, ""), strict=True)])


@lru_cache(maxsize=MAX_CACHED_FIGURES)
def _right_aligned(figure: str, width: int) -> str:
    """Align a figure at the right of its cell, a space from the border where there is room."""
    room = width - display_width(figure)
    return " " * (room - 1) + figure + " " if room else figure


@lru_cache(maxsize=64)
def _table_pattern(frame: Frame, widths: tuple[int, ...]) -> tuple[list[str], list[int]]:
    """Draw a table without its figures: the text between them, and the width of each figure's slot."""
    drawing = _AsciiTable(frame, widths)
    for cell in frame.cells:
        drawing.edges(cell)
    for cell in frame.cells:
        drawing.corners(cell)
        drawing.content(cell)
    return drawing.pieces()


class _FigureSlot(int):
    """The slot of a figure in the drawing; its value is its width in columns."""


class _AsciiTable:
    """A drawing as lines of columns; a double-width character fills its column and leaves the next one empty."""

    def __init__(self, frame: Frame, widths: tuple[int, ...]) -> None:
        self._x = [0, *accumulate(widths)]
        self._wrapped = {cell: self._wrap(cell) for cell in frame.cells if cell.role is not Role.FIGURE}
        self._y = [0, *accumulate(lines + BORDER for lines in self._row_lines(frame))]
        self._lines: list[list[str | _FigureSlot]] = [[" "] * (self._x[-1] + 1) for _ in range(self._y[-1] + 1)]

    def _wrap(self, cell: Cell) -> list[str]:
        return wrap(cell.text, self._x[cell.column + cell.columns] - self._x[cell.column] - BORDER)

    def _row_lines(self, frame: Frame) -> list[int]:
        """Return the lines of text in each grid row; a label over several rows uses the rules between them, too."""
        lines = [1] * frame.rows
        by_extent = sorted(self._wrapped.items(), key=lambda item: item[0].rows)
        for cell, wrapped in by_extent:
            bottom = cell.row + cell.rows - 1
            there = sum(lines[cell.row : bottom + 1]) + (cell.rows - 1) * BORDER
            lines[bottom] += max(len(wrapped) - there, 0)
        return lines

    def _box(self, cell: Cell) -> tuple[int, int, int, int]:
        right, bottom = cell.column + cell.columns, cell.row + cell.rows
        return self._x[cell.column], self._y[cell.row], self._x[right], self._y[bottom]

    def edges(self, cell: Cell) -> None:
        """Draw the rules around a cell."""
        left, top, right, bottom = self._box(cell)
        for y in (top, bottom):
            self._lines[y][left : right + 1] = ["-"] * (right + 1 - left)
        for y in range(top + 1, bottom):
            self._lines[y][left] = self._lines[y][right] = "|"

    def corners(self, cell: Cell) -> None:
        """Draw the points where the rules of cells meet."""
        left, top, right, bottom = self._box(cell)
        for y in (top, bottom):
            for x in (left, right):
                self._lines[y][x] = "+"

    def content(self, cell: Cell) -> None:
        """Draw the label of a cell, or the slot of its figure."""
        left, top, right, _ = self._box(cell)
        if cell.role is Role.FIGURE:
            width = right - left - BORDER
            self._lines[top + 1][left + 1 : right] = [_FigureSlot(width), *[""] * (width - 1)]
            return
        for line, text in enumerate(self._wrapped[cell], start=top + 1):
            slack = right - left - BORDER - display_width(text)
            start = left + 1 + (slack // 2 if cell.role is Role.COLUMN_HEAD else 0)
            self._write(line, start, text)

    def _write(self, line: int, start: int, text: str) -> None:
        for char in text:
            self._lines[line][start] = char
            if display_width(char) == 2:
                self._lines[line][start + 1] = ""
            start += display_width(char)

    def pieces(self) -> tuple[list[str], list[int]]:
        """Return the drawing cut at its slots, and the widths of the slots."""
        pieces, slots = [""], []
        for number, line in enumerate(self._lines):
            start = 0
            pieces[-1] += "\n" if number else ""
            for column in [column for column, char in enumerate(line) if char.__class__ is _FigureSlot]:
                slots.append(int(line[column]))
                pieces[-1] += "".join(map(str, line[start:column]))
                pieces.append("")
                start = column + 1
            pieces[-1] += "".join(map(str, line[start:]))
        return pieces, slots
