"""The output formats of findings; a module for each, loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import cast

from gxgen.cli.formats.text import as_text
from gxgen.engine.results import Result

__all__ = ["FOR_PROGRAMS", "as_text", "for_programs"]

FOR_PROGRAMS: Mapping[str, str] = {
    "json": "gxgen.cli.formats.json_document",
    "github": "gxgen.cli.formats.github",
    "sarif": "gxgen.cli.formats.sarif",
}
"""The module of each format that programs read; it has a function ``shown``."""


def for_programs(name: str, results: Iterable[Result]) -> bytes:
    """Write all findings in a machine format, as UTF-8 whatever the console."""
    shown = cast("Callable[[Iterable[Result]], str]", import_module(FOR_PROGRAMS[name]).shown)
    return shown(results).encode("utf-8", "backslashreplace")
