"""HTML (WHATWG HTML Living Standard, 13.1) in its own terms: text and elements, well-formed for any text."""

from __future__ import annotations

import re
from typing import TypeAlias

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]|[\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
"""Characters that no page may hold (13.1, Text): surrogates, noncharacters, controls other than tab and line feed."""
Attribute: TypeAlias = str | int | None
"""The value of an attribute; an attribute with None or the empty text is left out."""


class Html(str):
    """Finished HTML: Jinja does not escape it."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell Jinja that this is markup."""
        return self


def escape(text: str) -> str:
    """Escape text for an element or a quoted attribute; characters that no page can hold become U+FFFD."""
    return (
        UNPRINTABLE.sub("\ufffd", text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )


def element(name: str, content: str, /, **attributes: Attribute) -> str:
    """Return an element around *content*, which is HTML.

    The keywords ``class_`` and ``aria_label`` stand for the attributes ``class`` and ``aria-label``.
    """
    return f"{start_tag(name, **attributes)}{content}</{name}>"


def start_tag(name: str, /, **attributes: Attribute) -> str:
    """Return the start tag of an element, its attributes in the order given."""
    written = (
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{''.join(written)}>"


def span(extent: int) -> Attribute:
    """Return the value of ``rowspan`` or ``colspan``; None for 1, which is the default."""
    return extent if extent > 1 else None
