"""Links and pictures lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.markdown import PAGES, ROOT, anchors, links, name_of, pictures, read

LARGEST_PICTURE = 200_000
"""Bytes: a page that shows it still loads quickly."""


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_within_the_project_leads_to_something(page: Path) -> None:
    """A relative link is that of a file or folder that exists; one to a heading, of a heading that exists."""
    broken = []
    for target in links(read(page)):
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        if not target.startswith("https://") and not (
            there.exists() and (not anchor or anchor in anchors(read(there)))
        ):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_picture_is_there_and_light(page: Path) -> None:
    """A picture that a page shows is a PNG file of the project, and a small one."""
    for target in pictures(read(page)):
        picture = page.parent / target
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < LARGEST_PICTURE


def test_no_picture_lies_about_unused() -> None:
    """Every file in docs/pictures is shown by some page."""
    shown = {(page.parent / target).resolve() for page in PAGES for target in pictures(read(page))}
    assert set((ROOT / "docs" / "pictures").iterdir()) == shown


def test_the_pages_are_those_that_a_reader_expects() -> None:
    """The pages of the project are all looked at by these tests."""
    assert {name_of(page) for page in PAGES} >= {
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "docs/architecture.md",
        "docs/audit.md",
        "docs/codes.md",
        "docs/commands.md",
        "docs/data-file.md",
        "docs/deviations.md",
        "docs/pack-settings.md",
        "docs/packs.md",
        "docs/start.md",
        "samples/README.md",
    }
