"""The quantities of a form that running text can name, and the cells that each may mean.

A quantity has several candidates where its name leaves open what is meant: 收到8件 may include the applications brought
forward.  A number is wrong only if it equals none of them.  Names come from the labels and wordings of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

import msgspec

from gxgen.checks.prose.counts import Count
from gxgen.checks.prose.grammar import dispute_columns
from gxgen.spec import Address, AddressBook, BalanceCheck, Head, Layout, Leaf, address_book, join

CellSum = tuple[Address, ...]
"""Cells that are added up."""


def named_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that a text has, less those that are only part of a longer one that it has, too."""
    found = [name for name in names if name in text]
    return tuple(name for name in found if not any(name in other for other in found if other != name))


class Quantity(msgspec.Struct, frozen=True):
    """A quantity that a text can name, and the sums of cells that its author may have had in mind."""

    name: str
    candidates: tuple[CellSum, ...]
    unlikely_candidates: tuple[CellSum, ...] = ()
    """Candidates that no message names, but with which a number is right."""
    is_limit: bool = False
    """Whether a number may be less: of applications by post, there are no more than of all."""


class Claim(msgspec.Struct, frozen=True):
    """A number in a text, and what it counts."""

    quantity: Quantity
    number: Count

    def shifted(self, by: int) -> Claim:
        """The same claim in a longer text, *by* characters further on."""
        return Claim(self.quantity, self.number.shifted(by))


def _is_applications_balance(check: BalanceCheck) -> bool:
    """Whether a 勾稽关系 is 新收 + 结转 = 办理结果 + 结转: two rows on either side, the third a total."""
    left, right = check.balance.left, check.balance.right
    return len(left) == len(right) == 2 and check.rows[right[0]].head.is_total


def has_applications(layout: Layout) -> bool:
    """Whether the form has a table of applications whose rows a text can be held against."""
    return any(map(_is_applications_balance, address_book(layout).balances))


class Quantities:
    """The quantities of one form."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._book: AddressBook = address_book(layout)
        check = next(filter(_is_applications_balance, self._book.balances))
        self._columns: Mapping[str, Leaf] = {leaf.head.label: leaf for leaf in check.columns}
        (self.received, self.brought_forward), (self.outcome, self.carried_forward) = (
            check.balance.left,
            check.balance.right,
        )
        self._rows = check.rows
        self._cells: dict[tuple[tuple[Address, ...], tuple[str, ...]], CellSum] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The form's own words, which stand in sentences among the grammar's."""
        return frozenset((*self.applicant_names, *self.outcomes, *self.items))

    def is_part(self, candidate: CellSum) -> bool:
        """Whether cells are those of a kind of applicant, or of a group of outcomes: parts that are said in percent."""
        kinds = (self.cells((self.received,), columns) for columns in self.applicants.values())
        groups = (self.cells(rows, self.total_columns) for rows in self.outcomes.values())
        items = (self.cells(rows, self.total_columns) for rows in self.items.values())
        return candidate in (*kinds, *groups, *items)

    # Applicants

    @cached_property
    def applicants(self) -> Mapping[str, tuple[str, ...]]:
        """Column addresses by the name of the kind of applicant; organisations together are a kind too."""
        kinds: dict[str, tuple[str, ...]] = {}
        for leaf in self._columns.values():
            for head in leaf.trail[1:] if not leaf.head.is_total else ():
                for name in head.spoken_names:
                    kinds[name] = (*kinds.get(name, ()), leaf.address)
        return MappingProxyType(kinds)

    @cached_property
    def applicant_names(self) -> Mapping[str, tuple[str, ...]]:
        """The same, with the names that may be meant more loosely."""
        loosely = {name: (leaf.address,) for leaf in self._columns.values() for name in leaf.head.wording.loose_names}
        return MappingProxyType({**loosely, **self.applicants})

    @cached_property
    def total_columns(self) -> tuple[str, ...]:
        """The column of totals."""
        return tuple(leaf.address for leaf in self._columns.values() if leaf.head.is_total)

    @cached_property
    def single_columns(self) -> tuple[str, ...]:
        """The columns of single kinds of applicants."""
        return tuple(leaf.address for leaf in self._columns.values() if not leaf.head.is_total)

    # Rows of 三

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[Address, ...]]:
        """Rows of 办理结果 by the name of their group (予以公开, 不予公开 …)."""
        groups: dict[str, tuple[Address, ...]] = {}
        for leaf in self._outcome_rows():
            for name in leaf.trail[1].spoken_names:
                groups[name] = (*groups.get(name, ()), leaf.address)
        return MappingProxyType(groups)

    @cached_property
    def deniable_outcomes(self) -> tuple[str, ...]:
        """Names of groups of outcomes whose denial can mean nothing but the group."""
        groups = (leaf.trail[1] for leaf in self._outcome_rows())
        return tuple(dict.fromkeys(name for head in groups if head.wording.can_be_denied for name in head.spoken_names))

    def covered_by(self, outcome: str) -> frozenset[Address]:
        """The rows of the group of that name, and of those that the form says it may cover."""
        own = frozenset(self.outcomes[outcome])
        heads = {leaf.address: leaf.trail[1] for leaf in self._outcome_rows()}
        keys = {key for address in own for key in heads[address].wording.covers}
        return own | {address for address, head in heads.items() if head.key in keys}

    @cached_property
    def items(self) -> Mapping[str, tuple[Address, ...]]:
        """Single rows of 办理结果 by name, where no other row is called so."""
        items = (leaf for leaf in self._outcome_rows() if len(leaf.trail) > 2)
        return MappingProxyType({name: (leaf.address,) for leaf in items for name in leaf.head.spoken_names})

    def _outcome_rows(self) -> Iterator[Leaf]:
        branch = self.outcome.rpartition(".")[0]
        return (
            leaf for leaf in self._rows.values() if leaf.address.startswith(f"{branch}.") and not leaf.head.is_total
        )

    def cells(self, rows: tuple[Address, ...], columns: tuple[str, ...]) -> CellSum:
        """The cells where rows and columns meet."""
        if (rows, columns) not in self._cells:
            self._cells[rows, columns] = tuple(join(row, column) for row in rows for column in columns)
        return self._cells[rows, columns]

    def totals(self, *rows: Address) -> CellSum:
        """The cells of rows in the column of totals."""
        return self.cells(rows, self.total_columns)

    # The table of 四

    @cached_property
    def verdicts(self) -> tuple[Head, ...]:
        """The verdicts of 四 that texts can name."""
        heads = (leaf.head for leaf in self._dispute_columns if leaf.head.wording.phrase)
        return tuple(dict.fromkeys(heads))

    @cached_property
    def pending(self) -> frozenset[Address]:
        """Cells of 四 of cases without a verdict."""
        return frozenset(leaf.address for leaf in self._dispute_columns if leaf.head.wording.is_pending)

    @cached_property
    def kinds_of_dispute(self) -> tuple[Head, ...]:
        """行政复议 and 行政诉讼: the outermost heads of 四."""
        return tuple(dict.fromkeys(leaf.trail[0] for leaf in self._dispute_columns))

    @cached_property
    def stages_of_dispute(self) -> tuple[Head, ...]:
        """The heads of 四 between the kinds and the verdicts: 未经复议直接起诉, 复议后起诉."""
        return tuple(dict.fromkeys(head for leaf in self._dispute_columns for head in leaf.trail[1:-1]))

    def disputes(self, *labels: str) -> tuple[Address, ...]:
        """The cells of 四, less totals, under heads of any of these labels."""
        return tuple(dict.fromkeys(cell for label in labels for cell in self._disputes_by_label.get(label, ())))

    @cached_property
    def _disputes_by_label(self) -> Mapping[str, tuple[Address, ...]]:
        found: dict[str, tuple[Address, ...]] = {}
        for leaf in self._dispute_columns:
            for head in leaf.trail if not leaf.head.is_total else ():
                found[head.label] = (*found.get(head.label, ()), leaf.address)
        return MappingProxyType(found)

    @cached_property
    def _dispute_columns(self) -> tuple[Leaf, ...]:
        return dispute_columns(self._layout)

    # Places of the narrative

    @cached_property
    def places_of_applications(self) -> frozenset[str]:
        """Places that are about applications even where a sentence does not say so."""
        key = self._book.section_of(join(self.received, self.single_columns[0])).key
        topics = (
            join(section.key, topic.key)
            for section in self._layout.sections
            for topic in section.topics
            if topic.about == key
        )
        return frozenset((key, *topics))

    @cached_property
    def places_of_disputes(self) -> frozenset[str]:
        """Places that are about reconsideration and litigation even where a sentence does not say so."""
        return frozenset(self._book.section_of(leaf.address).key for leaf in self._dispute_columns)
