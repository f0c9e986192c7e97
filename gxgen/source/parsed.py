"""The result of parsing a TOML text: its data, the findings on its syntax, and what was repaired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from gxgen.core.findings import Finding

ILLEGIBLE: Final = object()
"""Stands for a value that is given, but in a way that could not be read."""


class RepairedLines(msgspec.Struct, frozen=True):
    """A repaired statement from *line* (from 0) on: its lines as typed, and as repaired.

    Both have as many lines.
    """

    line: int
    typed: str
    text: str
    is_certain: bool
    """Whether nothing else can have been meant."""
    typed_at: Callable[[int], int]
    """The offset in *typed* of what stands at an offset of *text*."""
    is_raw: bool = False
    """Whether it is put so for the reader of figures only, who makes a row of it or does not."""


class Parsed(msgspec.Struct, frozen=True):
    """The data of a TOML text, the findings on its syntax, and the text that was read, with the same lines.

    Among ``findings`` are errors, about what could not be read, and findings about what was repaired and read.
    """

    data: dict[str, Any]
    findings: tuple[Finding, ...]
    legible: str
    repaired: tuple[RepairedLines, ...] = ()
