"""The user's own folders, and the cache in one of them: a help when it is there, no matter when it is not."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from unittest.mock import patch

import platformdirs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxgen.core import user_folders
from gxgen.core.user_folders import NAME, SWITCH, Kind, file_of, load, store, user_folder

NAMES = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
FOLDERS = st.sampled_from(["", "/", "/home/a", "/home/a/", "//a", "relative", "~", "/甲 乙", " /a", None])
THEIRS = {Kind.CONFIG: platformdirs.user_config_path, Kind.CACHE: platformdirs.user_cache_path}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are left to platformdirs itself")
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, FOLDERS)), st.sampled_from(Kind))
def test_a_folder_is_where_platformdirs_says(environment: dict[str, str | None], kind: Kind) -> None:
    """Whatever the environment says of the home and of the folders in it."""
    plain = {name: value for name, value in os.environ.items() if name not in NAMES}
    given_values = {name: value for name, value in environment.items() if value is not None}
    with patch.dict(os.environ, plain | given_values, clear=True):
        assert user_folder(kind) == THEIRS[kind](NAME, appauthor=False)


@pytest.mark.parametrize("kind", Kind)
def test_other_systems_are_left_to_platformdirs(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where folders have other names, the library is asked for gxgen's."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(platformdirs, f"user_{kind.name.lower()}_path", lambda name, **_: Path("there", name))
    assert user_folder(kind) == Path("there", "gxgen")


def test_a_user_may_have_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system knows no folder, as in some containers, there is none."""

    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setenv("HOME", "relative")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_path", homeless)
    assert user_folder(Kind.CACHE) is None


# The cache

pieces = st.lists(st.binary(max_size=8), max_size=4)
ONE, TWO, THREE = [b"one"], [b"two"], [b"one", b""]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that is not there yet."""
    chosen = tmp_path / "deep" / "cache"
    monkeypatch.setenv(SWITCH, str(chosen))
    return chosen


def test_what_was_stored_is_loaded(folder: Path) -> None:
    """The bytes come back for what they were made of, and for nothing else."""
    store(ONE, b"first")
    store(TWO, b"second")
    store(ONE, b"third")
    assert (load(ONE), load(TWO), load(THREE)) == (b"third", b"second", None)


def test_nothing_lies_about_beside_what_was_stored(folder: Path) -> None:
    """The folder holds one file for each."""
    store(ONE, b"first")
    assert [path.name for path in folder.iterdir()] == [file_of(ONE, b"")[0]]


def test_switched_off_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``GXGEN_CACHE=off`` neither writes nor reads."""
    store(ONE, b"first")
    monkeypatch.setenv(SWITCH, "off")
    store(TWO, b"second")
    assert load(ONE) is None
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_cannot_be_used_is_no_error(folder: Path) -> None:
    """Where a file stands in the way, nothing is kept and nothing is said."""
    folder.parent.mkdir()
    folder.write_bytes(b"a file")
    store(ONE, b"first")
    assert load(ONE) is None
    assert folder.read_bytes() == b"a file"


def test_without_a_switch_the_users_own_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is where the system wants caches to be."""
    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(user_folders, "user_folder", lambda kind: tmp_path / kind.name)
    store(ONE, b"first")
    assert (tmp_path / "CACHE" / file_of(ONE, b"")[0]).exists()
    assert load(ONE) == b"first"


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no folder for caches, nothing is kept and nothing is said."""
    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(user_folders, "user_folder", lambda _: None)
    store(ONE, b"first")
    assert load(ONE) is None


@given(pieces, pieces, st.binary())
def test_nothing_is_taken_for_what_was_made_of_something_else(
    tmp_path_factory: pytest.TempPathFactory, one: list[bytes], other: list[bytes], content: bytes
) -> None:
    """No two lists of parts share what is kept, even if they share a name or are the same bytes in a row."""
    assume(one != other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCH, str(tmp_path_factory.mktemp("cache")))
        patch.setattr(user_folders, "_name", lambda _: "name")
        store(one, content)
        assert (load(one), load(other)) == (content, None)


@given(st.binary(min_size=1), st.integers(0), st.integers(1, 255))
def test_a_damaged_file_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, place: int, change: int
) -> None:
    """Whichever byte is changed, and wherever a file ends too early, nothing is loaded."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv(SWITCH, str(folder))
        name, whole = file_of(ONE, content)
        at = place % len(whole)
        for damaged in (whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :], whole[:at]):
            (folder / name).write_bytes(damaged)
            assert load(ONE) is None


def test_what_another_version_made_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older gxgen kept is never taken for what this one would make."""
    store(ONE, b"first")
    monkeypatch.setattr(user_folders, "__version__", "0.0.0")
    assert load(ONE) is None


def test_what_is_shipped_needs_no_folder_of_the_users(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found even where nothing is kept, and goes before what is."""
    store(ONE, b"kept")
    name, whole = file_of(ONE, b"shipped")
    (tmp_path / name).write_bytes(whole)
    monkeypatch.setattr(user_folders, "SHIPPED", tmp_path)
    assert load(ONE) == b"shipped"
    monkeypatch.setenv(SWITCH, "off")
    assert load(ONE) == b"shipped"
