"""Numbers of a comparison in words."""

from __future__ import annotations

from decimal import Decimal

from gxgen.batch.comparison.pair import Alone, Pair, printed

UNKNOWN = "未读准"
"""Stands for a figure that could not be read."""


def figure(cell: Pair | Alone, which: str) -> str:
    """A figure as the form prints it."""
    value = getattr(cell, which)
    return UNKNOWN if value is None else printed(value)


def change(pair: Pair) -> str:
    """How much more the later figure is, with its sign."""
    return "" if not pair.change else f"{pair.change.normalize():+f}"


def percentage(pair: Pair) -> str:
    """The change in per cent of the earlier figure."""
    share = pair.percentage
    return "" if not share else f"{share.quantize(Decimal('0.1')):+f}%"


def percent(share: float | None) -> str:
    """A share; nothing where there is no text."""
    return "" if share is None else f"{int(share * 100)}%"
