"""TOML text to plain data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, NamedTuple

import tomli

from gxgen.findings import Finding

ILLEGIBLE: Final = object()
"""Stands for a value that is given, but in a way that could not be read."""


class MendedLines(NamedTuple):
    """How a statement that is not TOML should be written: as many lines as it has, from *line* (counted from 0) on."""

    line: int
    text: str
    is_certain: bool
    """Whether nothing else can have been meant."""


class Parsed(NamedTuple):
    """The data of a TOML text, everything that is not TOML in it, and the text that was read, line by line the same."""

    data: dict[str, Any]
    slips: tuple[Finding, ...]
    legible: str
    mended: tuple[MendedLines, ...] = ()


def parse(text: str) -> Parsed:
    """Parse a TOML text as far as it can be."""
    try:
        return Parsed(tomli.loads(text, parse_float=Decimal), (), text)
    except (ValueError, ArithmeticError, RecursionError):  # an exponent may be too large for any decimal
        from gxgen.source.slips import salvage

        return salvage(text)
