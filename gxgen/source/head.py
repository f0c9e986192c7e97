"""The head of a data file, agency and year, read without the rest."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

import msgspec
import tomli
from msgspec.structs import replace

from gxgen.core.regex import regex
from gxgen.core.toml.encoding import decode
from gxgen.model import Report
from gxgen.source import Reading, read_bytes
from gxgen.source.departments import read_departments
from gxgen.source.reader import LAST_YEAR, pack_named

FIRST_TABLE = regex(rb"^[ \t]*\[", re.MULTILINE)


class Head(msgspec.Struct, frozen=True):
    """The top-level keys that stand before the first table."""

    is_report: bool
    year: int = 0
    """0: none that could be read."""
    agency: str = ""
    title: str = ""
    pack: str = ""
    departments: tuple[str, ...] = ()


def head_of(raw: bytes) -> Head:
    """Read the head of a data file; equal to what a full reading gives, if that gives a report."""
    data = _top(raw)
    if data is not None and _is_year(year := data.get("year")) and _is_plain(data):
        agency, title = data.get("agency", "").strip(), data.get("title", "").strip()
        return Head(True, year, agency, title, pack_named(data), read_departments(data, _ignore_finding))
    head = _by_full_reading(read_bytes(raw))
    return head if data is None or _is_plain(data) else replace(head, year=0)


def _top(raw: bytes) -> dict[str, Any] | None:
    """Return the data before the first table, if that is TOML by itself."""
    table = FIRST_TABLE.search(raw)
    text, _ = decode(raw[: table.start()] if table else raw)
    if text is None:
        return None
    try:
        return tomli.loads(text)
    except (ValueError, ArithmeticError, RecursionError):  # the bracket may stand in a text, or the file is not TOML
        return None


def _is_year(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 < value <= LAST_YEAR


def _is_plain(data: dict[str, Any]) -> bool:
    return isinstance(data.get("agency", ""), str) and isinstance(data.get("title", ""), str)


def _ignore_finding(*_: Any, **__: Any) -> None:
    """Ignore findings: the full reading reports them."""


def _by_full_reading(reading: Reading) -> Head:
    """Return the head of a file that has to be read as a whole."""
    report: Report | None = reading.report or reading.draft
    if report is None:
        return Head(reading.is_report, pack=reading.pack)
    year = report.year if reading.report else 0
    return Head(reading.is_report, year, report.agency, report.title, report.pack, report.departments)
