"""Which cells of the form a running text may mean, derived from the form's own labels.

A *term* is a quantity with every permitted reading: the sums of cells that an honest author may have had in mind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from gxgen.checks.prose.counts import Count
from gxgen.spec import Address, AddressBook, BalanceCheck, Layout, Leaf, address_book, join, unnumbered

Reading = tuple[Address, ...]
"""Cells that are added up."""


ALSO_CALLED = {"个人": "自然人", "公民": "自然人"}
LOOSELY_CALLED = {"企业": "商业企业", "社会组织": "社会公益组织", "律师事务所": "法律服务机构"}
"""May mean other kinds, too, and is never held against the table."""


class Term(NamedTuple):
    """A quantity that a text can name, in the words of the form, with its permitted readings."""

    name: str
    readings: tuple[Reading, ...]
    unlikely: tuple[Reading, ...] = ()
    """Readings that are not told where the number is wrong, but with which it is right."""


class Claim(NamedTuple):
    """A number in a text, and what it counts."""

    term: Term
    number: Count

    def moved(self, by: int) -> Claim:
        """The same claim in a longer text, *by* characters further on."""
        return Claim(self.term, self.number.moved(by))


def _is_that_of_applications(check: BalanceCheck) -> bool:
    """Whether a 勾稽关系 is 新收 + 结转 = 办理结果 + 结转: two rows on either side, the third a total."""
    left, right = check.balance.left, check.balance.right
    return len(left) == len(right) == 2 and check.rows[right[0]].head.is_total


def can_be_named(layout: Layout) -> bool:
    """Whether the form has a table of applications whose rows a text can be held against."""
    return any(map(_is_that_of_applications, address_book(layout).balances))


class Terms:
    """The quantities of one form."""

    def __init__(self, layout: Layout) -> None:
        self._book: AddressBook = address_book(layout)
        check = next(filter(_is_that_of_applications, self._book.balances))
        self._columns: Mapping[str, Leaf] = {leaf.head.label: leaf for leaf in check.columns}
        (self.received, self.brought_forward), (self.outcome, self.carried_forward) = (
            check.balance.left,
            check.balance.right,
        )
        self._rows = check.rows
        self._cells: dict[tuple[tuple[Address, ...], tuple[str, ...]], Reading] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The form's own words, which stand in sentences among the grammar's."""
        return frozenset((*self.applicants, *self.outcomes, *self.items))

    def is_part(self, reading: Reading) -> bool:
        """Whether cells are those of a kind of applicant, or of a group of outcomes: parts that are said in percent."""
        kinds = (self.cells((self.received,), columns) for columns in self.applicants.values())
        groups = (self.cells(rows, self.everybody) for rows in self.outcomes.values())
        return reading in (*kinds, *groups)

    # Applicants

    @cached_property
    def applicants(self) -> Mapping[str, tuple[str, ...]]:
        """Column addresses by the name of the kind of applicant; organisations together are a kind too."""
        kinds = {label: (leaf.address,) for label, leaf in self._columns.items() if not leaf.head.is_total}
        for leaf in self._columns.values():
            for head in leaf.trail[1:-1]:
                kinds[head.label] = (*kinds.get(head.label, ()), leaf.address)
        kinds.pop("其他", None)  # said of too many things
        kinds |= {name: kinds[meant] for name, meant in ALSO_CALLED.items() if meant in kinds}
        return MappingProxyType(kinds)

    @cached_property
    def spoken_of(self) -> Mapping[str, tuple[str, ...]]:
        """The same, with the names that may be meant more loosely."""
        kinds = self.applicants
        loosely = {name: kinds[meant] for name, meant in LOOSELY_CALLED.items() if meant in kinds}
        return MappingProxyType({**loosely, **kinds})

    @cached_property
    def everybody(self) -> tuple[str, ...]:
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
            name = unnumbered(leaf.trail[1].label).partition("（")[0]
            groups[name] = (*groups.get(name, ()), leaf.address)
        return MappingProxyType(groups)

    @cached_property
    def items(self) -> Mapping[str, tuple[Address, ...]]:
        """Single rows of 办理结果 by name, where no other row is called so."""
        names = [(unnumbered(leaf.head.label), leaf.address) for leaf in self._outcome_rows() if len(leaf.trail) > 2]
        return MappingProxyType({name: (address,) for name, address in names if name != "其他"})

    def _outcome_rows(self) -> Iterator[Leaf]:
        branch = self.outcome.rpartition(".")[0]
        return (
            leaf for leaf in self._rows.values() if leaf.address.startswith(f"{branch}.") and not leaf.head.is_total
        )

    def cells(self, rows: tuple[Address, ...], columns: tuple[str, ...]) -> Reading:
        """The cells where rows and columns meet."""
        if (rows, columns) not in self._cells:
            self._cells[rows, columns] = tuple(join(row, column) for row in rows for column in columns)
        return self._cells[rows, columns]

    # The table of 四

    @cached_property
    def verdicts(self) -> Mapping[str, tuple[Address, ...]]:
        """Cells of 四 by the label of the verdict."""
        found: dict[str, tuple[Address, ...]] = {}
        for leaf in self._dispute_columns:
            found[leaf.head.label] = (*found.get(leaf.head.label, ()), leaf.address)
        return MappingProxyType(found)

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
        return tuple(entry.column for entry in self._book.entries.values() if not entry.row.address)
