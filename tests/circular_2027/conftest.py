"""The form of the fictional circular, in force for one test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import gxgen.spec


@pytest.fixture(autouse=True)
def circular_2027(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put layout_2027.py beside the modules of the other forms, and forget what was worked out from those alone."""
    monkeypatch.setattr(gxgen.spec, "__path__", [*gxgen.spec.__path__, str(Path(__file__).parent)])
    _clear_caches()
    yield
    monkeypatch.undo()
    _clear_caches()
    sys.modules.pop("gxgen.spec.layout_2027", None)


def _clear_caches() -> None:
    """Clear every cached function of the package: each new process starts without them."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "gxgen"]
    for value in {id(value): value for module in modules for value in vars(module).values()}.values():
        if callable(clear := getattr(value, "cache_clear", None)):
            clear()
