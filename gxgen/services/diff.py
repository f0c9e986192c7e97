"""Compare two reports, or find copies among many: each is read once and kept as its fingerprint alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from gxgen.compare import CellPair, Comparison, Fingerprint, SectionDiff, UnmatchedCell, compare, fingerprint
from gxgen.compare.copies import MOST_AGENCIES, Copy, CopyKind, ReportId, copies, copy_kind
from gxgen.compare.texts import Edit, EditKind, Segment
from gxgen.compute import Completed, complete
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.engine import failures
from gxgen.engine.executors import StopRequest, executor_for
from gxgen.engine.file_access import file_identity, find_sources, is_folder
from gxgen.engine.opening import open_report
from gxgen.engine.packs import Packs
from gxgen.engine.received import find_received
from gxgen.engine.results import Options, Result
from gxgen.model import Figure, Report, printed
from gxgen.view import title_parts

MOST_NAMED = 4
NAMELESS = "没有写机关名称的，先看是不是同一个机关的报告"


def copy_finding(kind: CopyKind, share: float, report_id: ReportId, others: Sequence[tuple[ReportId, Path]]) -> Finding:
    """What to ask about a report.

    Args:
        kind: whose text it repeats.
        share: how much of it; of several, the most.
        report_id: the report.
        others: the reports that it repeats, the most alike first.
    """
    percent = f"{int(share * 100)}%"
    if kind is CopyKind.LAST_YEARS:
        (last, path), *_ = others
        message = f"{report_id.year}年的正文有 {percent} 与{last.year}年的报告（{path.name}）逐字相同，是否只换了数字？"
        return Finding(codes.LEFT_FROM_LAST_YEAR, "narrative", message, codes.LEFT_FROM_LAST_YEAR.remedy)
    named = "、".join(f"{_named(other)}（{path.name}）" for other, path in others[:MOST_NAMED])
    more = f"等 {len(others)} 份" if len(others) > MOST_NAMED else ""
    message = f"{_named(report_id)}的正文有 {percent} 与{named}{more}逐字相同，是否照抄？"
    if not report_id.agency or not all(other.agency for other, _ in others):
        message += NAMELESS
    return Finding(codes.COPIED_FROM_OTHER, "narrative", message, codes.COPIED_FROM_OTHER.remedy)


def widely_shared_finding(share: float, report_id: ReportId) -> Finding:
    """What to ask about a text that very many agencies have."""
    message = (
        f"{_named(report_id)}的正文有 {int(share * 100)}% 的文字，"
        f"另外 {MOST_AGENCIES} 个以上机关也这样写，是否用了同一份范本？"
    )
    return Finding(codes.COPIED_FROM_OTHER, "narrative", message, codes.COPIED_FROM_OTHER.remedy)


def _named(report_id: ReportId) -> str:
    return f"{report_id.agency or '没有写名称的机关'}{report_id.year}年"


__all__ = [
    "CellPair",
    "Compared",
    "Comparison",
    "Edit",
    "EditKind",
    "Figure",
    "SectionDiff",
    "Segment",
    "UnmatchedCell",
    "compare_files",
    "printed",
    "printed_title",
]


class Compared(msgspec.Struct, frozen=True):
    """Two files compared; no comparison where one of them holds no report."""

    results: tuple[Result, Result]
    """Each file, with what is wrong with it; of the second also what is to be asked about its text."""
    comparison: Comparison | None


def compare_files(before: Path, after: Path, packs: Packs, pack: str = "") -> Compared:
    """Compare two files.

    Args:
        before: what the other is measured against.
        after: the other.
        packs: the packs of the run.
        pack: the pack that published reports are read with; empty: that of each file.
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
    """Return a report's title."""
    return "".join(title_parts(completed.report))


def _copied(comparison: Comparison, before: Path, after: Path) -> Iterator[Finding]:
    one, other = _id_of(comparison.before.report), _id_of(comparison.after.report)
    kind, overlap = copy_kind(one, other), comparison.overlap
    if kind and overlap.is_copy(of_last_year=kind is CopyKind.LAST_YEARS):
        copied, original = (other, (one, before)) if overlap.is_of_second else (one, (other, after))
        yield copy_finding(kind, overlap.share, copied, [original])


def _id_of(report: Report) -> ReportId:
    return ReportId(report.agency, report.year)


MINIMUM_PER_PROCESS = 40
"""Minimum reports per process: starting a process takes longer than reading fewer."""


class FingerprintedFile(msgspec.Struct, frozen=True):
    """What is kept of a report."""

    result: Result
    """With what keeps it from being read, and nothing else."""
    report_id: ReportId | None = None
    fingerprint: Fingerprint | None = None


class FingerprintWorker:
    """Reads reports; what every process of a run holds."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._packs = Packs(options.pack, options.packs)

    def __reduce__(self) -> tuple[object, ...]:
        return FingerprintWorker, (self._options,)

    def fingerprints(self, paths: Sequence[str]) -> list[FingerprintedFile]:
        """Read several reports."""
        return [self._read_safely(Path(path)) for path in paths]

    def _read_safely(self, path: Path) -> FingerprintedFile:
        try:
            return self._read(path)
        except Exception as error:  # noqa: BLE001  # one report must not cost the others of a province
            return FingerprintedFile(Result(path, (failures.unexpected_error(error),)))

    def _read(self, path: Path) -> FingerprintedFile:
        pack = self._options.pack
        if pack and (wrong := self._packs.of(pack, path.parent).errors):
            return FingerprintedFile(Result(path, wrong))
        opened = open_report(path, self._packs, pack)
        report = opened.report
        if opened.reading and not opened.reading.is_report and not opened.unreadable:
            return FingerprintedFile(Result(path))  # other TOML files lie about too
        if report is None:
            return FingerprintedFile(opened.result)
        completed = complete(report)
        bare = Result(path, year=report.year, agency=report.agency)
        return FingerprintedFile(bare, ReportId(report.agency, report.year), fingerprint(completed))


class CopySearch:
    """One run.

    Args:
        paths: reports, and folders of reports.  In a folder with data files, those are the reports.
        options: the packs, and how many processes may work side by side.
    """

    def __init__(self, paths: Iterable[Path], options: Options) -> None:
        self._options = options
        self._worker = FingerprintWorker(options)
        files = [file for path in paths for file in _files(path)]
        # One file, however it is reached, is no copy of itself.
        self.files = tuple({file_identity(file): file for file in reversed(files)}.values())[::-1]

    def results(self) -> list[Result]:
        """Each file that could not be read, and each report whose text is a copy, in the order of the files."""
        files = list(self._read())
        there = [one for one in files if one.fingerprint and one.report_id]
        findings_by_path = _findings(there)
        return [
            one.result.with_findings(*findings_by_path.get(one.result.path, ()))
            for one in files
            if one.result.findings or one.result.path in findings_by_path
        ]

    def _read(self) -> Iterator[FingerprintedFile]:
        with executor_for(self._worker, min(self._options.jobs, len(self.files) // MINIMUM_PER_PROCESS)) as executor:
            paths = [str(path) for path in self.files]
            for number, one in executor.map(FingerprintWorker.fingerprints, paths, StopRequest()):
                yield one or FingerprintedFile(Result(self.files[number], (failures.worker_died(),)))


def _files(path: Path) -> Iterator[Path]:
    """Yield the reports of a path: its data files, or where there are none, published reports."""
    if not is_folder(path):
        yield path
        return
    data_files = [source.path for source in find_sources([path])]
    yield from data_files or find_received([path]).files


def _findings(there: Sequence[FingerprintedFile]) -> dict[Path, list[Finding]]:
    fingerprints = [one.fingerprint for one in there if one.fingerprint]
    ids = [one.report_id for one in there if one.report_id]
    paths = [one.result.path for one in there]
    found = copies(fingerprints, ids)
    by_report: defaultdict[tuple[int, CopyKind], list[Copy]] = defaultdict(list)
    for copy in found.copies:
        by_report[copy.report, copy.kind].append(copy)
    findings: defaultdict[Path, list[Finding]] = defaultdict(list)
    for each in found.widely_shared:
        findings[paths[each.report]].append(widely_shared_finding(each.share, ids[each.report]))
    for (report, kind), of_report in by_report.items():
        most_alike = sorted(of_report, key=lambda copy: (-copy.share, copy.of))
        others = [(ids[copy.of], paths[copy.of]) for copy in most_alike]
        findings[paths[report]].append(copy_finding(kind, most_alike[0].share, ids[report], others))
    return findings
