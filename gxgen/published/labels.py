"""Header labels as published reports spell them.

The wording stands in gxgen.spec; here is only what may differ without becoming another label: the number before it, the
explanation in brackets after it, and a note that the agency has added in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from gxgen.spec import Head, layouts, unnumbered
from gxgen.spec.addresses import Leaf

SPACES = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")
QUOTATION_MARKS = dict.fromkeys(map(ord, "“”„‟‘’\"'「」『』〝〞＂＇`"))
BRACKETS = str.maketrans("〔〕【】[]｛｝{}〈〉《》", "()()()()()()()")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣─", "-"))
STOPS = str.maketrans("，。；：！？", ",.;:!?")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A label in its one spelling: without spaces and quotation marks, half width, round brackets."""
    text = unicodedata.normalize("NFKC", text.translate(QUOTATION_MARKS)).translate(QUOTATION_MARKS)
    return SPACES.sub("", text).translate(BRACKETS).translate(DASHES).translate(STOPS)


def squeezed(text: str) -> str:
    """A piece of a title without the spaces that typesetting puts into it; its characters are kept."""
    return SPACES.sub("", text)


def quoted(text: str, longest: int = 40) -> str:
    """A cell as a message quotes it: on one line, and not too long."""
    line = " ".join(text.split())
    return f"{line[:longest]}…" if len(line) > longest else line


NOTE = r"(?:\(注[^()]*\))?"
_NUMBER = re.compile(r"\(?([一二三四五六七八九十]+|\d+)\)?[、.]?")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")


@cache
def spelling(label: str, aliases: tuple[str, ...] = (), unit: str = "") -> str:
    """A regular expression of a folded label: its number, which may be left out but not be another, and its words."""
    words = "|".join(_words(name, unit) for name in (label, *aliases))
    number = label[: len(label) - len(unnumbered(label))]
    found = _NUMBER.fullmatch(fold(number)) if number else None
    prefix = rf"(?:\(?{found[1]}\)?[、.,:]?)?" if found else ""
    return f"{prefix}(?:{words}){NOTE}"


def _words(name: str, unit: str) -> str:
    words = fold(unnumbered(name))
    explained = _IN_BRACKETS.search(words)
    if not explained or not explained.start():
        return re.escape(words)
    before = re.escape(words[: explained.start()])
    # A unit is no explanation: the same figures in another unit are other figures.
    inside = rf"\((?:单位:)?{unit}\)" if unit else rf"(?:{re.escape(explained[0])})?"
    return before + inside


LONGEST_LABEL = 200
"""Characters; a longer text is no label, whatever is noted in it."""


def is_label(head: Head, folded: str) -> bool:
    """Whether a folded text is the label of *head*, in full."""
    return 0 < len(folded) <= LONGEST_LABEL and _is_spelled(head.label, head.aliases, head.unit, folded)


@lru_cache(maxsize=16384)
def _is_spelled(label: str, aliases: tuple[str, ...], unit: str, folded: str) -> bool:
    return bool(label) and bool(_pattern(label, aliases, unit).fullmatch(folded))


@cache
def _pattern(label: str, aliases: tuple[str, ...], unit: str) -> re.Pattern[str]:
    return re.compile(spelling(label, aliases, unit))


YEAR_NOTE = re.compile(r"\((?:19|20)\d\d年?\)")
ADDED = re.compile(r"(?:情况|\*|\d|\((?![^()]*(?:元|年|其中))[^()]+\))$")
"""What agencies add to a label without changing what it means: a word, the mark of a footnote, a remark."""
SLIP_SHARE = 4
"""One character in so many of a label may be misprinted, all at one place."""
MOST_SLIPPED = 3


def is_slip(head: Head, folded: str) -> bool:
    """Whether a folded text is the label of *head* but for a misprint at one place.

    Characters are left out, put in, replaced or exchanged there; a word or two, never the whole.  The unit of a
    column is no place for a misprint: the same figures in another unit are other figures.
    """
    if not 0 < len(folded) <= LONGEST_LABEL or not head.label or is_label(head, folded):
        return False
    texts = {folded, YEAR_NOTE.sub("", folded), ADDED.sub("", folded)}
    names = _names_of(head)
    return any(is_label(head, text) or _is_near(name, text) for text in texts for name in names)


@cache
def _names(label: str, aliases: tuple[str, ...], unit: str) -> tuple[str, ...]:
    """The spellings of a label that a misprint is compared with: with its number and explanation, and without."""
    names = dict.fromkeys(form for name in (label, *aliases) for form in (fold(name), fold(unnumbered(name))))
    if unit:
        return tuple(names)
    bare = (_IN_BRACKETS.sub("", name) for name in names)
    return tuple(dict.fromkeys((*names, *filter(None, bare))))


def _is_near(name: str, text: str) -> bool:
    """Whether two texts are the same but for a short piece of either."""
    allowed = min(len(name) // SLIP_SHARE, MOST_SLIPPED)
    if not allowed or abs(len(name) - len(text)) > allowed:
        return False
    ahead = _shared(name, text)
    behind = min(_shared(name[::-1], text[::-1]), len(name) - ahead, len(text) - ahead)
    removed, added = name[ahead : len(name) - behind], text[ahead : len(text) - behind]
    if any(unit in removed + added for unit in "万元"):
        return False
    is_swap = len(removed) == len(added) == 2 and removed == added[::-1]
    return is_swap or max(len(removed), len(added)) <= allowed


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def is_piece(head: Head, folded: str) -> bool:
    """Whether a folded text is the beginning or the end of a label, as where a page parts it."""
    names = _names_of(head)
    return len(folded) > 1 and any(name.startswith(folded) or name.endswith(folded) for name in names)


def spelling_of(head: Head) -> str:
    """The regular expression of a head's label."""
    return spelling(head.label, head.aliases, head.unit)


def heads_of(heads: tuple[Head, ...]) -> Iterator[Head]:
    """A header tree's heads, depth first."""
    for head in heads:
        yield head
        yield from heads_of(head.children)


def is_one_of(heads: tuple[Head, ...], folded: str) -> bool:
    """Whether a folded text is the label of any head of a tree."""
    return any(is_label(head, folded) for head in heads_of(heads))


class Called(NamedTuple):
    """The leaf that some labels lead to, and the labels that are misprinted, each with what it should be."""

    leaf: Leaf
    misprints: tuple[tuple[str, str], ...] = ()


def leaf_called(leaves: tuple[Leaf, ...], trail: tuple[str, ...]) -> Leaf | None:
    """The one leaf that the labels lead to, outermost first; None where they lead to none or to several.

    The last label is the leaf's own.  Those before it may leave levels out, but may name no other.
    """
    found = [leaf for leaf in leaves if _leads_to(leaf, trail)]
    return found[0] if len(found) == 1 else None


def _leads_to(leaf: Leaf, trail: tuple[str, ...]) -> bool:
    if not trail or not is_label(leaf.head, trail[-1]):
        return False
    above = iter(leaf.trail[:-1])
    return all(any(is_label(head, label) for head in above) for label in trail[:-1])


OF_A_YEAR = re.compile(r"年|同期|上期|本期")
"""What says that a column or group is one of several periods."""


def leaf_alone(leaves: tuple[Leaf, ...], trail: tuple[str, ...]) -> Leaf | None:
    """The one leaf that the last label names, whatever unknown words stand above it.

    Not where a label above is another one of the form, or speaks of a year: the figures may be another year's.
    """
    found = [leaf for leaf in leaves if trail and is_label(leaf.head, trail[-1])]
    if len(found) != 1:
        return None
    own = found[0].trail
    for label in trail[:-1]:
        if any(is_label(head, label) for head in own):
            continue
        if OF_A_YEAR.search(label) or _is_other(label, leaves):
            return None
    return found[0]


def leaf_misprinted(leaves: tuple[Leaf, ...], trail: tuple[str, ...]) -> Called | None:
    """The one leaf that the labels lead to if a misprint in each is allowed, or a part of a label above the leaf's own.

    A text that is another label of the form is no misprint.
    """
    found = list(filter(None, (_nearly_leads_to(leaf, trail, leaves) for leaf in leaves)))
    return found[0] if len(found) == 1 else None


def misprinted_in_full(leaf: Leaf, words: str) -> Called | None:
    """The leaf, if *words* are its label, with or without those above it, but for a misprint at one place."""
    if not 0 < len(words) <= LONGEST_LABEL or words in _official_labels():
        return None
    for depth in range(len(leaf.trail)):
        heads = leaf.trail[depth:]
        names = ["".join(fold(head.label) for head in heads[:-1]) + name for name in _names_of(heads[-1])]
        near = next((name for name in names if _is_near(name, words)), None)
        if near:
            return Called(leaf, ((words, near),))
    return None


def _names_of(head: Head) -> tuple[str, ...]:
    return _names(head.label, head.aliases, head.unit)


def _nearly_leads_to(leaf: Leaf, trail: tuple[str, ...], leaves: tuple[Leaf, ...]) -> Called | None:
    if not trail:
        return None
    misprints: list[tuple[str, str]] = []
    above = iter(leaf.trail[:-1])
    for label in trail[:-1]:
        head = next((head for head in above if _is_meant(head, label, leaves)), None)
        if head is None:
            return None
        if is_slip(head, label):
            misprints.append((label, head.label))
    if is_label(leaf.head, trail[-1]):
        return Called(leaf, tuple(misprints))
    if is_slip(leaf.head, trail[-1]) and not _is_other(trail[-1], leaves):
        return Called(leaf, (*misprints, (trail[-1], leaf.head.label)))
    return None


def _is_meant(head: Head, label: str, leaves: tuple[Leaf, ...]) -> bool:
    if is_label(head, label):
        return True
    return (is_slip(head, label) or is_piece(head, label)) and not _is_other(label, leaves)


def _is_other(label: str, leaves: tuple[Leaf, ...]) -> bool:
    """Whether a text is some label as it should be, of this header tree or of any form."""
    return label in _official_labels() or any(is_label(head, label) for leaf in leaves for head in leaf.trail)


@cache
def _official_labels() -> frozenset[str]:
    """The folded labels of every form: what one form calls so is no misprint in another."""
    heads = (
        head
        for layout in layouts()
        for _, table in layout.tables
        for block in table.blocks
        for head in (*heads_of(block.rows), *heads_of(block.columns))
    )
    return frozenset(fold(name) for head in heads for name in (head.label, *head.aliases))
