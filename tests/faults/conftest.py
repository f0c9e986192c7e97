"""A place to work at."""

from __future__ import annotations

from pathlib import Path

import pytest

from gxgen.core.user_folders import SWITCH


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a cache of its own, made the current one."""
    monkeypatch.setenv(SWITCH, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path
