"""Copies among the texts of two reports or of very many, and the thresholds that make a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import combinations, groupby

import msgspec

from gxgen.compare.fingerprints import Fingerprint, shared_length

COPIED = 0.5
"""Share from which the text of one agency is reported as a copy of another's."""
LEFT_FROM_LAST_YEAR = 0.8
"""Share from which a text is reported as last year's: much of an office's work is the same every year."""
SHORTEST_COPY = 200
"""Characters, numbers and official words aside; below that two texts can be alike by chance."""
MOST_AGENCIES = 20
"""A chunk that more agencies have belongs to none of them: words of a superior office, or of the law."""


class Overlap(msgspec.Struct, frozen=True):
    """What two texts have in common, as a share of the shorter one."""

    share: float
    characters: int
    is_of_second: bool = True
    """Whether it is the share of the second text that the first one has, and not the other way round."""

    def is_copy(self, *, of_last_year: bool) -> bool:
        """Whether it is enough for a finding."""
        least = LEFT_FROM_LAST_YEAR if of_last_year else COPIED
        return self.characters >= SHORTEST_COPY and self.share >= least


class CopyKind(Enum):
    """Which text a report repeats."""

    OTHERS = "another agency's"
    LAST_YEARS = "its own of last year"


class ReportId(msgspec.Struct, frozen=True):
    """Agency and year of a fingerprinted report."""

    agency: str
    year: int


class Copy(msgspec.Struct, frozen=True):
    """A report whose text repeats that of an earlier one."""

    report: int
    of: int
    """Both are indices into the fingerprints."""
    kind: CopyKind
    share: float


class WidelyShared(msgspec.Struct, frozen=True):
    """A report whose text is mostly what more than :data:`MOST_AGENCIES` agencies say in the same words."""

    report: int
    share: float


def overlap(first: Fingerprint, second: Fingerprint) -> Overlap:
    """Measure what two texts have in common."""
    return _overlap(shared_length(second, first), first.length, second.length)


def _overlap(characters: int, first: int, second: int) -> Overlap:
    is_of_second = second <= first
    length = min(first, second)
    return Overlap(characters / length if length else 0, characters, is_of_second)


def copy_kind(first: ReportId, second: ReportId) -> CopyKind | None:
    """The kind of copy two reports can be; None for reports of one agency that are not of consecutive years."""
    if not first.agency or first.agency != second.agency:
        return CopyKind.OTHERS
    return CopyKind.LAST_YEARS if abs(first.year - second.year) == 1 else None


class Copies(msgspec.Struct, frozen=True):
    """The copies among many reports."""

    copies: tuple[Copy, ...]
    widely_shared: tuple[WidelyShared, ...]


def copies(fingerprints: Sequence[Fingerprint], ids: Sequence[ReportId]) -> Copies:
    """Find every report that is a copy of another one.

    Chunks are sorted by their hashes, so that equal ones of all reports are adjacent: the work grows with the number
    of chunks, not with that of pairs of reports.  A chunk that more than :data:`MOST_AGENCIES` agencies have counts
    for no pair; otherwise the pairs of one such chunk alone would be quadratic.

    Args:
        fingerprints: of each report.
        ids: agency and year of each; reports of one agency on one year are versions of the same and not compared.
    """
    lengths = [one.length for one in fingerprints]
    shared, widely_shared = _shared_lengths(fingerprints, ids)
    reports_of_shared_text = tuple(
        WidelyShared(number, characters / lengths[number])
        for number, characters in sorted(widely_shared.items())
        if Overlap(characters / lengths[number], characters).is_copy(of_last_year=False)
    )
    told = {each.report for each in reports_of_shared_text}
    found = []
    for (first, second), characters in sorted(shared.items()):
        kind = copy_kind(ids[first], ids[second])
        rest = [max(lengths[each] - widely_shared.get(each, 0), 1) for each in (first, second)]
        judged = _overlap(characters, *rest)
        if kind and not {first, second} <= told and judged.is_copy(of_last_year=kind is CopyKind.LAST_YEARS):
            found.append(_copy(first, second, ids, kind, judged))
    return Copies(tuple(found), reports_of_shared_text)


def _copy(first: int, second: int, ids: Sequence[ReportId], kind: CopyKind, judged: Overlap) -> Copy:
    """The later report is the copy; within one year, the one of which the other contains more."""
    years = ids[first].year, ids[second].year
    is_second = years[0] < years[1] if years[0] != years[1] else judged.is_of_second
    return Copy(second, first, kind, judged.share) if is_second else Copy(first, second, kind, judged.share)


def _shared_lengths(
    fingerprints: Sequence[Fingerprint], ids: Sequence[ReportId]
) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """Characters that each pair of reports shares, and characters of each report that too many agencies share."""
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    widely_shared: defaultdict[int, int] = defaultdict(int)
    agencies = [one.agency or number for number, one in enumerate(ids)]
    for length, numbers in _occurrences(fingerprints):
        if len(numbers) > MOST_AGENCIES and len({agencies[each] for each in numbers}) > MOST_AGENCIES:
            for each in numbers:
                widely_shared[each] += length
        else:
            for pair in combinations(numbers, 2):
                shared[pair] += length
    return shared, widely_shared


def _occurrences(fingerprints: Sequence[Fingerprint]) -> Iterator[tuple[int, list[int]]]:
    """Each chunk that several reports have: its length and the indices of the reports.

    Hash (64 bits), length (16) and report (32) are packed into one integer, so that a million sort in a second.
    """
    found = sorted(
        (each << 48) | (min(length, 0xFFFF) << 32) | number
        for number, one in enumerate(fingerprints)
        for each, length in zip(one.hashes, one.lengths, strict=True)
    )
    for piece, places in groupby(found, key=lambda place: place >> 32):
        numbers = [place & 0xFFFFFFFF for place in places]
        if len(numbers) > 1:
            yield piece & 0xFFFF, numbers
