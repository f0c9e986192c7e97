"""The output formats of findings; a module for each, loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gxgen.cli.formats.text import as_text
from gxgen.engine.results import Result

__all__ = ["FOR_PROGRAMS", "as_text", "for_programs"]

FOR_PROGRAMS = ("json", "github", "sarif")
"""The formats that programs read."""


def for_programs(name: str, results: Iterable[Result]) -> bytes:
    """Write all findings in a machine format, as UTF-8 whatever the console."""
    return _renderer(name)(results).encode("utf-8", "backslashreplace")


def _renderer(name: str) -> Callable[[Iterable[Result]], str]:
    if name == "json":
        from gxgen.cli.formats import json_document

        return json_document.rendered
    if name == "github":
        from gxgen.cli.formats import github

        return github.rendered
    from gxgen.cli.formats import sarif

    return sarif.rendered
