"""The report as plain text: one paragraph a line, tables drawn in ASCII where a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

from gxgen.core.text import display_width, printable, wrap
from gxgen.render.columns import column_widths
from gxgen.render.templating.completeness import refuse_unplaced
from gxgen.render.templating.names import Value, names_of
from gxgen.view import Block, Cell, Document, Frame, Grid, Role, SectionView

WIDTH = 78
"""Columns: fits a terminal and a mail.  Tables with long figures grow beyond it."""
INDENT = "\u3000\u3000"
BORDER = 1
MOST_FIGURES = 4096
"""Figures that are kept as they are set: most are 0, and few are large."""


def render(document: Document) -> bytes:
    """The document as UTF-8 text."""
    return ("\n".join(_lines(document)) + "\n").encode("utf-8")


def renderer(
    template: str, *, wording: Mapping[str, str] | None = None, values: Mapping[str, Value] | None = None
) -> Callable[[Document], bytes]:
    """A function that renders documents through a pack's own template; without one, as :func:`render` does.

    Raises:
        TemplateError: the template cannot be read.  The function raises it too: the template asks for what is not
            there, does too much, or leaves a part of the report out.
    """
    if not template:
        return render
    from gxgen.render.templating.compiler import program_of
    from gxgen.render.templating.sandbox import TemplateEnvironment

    program = program_of(TemplateEnvironment(autoescape=False, trim=True), template)

    def fill(document: Document) -> bytes:
        pieces, placed = program(names_of(document, _Ink(), wording=wording, values=values, between="\n\n"))
        made = "".join(pieces).replace("\a", "\n").replace("\f", "\n")
        refuse_unplaced(document, placed, template="文本模板", lines=made.splitlines)
        return printable(made).encode("utf-8")

    return fill


class _Ink:
    """Plain text's idea of ink; its lines have no end of their own."""

    page_number = style = ""

    def title(self, document: Document) -> str:
        return _title(document)

    def heading(self, section: SectionView) -> str:
        return section.heading

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        return "\n".join(_paragraphs(blocks)).removeprefix("\n")

    def table(self, section: SectionView) -> str:
        return draw(section.grid) if section.grid else ""


def _lines(document: Document) -> Iterator[str]:
    yield _title(document)
    yield from _paragraphs(document.preamble)
    for section in document.sections:
        yield from ("", section.heading)
        yield from _paragraphs(section.blocks)
        if section.grid:
            yield from ("", draw(section.grid))


def _title(document: Document) -> str:
    """The title on one line, or a line for each of its parts."""
    fits = display_width(document.title) <= WIDTH and document.title_lines != "two"
    lines = (document.title,) if fits or document.title_lines == "one" else document.title_parts
    return "\n".join(map(_centred, lines))


def _centred(line: str) -> str:
    return " " * max((WIDTH - display_width(line)) // 2, 0) + line


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from ("", INDENT + block.text)


def draw(grid: Grid) -> str:
    """A table as lines of text."""
    widths = column_widths(grid, WIDTH - BORDER, unit=1, overhead=BORDER, may_grow=True)
    pieces, slots = _pattern(grid.frame, widths)
    figures = map(_set, grid.figures, slots)
    return "".join([piece + figure for piece, figure in zip(pieces, (*figures, ""), strict=True)])


@lru_cache(maxsize=MOST_FIGURES)
def _set(figure: str, width: int) -> str:
    """A figure at the right of its cell, a space from the border where there is room."""
    room = width - display_width(figure)
    return " " * (room - 1) + figure + " " if room else figure


@lru_cache(maxsize=64)
def _pattern(frame: Frame, widths: tuple[int, ...]) -> tuple[list[str], list[int]]:
    """The drawing without its figures: the text between them, and the width of each figure's slot."""
    canvas = _Canvas(frame, widths)
    for cell in frame.cells:
        canvas.edges(cell)
    for cell in frame.cells:
        canvas.corners(cell)
        canvas.content(cell)
    return canvas.pieces()


class _Slot(int):
    """The place of a figure on the canvas; its value is its width."""


class _Canvas:
    """A page of character cells; a double-width character fills its cell and leaves the next one empty."""

    def __init__(self, frame: Frame, widths: tuple[int, ...]) -> None:
        self._x = [0, *accumulate(widths)]
        self._wrapped = {cell: self._wrap(cell) for cell in frame.cells if cell.role is not Role.FIGURE}
        self._y = [0, *accumulate(lines + BORDER for lines in self._row_lines(frame))]
        self._page: list[list[str | _Slot]] = [[" "] * (self._x[-1] + 1) for _ in range(self._y[-1] + 1)]

    def _wrap(self, cell: Cell) -> list[str]:
        return wrap(cell.text, self._x[cell.column + cell.columns] - self._x[cell.column] - BORDER)

    def _row_lines(self, frame: Frame) -> list[int]:
        """Lines of text in each grid row; a label over several rows may use the lines between them too."""
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
        """The lines round a cell."""
        left, top, right, bottom = self._box(cell)
        for y in (top, bottom):
            self._page[y][left : right + 1] = ["-"] * (right + 1 - left)
        for y in range(top + 1, bottom):
            self._page[y][left] = self._page[y][right] = "|"

    def corners(self, cell: Cell) -> None:
        """The points where the lines of cells meet."""
        left, top, right, bottom = self._box(cell)
        for y in (top, bottom):
            for x in (left, right):
                self._page[y][x] = "+"

    def content(self, cell: Cell) -> None:
        """The label of a cell, or the slot of its figure."""
        left, top, right, _ = self._box(cell)
        if cell.role is Role.FIGURE:
            width = right - left - BORDER
            self._page[top + 1][left + 1 : right] = [_Slot(width), *[""] * (width - 1)]
            return
        for line, text in enumerate(self._wrapped[cell], start=top + 1):
            slack = right - left - BORDER - display_width(text)
            start = left + 1 + (slack // 2 if cell.role is Role.COLUMN_HEAD else 0)
            self._write(line, start, text)

    def _write(self, line: int, start: int, text: str) -> None:
        for char in text:
            self._page[line][start] = char
            if display_width(char) == 2:
                self._page[line][start + 1] = ""
            start += display_width(char)

    def pieces(self) -> tuple[list[str], list[int]]:
        """The page cut at its slots."""
        pieces, slots = [""], []
        for number, line in enumerate(self._page):
            start = 0
            pieces[-1] += "\n" if number else ""
            for at in [at for at, char in enumerate(line) if char.__class__ is _Slot]:
                slots.append(int(line[at]))
                pieces[-1] += "".join(map(str, line[start:at]))
                pieces.append("")
                start = at + 1
            pieces[-1] += "".join(map(str, line[start:]))
        return pieces, slots
