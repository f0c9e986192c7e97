"""A report opened, be it a data file or a report as it was published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen import codes
from gxgen.batch.previous import in_file
from gxgen.batch.published_packs import read_with_pack
from gxgen.batch.results import Result, lines_of
from gxgen.findings import Elsewhere, Finding
from gxgen.frozen import frozen
from gxgen.model import Report
from gxgen.published import Published
from gxgen.published.pointing import pointed_elsewhere
from gxgen.source import Reading, place, read

if TYPE_CHECKING:
    from gxgen.batch.packs import Packs

DATA_FILE = ".toml"


@frozen
class Opened:
    """What a file holds: one of *reading* and *published* is there."""

    path: Path
    reading: Reading | None = None
    published: Published | None = None

    @property
    def _source(self) -> Reading | Published:
        source = self.reading or self.published
        assert source, "a file is either"
        return source

    @property
    def report(self) -> Report | None:
        """The report, unless too much is wrong."""
        return self._source.report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the file, and what could not be read."""
        return self._source.findings

    @property
    def text(self) -> str:
        """The text that findings have their lines in; empty for a file that has none."""
        return self._source.text

    @property
    def result(self) -> Result:
        """What there is to tell of the file by itself, each finding at its place."""
        findings = place(self.reading, self.findings) if self.reading else self.findings
        return Result(
            self.path,
            findings,
            lines_of(self.text, findings),
            unreadable=self.unreadable,
            year=self.report.year if self.report else 0,
            agency=self.report.agency if self.report else "",
        )

    @property
    def unreadable(self) -> bool:
        """Whether the file cannot be read at all."""
        return self._source.unreadable

    def placed(self, finding: Finding) -> Finding:
        """A finding on another report, with the places in this one that it is about as well."""
        return replace(finding, elsewhere=tuple(map(self._placed, finding.elsewhere)))

    def _placed(self, elsewhere: Elsewhere) -> Elsewhere:
        if self.published:
            return pointed_elsewhere(self.published, elsewhere, str(self.path))
        assert self.reading, "a file is either"
        sought = Finding(codes.NOT_LAST_YEAR, elsewhere.where, "", near=elsewhere.near)
        (found,) = place(self.reading, (sought,))
        return in_file(self.path, self.reading, elsewhere, found)


def open_report(path: Path, packs: Packs, pack: str = "") -> Opened:
    """Open a data file (``.toml``) or a published report of any kind.  Never raises for what a file holds.

    Args:
        path: the file.
        packs: the packs of the run.
        pack: the pack that a published report is read with, if somebody names one.
    """
    if path.suffix.lower() == DATA_FILE:
        return Opened(path, reading=read(path, packs.form(path)))
    return Opened(path, published=read_with_pack(path, packs, pack))
