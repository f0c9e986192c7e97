"""A folder with the files that commands are tried on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import GOOD, WARNED, WRONG


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, made the current one, with a good data file, others, and things that are none."""
    files = {
        "good.toml": GOOD,
        "warned.toml": WARNED,
        "wrong.toml": WRONG,
        "-dash.toml": GOOD.replace("甲", "丁"),
        "no_suffix": GOOD.replace("甲", "戊"),
        "带 空格/年报 2023.toml": GOOD.replace("甲", "己"),
        "settings/tool.toml": 'name = "no report"\n',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "binary.toml").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty.toml").touch()
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "no_reports").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path
