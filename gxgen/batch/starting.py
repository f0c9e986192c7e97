"""A data file to begin a year with, empty or begun from last year's report; never over another file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gxgen import codes
from gxgen.batch.importing import name_of
from gxgen.batch.outputs import write
from gxgen.batch.packs import Packs
from gxgen.batch.results import Result
from gxgen.batch.sources import file_identity, is_folder
from gxgen.checks import OF_SUMS
from gxgen.compute import Completed, complete
from gxgen.findings import Finding
from gxgen.model import DEFAULT_PACK, Report
from gxgen.source.starter import starter_file
from gxgen.spec import Address, address_book


class Wanted(NamedTuple):
    """What somebody wants to begin with."""

    year: int
    """One that has a form."""
    agency: str = ""
    pack: str = ""
    packs: Path | None = None
    last: Path | None = None
    """Last year's report: a data file, or as it was published."""
    output: Path | None = None
    """The data file, or the folder for it; None names it by agency and year, beside *last* or in the current folder."""
    force: bool = False
    """Whether it may replace a file that is there."""


def start(wanted: Wanted) -> Result:
    """Write the data file; what was taken over from last year, and what was not, are findings."""
    packs = Packs(wanted.pack, wanted.packs)
    if wanted.last:
        return _from_last(wanted, wanted.last, packs)
    pack = packs.of(wanted.pack or DEFAULT_PACK, _folder(wanted, Path()))
    layout = pack.form(wanted.year)
    assert layout, "the year has a form"
    report = Report(wanted.year, layout, wanted.agency, wanted.pack or DEFAULT_PACK)
    target = _target(wanted, report, Path())
    return _written(Result(target, pack.findings, wanted=True), report, {}, target, wanted)


def _from_last(wanted: Wanted, path: Path, packs: Packs) -> Result:
    """The data file of the year after the report of *path*."""
    from gxgen.batch.carried_words import findings, remarks
    from gxgen.batch.opened import open_report
    from gxgen.compute.carrying import carry

    last = open_report(path, packs, wanted.pack)
    told = replace(last.result, wanted=True)
    if last.report is None:
        return told
    if last.report.year != wanted.year - 1:
        return told.with_findings(_not_the_year_before(path, last.report, wanted.year))
    beside = _folder(wanted, path.parent)
    pack = packs.of(last.report.pack, beside)
    layout = pack.form(wanted.year)
    assert layout, "the year has a form"
    completed = complete(last.report)
    carried = carry(completed, layout, _doubtful(completed))
    report = replace(
        carried.report,
        agency=wanted.agency or carried.report.agency,
        pack=wanted.pack or carried.report.pack,
        departments=tuple(_seen_from(beside, path.parent, each) for each in carried.report.departments),
    )
    of_pack = (finding for finding in pack.findings if finding not in told.findings)
    told = told.with_findings(*of_pack)
    target = _target(wanted, report, beside)
    written = _written(told, report, remarks(carried, last.report, path.name), target, wanted)
    # What was carried is told of a file that is there.
    return written.with_findings(*findings(carried, last.report)) if written.written else written


def _doubtful(completed: Completed) -> frozenset[Address]:
    """The figures that sums which do not hold are made of."""
    entries = address_book(completed.report.layout).entries
    doubtful: set[Address] = set()
    for finding in (finding for rule in OF_SUMS for finding in rule(completed)):
        if finding.code is codes.TYPED_TOTAL:
            doubtful |= set(entries[finding.where].summands)
        elif finding.is_error:
            # What does not hold in the column of totals does not hold in some other column either, and is told there.
            doubtful |= {address for address in finding.near if address in entries and not entries[address].is_total}
    return frozenset(doubtful)


def _folder(wanted: Wanted, otherwise: Path) -> Path:
    """Where the data file will lie."""
    if wanted.output is None:
        return otherwise
    return wanted.output if is_folder(wanted.output) else wanted.output.parent


def _target(wanted: Wanted, report: Report, beside: Path) -> Path:
    if wanted.output is None or is_folder(wanted.output):
        return _folder(wanted, beside) / name_of(report)
    return wanted.output


def _seen_from(new: Path, old: Path, path: str) -> str:
    """A path from one folder as it is from another."""
    if new.absolute() == old.absolute() or Path(path).is_absolute():
        return path
    try:
        return Path(os.path.relpath(old / path, new)).as_posix()
    except ValueError:  # on another drive
        return str((old / path).absolute())


def _written(
    told: Result, report: Report, notes: dict[Address, tuple[str, ...]], target: Path, wanted: Wanted
) -> Result:
    if any(finding.is_error and finding.where == "pack" for finding in told.findings):  # the form is not known
        return told
    is_last = wanted.last is not None and file_identity(wanted.last) == file_identity(target)
    if is_last or (target.exists() and not wanted.force):
        return told.with_findings(_exists(target, is_last=is_last))
    problem = write({target: starter_file(report, notes).encode("utf-8")})
    return told.with_findings(problem) if problem else replace(told, written=(target,))


def _not_the_year_before(path: Path, last: Report, year: int) -> Finding:
    message = f"「{path.name}」是{last.year}年的报告；{year}年的要接着{year - 1}年的写"
    hint = f"写成 gxgen new {last.year + 1} --from {path.name}，或者换成{year - 1}年的报告"
    return Finding(codes.NOT_THE_YEAR_BEFORE, "year", message, hint)


def _exists(target: Path, *, is_last: bool) -> Finding:
    hint = "这就是上一年的报告；用 -o 写到别的文件" if is_last else "用 -o 写到别的文件，或者加 --force 盖掉它"
    return Finding(codes.IMPORT_EXISTS, "", f"已经有「{target.name}」，没有写出", hint)
