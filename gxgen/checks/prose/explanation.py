"""Explain what the checks understood of a text: each statement, the figures it is held against, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import msgspec

from gxgen.checks.prose.claims import (
    cells_denied,
    claims_of_text,
    denials_of_text,
    figures_denied,
    is_certain,
    is_denied_rightly,
    is_true,
    permitted,
    read_texts,
)
from gxgen.checks.prose.counts import counts
from gxgen.checks.prose.disclosure import MONEY
from gxgen.checks.prose.quantities import has_applications
from gxgen.checks.prose.sentences import sentences
from gxgen.checks.prose.sums import sums
from gxgen.compute import Completed
from gxgen.model import printed
from gxgen.spec import Address


class Verdict(Enum):
    """What became of a statement."""

    AGREES = "相符"
    DIFFERS = "不符"
    UNREAD = "表中这一格没有读出，没有核对"
    NOT_PLACED = "看不出说的是表中哪一格，没有核对"


class Statement(msgspec.Struct, frozen=True):
    """A statement of a text about figures.

    Attributes:
        place: where in the narrative the text stands.
        start: characters from the beginning of the printed text.
        phrase: the number with its measure word, or the words that deny.
        meaning: what it counts, in words; empty if it is not known.
        cells: the addresses of the figures, of the likeliest meaning; a sum where they are several.
        figures: what the tables have, as printed; each would be right.
    """

    place: str
    sentence: str
    start: int
    phrase: str
    meaning: str
    cells: tuple[Address, ...]
    figures: tuple[str, ...]
    verdict: Verdict


def explain(completed: Completed) -> tuple[Statement, ...]:
    """Every statement of the narrative about figures, and every number that could not be placed, in order."""
    if not has_applications(completed.report.layout):
        return ()
    return tuple(
        statement
        for place, text in read_texts(completed)
        for statement in sorted(_of_text(completed, place, text), key=lambda each: each.start)
    )


def _of_text(completed: Completed, place: str, text: str) -> Iterator[Statement]:
    placed = set[int]()
    for claim in claims_of_text(completed, place, text):
        number, quantity = claim.number, claim.quantity
        placed.add(number.start)
        verdict = Verdict.AGREES if is_true(completed, claim) else Verdict.DIFFERS
        yield Statement(
            place,
            _sentence_at(text, number.start),
            number.start,
            text[number.start : number.end],
            f"{quantity.name}（不超过）" if quantity.is_limit else quantity.name,
            quantity.candidates[0],
            permitted(completed, quantity),
            verdict if is_certain(completed, claim) else Verdict.UNREAD,
        )
    for denial in denials_of_text(completed, place, text):
        verdict = Verdict.AGREES if is_denied_rightly(completed, denial) else Verdict.DIFFERS
        cells = cells_denied(denial)
        yield Statement(
            place,
            _sentence_at(text, denial.offset),
            denial.offset,
            denial.phrase,
            "、".join(quantity.name for quantity in denial.of),
            cells,
            tuple(printed(number) for _, number in figures_denied(completed, denial)),
            verdict if all(map(completed.is_certain, cells)) else Verdict.UNREAD,
        )
    yield from _of_sums(place, text, placed)
    yield from _not_placed(place, text, placed)


def _of_sums(place: str, text: str, placed: set[int]) -> Iterator[Statement]:
    for each in sums(text):
        parts = " + ".join(printed(part.value) for part in each.parts)
        start, end = each.total.start, each.total.end
        if each.is_wrong or start not in placed:
            verdict = Verdict.DIFFERS if each.is_wrong else Verdict.AGREES
            meaning = f"各分项之和 {parts}"
            figures = (printed(each.added_up),)
            yield Statement(place, _sentence_at(text, start), start, text[start:end], meaning, (), figures, verdict)
        placed.update((start, *(part.start for part in each.parts)))


def _not_placed(place: str, text: str, placed: set[int]) -> Iterator[Statement]:
    for start, sentence in sentences(text):
        for count in counts(sentence):
            is_figure = count.counts_cases or count.unit in MONEY
            if is_figure and start + count.start not in placed:
                phrase = sentence[count.start : count.end]
                yield Statement(place, sentence.strip(), start + count.start, phrase, "", (), (), Verdict.NOT_PLACED)


def _sentence_at(text: str, offset: int) -> str:
    return next((each.strip() for start, each in sentences(text) if start <= offset < start + len(each)), "")
