"""docs/architecture.md describes the code that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.markdown import PAGES, ROOT, code, name_of, read, rows
from tests.test_architecture import ALLOWED

PAGE = read(ROOT / "docs" / "architecture.md")
FOLDERS = ("gxgen/", "tests/", "tools/", "benchmarks/", "samples/", "docs/")
GENERIC = ("YYYY", "<", "*")
"""What stands in a path for a name to choose."""


def test_the_table_of_imports_is_the_one_that_is_enforced() -> None:
    """Each part may import what tests/test_architecture.py lets it import, and the page says so."""
    parts = {row[0].strip("`"): set(code(row[2])) for row in rows(PAGE) if row[0].strip("`") in ALLOWED}
    assert parts == {part: set(may.split()) for part, may in ALLOWED.items()}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    """A file or folder of the project that stands in code on a page is there."""
    named = {piece.split(" ")[-1] for piece in code(read(page)) if piece.split(" ")[-1].startswith(FOLDERS)}
    gone = [path for path in named if not any(mark in path for mark in GENERIC) and not (ROOT / path).exists()]
    assert gone == []
