"""Add up many reports cell by cell: a government reports the sums of its departments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import MAX_PREC, Decimal, localcontext
from types import MappingProxyType

import msgspec

from gxgen.model import YUAN, Figure, Money, Report
from gxgen.spec import Address, Entry

Number = int | Decimal


class Sums(msgspec.Struct, frozen=True):
    """Sums by address, no digit rounded away; sparse: an address that is missing is 0.

    Where the form prints no unit, some offices type one and some do not.  What a bare number means is unknown, so the
    two kinds are never added together: such an address is in ``numbers`` and in ``yuan``.
    """

    numbers: Mapping[Address, Number]
    """Figures without a unit, or in the unit that the form prints."""
    yuan: Mapping[Address, Decimal]
    """Amounts with a unit of their own, in yuan."""
    by_unit: Mapping[Address, Mapping[str, Decimal]]
    """The same amounts by unit as typed."""

    def is_mixed(self, address: Address) -> bool:
        """Whether some amounts have a unit and others have none."""
        return address in self.yuan and address in self.numbers

    @property
    def figures(self) -> Mapping[Address, Figure]:
        """The sums as figures of a data file, without the mixed ones.

        An amount keeps the unit if all typed the same, and is in 元 otherwise.
        """
        figures: dict[Address, Figure] = {
            address: number for address, number in self.numbers.items() if number and address not in self.yuan
        }
        figures |= {address: self._money(address) for address in self.yuan if address not in self.numbers}
        return MappingProxyType(figures)

    def _money(self, address: Address) -> Money:
        units, yuan = self.by_unit[address], self.yuan[address]
        unit, amount = next(iter(units.items())) if len(units) == 1 else (YUAN, without_trailing_zeros(yuan))
        return Money(f"{amount:f}{unit}", yuan)


def numeric_value(figure: Figure) -> Number:
    """Convert a figure to a number: an amount with a unit of its own is in yuan."""
    return figure.yuan if isinstance(figure, Money) else figure


def sum_reports(reports: Iterable[Report]) -> Sums:
    """Add up reports; the order does not matter."""
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


def contribution(report: Report, entry: Entry) -> Figure:
    """What a report contributes to a cell, given or computed; an amount as its office typed it."""
    if not entry.is_total:
        return report.figures.get(entry.address, 0)
    shares = (report.figures.get(summand, 0) for summand in entry.summands)
    return sum(share for share in shares if isinstance(share, int))


def without_trailing_zeros(number: Number) -> Number:
    """Strip the zeros at the end of a number's decimals."""
    if isinstance(number, int):
        return number
    with localcontext(prec=MAX_PREC):
        return number.normalize()
