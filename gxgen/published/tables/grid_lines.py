"""The rows of ruled tables by what they are: headers, captions, and rows of labels and figures below a header."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gxgen.published.document import Cell, Location, Table
from gxgen.published.labels import OF_A_YEAR, fold
from gxgen.published.tables.cells import WAITING, is_plain_figure, looks_like_figure
from gxgen.published.tables.forms import Form
from gxgen.published.tables.headers import Header, cells_above, header_of, of_year
from gxgen.published.tables.hypotheses import Evidence
from gxgen.spec.addresses import Leaf


@dataclass(eq=False)
class GridLine:
    """A row of a table below a header."""

    table: Table
    row: int
    header: Header | None
    labels: tuple[Cell, ...]
    """The cells left of the columns that have a text."""
    figures: tuple[Cell, ...]
    trail: tuple[str, ...] = ()
    leaf: Leaf | None = None
    evidence: Evidence = Evidence.READ
    needs_columns: bool = False
    problem: str = ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells that cover the row."""
        return self.table.rows[self.row]

    @property
    def own_cells(self) -> tuple[Cell, ...]:
        """Its cells without the figures of other years."""
        others = self.header.other_years if self.header else ()
        return tuple(cell for cell in self.cells if (cell.column, cell.columns) not in others)

    @property
    def location(self) -> Location:
        """Where the row stands."""
        line = next((cell.line for cell in self.cells if cell.line and cell.text.strip()), 0)
        return Location(self.table.number, self.row + 1, 0, line)

    @property
    def is_blank(self) -> bool:
        """Whether no figure stands in it."""
        return all(fold(cell.text) in ("", *WAITING) for cell in self.figures)

    @property
    def is_across(self) -> bool:
        """Whether it is one cell over the whole width."""
        return len(self.cells) == 1 and self.cells[0].columns >= self.table.width

    @property
    def own_labels(self) -> tuple[Cell, ...]:
        """Its labels without those that reach into it from above."""
        return tuple(cell for cell in self.labels if cell.row == self.row)


def grid_lines(tables: Iterable[Table], form: Form, year: int) -> list[GridLine]:
    """The rows of tables that follow each other, each with the header above it; *year* is that of the report."""
    parser = _GridParser(form, year)
    for table in tables:
        parser.take(table)
    return parser.lines


class _GridParser:
    """Goes down tables, remembering the header that stands above."""

    def __init__(self, form: Form, year: int) -> None:
        self._form = form
        self._year = year
        self._header: Header | None = None
        self._open: list[int] = []
        """The rows of a header that may go on."""
        self.lines: list[GridLine] = []

    def take(self, table: Table) -> None:
        """Sort the rows of a table into headers, captions and rows below a header."""
        self._open = []
        if self._header and self._header.table.width != table.width:
            self._header = None
        for row in range(table.height):
            self._take(table, row)

    def _take(self, table: Table, row: int) -> None:
        cells = table.rows[row]
        texts = [fold(cell.text) for cell in cells]
        if not any(texts):
            if self._header and not self._open and table.is_whole(row):
                self.lines.append(line_below(self._header, table, row, self._form))
            return
        if self._is_header(cells, texts):
            self._open.append(row)
            self._header = header_of(table, tuple(self._open), self._form)
        elif all(self._form.is_frame(text) for text in texts if text):
            self._header, self._open = None, []
        else:
            if self._open and self._header and self._is_of_years(cells):
                self._header = of_year(self._header, cells, self._year) or Header(table, (), ())
                self._open = []
                return
            if any(self._form.is_row_label(text) for text in texts) or not is_text(table, cells):
                self._open = []  # a remark in a row of its own does not end a header
            self.lines.append(line_below(self._header, table, row, self._form))

    def _is_header(self, cells: tuple[Cell, ...], texts: list[str]) -> bool:
        own = [text for cell, text in zip(cells, texts, strict=True) if text and not self._form.is_frame(text)]
        if not own or any(looks_like_figure(text) for text in own):
            return False
        if self._form.rows and self._form.is_row_label(own[0]) and not self._is_corner(cells[0], texts[0]):
            return False
        return self._form.is_corner(texts[0]) or any(self._form.is_column_label(text) for text in own)

    def _is_corner(self, cell: Cell, text: str) -> bool:
        return self._form.is_frame(text) or (cell.rows > 1 and not text)

    def _is_of_years(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row right below the header says of which years its columns are."""
        header = self._header
        assert header, "there is a header above"
        parted = [cell for cell in cells if fold(cell.text) and cells_above(header.table, header.rows, cell.column)]
        named = [cell for cell in parted if not looks_like_figure(cell.text)]
        is_one = len(named) == 1 and len(fold(named[0].text)) <= LONGEST_YEAR
        if (len(named) < 2 and not is_one) or len(named) < len(parted) or (self._form.rows and cells[0] in named):
            return False
        return any(OF_A_YEAR.search(cell.text) for cell in named)


LONGEST_YEAR = 5
"""Characters of a cell that names a year: 2023年, 上年度."""


def line_below(header: Header | None, table: Table, row: int, form: Form) -> GridLine:
    """A row of a table taken apart by the header that stands above it."""
    first = header.first if header else table.width
    cells = table.rows[row]
    last = max((at for at, cell in enumerate(cells) if form.is_row_label(fold(cell.text))), default=len(cells))
    is_displaced = not table.is_whole(row)
    labels = tuple(
        cell
        for at, cell in enumerate(cells)
        if cell.column < first and fold(cell.text) and not (is_displaced and at > last and looks_like_figure(cell.text))
    )
    others = header.other_years if header else ()
    figures = tuple(cell for cell in cells if cell.column >= first and (cell.column, cell.columns) not in others)
    return GridLine(table, row, header, labels, figures, tuple(fold(cell.text) for cell in labels))


def is_text(table: Table, cells: tuple[Cell, ...]) -> bool:
    """Whether a row holds no figure: words, or a page number across the table."""
    if len(cells) == 1 and cells[0].columns >= table.width:
        return True
    return not any(is_plain_figure(cell.text) for cell in cells if fold(cell.text))
