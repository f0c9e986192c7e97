"""Tables whose carrier knows rows, columns and merged cells: a figure belongs to the labels beside and above it.

Nothing is known by its position alone.  A row counts only if its cells fill the width of the table, a column only if
its header cell is exactly as wide as the cells below it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gxgen.core import codes
from gxgen.published.document import Cell, Place, Table
from gxgen.published.labels import fold, leaf_called, quoted
from gxgen.published.tables.cells import Complaint, content, is_plain_figure, looks_like_figure
from gxgen.published.tables.forms import Block, Form
from gxgen.published.tables.rows import Reading, Row
from gxgen.spec.addresses import Leaf


@dataclass
class Found:
    """What a table gives: rows of figures, and what was passed over."""

    rows: list[Row] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    labels: int = 0
    """How many cells are labels of the form: by this the form of a table is recognised."""


def read_grid(table: Table, form: Form) -> Found:
    """Read *table* as the table *form*."""
    reader = _GridReader(table, form)
    for row in range(table.height):
        reader.take(row)
    return reader.found


class _GridReader:
    """Goes down a table, remembering the header that stands above."""

    def __init__(self, table: Table, form: Form) -> None:
        self._table, self._form = table, form
        self._header: list[int] = []
        self._header_is_open = False
        self.found = Found()

    def take(self, row: int) -> None:
        """Read one row of the table."""
        cells = self._table.rows[row]
        texts = [fold(cell.text) for cell in cells]
        if not any(texts):
            if self._header and not self._header_is_open and self._table.is_whole(row):
                self._figures(row)
            return
        if self._is_header(cells, texts):
            self._header = [*self._header, row] if self._header_is_open else [row]
            self._header_is_open = True
            self.found.labels += 1
        elif self._is_caption(texts):
            self._header, self._header_is_open = [], False
        else:
            if self._header_is_open and self._is_unknown_header(cells):
                self._header = []
            self._header_is_open = False
            self._figures(row)

    def _is_unknown_header(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row right below the header parts its columns once more, in words that the form does not have."""
        parted = [cell for cell in cells if fold(cell.text) and self._above(cell)]
        named = [cell for cell in parted if not is_plain_figure(cell.text)]
        return len(named) > 1 and len(named) == len(parted) and cells[0] not in named

    def _is_header(self, cells: tuple[Cell, ...], texts: list[str]) -> bool:
        own = [text for cell, text in zip(cells, texts, strict=True) if text and not self._form.is_frame(text)]
        if not own or any(looks_like_figure(text) for text in own):
            return False
        if self._form.rows and self._form.is_row_label(own[0]) and not self._is_corner(cells[0], texts[0]):
            return False
        return any(self._form.is_column_label(text) for text in own)

    def _is_corner(self, cell: Cell, text: str) -> bool:
        return self._form.is_frame(text) or (cell.rows > 1 and not text)

    def _is_caption(self, texts: list[str]) -> bool:
        return all(self._form.is_frame(text) for text in texts if text)

    # Rows of figures

    def _figures(self, row: int) -> None:
        cells = self._table.rows[row]
        columns = {cell: self._column_trail(cell) for cell in cells}
        figures = [cell for cell in cells if columns[cell]]
        first = min((cell.column for cell in figures), default=self._table.width)
        trail = tuple(filter(None, (fold(cell.text) for cell in cells if cell.column < first)))
        block, leaf = self._labelled(trail, figures)
        if leaf:
            self.found.labels += 1
        problem = self._problem(row, figures, trail, leaf)
        if problem:
            self._leave_out(row, problem, leaf)
        elif block and leaf:
            self._add(row, block, leaf, {cell: columns[cell] for cell in figures})

    def _above(self, cell: Cell) -> tuple[Cell, ...]:
        """The cells of the header over a cell, the outermost first."""
        above = dict.fromkeys(
            over
            for row in self._header
            for over in self._table.rows[row]
            if over.column <= cell.column < over.column + over.columns
        )
        return tuple(above)

    def _column_trail(self, cell: Cell) -> tuple[str, ...]:
        """The labels above a cell, the outermost first; nothing where the cell next above is not as wide."""
        labelled = [over for over in self._above(cell) if fold(over.text)]
        if not labelled or (labelled[-1].column, labelled[-1].columns) != (cell.column, cell.columns):
            return ()
        trail = tuple(fold(over.text) for over in labelled)
        return () if self._form.is_frame(trail[-1]) else trail

    def _is_stray(self, cell: Cell) -> bool:
        """Whether a cell says something under no label, or is one of several under one: two years, or a slip."""
        above = self._above(cell)
        labelled = [over for over in above if fold(over.text)]
        if not labelled:
            return bool(fold(cell.text))
        return labelled[-1].columns > cell.columns

    def _labelled(self, trail: tuple[str, ...], figures: list[Cell]) -> tuple[Block | None, Leaf | None]:
        """The row that the labels lead to; a block without row labels has one row, of figures."""
        if self._form.rows:
            leaf = leaf_called(self._form.rows, trail)
            return (self._form.block_of(leaf), leaf) if leaf else (None, None)
        block = self._form.blocks[0]
        return (block, block.rows[0]) if figures and not trail else (None, None)

    def _problem(self, row: int, figures: list[Cell], trail: tuple[str, ...], leaf: Leaf | None) -> str:
        """Why nothing of a row can be taken; empty if something can."""
        cells = self._table.rows[row]
        if not leaf:
            return "认不出这一行的名称" if trail else "这一行没有名称" if self._form.rows else "这一行不在表头下面"
        if not self._table.is_whole(row):
            return "这一行的格数与表格的宽度对不上"
        if not figures or not self._header:
            return "这一行上面没有认得出的表头"
        if any(self._is_stray(cell) for cell in cells if cell.column > figures[0].column):
            return "这一行有的格子上面没有自己的表头"
        if not all(map(self._table.is_whole, self._header)):
            return "表头的格数与表格的宽度对不上"
        labels = [cell for cell in cells if cell.column < figures[0].column and fold(cell.text)]
        if any(cell.rows > 1 for cell in (*figures, *labels[-1:])):
            return "这一行的格子与上下行合并在一起"
        return ""

    def _leave_out(self, row: int, problem: str, leaf: Leaf | None) -> None:
        cells = self._table.rows[row]
        shown = [cell for cell in cells if cell.text.strip()]
        if not leaf and not any(looks_like_figure(cell.text) for cell in shown):
            code, problem = codes.IMPORT_EXTRA, "表中多出一行文字"
        else:
            code = codes.IMPORT_ROW if leaf else codes.IMPORT_LABEL
        words = "｜".join(quoted(cell.text, 24) for cell in cells if cell.row == row)
        where = self._form.where(leaf) if leaf else ""
        line = next((cell.line for cell in shown if cell.line), 0)
        self.found.complaints.append(
            Complaint(code, Place(self._table.number, row + 1, 0, line), f"{problem}：{words}", where)
        )

    def _add(self, row: int, block: Block, leaf: Leaf, columns: dict[Cell, tuple[str, ...]]) -> None:
        """A row whose label is known: its cells under known columns."""
        readings: dict[str, list[Reading]] = {}
        for cell, trail in columns.items():
            column = leaf_called(block.columns, trail)
            place = self._table.place_of(cell, row)
            if column is None:
                message = f"认不出这一列的名称「{quoted(cell_label(trail))}」，格子里是「{quoted(cell.text)}」"
                self.found.complaints.append(Complaint(codes.IMPORT_LABEL, place, message, leaf.address))
                continue
            entry = block.entry(leaf, column)
            readings.setdefault(entry.address, []).append(
                Reading(entry, content(cell.text, entry, cell.unclear), place)
            )
        once = [found[0] for found in readings.values() if len(found) == 1]
        for twice in (found for found in readings.values() if len(found) > 1):
            message = f"有两列都叫「{quoted(twice[0].entry.column.printed)}」"
            self.found.complaints.append(Complaint(codes.IMPORT_LABEL, twice[1].place, message, twice[0].entry.address))
        if once:
            order = {entry.address: at for at, entry in enumerate(block.entries_of(leaf))}
            in_order = tuple(sorted(once, key=lambda reading: order[reading.entry.address]))
            line = once[0].place.line
            has_gap = len(once) < len(block.columns) and any(
                not fold(cell.text) for cell in self._table.rows[row] if cell.column
            )
            self.found.rows.append(Row(in_order, Place(self._table.number, row + 1, 0, line), True, has_gap))


def cell_label(trail: tuple[str, ...]) -> str:
    """A trail of labels as a message names it."""
    return "—".join(trail)
