"""Whether a text is a copy: the thresholds, and the question asked of two reports or of very many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import combinations, groupby
from typing import NamedTuple

from gxgen.compare.fingerprints import Print, common

COPIED = 0.5
"""From this share on the text of one agency is asked about as a copy of another's."""
LEFT_FROM_LAST_YEAR = 0.8
"""From this share on a text is asked about as last year's.  Much of an office's work is the same every year."""
LEAST_COPIED = 200
"""Characters, numbers and official words aside; below that two texts can be alike by chance."""
COMMON = 20
"""A piece that more agencies have is nobody's: words of a superior office, or of the law."""


class Verdict(NamedTuple):
    """What two texts have in common: the share of that text of which it is more."""

    share: float
    characters: int
    is_of_second: bool = True
    """Whether it is the share of the second text that the first one has, and not the other way round."""

    def is_copy(self, *, of_last_year: bool) -> bool:
        """Whether to ask about it."""
        least = LEFT_FROM_LAST_YEAR if of_last_year else COPIED
        return self.characters >= LEAST_COPIED and self.share >= least


class Kind(Enum):
    """Whose text it is that a report repeats."""

    OTHERS = "another agency's"
    LAST_YEARS = "its own of last year"


class Whose(NamedTuple):
    """Whose report on which year a print is of."""

    agency: str
    year: int


class Copy(NamedTuple):
    """A report whose text repeats that of an earlier one."""

    report: int
    of: int
    """Both by their numbers."""
    kind: Kind
    share: float


class Shared(NamedTuple):
    """A report whose text is mostly what more than :data:`COMMON` agencies say in the same words."""

    report: int
    share: float


def verdict(first: Print, second: Print) -> Verdict:
    """What two texts have in common."""
    return _verdict(common(second, first), first.length, second.length)


def _verdict(characters: int, first: int, second: int) -> Verdict:
    is_of_second = second <= first
    length = min(first, second)
    return Verdict(characters / length if length else 0, characters, is_of_second)


def kind_of(first: Whose, second: Whose) -> Kind | None:
    """How two reports can be copies; None where one agency's reports are not of years that follow each other."""
    if not first.agency or first.agency != second.agency:
        return Kind.OTHERS
    return Kind.LAST_YEARS if abs(first.year - second.year) == 1 else None


class Copies(NamedTuple):
    """The copies among many reports."""

    copies: tuple[Copy, ...]
    shared: tuple[Shared, ...]


def copies(prints: Sequence[Print], whose: Sequence[Whose]) -> Copies:
    """Every report that is a copy of another one.

    Pieces are sorted by their hashes, so that those in common lie side by side: nobody compares every two reports.  A
    piece that more than :data:`COMMON` agencies have counts for no pair.

    Args:
        prints: of each report.
        whose: agency and year of each; reports of one agency on one year are versions of the same and not compared.
    """
    lengths = [one.length for one in prints]
    in_common, of_all = _in_common(prints, whose)
    shared = tuple(
        Shared(number, characters / lengths[number])
        for number, characters in sorted(of_all.items())
        if Verdict(characters / lengths[number], characters).is_copy(of_last_year=False)
    )
    told = {each.report for each in shared}
    found = []
    for (first, second), characters in sorted(in_common.items()):
        kind = kind_of(whose[first], whose[second])
        rest = [max(lengths[each] - of_all.get(each, 0), 1) for each in (first, second)]
        judged = _verdict(characters, *rest)
        if kind and not {first, second} <= told and judged.is_copy(of_last_year=kind is Kind.LAST_YEARS):
            found.append(_copy(first, second, whose, kind, judged))
    return Copies(tuple(found), shared)


def _copy(first: int, second: int, whose: Sequence[Whose], kind: Kind, judged: Verdict) -> Copy:
    """The later report is the copy; of one year, the one that the other has more of."""
    years = whose[first].year, whose[second].year
    is_second = years[0] < years[1] if years[0] != years[1] else judged.is_of_second
    return Copy(second, first, kind, judged.share) if is_second else Copy(first, second, kind, judged.share)


def _in_common(prints: Sequence[Print], whose: Sequence[Whose]) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """The characters that two reports have in common, and those of each that more than a few agencies have."""
    in_common: defaultdict[tuple[int, int], int] = defaultdict(int)
    of_all: defaultdict[int, int] = defaultdict(int)
    agencies = [one.agency or number for number, one in enumerate(whose)]
    for length, numbers in _places(prints):
        if len(numbers) > COMMON and len({agencies[each] for each in numbers}) > COMMON:
            for each in numbers:
                of_all[each] += length
        else:
            for pair in combinations(numbers, 2):
                in_common[pair] += length
    return in_common, of_all


def _places(prints: Sequence[Print]) -> Iterator[tuple[int, list[int]]]:
    """Each piece that several reports have: its length and their numbers.

    One number holds all there is to know of a piece in a report, so that a million are sorted in a second.
    """
    found = sorted(
        (each << 48) | (min(length, 0xFFFF) << 32) | number
        for number, one in enumerate(prints)
        for each, length in zip(one.hashes, one.lengths, strict=True)
    )
    for piece, places in groupby(found, key=lambda place: place >> 32):
        numbers = [place & 0xFFFFFFFF for place in places]
        if len(numbers) > 1:
            yield piece & 0xFFFF, numbers
