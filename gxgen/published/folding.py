"""One spelling for the many that published reports print: width, spaces, brackets, quotation marks, dashes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
