"""Whose report on which year a data file is, without reading the whole of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import tomli

from gxgen.source import LARGEST, read_bytes
from gxgen.toml.encoding import decode

Identity = tuple[int, str]
"""The report year, and the agency's name or nothing."""
FIRST_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)


def identity_of(path: Path) -> Identity | None:
    """The year and the agency that stand at the top of a data file; None if there is no year."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST)
    except (OSError, ValueError):
        return None
    table = FIRST_TABLE.search(raw)
    text, _ = decode(raw[: table.start()] if table else raw)
    if text is None:
        return None
    try:
        data = tomli.loads(text)
    except (ValueError, ArithmeticError, RecursionError):  # the bracket may stand in a text, or the file has slips
        return _after_all(raw)
    return _after_all(raw) if isinstance(data.get("year"), str | float) else _identity(data)


def _after_all(raw: bytes) -> Identity | None:
    """The identity of a report that has to be read as a whole."""
    report = read_bytes(raw).report
    return (report.year, report.agency) if report else None


def _identity(data: dict[str, Any]) -> Identity | None:
    year, agency = data.get("year"), data.get("agency", "")
    return (year, agency.strip()) if type(year) is int and isinstance(agency, str) else None
