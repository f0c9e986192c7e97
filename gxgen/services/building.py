"""Checking and building data files: one result a file, failures included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gxgen.engine.formats import FORMATS
from gxgen.engine.results import DEFAULTS, Options, Result, State
from gxgen.engine.run import Run

__all__ = ["DEFAULTS", "FORMATS", "Options", "Result", "Run", "State", "build", "check"]


def check(paths: Iterable[Path], options: Options = DEFAULTS) -> Iterator[Result]:
    """Read and check every report under *paths*; nothing is written."""
    return iter(Run(paths, options, write=False))


def build(paths: Iterable[Path], options: Options) -> Iterator[Result]:
    """Build every report under *paths*.  A report with errors is not written, and keeps no other from it."""
    return iter(Run(paths, options, write=True))
