"""Headers of ruled tables: which columns there are, what they are called, and which cells stand below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gxgen.published.document import Cell, Table
from gxgen.published.labels import Called, fold, leaf_alone, leaf_called, leaf_misprinted
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
        """Whether its rows fill the width of the table."""
        return all(map(self.table.is_whole, self.rows))

    @property
    def first(self) -> int:
        """Where its first column begins."""
        return self.columns[0].start if self.columns else self.table.width


def is_in_order(header: Header, block: Block) -> bool:
    """Whether all labels of a header are there, in the order of the form: a missing one may have stood elsewhere."""
    order = {id(leaf): at for at, leaf in enumerate(block.columns)}
    cells = dict.fromkeys(cell for row in header.rows for cell in header.table.rows[row])
    named = [
        (cell.column, order[id(leaf)])
        for cell in cells
        if (leaf := leaf_alone(block.columns, (fold(cell.text),))) is not None
    ]
    lowest = [at for _, at in sorted(named)]
    return len(set(lowest)) == len(lowest) == len(block.columns) and lowest == sorted(lowest)


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
    if any(leaf.head.is_total for leaf in block.columns):
        for at in _by_elimination(known, len(block.columns)):
            leaf = block.columns[at]
            found[at] = Called(leaf, ((columns[at].trail[-1], leaf.head.label),), is_inferred=True)
    return tuple(found)


def _by_elimination(known: Sequence[int], count: int) -> list[int]:
    """The one column that is not known, if all others are and stand in the order of the form."""
    unknown = [at for at, number in enumerate(known) if number < 0]
    is_in_order = len(known) == count and all(number in (-1, at) for at, number in enumerate(known))
    return unknown if is_in_order and len(unknown) == 1 else []


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
    if (cell.column, cell.columns) in header.at:
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
