"""Tables whose reader knows rows, columns and merged cells: a figure belongs to the labels beside and above it.

A table is read in three steps: its rows are sorted (header, caption, row of figures), labels are recognised, and
the cells of each row are laid under the columns of its header.  Tables that go on over pages are read as one: the
header of the first holds for the next, and a row that a page has broken is put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from gxgen.core import codes
from gxgen.core.findings import Code
from gxgen.published.document import Cell, Location, Table
from gxgen.published.labels import Called, fold, is_label, leaf_alone, leaf_called, leaf_misprinted, quoted
from gxgen.published.tables.cells import ReadingProblem, looks_like_figure
from gxgen.published.tables.forms import Block, Form
from gxgen.published.tables.grid_lines import GridLine, grid_lines, is_text, line_below
from gxgen.published.tables.headers import Header, columns_called, is_stray, parted_columns
from gxgen.published.tables.hypotheses import Evidence, Row, Slot
from gxgen.published.tables.inferred_headers import inferred, is_in_order
from gxgen.published.tables.notes import merged_by_cause
from gxgen.spec import Address
from gxgen.spec.addresses import Leaf

MOST_MISPRINTS = 60
"""Rows of one form with a label that is not known; a table with more is another's."""
MISPRINTED, MISPRINT = "名称印错了", "「{}」应为「{}」；已按规定的名称读入"


@dataclass
class Found:
    """What a table gives: rows of figures, and what was passed over."""

    rows: list[Row] = field(default_factory=list)
    problems: list[ReadingProblem] = field(default_factory=list)
    labels: int = 0
    """How many labels of the form were recognised in a text; a grid's are counted before it is read."""
    text_after: int = 0
    """The line from which on text follows a table whose last row has been read; 0 where none does."""


def read_grids(tables: Iterable[Table], form: Form, year: int) -> Found:
    """Read tables that follow each other as the table *form* of a report of *year*."""
    return _GridReader(form, grid_lines(tables, form, year)).result()


class _GridReader:
    """Recognises the labels of a table's rows, and lays their figures under the columns of the form."""

    def __init__(self, form: Form, lines: list[GridLine]) -> None:
        self._form = form
        self._lines = lines
        self._reported: set[tuple[str, str]] = set()
        self._found = Found()

    # Labels

    def result(self) -> Found:
        """Recognise labels, and lay figures under columns."""
        self._recognise_labels(self._lines)
        self._infer_headers()
        self._report_other_years()
        self._join_broken_rows()
        self._recognise_misprints()
        if self._form.rows:
            self._recognise_unnamed()
        for line in self._lines:
            self._figures(line)
        self._found.problems = list(merged_by_cause(self._found.problems))
        return self._found

    def _infer_headers(self) -> None:
        """Give the rows below a header that is not whole, or lacks labels, columns in the order of the form."""
        for header in dict.fromkeys(line.header for line in self._lines if line.header):
            lines = [line for line in self._lines if line.header is header]
            block = self._block_below(lines)
            if not block or not header.rows:
                continue
            cells = [line.own_cells for line in lines]
            new = None if _fits(header, lines, block) else inferred(header, cells, block, self._form)
            if not new:
                continue
            below = {id(line): line_below(new, line.table, line.row, self._form) for line in lines}
            self._lines = [below.get(id(line), line) for line in self._lines]
            self._recognise_labels(below.values())
            if new.unknown:
                message = NO_LABEL.format("、".join(f"「{quoted(label)}」" for label in new.unknown))
                location = Location(header.table.number, header.rows[-1] + 1)
                where = block.entry(block.rows[0], block.columns[0]).address
                self._found.problems.append(ReadingProblem(codes.MISPRINTED_LABEL, location, message, where))

    def _report_other_years(self) -> None:
        """Report once for each table that it has columns of other years, which are left out."""
        headers = {
            line.table.number: line.header for line in self._lines[::-1] if line.header and line.header.other_years
        }
        for number, header in headers.items():
            location = Location(number, header.rows[-1] + 2)
            self._found.problems.append(ReadingProblem(codes.IMPORT_EXTRA, location, OTHER_YEARS))

    def _block_below(self, lines: Iterable[GridLine]) -> Block | None:
        """The one block whose rows some lines are by their labels."""
        if not self._form.rows:
            return self._form.blocks[0]
        lines = tuple(lines)
        leaves: Iterable[Leaf | None] = [line.leaf for line in lines]
        if not any(leaves):  # with a header that has lost cells, figures may be taken for labels
            leaves = (leaf_alone(self._form.rows, (fold(cell.text),)) for line in lines for cell in line.cells)
        blocks = dict.fromkeys(self._form.block_of(leaf) for leaf in leaves if leaf)
        return next(iter(blocks)) if len(blocks) == 1 else None

    def _recognise_labels(self, lines: Iterable[GridLine]) -> None:
        for line in lines:
            line.leaf = self._labelled(line.trail, line)

    def _labelled(self, trail: tuple[str, ...], line: GridLine) -> Leaf | None:
        """The row that the labels lead to; a block without row labels has one row, of figures."""
        if self._form.rows:
            return leaf_called(self._form.rows, trail)
        has_columns = bool(line.header and line.header.columns and line.figures)
        has_columns = has_columns and (line.is_blank or not is_text(line.table, line.cells))
        return self._form.blocks[0].rows[0] if has_columns and not trail else None

    def _join_broken_rows(self) -> None:
        """Put rows together that the end of a page has broken: the label on both sides, the figures on one.

        Figures beside no label at all are taken for those of the label above only if their total confirms it.
        """
        joined: set[int] = set()
        # What stands across the table, as the number of a page, does not part them.
        places = [at for at, line in enumerate(self._lines) if not line.is_across]
        for at, after in pairwise(places):
            above, below = self._lines[at], self._lines[after]
            if at in joined or not (above.labels and self._form.rows and above.is_blank != below.is_blank):
                continue
            if below.own_labels and (not below.leaf or (below.is_blank and not above.leaf)):
                trails = _joined_trails(above, below)
                leaves = {leaf for trail in trails if (leaf := leaf_called(self._form.rows, trail))}
                if len(leaves) != 1 or any(line.leaf and line.leaf not in leaves for line in (above, below)):
                    continue
                leaf, needs_columns = leaves.pop(), False
            elif above.leaf and above.is_blank and not below.own_labels:
                leaf, needs_columns = above.leaf, True
            else:
                continue
            kept, dropped = (below, at) if above.is_blank else (above, after)
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
                self._report_misprints(called, line.location, called.leaf.address)

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

    def _report_misprints(self, called: Called, location: Location, where: str) -> None:
        for misprint in called.misprints:
            if misprint not in self._reported:
                self._reported.add(misprint)
                quote = MISPRINT.format(*map(quoted, misprint))
                self._found.problems.append(
                    ReadingProblem(codes.MISPRINTED_LABEL, location, MISPRINTED, where, quote=quote)
                )

    # Rows of figures

    def _figures(self, line: GridLine) -> None:
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

    def _is_group(self, line: GridLine) -> bool:
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
            cause, quote = f"「{name}」只印了一行，没有分项；各项都是 0，已读入", ""
        else:
            unread = tuple(entry.address for leaf in leaves for entry in block.entries_of(leaf))
            cause, quote = f"「{name}」只印了一行，没有分项，不知道各项是多少", "｜".join(map(quoted, texts))
        code = codes.IMPORT_ROW if unread else codes.MISPRINTED_LABEL
        self._found.problems.append(ReadingProblem(code, line.location, cause, leaves[0].address, unread, quote))
        return True

    def _problem(self, line: GridLine) -> str:
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
        if not line.table.is_whole(line.row) and not (header.is_inferred and header.is_filled_by(line.cells)):
            return NOT_WHOLE
        return self._problem_of_columns(line, header)

    def _problem_of_columns(self, line: GridLine, header: Header) -> str:
        """Why it is not certain which columns the figures of a row belong to; empty if it is."""
        if self._is_parted or header in self._parted_headers:
            return "别的行在一个列名下有几个数字，可能是两年并列，不知道这一行的是哪一个"
        strays = sum(is_stray(header, cell) for cell in line.figures)
        parted = parted_columns(header, line.figures) if strays else 0
        # Totals tell whether the other cells stand in their columns; without them nothing may be out of place.
        if 2 * strays > len(line.figures) or parted > 1 or ((strays or parted) and not self._has_totals):
            return "这一行有的格子上面没有自己的表头"
        is_group_alone = any(cell.rows > 1 for cell in line.labels[-1:]) and not line.needs_columns
        # A cell from a row that is out of place pushes the cells of this one aside.
        is_pushed = any(cell.row < line.row and not line.table.is_whole(cell.row) for cell in line.figures)
        return "这一行的格子与上下行合并在一起" if is_group_alone or is_pushed else ""

    @cached_property
    def _is_parted(self) -> bool:
        """Whether most rows of a table without totals have several figures under one label."""
        lines = [line for line in self._lines if line.header and line.leaf and not line.is_blank]
        return 2 * sum(line.header in self._parted_headers for line in lines) > len(lines)

    @cached_property
    def _parted_headers(self) -> frozenset[Header]:
        """The headers of a table without totals below which a row has several figures under one label."""
        if self._has_totals:
            return frozenset()
        headers = ((line.header, line.figures) for line in self._lines if line.leaf)
        return frozenset(header for header, cells in headers if header and parted_columns(header, cells))

    @property
    def _has_totals(self) -> bool:
        return any(entry.is_total for entry in self._form.entries)

    def _counted(self, line: GridLine, leaf: Leaf) -> bool:
        """Read a row whose cells do not fill the width by counting them, if its label is certain and it has totals."""
        block = self._form.block_of(leaf)
        entries = block.entries_of(leaf)
        own = [cell for cell in line.cells if cell.row == line.row and cell.rows == 1]
        if not line.header or not any(entry.is_total for entry in entries) or not self._form.rows:
            return False
        if not is_in_order(line.header, block, self._form):
            return False
        at = next((at for at, cell in enumerate(own) if is_label(leaf.head, fold(cell.text))), -1)
        cells = own[at + 1 :]
        if at < 0 or not cells or any(cell.columns > 1 or cell.rows > 1 for cell in cells):
            return False
        slots = tuple(Slot((), cell.text, line.table.location_of(cell, line.row), cell.unclear) for cell in cells)
        self._found.rows.append(Row(entries, slots, line.location, is_aligned=False))
        return True

    def _leave_out(self, line: GridLine, problem: str) -> None:
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
        self._found.problems.append(ReadingProblem(code, line.location, problem, where, unread, words))

    def _add(self, line: GridLine, header: Header, block: Block, leaf: Leaf) -> None:
        """A row whose label is known: its cells under the columns of the header."""
        leaves = self._leaves(header, block)
        slots: list[Slot] = []
        taken: set[str] = set()
        evidence = Evidence.LABEL_REPAIRED if header.unknown else line.evidence
        for cell in line.figures:
            covered = header.covered(cell)
            called = [leaves[at] for at in covered]
            location = line.table.location_of(cell, line.row)
            if not covered or is_stray(header, cell):
                continue
            if None in called:
                self._report_unknown_column(header, covered[called.index(None)], cell, location, leaf)
                continue
            entries = tuple(block.entry(leaf, one.leaf) for one in called if one)
            twice = [entry for entry in entries if entry.address in taken]
            if twice:
                message = f"有两列都叫「{quoted(twice[0].column.printed)}」"
                self._found.problems.append(ReadingProblem(codes.IMPORT_LABEL, location, message, twice[0].address))
                slots = [slot for slot in slots if not any(entry in twice for entry in slot.entries)]
                continue
            taken.update(entry.address for entry in entries)
            if any(one.misprints for one in called if one):
                evidence = Evidence.LABEL_REPAIRED
            unclear = cell.unclear or ("这一格与上下行的格子合并在一起" if cell.rows > 1 else "")
            slots.append(Slot(entries, cell.text, location, unclear))
        if slots:
            location = Location(line.table.number, line.row + 1, 0, slots[0].location.line)
            entries = block.entries_of(leaf)
            others = [cell for cell in line.cells if (cell.column, cell.columns) in header.other_years]
            has_gap = len(taken) < len(block.columns) and any(not fold(cell.text) for cell in line.cells if cell.column)
            self._found.rows.append(
                Row(
                    entries,
                    tuple(slots),
                    location,
                    has_gap=has_gap or any(not fold(cell.text) for cell in others),
                    is_beside_other_years=bool(others),
                    evidence=evidence,
                    needs_columns=line.needs_columns,
                )
            )

    def _report_unknown_column(self, header: Header, at: int, cell: Cell, location: Location, leaf: Leaf) -> None:
        label = "—".join(header.columns[at].trail)
        cause, quote = f"认不出这一列的名称「{quoted(label)}」，格子里是", quoted(cell.text) or "（空）"
        self._found.problems.append(ReadingProblem(codes.IMPORT_LABEL, location, cause, leaf.address, quote=quote))

    def _leaves(self, header: Header, block: Block) -> tuple[Called | None, ...]:
        """The columns of the form that those of the header are; a misprint is reported."""
        if block not in header.leaves:
            header.leaves[block] = called = columns_called(header.columns, block)
            for one in called:
                if one:
                    where = block.entry(block.rows[0], one.leaf).address
                    self._report_misprints(one, Location(header.table.number, header.rows[-1] + 1), where)
        return header.leaves[block]


OTHER_YEARS = "表格里并列着别的年度的数字，没有读入；本年度的按表头上写的年度读入"
NO_LABEL = "表头里没有{}；各列按规定的顺序和总计读入"
NOT_WHOLE = "这一行的格数与表格的宽度对不上"
BROKEN_HEADER = "表头的格数与表格的宽度对不上"


def _fits(header: Header, lines: Sequence[GridLine], block: Block) -> bool:
    """Whether each column of a header is known, and the figures of most rows stand below them."""
    called = columns_called(header.columns, block)
    if not header.is_whole or len(called) != len(block.columns) or None in called:
        return False
    askew = sum(any(is_stray(header, cell) for cell in line.figures) for line in lines)
    return 2 * askew < len(lines)


def _joined_trails(above: GridLine, below: GridLine) -> list[tuple[str, ...]]:
    """The labels of a row that is broken in two: the last of the upper with the last of the lower, in one."""
    upper, lower = [list(line.trail) for line in (above, below)]
    last = upper[-1] + lower[-1]
    return [(*upper[:-1], last), (last,)] if len(lower) == 1 else [(*upper[:-1], last), (*lower[:-1], last), (last,)]
