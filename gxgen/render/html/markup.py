"""HTML (WHATWG HTML Living Standard, 13.1) in its own words: text and elements, well-formed for any text."""

from __future__ import annotations

import re
from typing import TypeAlias

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]|[\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
"""What a page may not hold (13.1, Text): surrogates, noncharacters, and controls other than tab and line feed."""
Attribute: TypeAlias = str | int | None
"""None and the empty text say nothing, and are left out."""


class Html(str):
    """Ready HTML: Jinja puts it into a template as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja's autoescape asks for."""
        return self


def escape(text: str) -> str:
    """Text for an element or a quoted attribute; a character that no page can hold shows as U+FFFD."""
    return (
        UNPRINTABLE.sub("\ufffd", text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )


def element(name: str, content: str, /, **attributes: Attribute) -> str:
    """An element with *content*, which is HTML; ``class_`` and ``aria_label`` mean ``class`` and ``aria-label``."""
    return f"{start_tag(name, **attributes)}{content}</{name}>"


def start_tag(name: str, /, **attributes: Attribute) -> str:
    """The start tag of an element, its attributes in the order given."""
    written = (
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{''.join(written)}>"


def span(extent: int) -> Attribute:
    """The value of ``rowspan`` and ``colspan``: 1 goes without saying."""
    return extent if extent > 1 else None
