"""The table of codes: each name once, found again by name and in other processes."""

from __future__ import annotations

from copy import deepcopy

import pytest

from gxgen.core import codes
from gxgen.core.codes import CODES, named, nearest
from gxgen.core.findings import Code


def test_no_two_codes_share_a_name() -> None:
    """A name that was given twice would hide one of its codes from the table."""
    constants = [value for value in vars(codes).values() if isinstance(value, Code)]
    assert sorted(code.name for code in constants) == sorted({code.name for code in constants})
    assert set(CODES) == set(constants)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_a_code_is_the_same_object_in_another_process(code: Code) -> None:
    """Codes are compared with ``is``; copying one deeply goes by the same protocol as pickling it."""
    assert deepcopy(code) is code
    assert named(code.name) is code


def test_a_code_in_no_table_is_pickled_by_value() -> None:
    """It has no name to be looked up by."""
    own = Code("E999", "题目", "原因", "办法")
    assert deepcopy(own) == own
    assert named("E999") is None


def test_letters_that_look_like_digits_are_digits() -> None:
    """E3O2 means E302."""
    assert nearest("e3O2") == "E302"
    assert nearest("何处") == ""
