"""TOML text to plain data, with recovery for text that is not TOML."""

from __future__ import annotations

from decimal import Decimal

import tomli

from gxgen.source.parsed import Parsed


def parse(text: str) -> Parsed:
    """Parse a TOML text as far as it can be."""
    try:
        return Parsed(tomli.loads(text, parse_float=Decimal), (), text)
    except (ValueError, ArithmeticError, RecursionError):  # an exponent may be too large for any decimal
        from gxgen.source.recovery import recover

        return recover(text)
