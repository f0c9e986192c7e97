"""Two reports side by side: figures, texts, and how much of the one text is the other's."""

from __future__ import annotations

import msgspec

from gxgen.compare.copies import Overlap, overlap
from gxgen.compare.figures import CellPair, UnmatchedCell, paired_cells, unmatched
from gxgen.compare.fingerprints import Fingerprint, fingerprint, share
from gxgen.compare.texts import SectionDiff, section_diffs
from gxgen.compute import Completed

__all__ = ["CellPair", "Comparison", "Fingerprint", "Overlap", "SectionDiff", "UnmatchedCell", "compare", "fingerprint"]


class Comparison(msgspec.Struct, frozen=True):
    """The differences between two reports."""

    before: Completed
    after: Completed
    figures: tuple[CellPair, ...]
    """Every cell that both forms print in the same words, totals included, in the order of the later form."""
    only_before: tuple[UnmatchedCell, ...]
    only_after: tuple[UnmatchedCell, ...]
    """The cells that one form alone has."""
    section_diffs: tuple[SectionDiff, ...]
    """The texts by section, the opening first."""
    copied: float | None
    """The share of the later text that the earlier one has word for word, numbers aside; None without any text."""
    overlap: Overlap


def compare(before: Completed, after: Completed) -> Comparison:
    """Compare two reports; *before* is what *after* is measured against."""
    one, other = fingerprint(before), fingerprint(after)
    return Comparison(
        before,
        after,
        paired_cells(before, after),
        unmatched(before, after),
        unmatched(after, before),
        section_diffs(before, after),
        share(other, one),
        overlap(one, other),
    )
