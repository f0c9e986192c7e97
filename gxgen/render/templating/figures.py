"""Figures by their addresses, as templates see them: numbers that know what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gxgen.view import Figure


class Offering:
    """Something that has names below it."""

    __slots__ = ()

    def offers(self, name: str) -> bool:
        """Whether a template may ask for it; whatever else Python finds is no part of a report."""
        raise NotImplementedError


class Count(int):
    """A figure or total that counts: a number that knows its address."""

    address: str


class Amount(Decimal):
    """An amount: reckons as a number, prints as its office typed it."""

    address: str
    text: str

    def __str__(self) -> str:
        return self.text


class Branch(Offering):
    """What stands above figures: a table, a row, a group of rows."""

    __slots__ = ("_figures", "_steps", "address")

    def __init__(self, address: str, figures: Mapping[str, Figure], steps: Mapping[str, frozenset[str]]) -> None:
        self.address = address
        self._figures = figures
        self._steps = steps

    def offers(self, name: str) -> bool:
        """The keys below it."""
        return name in self._steps.get(self.address, ())

    def below(self, name: str) -> Branch | Count | Amount:
        """What the key *name* leads to.

        Raises:
            AttributeError: there is none of that name.
        """
        if name not in self._steps.get(self.address, ()):
            raise AttributeError(name)
        address = f"{self.address}.{name}"
        if address in self._steps:
            return Branch(address, self._figures, self._steps)
        return number_of(address, self._figures[address])

    def __getattr__(self, name: str) -> Branch | Count | Amount:
        return self.below(name)

    def keys_below(self) -> Iterator[str]:
        """The keys below it, for messages."""
        yield from sorted(self._steps.get(self.address, ()))


def number_of(address: str, figure: Figure) -> Count | Amount:
    """A figure as the number that a template reckons with."""
    if isinstance(figure.number, int) and figure.text == str(figure.number):
        count = Count(figure.number)
        count.address = address
        return count
    amount = Amount(figure.number)
    amount.address, amount.text = address, figure.text
    return amount
