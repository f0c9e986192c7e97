"""Headers of ruled tables: which columns there are, what they are called, and which cells stand below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gxgen.published.document import Cell, Table
from gxgen.published.labels import OF_A_YEAR, Called, fold, leaf_alone, leaf_called, leaf_misprinted
from gxgen.published.tables.forms import Block, Form


@dataclass(eq=False)
class Column:
    """A column as the header of a table has it."""

    start: int
    width: int
    trail: tuple[str, ...]
    """Its labels, the outermost first."""


@dataclass(eq=False)
class Header:
    """The rows of a header, and what its columns are called."""

    table: Table
    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    leaves: dict[Block, tuple[Called | None, ...]] = field(default_factory=dict)
    at: dict[tuple[int, int], int] = field(default_factory=dict)
    """Which column begins at a place and has a width."""
    other_years: frozenset[tuple[int, int]] = frozenset()
    """Where columns of other years begin, and their widths: their figures are none of the report's."""
    is_inferred: bool = False
    """Whether its columns are known by their order and not by the labels that stand over them."""
    unknown: tuple[str, ...] = ()
    """The labels of the form that it does not have."""

    def __post_init__(self) -> None:
        self.at = {(column.start, column.width): number for number, column in enumerate(self.columns)}

    def covered(self, cell: Cell) -> list[int]:
        """The columns that a cell covers: most cells are as wide as one."""
        alone = self.at.get((cell.column, cell.columns))
        if alone is not None:
            return [alone]
        return [number for number, column in enumerate(self.columns) if _covers(cell, column)]

    @property
    def is_whole(self) -> bool:
        """Whether each of its columns is where its labels say: its rows fill the width of the table."""
        return self.is_inferred or all(map(self.table.is_whole, self.rows))

    def is_filled_by(self, cells: Sequence[Cell]) -> bool:
        """Whether the cells of a row fill the width from its beginning to the last column."""
        edge = 0
        for cell in cells:
            if cell.column != edge:
                return False
            edge += cell.columns
        ends = [column.start + column.width for column in self.columns]
        return edge == max([*ends, *(start + width for start, width in self.other_years)], default=0)

    @property
    def first(self) -> int:
        """Where its first column begins."""
        starts = [column.start for column in self.columns] + [start for start, _ in self.other_years]
        return min(starts, default=self.table.width)


def columns_called(columns: Sequence[Column], block: Block) -> tuple[Called | None, ...]:
    """What each column is called; a misprint is recognised where the order of columns leaves no other."""
    exact = [leaf_called(block.columns, column.trail) for column in columns]
    order = {leaf.address: number for number, leaf in enumerate(block.columns)}
    known = [order[leaf.address] if leaf else -1 for leaf in exact]
    found: list[Called | None] = [Called(leaf) if leaf else None for leaf in exact]
    for at, column in enumerate(columns):
        if found[at]:
            continue
        alone = leaf_alone(block.columns, column.trail)
        called = leaf_misprinted(block.columns, column.trail) or (Called(alone) if alone else None)
        if not called or order[called.leaf.address] in known:
            continue
        before = next((number for number in known[:at][::-1] if number >= 0), -1)
        after = next((number for number in known[at + 1 :] if number >= 0), len(order))
        if before < order[called.leaf.address] < after:
            found[at] = called
            known[at] = order[called.leaf.address]
    return tuple(found)


def header_of(table: Table, rows: tuple[int, ...], form: Form) -> Header:
    """The columns of a header: the lowest cells with a label, and what stands over them."""
    columns: list[Column] = []
    at = 0
    while at < table.width:
        above = [cell for cell in cells_above(table, rows, at) if fold(cell.text)]
        lowest = above[-1] if above else None
        is_corner = lowest is not None and (form.is_frame(fold(lowest.text)) or (bool(form.rows) and at == 0))
        if lowest is None or lowest.column != at or is_corner:
            at += 1
            continue
        columns.append(Column(at, lowest.columns, tuple(fold(cell.text) for cell in above)))
        at += lowest.columns
    return Header(table, rows, tuple(columns))


THIS_YEAR = re.compile(r"(?:本|今|当)年度?|本期")


def of_year(header: Header, cells: Sequence[Cell], year: int) -> Header | None:
    """The columns of one year, where the cells right below a header say of which year each column is.

    None where these do not name that year and others in turn, or a column of the header has none of that year.
    """
    named = [cell for cell in cells if fold(cell.text)]
    texts = [fold(cell.text) for cell in named]
    own = [at for at, text in enumerate(texts) if THIS_YEAR.fullmatch(text) or _year(text) == year]
    if not own or not all(map(OF_A_YEAR.search, texts)):
        return None
    turn = len(named) // len(own)
    if turn < 2 or own != list(range(own[0], len(named), turn)):
        return None
    of_that_year = [named[at] for at in own]
    if not all(any(_stands_below(column, cell) for cell in of_that_year) for column in header.columns):
        return None
    columns = tuple(
        Column(cell.column, cell.columns, tuple(fold(above.text) for above in over if fold(above.text)))
        for cell in of_that_year
        if (over := cells_above(header.table, header.rows, cell.column))
    )
    others = frozenset((cell.column, cell.columns) for at, cell in enumerate(named) if at not in own)
    return Header(header.table, header.rows, columns, other_years=others)


def _stands_below(column: Column, cell: Cell) -> bool:
    return column.start <= cell.column and cell.column + cell.columns <= column.start + column.width


def _year(text: str) -> int:
    """The year that a text names, and nothing else; 0 if it names none."""
    found = re.fullmatch(r"(\d{4})年度?", text)
    return int(found[1]) if found else 0


def cells_above(table: Table, rows: tuple[int, ...], column: int) -> tuple[Cell, ...]:
    """The cells of some rows over a column, the outermost first."""
    above = dict.fromkeys(
        over for row in rows for over in table.rows[row] if over.column <= column < over.column + over.columns
    )
    return tuple(above)


def _covers(cell: Cell, column: Column) -> bool:
    return cell.column <= column.start and column.start + column.width <= cell.column + cell.columns


def is_stray(header: Header, cell: Cell) -> bool:
    """Whether a cell says something under no label, stands askew, or is one of several under one label."""
    if (cell.column, cell.columns) in header.at or (cell.column, cell.columns) in header.other_years:
        return False
    touched = [
        column
        for column in header.columns
        if column.start < cell.column + cell.columns and cell.column < column.start + column.width
    ]
    if not touched:
        return bool(fold(cell.text))
    covered = sum(column.width for column in touched if _covers(cell, column))
    return covered != cell.columns


def parted_columns(header: Header, cells: Iterable[Cell]) -> int:
    """How many columns of a header have several cells of a row below them, as where two years stand side by side."""
    starts = [cell.column for cell in cells]
    return sum(
        sum(column.start <= start < column.start + column.width for start in starts) > 1 for column in header.columns
    )
