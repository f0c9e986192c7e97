"""Tables whose reader knows rows, columns and merged cells: a figure belongs to the labels beside and above it.

A table is read in three steps: its rows are told apart (header, caption, row of figures), labels are recognised, and
the cells of each row are laid under the columns of its header.  Tables that go on over pages are read as one: the
header of the first holds for the next, and a row that a page has broken is put together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gxgen.core import codes
from gxgen.core.findings import Code
from gxgen.published.document import Cell, Place, Table
from gxgen.published.labels import OF_A_YEAR, Called, fold, is_label, leaf_alone, leaf_called, leaf_misprinted, quoted
from gxgen.published.tables.cells import Complaint, is_plain_figure, looks_like_figure
from gxgen.published.tables.forms import Block, Form
from gxgen.published.tables.headers import (
    Header,
    cells_above,
    columns_called,
    header_of,
    is_in_order,
    is_stray,
    parted_columns,
)
from gxgen.published.tables.hypotheses import Evidence, Row, Slot
from gxgen.published.tables.notes import merged_by_cause
from gxgen.spec import Address
from gxgen.spec.addresses import Leaf

MOST_MISPRINTS = 60
"""Rows of one form with a label that is not known; a table with more is another's."""
MISPRINT = "名称印错了：「{}」应为「{}」；已按规定的名称读入"


@dataclass
class Found:
    """What a table gives: rows of figures, and what was passed over."""

    rows: list[Row] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    labels: int = 0
    """How many labels of the form were recognised in a text; a grid's are counted before it is read."""


def read_grids(tables: Iterable[Table], form: Form) -> Found:
    """Read tables that follow each other as the table *form*."""
    reader = _GridReader(form)
    for table in tables:
        reader.take(table)
    return reader.result()


@dataclass(eq=False)
class _Line:
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
    def place(self) -> Place:
        """Where the row stands."""
        line = next((cell.line for cell in self.cells if cell.line and cell.text.strip()), 0)
        return Place(self.table.number, self.row + 1, 0, line)

    @property
    def is_blank(self) -> bool:
        """Whether no figure stands in it."""
        return not any(fold(cell.text) for cell in self.figures)

    @property
    def own_labels(self) -> tuple[Cell, ...]:
        """Its labels without those that reach into it from above."""
        return tuple(cell for cell in self.labels if cell.row == self.row)


class _GridReader:
    """Goes down tables, remembering the header that stands above."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._header: Header | None = None
        self._open: list[int] = []
        """The rows of a header that may go on."""
        self._lines: list[_Line] = []
        self._told: set[tuple[str, str]] = set()
        self._found = Found()

    # Header, caption or row of figures

    def take(self, table: Table) -> None:
        """Tell the rows of a table apart."""
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
                self._line(table, row)
            return
        if self._is_header(cells, texts):
            self._open.append(row)
            self._header = header_of(table, tuple(self._open), self._form)
        elif all(self._form.is_frame(text) for text in texts if text):
            self._header, self._open = None, []
        else:
            if self._open and self._header and self._is_unknown_header(cells):
                self._header = Header(table, (), ())
            self._open = []
            self._line(table, row)

    def _is_header(self, cells: tuple[Cell, ...], texts: list[str]) -> bool:
        own = [text for cell, text in zip(cells, texts, strict=True) if text and not self._form.is_frame(text)]
        if not own or any(looks_like_figure(text) for text in own):
            return False
        if self._form.rows and self._form.is_row_label(own[0]) and not self._is_corner(cells[0], texts[0]):
            return False
        return self._form.is_corner(texts[0]) or any(self._form.is_column_label(text) for text in own)

    def _is_corner(self, cell: Cell, text: str) -> bool:
        return self._form.is_frame(text) or (cell.rows > 1 and not text)

    def _is_unknown_header(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row right below the header parts its columns once more, in words that the form does not have."""
        header = self._header
        assert header, "there is a header above"
        parted = [cell for cell in cells if fold(cell.text) and cells_above(header.table, header.rows, cell.column)]
        named = [cell for cell in parted if not is_plain_figure(cell.text)]
        if len(named) < 2 or len(named) < len(parted) or cells[0] in named:
            return False
        parts = any(is_stray(header, cell) for cell in named)
        return parts or any(OF_A_YEAR.search(cell.text) for cell in named)

    def _line(self, table: Table, row: int) -> None:
        header = self._header
        first = header.first if header else table.width
        cells = table.rows[row]
        labels = tuple(cell for cell in cells if cell.column < first and fold(cell.text))
        figures = tuple(cell for cell in cells if cell.column >= first)
        self._lines.append(_Line(table, row, header, labels, figures, tuple(fold(cell.text) for cell in labels)))

    # Labels

    def result(self) -> Found:
        """Recognise labels, and lay figures under columns."""
        for line in self._lines:
            line.leaf = self._labelled(line.trail, line)
        self._join_broken_rows()
        self._recognise_misprints()
        if self._form.rows:
            self._recognise_unnamed()
        for line in self._lines:
            self._figures(line)
        self._found.complaints = list(merged_by_cause(self._found.complaints))
        return self._found

    def _labelled(self, trail: tuple[str, ...], line: _Line) -> Leaf | None:
        """The row that the labels lead to; a block without row labels has one row, of figures."""
        if self._form.rows:
            return leaf_called(self._form.rows, trail)
        has_columns = bool(line.header and line.header.columns and line.figures)
        return self._form.blocks[0].rows[0] if has_columns and not trail else None

    def _join_broken_rows(self) -> None:
        """Put rows together that the end of a page has broken: the label on both sides, the figures on one.

        Figures beside no label at all are taken for those of the label above only if all columns confirm it.
        """
        joined: set[int] = set()
        for at in range(len(self._lines) - 1):
            above, below = self._lines[at], self._lines[at + 1]
            if at in joined or not (above.labels and self._form.rows and above.is_blank != below.is_blank):
                continue
            if below.own_labels and not below.leaf:
                trails = _joined_trails(above, below)
                leaves = {leaf for trail in trails if (leaf := leaf_called(self._form.rows, trail))}
                if len(leaves) != 1 or (above.leaf and above.leaf not in leaves):
                    continue
                leaf, needs_columns = leaves.pop(), False
            elif above.leaf and above.is_blank and not below.own_labels:
                leaf, needs_columns = above.leaf, True
            else:
                continue
            kept, dropped = (below, at) if above.is_blank else (above, at + 1)
            kept.leaf, kept.needs_columns = leaf, needs_columns
            joined.add(dropped)
        self._lines = [line for at, line in enumerate(self._lines) if at not in joined]

    def _recognise_misprints(self) -> None:
        """Give rows their leaf whose label is one misprint away, where the order of rows leaves no other."""
        rows = self._form.rows
        unknown = [at for at, line in enumerate(self._lines) if line.trail and not line.leaf and line.header]
        if not rows or len(unknown) > MOST_MISPRINTS:
            return
        order = {leaf.address: number for number, leaf in enumerate(rows)}
        known = [order[line.leaf.address] if line.leaf else -1 for line in self._lines]
        for at in unknown:
            line = self._lines[at]
            alone = leaf_alone(rows, line.trail)
            called = leaf_misprinted(rows, line.trail) or (Called(alone) if alone else None)
            if not called or order[called.leaf.address] in known:
                continue
            before = next((number for number in known[:at][::-1] if number >= 0), -1)
            after = next((number for number in known[at + 1 :] if number >= 0), len(rows))
            if before < order[called.leaf.address] < after:
                line.leaf = called.leaf
                line.evidence = Evidence.LABEL_REPAIRED if called.misprints else Evidence.READ
                known[at] = order[called.leaf.address]
                self._tell_misprints(called, line.place, called.leaf.address)

    def _recognise_unnamed(self) -> None:
        """Give a row without a name the one leaf missing between its neighbours, if all columns then confirm it."""
        rows = self._form.rows
        order = {leaf.address: number for number, leaf in enumerate(rows)}
        for before, line, after in zip(self._lines, self._lines[1:], self._lines[2:], strict=False):
            if line.own_labels or line.leaf or line.is_blank or not (before.leaf and after.leaf and line.header):
                continue
            number = order[before.leaf.address] + 1
            if order[after.leaf.address] == number + 1:
                line.leaf, line.needs_columns = rows[number], True

    def _tell_misprints(self, called: Called, place: Place, where: str) -> None:
        for misprint in called.misprints:
            if misprint not in self._told:
                self._told.add(misprint)
                message = MISPRINT.format(*map(quoted, misprint))
                self._found.complaints.append(Complaint(codes.MISPRINTED_LABEL, place, message, where))

    # Rows of figures

    def _figures(self, line: _Line) -> None:
        leaf = line.leaf
        problem = self._problem(line)
        if leaf and problem in (NOT_WHOLE, BROKEN_HEADER) and self._counted(line, leaf):
            return
        if not leaf and self._is_group(line):
            return
        if problem or not leaf or not line.header:
            self._leave_out(line, problem)
        else:
            self._add(line, line.header, self._form.block_of(leaf), leaf)

    def _is_group(self, line: _Line) -> bool:
        """Read a row that stands for a whole group of the form, as an earlier form has it: 0 throughout, or unknown."""
        leaves = self._form.group_called(line.trail)
        known = {one.leaf.address for one in self._lines if one.leaf}
        if not leaves or not line.header or known.intersection(leaf.address for leaf in leaves):
            return False
        block = self._form.block_of(leaves[0])
        texts = [cell.text.strip() for cell in line.figures]
        is_whole = line.table.is_whole(line.row) and not any(is_stray(line.header, cell) for cell in line.figures)
        name = leaves[0].trail[-2].label
        unread: tuple[Address, ...] = ()
        if is_whole and texts and set(texts) == {"0"} and not any(cell.unclear for cell in line.figures):
            line.evidence = Evidence.GROUP_IS_ZERO
            for leaf in leaves:
                self._add(line, line.header, block, leaf)
            message = f"「{name}」只印了一行，没有分项；各项都是 0，已读入"
        else:
            unread = tuple(entry.address for leaf in leaves for entry in block.entries_of(leaf))
            message = f"「{name}」只印了一行，没有分项，不知道各项是多少：{'｜'.join(map(quoted, texts))}"
        code = codes.IMPORT_ROW if unread else codes.MISPRINTED_LABEL
        self._found.complaints.append(Complaint(code, line.place, message, leaves[0].address, unread=unread))
        return True

    def _problem(self, line: _Line) -> str:
        """Why nothing of a row can be taken; empty if something can."""
        header = line.header
        if not line.leaf:
            if line.trail:
                return "认不出这一行的名称"
            return "这一行没有名称" if self._form.rows else "这一行不在表头下面"
        if not header or not header.columns:
            return "这一行上面没有认得出的表头"
        if not header.is_whole:
            return BROKEN_HEADER
        if not line.table.is_whole(line.row):
            return NOT_WHOLE
        strays = sum(is_stray(header, cell) for cell in line.figures)
        parted = parted_columns(header, line.figures) if strays else 0
        # Totals tell whether the other cells stand in their columns; without them nothing may be out of place.
        if 2 * strays > len(line.figures) or parted > 1 or ((strays or parted) and not self._has_totals):
            return "这一行有的格子上面没有自己的表头"
        if any(cell.rows > 1 for cell in line.labels[-1:]):
            return "这一行的格子与上下行合并在一起"
        return ""

    @property
    def _has_totals(self) -> bool:
        return any(entry.is_total for entry in self._form.entries)

    def _counted(self, line: _Line, leaf: Leaf) -> bool:
        """Read a row whose cells do not fill the width by counting them, if its label is certain and it has totals."""
        block = self._form.block_of(leaf)
        entries = block.entries_of(leaf)
        own = [cell for cell in line.cells if cell.row == line.row and cell.rows == 1]
        if not line.header or not any(entry.is_total for entry in entries) or not self._form.rows:
            return False
        if not is_in_order(line.header, block):
            return False
        at = next((at for at, cell in enumerate(own) if is_label(leaf.head, fold(cell.text))), -1)
        cells = own[at + 1 :]
        if at < 0 or not cells or any(cell.columns > 1 or cell.rows > 1 for cell in cells):
            return False
        slots = tuple(Slot((), cell.text, line.table.place_of(cell, line.row), cell.unclear) for cell in cells)
        self._found.rows.append(Row(entries, slots, line.place, is_aligned=False))
        return True

    def _leave_out(self, line: _Line, problem: str) -> None:
        shown = [cell for cell in line.cells if cell.text.strip()]
        code: Code = codes.IMPORT_ROW if line.leaf else codes.IMPORT_LABEL
        if not line.leaf and not any(looks_like_figure(cell.text) for cell in shown):
            code, problem = codes.IMPORT_EXTRA, "表中多出一行文字"
        words = "｜".join(quoted(cell.text, 24) for cell in line.cells if cell.row == line.row)
        where = ""
        unread: tuple[Address, ...] = ()
        if line.leaf:
            where = self._form.where(line.leaf)
            entries = self._form.block_of(line.leaf).entries_of(line.leaf)
            unread = tuple(entry.address for entry in entries)
        self._found.complaints.append(Complaint(code, line.place, f"{problem}：{words}", where, unread=unread))

    def _add(self, line: _Line, header: Header, block: Block, leaf: Leaf) -> None:
        """A row whose label is known: its cells under the columns of the header."""
        leaves = self._leaves(header, block)
        slots: list[Slot] = []
        taken: set[str] = set()
        evidence, needs_sums = line.evidence, False
        for cell in line.figures:
            covered = header.covered(cell)
            called = [leaves[at] for at in covered]
            place = line.table.place_of(cell, line.row)
            if not covered or is_stray(header, cell):
                continue
            if None in called:
                self._tell_unknown_column(header, covered[called.index(None)], cell, place, leaf)
                continue
            entries = tuple(block.entry(leaf, one.leaf) for one in called if one)
            twice = [entry for entry in entries if entry.address in taken]
            if twice:
                message = f"有两列都叫「{quoted(twice[0].column.printed)}」"
                self._found.complaints.append(Complaint(codes.IMPORT_LABEL, place, message, twice[0].address))
                slots = [slot for slot in slots if not any(entry in twice for entry in slot.entries)]
                continue
            taken.update(entry.address for entry in entries)
            if any(one.misprints for one in called if one):
                evidence = Evidence.LABEL_REPAIRED
            needs_sums |= any(one.is_inferred for one in called if one)
            unclear = cell.unclear or ("这一格与上下行的格子合并在一起" if cell.rows > 1 else "")
            slots.append(Slot(entries, cell.text, place, unclear))
        if slots:
            place = Place(line.table.number, line.row + 1, 0, slots[0].place.line)
            entries = block.entries_of(leaf)
            has_gap = len(taken) < len(block.columns) and any(not fold(cell.text) for cell in line.cells if cell.column)
            self._found.rows.append(
                Row(
                    entries,
                    tuple(slots),
                    place,
                    has_gap=has_gap,
                    evidence=evidence,
                    needs_sums=needs_sums,
                    needs_columns=line.needs_columns,
                )
            )

    def _tell_unknown_column(self, header: Header, at: int, cell: Cell, place: Place, leaf: Leaf) -> None:
        label = "—".join(header.columns[at].trail)
        message = f"认不出这一列的名称「{quoted(label)}」，格子里是：{quoted(cell.text) or '（空）'}"
        self._found.complaints.append(Complaint(codes.IMPORT_LABEL, place, message, leaf.address))

    def _leaves(self, header: Header, block: Block) -> tuple[Called | None, ...]:
        """The columns of the form that those of the header are, a misprinted one told."""
        if block not in header.leaves:
            header.leaves[block] = called = columns_called(header.columns, block)
            for one in called:
                if one:
                    where = block.entry(block.rows[0], one.leaf).address
                    self._tell_misprints(one, Place(header.table.number, header.rows[-1] + 1), where)
        return header.leaves[block]


NOT_WHOLE = "这一行的格数与表格的宽度对不上"
BROKEN_HEADER = "表头的格数与表格的宽度对不上"


def _joined_trails(above: _Line, below: _Line) -> list[tuple[str, ...]]:
    """The labels of a row that is broken in two: the last of the upper with the last of the lower, in one."""
    upper, lower = [list(line.trail) for line in (above, below)]
    last = upper[-1] + lower[-1]
    return [(*upper[:-1], last), (last,)] if len(lower) == 1 else [(*upper[:-1], last), (*lower[:-1], last), (last,)]
