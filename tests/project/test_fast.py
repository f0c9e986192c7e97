"""``make test-fast`` tries fewer examples, whatever a test asks for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import pytest_collection_modifyitems


@pytest.mark.parametrize(("profile", "most"), [("fast", 10), ("gxgen", 40)])
def test_a_random_test_tries_no_more_than_the_profile_allows(profile: str, most: int) -> None:
    """With the fast profile a test that asks for forty examples gets ten, with the usual one all forty."""
    tried = []

    @settings(max_examples=40, database=None)
    @given(st.integers())
    def test(number: int) -> None:
        tried.append(number)

    config = cast("pytest.Config", SimpleNamespace(getoption=lambda _: profile))
    pytest_collection_modifyitems(config, [cast("pytest.Item", SimpleNamespace(obj=test))])
    test()
    assert len(tried) == most
