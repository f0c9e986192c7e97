"""Sums of many reports, cell by cell: what a government reports is what its departments report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import MAX_PREC, Decimal, localcontext
from types import MappingProxyType
from typing import NamedTuple

from gxgen.model import YUAN, Figure, Money, Report
from gxgen.spec import Address, Entry

Number = int | Decimal


class Sums(NamedTuple):
    """Sums by address, no digit rounded away; sparse: an address that is missing is 0.

    Where the form prints no unit, some offices type one and some do not.  Nobody knows what the others mean, so the
    two are never added up: such an address is among the ``numbers`` and in ``yuan`` as well.
    """

    numbers: Mapping[Address, Number]
    """What was given without a unit, or in that which the form prints."""
    yuan: Mapping[Address, Decimal]
    """What was given with a unit, in yuan."""
    by_unit: Mapping[Address, Mapping[str, Decimal]]
    """The same in the units as typed."""

    def is_mixed(self, address: Address) -> bool:
        """Whether some amounts have a unit and some have none."""
        return address in self.yuan and address in self.numbers

    @property
    def figures(self) -> Mapping[Address, Figure]:
        """The sums as a data file gives them, those that are mixed left out.

        An amount keeps the unit if all typed the same, and is in 元 otherwise.
        """
        figures: dict[Address, Figure] = {
            address: number for address, number in self.numbers.items() if number and address not in self.yuan
        }
        figures |= {address: self._money(address) for address in self.yuan if address not in self.numbers}
        return MappingProxyType(figures)

    def _money(self, address: Address) -> Money:
        units, yuan = self.by_unit[address], self.yuan[address]
        unit, amount = next(iter(units.items())) if len(units) == 1 else (YUAN, plain(yuan))
        return Money(f"{amount:f}{unit}", yuan)


def value_of(figure: Figure) -> Number:
    """A figure as a number to calculate with: an amount with its own unit in yuan."""
    return figure.yuan if isinstance(figure, Money) else figure


def sum_of(reports: Iterable[Report]) -> Sums:
    """The sums over *reports*, in whatever order they come."""
    numbers: dict[Address, Number] = {}
    yuan: dict[Address, Decimal] = {}
    by_unit: dict[Address, dict[str, Decimal]] = {}
    with localcontext(prec=MAX_PREC):
        for report in reports:
            for address, figure in report.figures.items():
                if isinstance(figure, Money):
                    if figure.yuan:
                        yuan[address] = yuan.get(address, Decimal(0)) + figure.yuan
                        units = by_unit.setdefault(address, {})
                        units[figure.unit] = units.get(figure.unit, Decimal(0)) + figure.amount
                elif figure:
                    numbers[address] = numbers.get(address, 0) + figure
    return Sums(MappingProxyType(numbers), MappingProxyType(yuan), MappingProxyType(by_unit))


def share_of(report: Report, entry: Entry) -> Figure:
    """What a report adds to a cell, be it given or computed; an amount as its office typed it."""
    if not entry.is_total:
        return report.figures.get(entry.address, 0)
    shares = (report.figures.get(summand, 0) for summand in entry.summands)
    return sum(share for share in shares if isinstance(share, int))


def plain(number: Number) -> Number:
    """A number without zeros at the end of its decimals."""
    if isinstance(number, int):
        return number
    with localcontext(prec=MAX_PREC):
        return number.normalize()
