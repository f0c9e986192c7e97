"""Version, changelog and release recipe are in step."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import gxgen
from tests.docs.markdown import headings, read

ROOT = Path(__file__).resolve().parent.parent.parent
HEADING = re.compile(r"\[(\d+)\.(\d+)\.(\d+)\] - (unreleased|\d{4}-\d{2}-\d{2})")
CHANGELOG = read(ROOT / "CHANGELOG.md")
LONGEST = 200
"""Characters of an entry, the marks of Markdown included."""


def releases() -> list[tuple[str, str]]:
    """Version and date of every release that the changelog tells of, the newest first."""
    found = [HEADING.fullmatch(text) for level, text in headings(CHANGELOG) if level == 2]
    assert all(found), "every heading names a version and a date"
    return [(".".join(match.group(1, 2, 3)), match[4]) for match in found if match]


def test_the_newest_entry_is_that_of_this_version() -> None:
    """``gxgen --version`` and the top of the changelog name the same version."""
    assert releases()[0][0] == gxgen.__version__


def test_versions_and_dates_go_down() -> None:
    """A release is older than the one above it, in number and in date; only the newest may have no date yet."""
    numbers = [tuple(map(int, version.split("."))) for version, _ in releases()]
    assert numbers == sorted(set(numbers), reverse=True)
    dates = [date.fromisoformat(day) for _, day in releases() if day != "unreleased"]
    assert dates == sorted(dates, reverse=True)
    assert "unreleased" not in [day for _, day in releases()[1:]]


def test_entries_are_short() -> None:
    """An entry is a sentence or two: details are for the pages."""
    entries = re.findall(r"^- (.+)$", CHANGELOG, re.MULTILINE)
    assert len(entries) > 10
    assert [entry for entry in entries if len(entry) > LONGEST] == []
