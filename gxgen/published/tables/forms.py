"""The tables of a form as the reader of published tables needs them: their leaves, and the entry where two meet."""

from __future__ import annotations

from enum import IntEnum, auto
from functools import cache, cached_property, lru_cache

import msgspec

from gxgen.published.labels import LONGEST_LABEL, fold, heads_of, is_label, is_one_of
from gxgen.spec import Address, AddressBook, Entry, Head, Layout, Section, address_book, join
from gxgen.spec.addresses import Leaf, column_leaves, row_leaves
from gxgen.spec.vocabulary import Crosstab


class Block(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A crosstab with its leaves."""

    crosstab: Crosstab
    rows: tuple[Leaf, ...]
    columns: tuple[Leaf, ...]
    book: AddressBook

    @property
    def has_row_labels(self) -> bool:
        """Whether its rows have labels."""
        return any(row.head.label for row in self.rows)

    @cached_property
    def frame(self) -> tuple[Head, ...]:
        """The caption above the header, and the corner."""
        return tuple(Head(label) for label in (self.crosstab.caption, self.crosstab.corner) if label)

    def entry(self, row: Leaf, column: Leaf) -> Entry:
        """The cell where a row and a column meet."""
        return self.book.entries[join(row.address, column.address)]

    def where(self, row: Leaf) -> Address:
        """The address under which a row is reported; the only row of a table without labels goes by its first cell."""
        return row.address or self.entries_of(row)[0].address

    def entries_of(self, row: Leaf) -> tuple[Entry, ...]:
        """A row's cells from the left."""
        return self._entries[row.address]

    @cached_property
    def _entries(self) -> dict[Address, tuple[Entry, ...]]:
        return {row.address: tuple(self.entry(row, column) for column in self.columns) for row in self.rows}


class Form(msgspec.Struct, frozen=True, eq=False, dict=True):
    """One table of a layout, with the section that it stands in."""

    section: Section
    blocks: tuple[Block, ...]
    book: AddressBook

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every cell of figures, row by row."""
        return tuple(entry for block in self.blocks for row in block.rows for entry in block.entries_of(row))

    @cached_property
    def addresses(self) -> frozenset[Address]:
        """The addresses of all cells."""
        return frozenset(entry.address for entry in self.entries)

    @cached_property
    def rows(self) -> tuple[Leaf, ...]:
        """Every row that has a label, from the top."""
        return tuple(row for block in self.blocks if block.has_row_labels for row in block.rows)

    def block_of(self, row: Leaf) -> Block:
        """The block that a row belongs to."""
        return self._blocks[id(row)]

    @cached_property
    def _blocks(self) -> dict[int, Block]:
        return {id(row): block for block in self.blocks for row in block.rows}

    def where(self, row: Leaf) -> Address:
        """The address under which a row is reported."""
        return self.block_of(row).where(row)

    def group_called(self, trail: tuple[str, ...]) -> tuple[Leaf, ...]:
        """The rows of the innermost group that the last label names, if it is no row's own; else nothing."""
        if not trail or any(is_label(leaf.head, trail[-1]) for leaf in self.rows):
            return ()
        return tuple(leaf for leaf in self.rows if len(leaf.trail) > 1 and is_label(leaf.trail[-2], trail[-1]))

    def is_column_label(self, folded: str) -> bool:
        """Whether a folded text labels a column, or stands over some."""
        return _Role.COLUMN in _roles(self, folded)

    def is_row_label(self, folded: str) -> bool:
        """Whether a folded text labels a row, or stands beside some."""
        return _Role.ROW in _roles(self, folded)

    def is_frame(self, folded: str) -> bool:
        """Whether a folded text is a caption or a corner."""
        return _Role.FRAME in _roles(self, folded)

    def is_corner(self, folded: str) -> bool:
        """Whether a folded text is the corner where two headers meet."""
        return any(is_label(Head(block.crosstab.corner), folded) for block in self.blocks)

    def has_label(self, folded: str) -> bool:
        """Whether a folded text is any label of the table."""
        roles = _roles(self, folded)
        return _Role.COLUMN in roles or _Role.ROW in roles


class _Role(IntEnum):
    """What a text can be in a form."""

    COLUMN = auto()
    ROW = auto()
    FRAME = auto()


NO_ROLES: frozenset[_Role] = frozenset()


def _roles(form: Form, folded: str) -> frozenset[_Role]:
    return _known_roles(form, folded) if 0 < len(folded) <= LONGEST_LABEL else NO_ROLES


@lru_cache(maxsize=8192)
def _known_roles(form: Form, folded: str) -> frozenset[_Role]:
    found = set()
    for block in form.blocks:
        if is_one_of(block.crosstab.columns, folded):
            found.add(_Role.COLUMN)
        if is_one_of(block.crosstab.rows, folded):
            found.add(_Role.ROW)
        if any(is_label(head, folded) for head in block.frame):
            found.add(_Role.FRAME)
    return frozenset(found)


@cache
def forms_of(layout: Layout) -> tuple[Form, ...]:
    """The tables of a layout."""
    book = address_book(layout)
    return tuple(
        Form(
            section,
            tuple(Block(block, row_leaves(block), column_leaves(block), book) for block in table.blocks),
            book,
        )
        for section, table in layout.tables
    )


@cache
def table_words(layout: Layout) -> str:
    """The folded labels, captions and corners of a layout's tables one after the other, letters only."""
    heads = (
        head
        for _, table in layout.tables
        for block in table.blocks
        for head in (*heads_of(block.columns), *heads_of(block.rows), Head(block.caption), Head(block.corner))
    )
    names = (name for head in heads for name in (head.label, *head.aliases))
    return "".join(filter(str.isalpha, fold("".join(dict.fromkeys(names)))))
