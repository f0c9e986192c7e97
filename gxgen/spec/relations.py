"""Resolve the relations of a form beside its totals: bounds, and figures carried over from last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from gxgen.spec.addresses import address_book, column_leaves, row_leaves
from gxgen.spec.vocabulary import Address, Bound, Carry, Crosstab, Layout, join


class Term(msgspec.Struct, frozen=True):
    """One figure of a relation: its address, and the label that distinguishes it from the others."""

    address: Address
    label: str


class BoundCheck(msgspec.Struct, frozen=True):
    """A :class:`Bound` resolved in one row."""

    bound: Bound
    line: str
    """The row as printed: 「规章」行."""
    of: tuple[Term, ...]
    within: tuple[Term, ...]


class CarryCheck(msgspec.Struct, frozen=True):
    """A :class:`Carry` resolved in one column or row."""

    carry: Carry
    line: str
    """The column or row as printed: 「自然人」列."""
    figure: Term
    last_year: tuple[Term, ...]
    plus: tuple[Term, ...]
    minus: tuple[Term, ...]


@cache
def bounds(layout: Layout) -> tuple[BoundCheck, ...]:
    """Every bound of the form."""
    return tuple(
        BoundCheck(bound, line, _terms(cells, bound.of), _terms(cells, bound.within))
        for block in _blocks(layout)
        for bound in block.bounds
        for line, cells in _lines(block, (*bound.of, *bound.within))
    )


@cache
def carries(last: Layout, this: Layout) -> tuple[CarryCheck, ...]:
    """Every figure of form *this* that last year's report, in form *last*, determines.

    Totals follow from the others.  A figure that *last* lacks, or prints in other words, is left out.
    """
    return tuple(
        check for check in _carries(this) if all(is_same_figure(term.address, last, this) for term in check.last_year)
    )


def is_same_figure(address: Address, last: Layout, this: Layout) -> bool:
    """Whether both forms have the address, printed in the same words and of the same kind."""
    then, now = address_book(last).entries.get(address), address_book(this).entries[address]
    return then is not None and (then.printed, then.kind) == (now.printed, now.kind)


@cache
def _carries(layout: Layout) -> tuple[CarryCheck, ...]:
    return tuple(
        CarryCheck(
            carry,
            line,
            cells[carry.figure],
            _terms(cells, carry.last_year),
            _terms(cells, carry.plus),
            _terms(cells, carry.minus),
        )
        for block in _blocks(layout)
        for carry in block.carries
        for line, cells in _lines(block, (carry.figure, *carry.last_year, *carry.plus, *carry.minus))
    )


def _blocks(layout: Layout) -> Iterator[Crosstab]:
    for _, table in layout.tables:
        yield from table.blocks


def _terms(cells: Mapping[str, Term], names: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(cells[name] for name in names)


def _lines(block: Crosstab, names: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, Term]]]:
    """Every column in which a relation between rows holds, or every row for one between columns, with its terms.

    Raises:
        ValueError: the names are neither all rows nor all columns of the block.
    """
    rows = {row.address: row for row in row_leaves(block)}
    columns = {column.address: column for column in column_leaves(block)}
    if rows.keys() >= set(names):
        for at, column in columns.items():
            if not column.head.is_total:
                terms = {name: Term(join(name, at), rows[name].printed) for name in names}
                yield f"「{column.printed}」列", terms
    elif columns.keys() >= set(names):
        for at, row in rows.items():
            if not row.head.is_total:
                terms = {name: Term(join(at, name), columns[name].printed) for name in names}
                yield f"「{row.printed}」行", terms
    else:
        raise ValueError(f"{names} are neither rows nor columns of one block")
