"""Two reports compared, each a data file or as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gxgen.batch.comparison.words import asked
from gxgen.batch.opened import open_report
from gxgen.batch.packs import Packs
from gxgen.batch.results import Result
from gxgen.batch.sources import file_identity
from gxgen.compare import Alone, Comparison, Pair, Passage, compare
from gxgen.compare.copied import Kind, Whose, kind_of
from gxgen.compare.texts import Edit, How, Part
from gxgen.compute import Completed, complete
from gxgen.findings import Finding
from gxgen.model import Figure, Report, printed
from gxgen.view import title_parts

__all__ = [
    "Alone",
    "Compared",
    "Comparison",
    "Edit",
    "Figure",
    "How",
    "Pair",
    "Part",
    "Passage",
    "compare_files",
    "printed",
    "printed_title",
]


class Compared(NamedTuple):
    """What comes of comparing two files; no comparison where one of them holds no report."""

    results: tuple[Result, Result]
    """Each file, with what is wrong with it; of the second also what is to be asked about its text."""
    comparison: Comparison | None


def compare_files(before: Path, after: Path, packs: Packs, pack: str = "") -> Compared:
    """Compare two files.

    Args:
        before: what the other is measured against.
        after: the other.
        packs: the packs of the run.
        pack: the pack that published reports are read with, if somebody names one.
    """
    if pack and (wrong := packs.of(pack, after.parent).errors):
        return Compared((Result(before), Result(after, wrong)), None)
    one, other = (open_report(path, packs, pack) for path in (before, after))
    if one.report is None or other.report is None:
        return Compared((one.result, other.result), None)
    comparison = compare(complete(one.report), complete(other.report))
    told = other.result
    is_same = file_identity(before) == file_identity(after)
    findings = () if is_same else tuple(_copied(comparison, before, after))
    return Compared((one.result, told.with_findings(*findings)), comparison)


def printed_title(completed: Completed) -> str:
    """A report as its title names it."""
    return "".join(title_parts(completed.report))


def _copied(comparison: Comparison, before: Path, after: Path) -> Iterator[Finding]:
    one, other = _whose(comparison.before.report), _whose(comparison.after.report)
    kind, verdict = kind_of(one, other), comparison.verdict
    if kind and verdict.is_copy(of_last_year=kind is Kind.LAST_YEARS):
        is_second = verdict.is_of_second
        yield asked(kind, verdict.share, other if is_second else one, [(one, before) if is_second else (other, after)])


def _whose(report: Report) -> Whose:
    return Whose(report.agency, report.year)
