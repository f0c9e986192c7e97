"""What a rendered part says, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.patterns import regex

WORDS = regex(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def lines_of(part: bytes) -> Iterator[str]:
    """The words of each paragraph, whatever runs they are split over."""
    from html import unescape  # its table of names takes a while to load, and most templates need no words read back

    for paragraph in part.decode("utf-8").split("</w:p>"):
        yield unescape("".join(WORDS.findall(paragraph)))
