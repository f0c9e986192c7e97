"""Reports that a rule warns about, and near-misses that it must not, as documents: ``cases/*.md``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import Case, cases, headings, pages

FOLDER = Path(__file__).with_name("cases")


@pytest.mark.parametrize("case", cases(FOLDER), ids=str)
def test_a_rule_trips_on_what_it_is_for_and_on_nothing_near_it(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is answered with exactly the findings that its case shows, and a near-miss with none."""
    monkeypatch.chdir(tmp_path)
    assert case.answer(tmp_path) == case.told


@pytest.mark.parametrize("page", pages(FOLDER), ids=lambda page: page.stem)
def test_every_heading_of_a_page_is_a_case_of_its_own(page: Path) -> None:
    """No heading of a page goes unread for a slip in its blocks, and none stands twice."""
    titles = headings(page)
    assert titles == [case.title for case in cases(FOLDER) if case.page == page]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("page", pages(FOLDER), ids=lambda page: page.stem)
def test_every_page_has_cases_that_trip_and_near_misses(page: Path) -> None:
    """A rule without both is not done: each code that a page is about is told in some case, and some tell nothing."""
    on_page = [case for case in cases(FOLDER) if case.page == page]
    told = "".join(case.told for case in on_page)
    assert [code for code in on_page[0].codes if f": {code} " not in told] == []
    assert not all(case.told for case in on_page)
