"""Bad data files and what the terminal says of them, as documents: ``cases/*.md``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import Case, cases, headings, pages

FOLDER = Path(__file__).with_name("cases")


@pytest.mark.parametrize("case", cases(FOLDER), ids=str)
def test_the_terminal_says_what_is_wrong_and_how_to_mend_it(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bad data file is answered with exactly the findings that its case shows."""
    monkeypatch.chdir(tmp_path)
    assert case.answer(tmp_path) == case.told


@pytest.mark.parametrize("page", pages(FOLDER), ids=lambda page: page.stem)
def test_every_heading_of_a_page_is_a_case_of_its_own(page: Path) -> None:
    """No heading of a page goes unread for a slip in its blocks, and none stands twice."""
    titles = headings(page)
    assert titles == [case.title for case in cases(FOLDER) if case.page == page]
    assert len(titles) == len(set(titles))
