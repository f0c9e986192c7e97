"""The figures that tell most about a report: for one line in a table of many."""

from __future__ import annotations

from gxgen.compute import Completed
from gxgen.model import printed
from gxgen.spec import address_book, layouts

ADDRESSES = (
    "requests.received.total",
    "requests.outcome.total.total",
    "requests.carried_forward.total",
    "reconsideration.total",
    "litigation.direct.total",
    "litigation.after_reconsideration.total",
)
"""Every form has them."""


def headline(completed: Completed) -> tuple[str, ...]:
    """The figures, as the report prints them."""
    return tuple(printed(completed.figure(address)) for address in ADDRESSES)


def labels() -> tuple[str, ...]:
    """What the newest form calls them."""
    entries = address_book(layouts()[-1]).entries
    return tuple(entries[address].row.printed or entries[address].column.printed for address in ADDRESSES)
