"""Copies among many reports: each read once, side by side, and kept as its print alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gxgen.batch import failures
from gxgen.batch.comparison.words import asked, asked_of_many
from gxgen.batch.executors import Stop, side_by_side
from gxgen.batch.opened import open_report
from gxgen.batch.packs import Packs
from gxgen.batch.received import received
from gxgen.batch.results import Options, Result
from gxgen.batch.sources import file_identity, find_sources, is_folder
from gxgen.compare import Print, print_of
from gxgen.compare.copied import Copy, Kind, Whose, copies
from gxgen.compute import complete
from gxgen.findings import Finding

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
            return Printed(Result(path, (failures.unforeseen(error),)))

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
        with side_by_side(self._printer, min(self._options.jobs, len(self.files) // FEW)) as executor:
            for number, one in executor.map("printed", [str(path) for path in self.files], Stop()):
                yield one or Printed(Result(self.files[number], (failures.died(),)))


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
