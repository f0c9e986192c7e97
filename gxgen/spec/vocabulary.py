"""The vocabulary in which an official form is written down.

A table is a stack of blocks, each the product of two trees of header cells (the abstract model of X. Wang, "Tabular
Abstraction, Editing, and Formatting", 1996).  A head spans the leaves below it, and a leaf is a row or column of
figures: merged cells, totals, addresses, the keys of the data file and the names in messages are all derived from the
trees, and no span, total or address is written by hand.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property
from typing import NamedTuple

import msgspec

from gxgen.core.findings import Code

Address = str
"""The keys of a figure's row and column, joined by dots (``requests.received.individual``)."""


PREAMBLE = "preamble"
"""The text before the first section."""
LEAD = "lead"
"""The text of a section before its topics."""
TEN_THOUSAND = "万元"
"""The unit that forms print beside an amount."""
YUAN_IN_TEN_THOUSAND = 10_000


def join(*parts: str) -> Address:
    """Join keys and addresses into one address, leaving out the empty ones."""
    return ".".join(part for part in parts if part)


def as_step(key: str) -> Address:
    """Quote a key that is empty or has a dot, so that it can be one step of an address."""
    return f'"{key}"' if not key or "." in key else key


def unnumbered(label: str) -> str:
    """A label without its ``一、``, ``（一）`` or ``1.``."""
    return re.sub(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)", "", label)


class Kind(Enum):
    """What a figure counts, which determines the numbers it can be."""

    COUNT = "count"  # 件数: whole, never negative
    CHANGE = "change"  # 增/减: whole, signed
    AMOUNT = "amount"  # 金额: decimal, never negative


class Wording(msgspec.Struct, frozen=True):
    """How running texts speak of a row or column, where its label and aliases do not say it."""

    names: tuple[str, ...] | None = None
    """What texts call it; None: as its label and aliases do; empty: texts cannot name it."""
    loose_names: tuple[str, ...] = ()
    """Names that may mean other rows or columns, too: recognised, but no number is held against them."""
    phrase: str = ""
    """A regular expression of the words that say it: what was done with documents, how a dispute ended."""
    noun: str = ""
    """Of a column: what texts append to the name of the row when they mean its figure (行政许可 + 处理决定)."""
    can_be_denied: bool = True
    """Whether the name, denied, means this and nothing else; 未予以公开 is said of information, too."""
    covers: tuple[str, ...] = ()
    """Keys of the rows beside it that texts may mean as well: 全部予以公开 does not deny 部分公开."""
    is_pending: bool = False
    """Whether the cases of a column are those without a verdict."""


DEFAULT_WORDING = Wording()
"""Texts use the label and its aliases."""


class Head(msgspec.Struct, frozen=True, dict=True):
    """A header cell.  Leaves address figures; branches group them."""

    label: str
    key: str = ""
    """The step of the address; a head with an empty key adds none."""
    children: tuple[Head, ...] = ()
    kind: Kind = Kind.COUNT
    unit: str = ""
    """The unit printed in the label; an amount without one may have a unit of its own."""
    is_total: bool = False
    is_legislation: bool = False
    """Whether only agencies with the power to make 规章 have figures here (立法法第九十一条、第九十三条)."""
    aliases: tuple[str, ...] = ()
    """Other wordings of the label met in published reports."""
    wording: Wording = DEFAULT_WORDING

    @cached_property
    def spoken_names(self) -> tuple[str, ...]:
        """What running texts call it, the label without its number first."""
        named = self.wording.names
        return (unnumbered(self.label).partition("（")[0], *self.aliases) if named is None else named

    @cached_property
    def width(self) -> int:
        """The number of leaves under this head: the rows or columns of figures that it spans."""
        return sum(child.width for child in self.children) or 1

    @cached_property
    def depth(self) -> int:
        """The levels of header cells from this one down."""
        return 1 + max((child.depth for child in self.children), default=0)


def leaf(
    key: str,
    label: str,
    *aliases: str,
    kind: Kind = Kind.COUNT,
    unit: str = "",
    is_legislation: bool = False,
    wording: Wording = DEFAULT_WORDING,
) -> Head:
    """A row or column of figures."""
    return Head(label, key, kind=kind, unit=unit, is_legislation=is_legislation, aliases=aliases, wording=wording)


def group(label: str, *children: Head, key: str = "", wording: Wording = DEFAULT_WORDING) -> Head:
    """A header cell above (or left of) others."""
    return Head(label, key, children, wording=wording)


def total(label: str = "总计") -> Head:
    """The sum of all figures under the same parent: the only kind of computed cell."""
    return Head(label, "total", is_total=True)


class Balance(msgspec.Struct, frozen=True):
    """勾稽关系: in every column the left rows add up to the right rows.  Rows are given by address."""

    left: tuple[Address, ...]
    right: tuple[Address, ...]


class Bound(msgspec.Struct, frozen=True):
    """In every row, the columns ``of`` add up to no more than the columns ``within``; no column adds up to 0."""

    code: Code
    """Of the finding where it does not hold."""
    of: tuple[str, ...]
    within: tuple[str, ...]


class Carry(msgspec.Struct, frozen=True):
    """A figure that the report of the year before determines.

    It equals the sum of last year's figures, plus what this year adds, minus what this year removes.  The terms are
    either rows of the block, by address, and the relation holds in every column; or columns, and it holds in every row.
    """

    code: Code
    """Of the finding where it does not hold."""
    figure: str
    last_year: tuple[str, ...]
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


UNLABELLED_ROW = (Head(""),)


class Crosstab(msgspec.Struct, frozen=True, eq=False):
    """The product of a tree of row heads and a tree of column heads."""

    columns: tuple[Head, ...]
    rows: tuple[Head, ...] = UNLABELLED_ROW
    key: str = ""
    caption: str = ""
    """A band across the table, above the header."""
    corner: str = ""
    """The cell where the two headers meet."""
    balances: tuple[Balance, ...] = ()
    bounds: tuple[Bound, ...] = ()
    carries: tuple[Carry, ...] = ()


class Table(msgspec.Struct, frozen=True, eq=False):
    """Blocks stacked in one grid; each divides the table's width evenly among its own columns."""

    blocks: tuple[Crosstab, ...]


class Topic(msgspec.Struct, frozen=True):
    """A matter that section 一 has to cover."""

    key: str
    label: str
    words: tuple[str, ...] = ()
    """Words of which a text about it has at least one."""
    about: str = ""
    """Key of the section whose table its text is about, where it is about nothing else."""


class Section(msgspec.Struct, frozen=True, eq=False):
    """One of the report's numbered sections: a heading, narrative, and a table where the form has one."""

    key: str
    heading: str
    variants: tuple[str, ...] = ()
    """Other wordings of the heading met in published reports, without the numeral."""
    topics: tuple[Topic, ...] = ()
    table: Table | None = None
    default: str = ""
    """The text printed when the agency writes none."""
    nonstandard_variants: tuple[str, ...] = ()
    """Wordings that are recognised in published reports, and that no report should print."""


class Deadline(NamedTuple):
    """The last day of the year after the report year on which a report is published in time."""

    month: int
    day: int


class Layout(msgspec.Struct, frozen=True, eq=False):
    """The official form as one circular prescribes it, from its first report year until the next circular's."""

    first_year: int
    authority: str
    title: str
    """The report's title without the agency; ``{year}`` stands for the report year."""
    sections: tuple[Section, ...]
    key_figures: tuple[Address, ...] = ()
    """The figures that tell most about a report, for lists of reports; in every form as many, in the same order."""
    department_deadline: Deadline = Deadline(1, 31)
    government_deadline: Deadline = Deadline(3, 31)
    """政府信息公开条例第四十九条."""
    stock: tuple[tuple[str, str], ...] = ()
    """Pairs of a place of the narrative and the text for reports without one: only amendments have any."""

    @property
    def name(self) -> str:
        """The form's short name: its first report year."""
        return str(self.first_year)

    @property
    def tables(self) -> tuple[tuple[Section, Table], ...]:
        """The sections that carry a table, each with it."""
        return tuple((section, section.table) for section in self.sections if section.table)
