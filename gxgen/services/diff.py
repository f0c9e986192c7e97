"""Copies among many reports: each read once, side by side, and kept as its print alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gxgen.compare import Alone, Comparison, Pair, Passage, Print, compare, print_of
from gxgen.compare.copies import COMMON, Copy, Kind, Whose, copies, kind_of
from gxgen.compare.texts import Edit, How, Part
from gxgen.compute import Completed, complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.engine import failures
from gxgen.engine.executors import StopRequest, executor_for
from gxgen.engine.file_access import file_identity, find_sources, is_folder
from gxgen.engine.opening import open_report
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options, Result
from gxgen.model import Figure, Report, printed
from gxgen.services.auditing import received
from gxgen.view import title_parts

MOST_NAMED = 4
NAMELESS = "没有写机关名称的，先看是不是同一个机关的报告"


def asked(kind: Kind, share: float, whose: Whose, others: Sequence[tuple[Whose, Path]]) -> Finding:
    """What to ask about a report.

    Args:
        kind: whose text it repeats.
        share: how much of it; of several, the most.
        whose: the report.
        others: the reports that it repeats, the most alike first.
    """
    percent = f"{int(share * 100)}%"
    if kind is Kind.LAST_YEARS:
        (last, path), *_ = others
        message = f"{whose.year}年的正文有 {percent} 与{last.year}年的报告（{path.name}）逐字相同，是否只换了数字？"
        return Finding(codes.LEFT_FROM_LAST_YEAR, "narrative", message, codes.LEFT_FROM_LAST_YEAR.remedy)
    named = "、".join(f"{_named(other)}（{path.name}）" for other, path in others[:MOST_NAMED])
    more = f"等 {len(others)} 份" if len(others) > MOST_NAMED else ""
    message = f"{_named(whose)}的正文有 {percent} 与{named}{more}逐字相同，是否照抄？"
    if not whose.agency or not all(other.agency for other, _ in others):
        message += NAMELESS
    return Finding(codes.COPIED_FROM_OTHER, "narrative", message, codes.COPIED_FROM_OTHER.remedy)


def asked_of_many(share: float, whose: Whose) -> Finding:
    """What to ask about a text that very many agencies have."""
    message = (
        f"{_named(whose)}的正文有 {int(share * 100)}% 的文字，另外 {COMMON} 个以上机关也这样写，是否用了同一份范本？"
    )
    return Finding(codes.COPIED_FROM_OTHER, "narrative", message, codes.COPIED_FROM_OTHER.remedy)


def _named(whose: Whose) -> str:
    return f"{whose.agency or '没有写名称的机关'}{whose.year}年"


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


FEW = 40
"""Reports for each process, at least: fewer are read by the time that it has started."""


class Printed(NamedTuple):
    """What is kept of a report."""

    result: Result
    """With what keeps it from being read, and nothing else."""
    whose: Whose | None = None
    print: Print | None = None


class Printer:
    """Reads reports; what every process of a run holds."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._packs = Packs(options.pack, options.packs)

    def __reduce__(self) -> tuple[object, ...]:
        return Printer, (self._options,)

    def printed(self, paths: Sequence[str]) -> list[Printed]:
        """Read several reports."""
        return [self._safely(Path(path)) for path in paths]

    def _safely(self, path: Path) -> Printed:
        try:
            return self._printed(path)
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return Printed(Result(path, (failures.unexpected_error(error),)))

    def _printed(self, path: Path) -> Printed:
        pack = self._options.pack
        if pack and (wrong := self._packs.of(pack, path.parent).errors):
            return Printed(Result(path, wrong))
        opened = open_report(path, self._packs, pack)
        report = opened.report
        if opened.reading and not opened.reading.is_report and not opened.unreadable:
            return Printed(Result(path))  # other TOML files lie about too
        if report is None:
            return Printed(opened.result)
        completed = complete(report)
        bare = Result(path, year=report.year, agency=report.agency)
        return Printed(bare, Whose(report.agency, report.year), print_of(completed))


class Copying:
    """One run.

    Args:
        paths: reports, and folders of reports.  In a folder with data files, those are the reports.
        options: the packs, and how many processes may work side by side.
    """

    def __init__(self, paths: Iterable[Path], options: Options) -> None:
        self._options = options
        self._printer = Printer(options)
        files = [file for path in paths for file in _files(path)]
        # One file, however it is reached, is no copy of itself.
        self.files = tuple({file_identity(file): file for file in reversed(files)}.values())[::-1]

    def results(self) -> list[Result]:
        """Each file that could not be read, and each report whose text is a copy, in the order of the files."""
        printed = list(self._printed())
        there = [one for one in printed if one.print and one.whose]
        asked_about = _findings(there)
        return [
            one.result.with_findings(*asked_about.get(one.result.path, ()))
            for one in printed
            if one.result.findings or one.result.path in asked_about
        ]

    def _printed(self) -> Iterator[Printed]:
        with executor_for(self._printer, min(self._options.jobs, len(self.files) // FEW)) as executor:
            for number, one in executor.map(Printer.printed, [str(path) for path in self.files], StopRequest()):
                yield one or Printed(Result(self.files[number], (failures.worker_died(),)))


def _files(path: Path) -> Iterator[Path]:
    """The reports of a path: its data files, or where there are none, what was published."""
    if not is_folder(path):
        yield path
        return
    data_files = [source.path for source in find_sources([path])]
    yield from data_files or received([path]).files


def _findings(there: Sequence[Printed]) -> dict[Path, list[Finding]]:
    prints = [one.print for one in there if one.print]
    whose = [one.whose for one in there if one.whose]
    paths = [one.result.path for one in there]
    found = copies(prints, whose)
    by_report: defaultdict[tuple[int, Kind], list[Copy]] = defaultdict(list)
    for copy in found.copies:
        by_report[copy.report, copy.kind].append(copy)
    findings: defaultdict[Path, list[Finding]] = defaultdict(list)
    for each in found.shared:
        findings[paths[each.report]].append(asked_of_many(each.share, whose[each.report]))
    for (report, kind), of_report in by_report.items():
        most_alike = sorted(of_report, key=lambda copy: (-copy.share, copy.of))
        others = [(whose[copy.of], paths[copy.of]) for copy in most_alike]
        findings[paths[report]].append(asked(kind, most_alike[0].share, whose[report], others))
    return findings
