"""How messages of several checks name a figure."""

from __future__ import annotations

from gxgen.compute import Completed
from gxgen.spec import Term


def term_and_count(completed: Completed, term: Term) -> str:
    """A figure by its label: 「本年制发件数」9; a negative one in brackets, since signs stand before some."""
    number = completed.count(term.address)
    return f"「{term.label}」（{number}）" if number < 0 else f"「{term.label}」{number}"
