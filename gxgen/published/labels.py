"""Header labels as published reports spell them.

The wording stands in gxgen.spec; here is only what may differ without becoming another label: the number before it, the
explanation in brackets after it, and a note that the agency has added in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from gxgen.spec import Head, unnumbered
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


@cache
def _pattern(head: Head) -> re.Pattern[str]:
    return re.compile(spelling(head.label, head.aliases, head.unit))


def is_label(head: Head, folded: str) -> bool:
    """Whether a folded text is the label of *head*, in full."""
    return bool(folded) and bool(head.label) and bool(_pattern(head).fullmatch(folded))


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
