"""How a TOML string is spelled: which character of the file each character of its value comes from."""

from __future__ import annotations

from gxgen.patterns import regex

SPELLED_OTHERWISE = regex(
    r"(?P<dropped>\\[ \t]*\n[ \t\n]*)|\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[^\n])"
)
"""A line continuation, which stands for nothing, or an escape, which stands for one character."""


def spelled_at(raw: str, offset: int) -> int:
    """Where in the string spelled *raw* (quotes included) the character *offset* of its value is spelled.

    The end of the value, and whatever lies beyond it, is where the closing quotes are.
    """
    quotes = 3 if raw[:3] in ('"""', "'''") else 1
    at, end = quotes, len(raw) - quotes
    if quotes == 3 and raw.startswith("\n", at):
        at += 1
    if raw.startswith('"') and "\\" in raw:
        for found in SPELLED_OTHERWISE.finditer(raw, at, end):
            before = found.start() - at
            if offset < before or (offset == before and not found["dropped"]):
                break
            offset -= before if found["dropped"] else before + 1
            at = found.end()
    return min(at + offset, end)
