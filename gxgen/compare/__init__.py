"""Two reports side by side: figures, texts, and how much of the one text is the other's."""

from __future__ import annotations

import msgspec

from gxgen.compare.copies import Verdict, verdict
from gxgen.compare.figures import Alone, Pair, alone, paired
from gxgen.compare.fingerprints import Print, print_of, share
from gxgen.compare.texts import Passage, passages
from gxgen.compute import Completed

__all__ = ["Alone", "Comparison", "Pair", "Passage", "Print", "Verdict", "compare", "print_of"]


class Comparison(msgspec.Struct, frozen=True):
    """What two reports have in common, and what not."""

    before: Completed
    after: Completed
    figures: tuple[Pair, ...]
    """Every cell that both forms print in the same words, totals included, in the order of the later form."""
    only_before: tuple[Alone, ...]
    only_after: tuple[Alone, ...]
    """The cells that one form alone has."""
    passages: tuple[Passage, ...]
    """The texts by section, the opening first."""
    copied: float | None
    """The share of the later text that the earlier one has word for word, numbers aside; None without any text."""
    verdict: Verdict


def compare(before: Completed, after: Completed) -> Comparison:
    """Compare two reports; *before* is what *after* is measured against."""
    one, other = print_of(before), print_of(after)
    return Comparison(
        before,
        after,
        paired(before, after),
        alone(before, after),
        alone(after, before),
        passages(before, after),
        share(other, one),
        verdict(one, other),
    )
