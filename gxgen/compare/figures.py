"""Compare the figures of two reports cell by cell."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from gxgen.compute import Completed
from gxgen.compute.sums import numeric_value
from gxgen.model import Figure
from gxgen.spec import Address, Entry, address_book, entries
from gxgen.spec.relations import is_same_figure


class CellPair(msgspec.Struct, frozen=True):
    """One cell in two reports; None where the figure could not be read."""

    entry: Entry
    heading: str
    """Of the section that it stands in."""
    before: Figure | None
    after: Figure | None

    @property
    def differs(self) -> bool:
        """Whether the figures are unequal, or one of them could not be read."""
        return self.before is None or self.after is None or numeric_value(self.before) != numeric_value(self.after)

    @property
    def change(self) -> Decimal | None:
        """How much more the second figure is, in the unit of the form; in yuan where figures bring their own units."""
        if self.before is None or self.after is None:
            return None
        return Decimal(numeric_value(self.after) - numeric_value(self.before))

    @property
    def percentage(self) -> Decimal | None:
        """The change in per cent of the first figure; None where that is 0 or less."""
        if self.change is None or self.before is None or numeric_value(self.before) <= 0:
            return None
        return self.change * 100 / numeric_value(self.before)


class UnmatchedCell(msgspec.Struct, frozen=True):
    """A cell that only one of the two forms has."""

    entry: Entry
    heading: str
    figure: Figure | None


def paired_cells(before: Completed, after: Completed) -> tuple[CellPair, ...]:
    """Pair the cells that both forms print in the same words."""
    forms = before.report.layout, after.report.layout
    return tuple(
        CellPair(entry, heading, _figure(before, entry.address), _figure(after, entry.address))
        for entry, heading in _cells(after)
        if is_same_figure(entry.address, *forms)
    )


def unmatched(one: Completed, other: Completed) -> tuple[UnmatchedCell, ...]:
    """The cells of *one* that the form of *other* lacks, or prints in other words."""
    forms = other.report.layout, one.report.layout
    return tuple(
        UnmatchedCell(entry, heading, _figure(one, entry.address))
        for entry, heading in _cells(one)
        if not is_same_figure(entry.address, *forms)
    )


def _cells(completed: Completed) -> list[tuple[Entry, str]]:
    tables = completed.report.layout.tables
    return [(entry, section.heading) for section, table in tables for entry in entries(table)]


def _figure(completed: Completed, address: Address) -> Figure | None:
    assert address in address_book(completed.report.layout).entries, "it is a cell of the form"
    return completed.figure(address) if completed.is_certain(address) else None
