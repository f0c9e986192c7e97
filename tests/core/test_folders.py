"""The user's own folders: where the field's library says, though it is not asked on Linux."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from unittest.mock import patch

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.core.user_folders import NAME, Kind, user_folder

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
