"""Compare the texts of two reports section by section and sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

import msgspec

from gxgen.compare.fingerprints import fingerprint_of_texts, share
from gxgen.compute import Completed
from gxgen.spec import LEAD, PREAMBLE, Section, join

SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]|[^。！？；\n]+")
BLANK = re.compile(r"(?<=[\u2e80-\uffef“”])[ \t]+|[ \t]+(?=[\u2e80-\uffef“”])")
"""Space beside Chinese: whether it is typed says nothing."""
WORD = re.compile(r"\d[\d.,]*%?|[A-Za-z]+|.", re.DOTALL)
MIN_SIMILARITY = 0.5
"""Similarity (ratio of difflib) from which two sentences count as one sentence, changed."""
LONGEST_COMPARED = 2000
"""Characters of a sentence that is compared word by word; the work grows with the square."""
MOST_SENTENCES = 3000
"""Sentences of a text that is compared sentence by sentence; a long report has a few hundred."""
MOST_COMPARED = 40_000
"""Pairs of sentences whose similarity is measured in one replaced block."""
OPENING = "开头语"
SHORTEST_KEPT = 2
"""Words between two changes that are marked as kept; a single one would only split the change."""


class EditKind(Enum):
    """What happened to a sentence."""

    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


class Segment(msgspec.Struct, frozen=True):
    """A part of a sentence, and whether the other sentence has it, too."""

    text: str
    is_kept: bool


class Edit(msgspec.Struct, frozen=True):
    """A sentence before and after; empty where there is none."""

    kind: EditKind
    before: tuple[Segment, ...] = ()
    after: tuple[Segment, ...] = ()


class SectionDiff(msgspec.Struct, frozen=True):
    """The edits of a section's text."""

    key: str
    heading: str
    edits: tuple[Edit, ...]
    copied: float | None
    """The share of the later text that the earlier one has, numbers and official words aside; None of no text."""

    @property
    def differs(self) -> bool:
        """Whether anything has changed."""
        return any(edit.kind is not EditKind.KEPT for edit in self.edits)


def section_diffs(before: Completed, after: Completed) -> tuple[SectionDiff, ...]:
    """Compare the texts by section; a section that is empty in both is left out."""
    sections = [(PREAMBLE, OPENING, before.narrative.get(PREAMBLE, ""), after.narrative.get(PREAMBLE, ""))]
    theirs = {section.key: section for section in before.report.layout.sections}
    for section in after.report.layout.sections:
        then = _text(before, theirs[section.key]) if section.key in theirs else ""
        sections.append((section.key, section.heading, then, _text(after, section)))
    return tuple(_section_diff(before, after, *each) for each in sections if each[2].strip() or each[3].strip())


def _text(completed: Completed, section: Section) -> str:
    """A section's text as a whole, whether or not it is written by topics."""
    places = (section.key, join(section.key, LEAD), *(join(section.key, topic.key) for topic in section.topics))
    texts = (completed.narrative.get(place, "").strip() for place in places)
    return "\n".join(text for text in texts if text)


def _section_diff(before: Completed, after: Completed, key: str, heading: str, then: str, now: str) -> SectionDiff:
    one, other = (
        fingerprint_of_texts([text], completed.report.agency, completed.report.layout)
        for text, completed in ((then, before), (now, after))
    )
    return SectionDiff(key, heading, tuple(edits(then, now)), share(other, one))


def edits(before: str, after: str) -> Iterator[Edit]:
    """The edit of each sentence, in the order of the later text."""
    then, now = sentences(before), sentences(after)
    if then != now and max(len(then), len(now)) > MOST_SENTENCES:
        yield from _replaced(then, now)
        return
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Edit(EditKind.KEPT, *((Segment(text, True),),) * 2) for text in then[a1:a2])
        else:
            yield from _replaced(then[a1:a2], now[b1:b2])


def sentences(text: str) -> list[str]:
    """The sentences of a text, without marks of emphasis and without space beside Chinese."""
    plain = BLANK.sub("", text.replace("**", ""))
    return [found.strip() for found in SENTENCE.findall(plain) if found.strip()]


def _replaced(then: Sequence[str], now: Sequence[str]) -> Iterator[Edit]:
    """Edits of a replaced block: similar sentences are matched greedily, in order."""
    at = 0 if len(then) * len(now) <= MOST_COMPARED else len(then)
    yield from _removed(then[:at])
    for text in now:
        similarity, found = max(((_similarity(each, text), -i) for i, each in enumerate(then[at:])), default=(0.0, 0))
        if similarity < MIN_SIMILARITY:
            yield Edit(EditKind.ADDED, after=(Segment(text, False),))
            continue
        yield from _removed(then[at : at - found])
        yield _changed(then[at - found], text)
        at += 1 - found
    yield from _removed(then[at:])


def _removed(then: Sequence[str]) -> Iterator[Edit]:
    yield from (Edit(EditKind.REMOVED, before=(Segment(text, False),)) for text in then)


def _similarity(one: str, other: str) -> float:
    if max(len(one), len(other)) > LONGEST_COMPARED:
        return 0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < MIN_SIMILARITY or matcher.quick_ratio() < MIN_SIMILARITY:
        return 0
    return matcher.ratio()


def _changed(before: str, after: str) -> Edit:
    then, now = WORD.findall(before), WORD.findall(after)
    parts: tuple[list[Segment], list[Segment]] = ([], [])
    opcodes = SequenceMatcher(None, then, now, autojunk=False).get_opcodes()
    for number, (tag, a1, a2, b1, b2) in enumerate(opcodes):
        is_inner = 0 < number < len(opcodes) - 1
        is_kept = tag == "equal" and not (is_inner and a2 - a1 < SHORTEST_KEPT)
        for side, words in zip(parts, ("".join(then[a1:a2]), "".join(now[b1:b2])), strict=True):
            _append(side, words, is_kept=is_kept)
    return Edit(EditKind.CHANGED, tuple(parts[0]), tuple(parts[1]))


def _append(parts: list[Segment], words: str, *, is_kept: bool) -> None:
    """Add words to the parts, to the last one where that is of the same kind."""
    if not words:
        return
    if parts and parts[-1].is_kept == is_kept:
        parts[-1] = Segment(parts[-1].text + words, is_kept)
    else:
        parts.append(Segment(words, is_kept))
