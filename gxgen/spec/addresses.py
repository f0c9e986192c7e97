"""The addresses of a form, derived from its header trees.

A block of a table is the product of a tree of row heads and a tree of column heads.  Its rows and columns of figures
are the leaves of the trees; the address of a leaf is the keys on the path from the root, and the address of a cell
joins that of its row and that of its column.  A total adds up the leaves below its own parent, so that the summands of
a cell are again a product: those of its row times those of its column.

An :class:`Entry` is one cell of figures; the :class:`Node` tree holds the same addresses as the data file nests them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType

import msgspec
from msgspec import field
from msgspec.structs import replace

from gxgen.spec.vocabulary import Address, Balance, Crosstab, Head, Kind, Layout, Section, Table, join


class Leaf(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A row or column of figures: a leaf of a header tree, with its path from the root."""

    trail: tuple[Head, ...]
    labels: tuple[str, ...]
    """The labels on the path, without that of a head over the whole table, which distinguishes nothing."""
    address: Address
    summands: tuple[Address, ...]

    @property
    def head(self) -> Head:
        """The header cell next to the figures."""
        return self.trail[-1]

    @cached_property
    def printed(self) -> str:
        """The labels, outermost first, as messages name the row or column."""
        return "—".join(label for label in self.labels if label)


def leaves(heads: tuple[Head, ...], prefix: Address = "") -> Iterator[Leaf]:
    """Iterate over the leaves of a header tree in the order of the form."""
    stands_over_all = len(heads) == 1 and bool(heads[0].children)
    for leaf in _leaves(heads, prefix, ()):
        yield replace(leaf, labels=leaf.labels[1:]) if stands_over_all else leaf


def _leaves(heads: tuple[Head, ...], prefix: Address, above: tuple[Head, ...]) -> Iterator[Leaf]:
    siblings = tuple(_figure_addresses(heads, prefix))
    for head in heads:
        address, trail = join(prefix, head.key), (*above, head)
        if head.children:
            yield from _leaves(head.children, address, trail)
        else:
            labels = tuple(step.label for step in trail)
            yield Leaf(trail, labels, address, siblings if head.is_total else (address,))


def _figure_addresses(heads: tuple[Head, ...], prefix: Address) -> Iterator[Address]:
    for head in heads:
        address = join(prefix, head.key)
        if head.children:
            yield from _figure_addresses(head.children, address)
        elif not head.is_total:
            yield address


class Entry(msgspec.Struct, frozen=True, eq=False, dict=True):
    """One cell of figures."""

    address: Address
    row: Leaf
    column: Leaf
    keyed_heads: tuple[tuple[str, str], ...]
    """(key, label) of every step of the address."""

    @cached_property
    def summands(self) -> tuple[Address, ...]:
        """The addresses that the cell adds up; its own address if it is not a total."""
        return tuple(join(r, c) for r in self.row.summands for c in self.column.summands)

    @cached_property
    def is_total(self) -> bool:
        """Whether the cell is computed."""
        return self.row.head.is_total or self.column.head.is_total

    @cached_property
    def kind(self) -> Kind:
        """The kind of number that the cell holds."""
        return self.column.head.kind

    @cached_property
    def unit(self) -> str:
        """The unit that the form prints, or an empty string."""
        return self.column.head.unit

    @cached_property
    def printed(self) -> str:
        """The cell as messages name it: 「row」行「column」列."""
        row = f"「{self.row.printed}」行" if self.row.printed else ""
        return f"{row}「{self.column.printed}」列"


def row_leaves(block: Crosstab) -> tuple[Leaf, ...]:
    """The block's rows of figures, from the top."""
    return tuple(leaves(block.rows, block.key))


def column_leaves(block: Crosstab) -> tuple[Leaf, ...]:
    """The block's columns of figures, from the left."""
    return tuple(leaves(block.columns))


@cache
def entries(table: Table) -> tuple[Entry, ...]:
    """The table's cells of figures in reading order."""
    return tuple(entry for block in table.blocks for entry in _block_entries(block))


def _block_entries(block: Crosstab) -> Iterator[Entry]:
    columns = column_leaves(block)
    for row in row_leaves(block):
        for column in columns:
            steps = tuple((head.key, head.label) for head in (*row.trail, *column.trail) if head.key)
            yield Entry(
                join(row.address, column.address), row, column, (((block.key, ""),) if block.key else ()) + steps
            )


class Node(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A key of the data file: a table of further keys, or one figure."""

    key: str
    label: str
    address: Address
    entry: Entry | None = None
    children: Mapping[str, Node] = field(default_factory=dict)

    @cached_property
    def columns(self) -> tuple[Node, ...]:
        """The children in the form's order if all of them are figures, otherwise nothing."""
        figures = tuple(child for child in self.children.values() if child.entry)
        return figures if len(figures) == len(self.children) else ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, depth first."""
        yield self
        for child in self.children.values():
            yield from child.walk()


class BalanceCheck(msgspec.Struct, frozen=True):
    """A :class:`Balance` resolved: its rows by address, and the columns in which it must hold."""

    balance: Balance
    rows: Mapping[Address, Leaf]
    columns: tuple[Leaf, ...]


class AddressBook:
    """All addresses of one form."""

    def __init__(self, layout: Layout) -> None:
        self.entries: Mapping[Address, Entry] = MappingProxyType(
            {entry.address: entry for _, table in layout.tables for entry in entries(table)}
        )
        self._layout = layout
        self._validate()

    def _validate(self) -> None:
        """Raise ValueError for a form that contradicts itself, when it is first used."""
        cells = sum(len(entries(table)) for _, table in self._layout.tables)
        if cells != len(self.entries):
            raise ValueError(f"form {self._layout.name}: two cells of figures share an address")
        for entry in self.entries.values():
            if entry.is_total and any(self.entries[summand].kind is Kind.AMOUNT for summand in entry.summands):
                raise ValueError(f"form {self._layout.name}: {entry.address} adds up amounts, which may differ in unit")
        if unknown := set(self._layout.key_figures) - self.entries.keys():
            raise ValueError(f"form {self._layout.name}: no cell has the address of a key figure: {unknown}")

    @cached_property
    def outline(self) -> Node:
        """The addresses as nested keys; the children of the root are the top-level tables of a data file."""
        labels = {section.key: section.heading for section in self._layout.sections}
        root = Node("", "", "")
        for entry in self.entries.values():
            node = root
            for depth, (key, label) in enumerate(entry.keyed_heads, start=1):
                node = _child(
                    node, key, label or labels.get(key, ""), entry if depth == len(entry.keyed_heads) else None
                )
        return root

    @cached_property
    def totals_of(self) -> Mapping[Address, tuple[Address, ...]]:
        """For every figure, the totals that it adds to."""
        totals: defaultdict[Address, list[Address]] = defaultdict(list)
        for entry in self.entries.values():
            if entry.is_total:
                for summand in entry.summands:
                    totals[summand].append(entry.address)
        return MappingProxyType({figure: tuple(addresses) for figure, addresses in totals.items()})

    def section_of(self, address: Address) -> Section:
        """The section whose table has the cell at *address*."""
        return next(
            section
            for section, table in self._layout.tables
            if any(entry.address == address for entry in entries(table))
        )

    @cached_property
    def balances(self) -> tuple[BalanceCheck, ...]:
        """Every balance (勾稽关系) of the form."""
        return tuple(
            BalanceCheck(balance, {row.address: row for row in row_leaves(block)}, column_leaves(block))
            for _, table in self._layout.tables
            for block in table.blocks
            for balance in block.balances
        )


def _child(node: Node, key: str, label: str, entry: Entry | None) -> Node:
    if key not in node.children:
        assert isinstance(node.children, dict), "the outline is built from plain dicts"
        node.children[key] = Node(key, label, join(node.address, key), entry)
    return node.children[key]


@cache
def address_book(layout: Layout) -> AddressBook:
    """The addresses of *layout*, made once."""
    return AddressBook(layout)
