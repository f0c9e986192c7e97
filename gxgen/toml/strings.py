"""How a TOML string is spelled: which character of the file each character of its value comes from."""

from __future__ import annotations

import re
from functools import lru_cache

ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[^\n])")
LINE_CONTINUATION = re.compile(r"\\[ \t]*\n[ \t\n]*")


@lru_cache(maxsize=8)
def offsets(raw: str) -> tuple[int, ...]:
    """For every character of the value of the string spelled *raw* (quotes included), its offset in *raw*.

    One more offset at the end stands for the closing quotes, so that an empty string has a place too.
    """
    quotes = 3 if raw[:3] in ('"""', "'''") else 1
    is_basic, at = raw.startswith('"'), quotes
    end = len(raw) - quotes
    if quotes == 3 and raw[at : at + 1] == "\n":
        at += 1
    places = []
    while at < end:
        continuation = LINE_CONTINUATION.match(raw, at) if is_basic and quotes == 3 else None
        if continuation:
            at = continuation.end()
            continue
        places.append(at)
        escape = ESCAPE.match(raw, at) if is_basic else None
        at = escape.end() if escape else at + 1
    return (*places, end)
