"""What an agency says: the report as its data file gives it, nothing derived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import msgspec
from msgspec import field

from gxgen.spec import TEN_THOUSAND, YUAN_IN_TEN_THOUSAND, Address, Layout

DEFAULT_PACK = "national"
YUAN = "元"
IN_YUAN: Mapping[str, Decimal] = MappingProxyType(
    {YUAN: Decimal(1), TEN_THOUSAND: Decimal(YUAN_IN_TEN_THOUSAND), "亿元": Decimal(10**8)}
)
"""The units in which offices type amounts, and what each is in yuan."""
LARGEST_FIGURE = 10**12
"""More than everything there is to count, and than any amount."""


class Money(msgspec.Struct, frozen=True):
    """An amount with the unit that its office typed.

    It prints as given.  Sums and checks use *yuan* (:func:`gxgen.compute.sums.numeric_value`); ``==`` compares the
    text, too, so that 251000元 and 25.1万元 are different values of the same number.
    """

    text: str
    yuan: Decimal

    @classmethod
    def of(cls, text: str, amount: Decimal, unit: str) -> Money:
        """An amount in one of the units of :data:`IN_YUAN`, as it is printed and as a number."""
        return cls(text, amount * IN_YUAN[unit])

    def __str__(self) -> str:
        return self.text

    @property
    def unit(self) -> str:
        """The unit as typed."""
        return self.text.lstrip("0123456789.").strip()

    @property
    def amount(self) -> Decimal:
        """The number before the unit."""
        return Decimal(self.text.removesuffix(self.unit).strip())


Figure = int | Decimal | Money
"""A number of the tables: a count, an amount in the unit that the form prints, or an amount with its own unit."""


def printed(figure: Figure) -> str:
    """The figure as the form shows it, every digit as typed."""
    return f"{figure:f}" if isinstance(figure, Decimal) else str(figure)


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


def _no_figures() -> Mapping[Address, Figure]:
    return MappingProxyType({})


class Waiver(msgspec.Struct, frozen=True):
    """The agency's reason for standing by something that gxgen warns of."""

    code: str
    reason: str
    address: Address = ""
    """The address, or a branch of addresses, that it is about; empty: wherever the code is found."""
    by: str = ""
    date: date | None = None
    written_at: Address = ""
    """Where the data file writes it: ``waiver[0]``."""

    def covers(self, address: Address) -> bool:
        """Whether it is about what was found at an address."""
        return not self.address or f"{address}.".startswith(f"{self.address}.")


class Report(msgspec.Struct, frozen=True):
    """One agency's report on one year."""

    year: int
    layout: Layout
    agency: str = ""
    pack: str = DEFAULT_PACK
    title: str = ""
    """The title when it is not the official one."""
    published: date | None = None
    narrative: Mapping[str, str] = field(default_factory=_nothing)
    """Texts by place: ``preamble``, a section's key, or ``overview.<topic>`` and ``overview.lead``.

    Paragraphs are separated by newlines; ``**bold**`` and ``{{ quoted.figures }}`` stand as written.
    """
    figures: Mapping[Address, Figure] = field(default_factory=_no_figures)
    """Sparse: an address that is missing is 0."""
    assertions: Mapping[Address, Figure] = field(default_factory=_no_figures)
    """Totals that the agency worked out itself: compared with the computed ones, never printed."""
    unread: frozenset[Address] = frozenset()
    """Addresses that the data file gives in a way that could not be read: nothing can be said of what is missing."""
    waivers: tuple[Waiver, ...] = ()
    """What the agency stands by, warned of or not."""
    vertical: bool = False
    """垂直管理: an organ whose figures the government of its territory leaves out of its own."""
    departments: tuple[str, ...] = ()
    """A government's: the files of its departments, or folders of them, as paths from the data file."""
