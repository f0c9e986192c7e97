"""The list of expected agencies (``--expect``), compared with those that have a report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from gxgen.core.errors import GxgenError
from gxgen.core.toml.encoding import decode
from gxgen.source import bytes_of


class ExpectedAgencies(msgspec.Struct, frozen=True):
    """A list of agencies compared with those that have a data file."""

    missing: tuple[str, ...]
    """On the list, without a data file."""
    unlisted: tuple[str, ...]
    """With a data file, and not on the list: it may be spelled otherwise there."""


def read_expected(path: Path) -> tuple[str, ...]:
    """Read the agencies of a list, one a line; empty lines and lines that begin with # are skipped.

    Raises:
        GxgenError: it cannot be read, or names no agency.
    """
    raw = bytes_of(path)
    text, findings = decode(raw) if isinstance(raw, bytes) else (None, raw.findings)
    if text is None:
        raise GxgenError(f"机关名单「{path}」读不出：{findings[0].message}", "名单是纯文本，每行一个机关名称")
    names = (line.strip().strip("\ufeff") for line in text.split("\n"))
    agencies = tuple(dict.fromkeys(name for name in names if name and not name.startswith("#")))
    if not agencies:
        raise GxgenError(f"机关名单「{path}」里没有机关", "名单是纯文本，每行一个机关名称")
    return agencies


def compare_expected(expected: Iterable[str], found: Iterable[str]) -> ExpectedAgencies:
    """Return which expected agencies are missing, and which agencies were not expected."""
    listed, present = dict.fromkeys(expected), dict.fromkeys(filter(None, found))
    return ExpectedAgencies(
        tuple(name for name in listed if name not in present), tuple(name for name in present if name not in listed)
    )
