"""The options of a run, and the result of each data file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import field
from msgspec.structs import replace

from gxgen.core.findings import Finding, Position, Severity


class Options(msgspec.Struct, frozen=True):
    """How reports are to be built."""

    output: Path | None = None
    """The folder for the files; None writes them beside the data file."""
    formats: tuple[str, ...] = ("docx", "txt")
    pack: str = ""
    """A pack to use instead of the one that the data file names."""
    strict: bool = False
    """Whether warnings, too, keep a report from being written."""
    against: Path | None = None
    """The data file of the year before; None looks for it beside each data file."""
    departments: Path | None = None
    """The departments of the one report that is checked, instead of those that its data file names."""
    packs: Path | None = None
    """A folder of packs besides the usual ones."""
    jobs: int = 1
    """Processes that may work side by side; a run over a few reports is done by one."""
    cluster: str = ""
    """The address of a scheduler, whose machines make the reports instead."""
    only_changed: bool = False
    """Whether a run remembers what it makes, and passes over what an earlier run has made of the same."""
    force: bool = False
    """Whether reports are made anew even so."""
    single_report: bool = False
    """Whether the run is about one report alone, named by its file; set by :class:`gxgen.engine.run.Run`."""


DEFAULTS = Options()


AT_THE_TOP = Position(1, 1, 0)
"""Of a data file: where a finding is placed that is about the whole of it."""


class State(StrEnum):
    """What became of a report."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    """An earlier run has made it of the same."""
    FAILED = "failed"
    CHECKED = "checked"
    """Nothing was to be written."""


class FigureReading(NamedTuple):
    """A figure read from a published report, and why it was taken."""

    address: str
    figure: str
    evidence: str
    """One of :class:`gxgen.published.tables.hypotheses.Evidence`."""
    place: str
    """Where it stands, in words; empty where the file has no tables."""


class Result(msgspec.Struct, frozen=True):
    """What became of one data file."""

    path: Path
    findings: tuple[Finding, ...] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    """The lines of the data file that findings point at, by number."""
    written: tuple[Path, ...] = ()
    unreadable: bool = False
    kept: tuple[Path, ...] = ()
    """The files of an earlier run that stand, because nothing has changed."""
    year: int = 0
    """0: none that could be read."""
    agency: str = ""
    key_figures: tuple[str, ...] = ()
    """The figures that tell most about a report, printed; see :attr:`gxgen.spec.Layout.key_figures`."""
    wanted: bool = False
    """Whether its files were to be written."""
    readings: tuple[FigureReading, ...] = ()
    """The figures read from a published report that is imported, in the order of the form."""

    @property
    def state(self) -> State:
        """What became of the report."""
        if self.written or self.kept:
            return State.WRITTEN if self.written else State.UNCHANGED
        return State.FAILED if self.wanted or self.count(Severity.ERROR) else State.CHECKED

    def with_finding(self, finding: Finding) -> Result:
        """Return the same with a finding on the file as a whole."""
        findings = (*self.findings, replace(finding, position=AT_THE_TOP))
        return replace(self, findings=tuple(sorted(findings, key=_in_order_of_text)))

    def with_findings(self, *more: Finding) -> Result:
        """Return the same with more findings."""
        return replace(self, findings=(*self.findings, *more)) if more else self

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity that are not waived."""
        return sum(finding.severity is severity and not finding.waiver for finding in self.findings)

    def fails(self, *, strict: bool) -> bool:
        """Whether errors, or in strict mode warnings, keep the report from being written."""
        return bool(self.count(Severity.ERROR) or (strict and self.count(Severity.WARNING)))


def _in_order_of_text(finding: Finding) -> tuple[int, int]:
    position = finding.position or AT_THE_TOP
    return position.line, position.column


def lines_of(text: str, findings: Iterable[Finding]) -> Mapping[int, str]:
    """Return the lines of a text that findings point at, by number."""
    numbers = {finding.position.line for finding in findings if finding.position and finding.position.length}
    if not numbers:
        return {}
    lines = text.split("\n") if text else []
    return {number: lines[number - 1] for number in sorted(numbers) if number <= len(lines)}
