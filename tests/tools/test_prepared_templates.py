"""The prepared templates: of every pack that ships, and enough to make a report."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from gxgen.compute import complete
from gxgen.core import user_folders
from gxgen.engine import formats
from gxgen.engine.formats import FORMATS
from gxgen.model import Report
from gxgen.packs import Pack, find_pack, folders_in
from gxgen.spec import layouts
from gxgen.view import compose

ROOT = Path(__file__).resolve().parent.parent.parent


def prepared_templates() -> Mapping[str, bytes]:
    """The files that tools/prepared_templates.py makes, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "tools"), *sys.path])
        files: Mapping[str, bytes] = importlib.import_module("prepared_templates").files()
    return files


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the prepared templates."""
    folder = tmp_path_factory.mktemp("prepared")
    for name, content in prepared_templates().items():
        (folder / name).write_bytes(content)
    return folder


def test_preparing_again_gives_the_same_bytes() -> None:
    """Wheels of the same sources hold the same files."""
    assert prepared_templates() == prepared_templates()


def test_they_are_no_part_of_the_sources() -> None:
    """What is made from other files is not kept beside them."""
    assert "gxgen/prepared/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("folder", folders_in(ROOT / "templates"), ids=lambda folder: folder.name)
def test_a_report_is_made_from_the_prepared_template(
    folder: Path, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is prepared anew, and the document is the same as if the template were prepared now."""
    pack = find_pack(folder.name, ROOT)
    document = compose(complete(Report(2023, layouts()[-1], "甲局")))
    monkeypatch.setenv(user_folders.SWITCH, "off")
    monkeypatch.setattr(user_folders, "SHIPPED", shipped)
    formats._docx.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(formats, "prepared_template", _refuse)
        from_prepared = FORMATS["docx"](pack)(document)
    formats._docx.cache_clear()
    monkeypatch.setattr(user_folders, "SHIPPED", tmp_path)
    assert FORMATS["docx"](pack)(document) == from_prepared


def _refuse(_: Pack) -> NoReturn:
    pytest.fail("a template was prepared that comes prepared")
