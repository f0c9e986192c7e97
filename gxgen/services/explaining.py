"""Explaining what the checks understand of the texts of data files (``check --explain-text``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from gxgen.checks.prose.explanation import Statement, explain
from gxgen.compute import complete
from gxgen.engine.file_access import find_sources
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options
from gxgen.source import read
from gxgen.spec import Layout

__all__ = ["Explanation", "Statement", "explain_texts"]


class Explanation(msgspec.Struct, frozen=True):
    """What was understood of the texts of one data file.

    Attributes:
        statements: in the order of the narrative; none where the file could not be read.
        layout: the form of the report; None where the file could not be read.
    """

    path: Path
    statements: tuple[Statement, ...]
    layout: Layout | None

    def heading(self, place: str) -> str:
        """The heading of the section that a text stands in, with the label of its topic."""
        key, _, topic = place.partition(".")
        for section in self.layout.sections if self.layout else ():
            if section.key == key:
                label = next((each.label for each in section.topics if each.key == topic), "")
                return f"{section.heading}（{label}）" if label else section.heading
        return place


def explain_texts(paths: Iterable[Path], options: Options) -> Iterator[Explanation]:
    """Explain the texts of every data file below *paths*."""
    packs = Packs(options.pack, options.packs)
    for source in find_sources(paths):
        report = read(source.path, packs.form(source.path)).report
        if report is None:
            yield Explanation(source.path, (), None)
        else:
            yield Explanation(source.path, explain(complete(report)), report.layout)
