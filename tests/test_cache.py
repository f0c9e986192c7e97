"""Bytes kept between runs: a help when they are there, no matter when they are not."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxgen import cache
from gxgen.cache import SWITCH, key_of, load, store

pieces = st.lists(st.binary(max_size=8), max_size=4)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that is not there yet."""
    chosen = tmp_path / "deep" / "cache"
    monkeypatch.setenv(SWITCH, str(chosen))
    return chosen


def test_what_was_stored_is_loaded(folder: Path) -> None:
    """The bytes come back under their key, and under no other."""
    store("one", b"first")
    store("two", b"second")
    store("one", b"third")
    assert (load("one"), load("two"), load("three")) == (b"third", b"second", None)


def test_nothing_lies_about_beside_what_was_stored(folder: Path) -> None:
    """The folder holds one file a key."""
    store("one", b"first")
    assert [path.name for path in folder.iterdir()] == ["one"]


def test_switched_off_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``GXGEN_CACHE=off`` neither writes nor reads."""
    store("one", b"first")
    monkeypatch.setenv(SWITCH, "off")
    store("two", b"second")
    assert load("one") is None
    assert [path.name for path in folder.iterdir()] == ["one"]


def test_a_folder_that_cannot_be_used_is_no_error(folder: Path) -> None:
    """Where a file stands in the way, nothing is kept and nothing is said."""
    folder.parent.mkdir()
    folder.write_bytes(b"a file")
    store("one", b"first")
    assert load("one") is None
    assert folder.read_bytes() == b"a file"


def test_without_a_switch_the_users_own_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is where the system wants caches to be."""
    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name, **_: tmp_path / name)
    store("one", b"first")
    assert (tmp_path / "gxgen" / "one").read_bytes() == b"first"


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system knows no folder for caches, as in some containers, nothing is kept and nothing is said."""

    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(platformdirs, "user_cache_path", homeless)
    store("one", b"first")
    assert load("one") is None


@given(pieces, pieces)
def test_different_things_have_different_keys(one: list[bytes], other: list[bytes]) -> None:
    """No two lists of parts share a key, even if they are the same bytes in a row."""
    assume(one != other)
    assert key_of(*one) != key_of(*other)
    assert key_of(*one) == key_of(*one)


def test_another_version_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older gxgen kept is never taken for what this one would make."""
    before = key_of(b"template")
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    assert key_of(b"template") != before


@given(pieces)
def test_a_key_is_a_file_name(parts: list[bytes]) -> None:
    """A key takes no thought about what a system allows in names."""
    assert key_of(*parts).isalnum()
