"""What comes prepared with gxgen: current, whole, and enough."""

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


@pytest.fixture(scope="module")
def made() -> Mapping[str, bytes]:
    """What tools/prepared_templates.py makes now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "tools"), *sys.path])
        files: Mapping[str, bytes] = importlib.import_module("prepared_templates").files()
    return files


def test_what_is_shipped_is_what_the_script_makes(made: Mapping[str, bytes]) -> None:
    """Of every pack that ships, byte for byte; if not, run tools/prepared_templates.py."""
    assert {path.name: path.read_bytes() for path in user_folders.SHIPPED.iterdir()} == made


@pytest.mark.parametrize("folder", folders_in(ROOT / "templates"), ids=lambda folder: folder.name)
def test_every_pack_that_ships_is_prepared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document in its look is made without preparing anything, and is the same as if it were prepared now."""
    pack = find_pack(folder.name, ROOT)
    document = compose(complete(Report(2023, layouts()[-1], "甲局")))
    monkeypatch.setenv(user_folders.SWITCH, "off")
    formats._docx.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(formats, "prepared_word", _refuse)
        shipped = FORMATS["docx"](pack)(document)
    formats._docx.cache_clear()
    monkeypatch.setattr(user_folders, "SHIPPED", ROOT / "nothing")
    assert FORMATS["docx"](pack)(document) == shipped


def _refuse(_: Pack) -> NoReturn:
    pytest.fail("a template was prepared that comes prepared")
