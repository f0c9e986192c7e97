"""Modules that are loaded late."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.cli.lazy_modules import load_late

NAME = "gx_seldom_used"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A module that can be imported; what it appends to when it is loaded."""
    (tmp_path / f"{NAME}.py").write_text("import sys\nsys.gx_log.append('loaded')\nanswer = 42\n", "utf-8")
    loads: list[str] = []
    monkeypatch.setattr(sys, "gx_log", loads, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield loads
    sys.modules.pop(NAME, None)


def test_it_is_loaded_when_something_of_it_is_used(log: list[str]) -> None:
    """An import statement alone does not load it; the first use does, once, for whoever holds it."""
    load_late(NAME)
    module = __import__(NAME)
    again = __import__(NAME)
    assert log == []
    assert module.answer == again.answer == __import__(NAME).answer == 42
    assert log == ["loaded"]


def test_names_can_be_imported_from_it(log: list[str]) -> None:
    """So does ``from … import``."""
    load_late(NAME)
    scope: dict[str, object] = {}
    exec(f"from {NAME} import answer", scope)  # noqa: S102  # the statement under test
    assert (scope["answer"], log) == (42, ["loaded"])


def test_what_it_does_not_have_is_missing_as_usual(log: list[str]) -> None:
    """A name that is not in it is an AttributeError that names the module."""
    load_late(NAME)
    with pytest.raises(AttributeError, match=f"{NAME}.*nothing"):
        _ = __import__(NAME).nothing


def test_a_module_that_is_there_is_left_alone() -> None:
    """What has been loaded stays what it is."""
    before = sys.modules["pathlib"]
    load_late("pathlib")
    assert sys.modules["pathlib"] is before
