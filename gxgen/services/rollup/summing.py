"""Summing departments: which count, what keeps them from being summed, and the government's report.

Nothing is summed while anything is wrong with a data file that counts: a sum over part of the figures would look like
one over all.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gxgen.compute.sums import sum_reports
from gxgen.core.findings import Finding
from gxgen.engine.departments import (
    Department,
    DepartmentReader,
    Paths,
    agency_identity,
    errors_of,
    not_of_the_year,
    of_other_years,
)
from gxgen.engine.expected import compare_expected
from gxgen.engine.packs import Packs
from gxgen.engine.results import Result, lines_of
from gxgen.model import DEFAULT_PACK, Report
from gxgen.services.rollup.messages import (
    BELOW,
    DOUBTFUL,
    LATE,
    MISSING,
    VERTICAL,
    absent,
    doubled_agencies,
    doubtful,
    faults,
    left_out,
    mixed_units,
    not_in_form,
    not_there,
    nothing_to_sum,
    odd_year,
    several_years,
)
from gxgen.source import Reading, place, read
from gxgen.spec import Layout, address_book

MOST_ODD = 20
"""Maximum data files of other years that are reported one by one."""
NOWHERE = Path("-")
"""Stands for the file of a sum that is only looked at."""


class RollupRequest(msgspec.Struct, frozen=True):
    """The departments to sum, and the file for the result."""

    paths: Paths
    target: Path | None = None
    """The data file that gets the sums; None: they are only looked at."""
    agency: str = ""
    """The government; empty: as the file that is there says."""
    year: int = 0
    """0: as the file that is there says, or the one year that all departments are about."""
    expected: Sequence[str] = ()
    """The agencies that ought to have a data file."""
    pack: str = ""
    packs: Path | None = None

    @property
    def place(self) -> Path:
        """The file that findings on the sum as a whole belong to."""
        return self.target or NOWHERE


class RollupOutcome(msgspec.Struct, frozen=True):
    """A sum and the departments in it, or why there is none."""

    report: Report | None
    """The government's: figures and departments; None where something keeps them from being summed."""
    counted: Sequence[Department]
    left_out: Sequence[tuple[str, Sequence[str]]]
    """Why some are not in it, and their names."""
    results: Sequence[Result]
    """The results, file by file; that of the sum as a whole last."""
    existing: Reading | None
    """The data file that is there already."""


def roll_up(wanted: RollupRequest) -> RollupOutcome:
    """Sum the departments under some paths.  Nothing is written."""
    return _RollUp(wanted).run()


class _RollUp:
    def __init__(self, wanted: RollupRequest) -> None:
        self._wanted = wanted
        self._packs = Packs(wanted.pack, wanted.packs)
        self._department_reader = DepartmentReader(self._packs.form, keeps_readings=False)
        self._results: list[Result] = []
        self._told: list[Finding] = []
        self._existing = self._read_existing()

    def run(self) -> RollupOutcome:
        """Collect the departments, check them, and sum them."""
        self._told += not_there(self._wanted.paths)
        found = self._department_reader.below(self._wanted.paths, self._wanted.place)
        year = self._year(list(found.values()))
        if not year:
            return self._refused()
        agency = self._agency()
        departments = self._department_reader.counted(found, year, agency)
        of_year = [each for each in departments if each.is_of(year)]
        counted = [each for each in of_year if each.is_summed]
        self._told += doubled_agencies(of_year, self._wanted.place, agency, year)
        self._tell_faults(counted)
        if not counted and not self._told:
            self._told += [nothing_to_sum(len(of_year), year)]
        if self._is_refused():
            return self._refused()
        layout, pack = self._form(year, counted)
        if self._is_refused():
            return self._refused()
        return self._summed(Report(year, layout, agency, pack), list(found.values()), departments)

    # What there is

    def _read_existing(self) -> Reading | None:
        target = self._wanted.target
        if target is None or not target.is_file():
            return None
        return read(target, self._packs.form(target))

    def _agency(self) -> str:
        known = self._existing.report.agency if self._existing and self._existing.report else ""
        return self._wanted.agency or known

    def _year(self, found: Sequence[Department]) -> int:
        """Return the year to sum; 0 where departments have several and none was chosen, or where there are none."""
        if self._wanted.year:
            return self._wanted.year
        if self._existing and self._existing.report:
            return self._existing.report.year
        dated = [(each, each.report.year) for each in found if each.report and each.is_summed]
        years = Counter(year for _, year in dated)
        if len(years) > 1:
            usual = max(years, key=lambda year: (years[year], year))
            odd = [each for each, year in dated if year != usual]
            self._results += [self._result(each.path, odd_year(each, usual)) for each in odd[:MOST_ODD]]
            self._told += [several_years(years, usual)]
            return 0
        if not years:
            self._tell_faults([each for each in found if each.is_summed])
            if not self._told:
                self._told += [nothing_to_sum(len(found), 0)]
        return next(iter(years), 0)

    def _form(self, year: int, counted: Sequence[Department]) -> tuple[Layout, str]:
        """Return the form of the sum and its pack: the file's own, or that of most departments."""
        packs = Counter(each.report.pack for each in counted if each.report)
        known = self._existing.report.pack if self._existing and self._existing.report else ""
        pack = self._wanted.pack or known or (max(packs, key=lambda name: packs[name]) if packs else DEFAULT_PACK)
        in_use = self._packs.of(pack, self._wanted.place.parent)
        self._told += in_use.errors
        layout = in_use.form(year)
        assert layout, "a year that some report has a form for"
        return layout, pack

    # What is wrong

    def _tell_faults(self, counted: Sequence[Department]) -> None:
        faulty = [each for each in counted if each.fault]
        self._results += [self._result(each.path) for each in faulty]
        if faulty:
            self._told += [faults(len(faulty), len(counted))]

    def _result(self, path: Path, *findings: Finding) -> Result:
        """Return the findings on one data file at their places, for which it is read again."""
        reading = read(path, self._packs.form(path))
        located = place(reading, findings or tuple(errors_of(reading, reading.report)))
        return Result(path, located, lines_of(reading.text, located), unreadable=reading.unreadable)

    def _is_refused(self) -> bool:
        return any(finding.is_error for finding in self._told) or bool(self._results)

    def _refused(self) -> RollupOutcome:
        return RollupOutcome(None, (), (), (*self._results, self._of_the_sum()), self._existing)

    def _of_the_sum(self) -> Result:
        return Result(self._wanted.place, tuple(self._told))

    # The sum

    def _summed(self, empty: Report, found: Sequence[Department], departments: Sequence[Department]) -> RollupOutcome:
        """Return the sum of the departments that count.

        Args:
            empty: the government's report without figures.
            found: all that was found.
            departments: those that the government itself has to sum, of whichever year.
        """
        counted = [each for each in departments if each.is_of(empty.year) and each.is_summed]
        reports = [each.report for each in counted if each.report]
        sums = sum_reports(reports)
        self._results += [self._result(each.path, *unplaced) for each, unplaced in _unplaced(empty, counted)]
        self._told += mixed_units(empty.layout, sums, reports)
        if self._is_refused():
            return self._refused()
        reasons = tuple((why, names) for why, names in self._left_out(empty, found, departments) if names)
        report = replace(empty, figures=sums.figures, departments=relative(self._wanted.paths, self._wanted.place))
        return RollupOutcome(report, counted, reasons, (self._of_the_sum(),), self._existing)

    def _left_out(
        self, government: Report, found: Sequence[Department], departments: Sequence[Department]
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """Return findings on departments that are not in the sum, or not with all figures."""
        year = government.year
        direct = set(map(id, departments))
        vertical = [each.name for each in departments if each.is_of(year) and not each.is_summed]
        below = [each.name for each in found if id(each) not in direct and each.is_of(year)]
        late = [
            each.name for each in of_other_years(departments, year, agency_identity(self._wanted.place, government))
        ]
        present = [each.report.agency for each in found if each.report and each.report.year == year]
        missing = compare_expected(self._wanted.expected, present).missing
        self._told += [left_out(why, names) for why, names in ((VERTICAL, vertical), (BELOW, below)) if names]
        self._told += [not_of_the_year(late, year)] if late else []
        self._told += [absent(missing, year)] if missing else []
        unread = [each.name for each in departments if each.is_of(year) and each.is_summed and each.is_doubtful]
        self._told += [doubtful(unread)] if unread else []
        return iter(((VERTICAL, vertical), (BELOW, below), (LATE, late), (MISSING, missing), (DOUBTFUL, unread)))


def relative(paths: Paths, target: Path) -> tuple[str, ...]:
    """Return the paths relative to the data file *target*."""
    return tuple(dict.fromkeys(_relative(path, target.parent) for path in paths))


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.absolute().as_posix()


def _unplaced(government: Report, counted: Iterable[Department]) -> Iterator[tuple[Department, Sequence[Finding]]]:
    """Yield findings for departments with figures that the government's form has no row for."""
    places = address_book(government.layout).entries
    for each in counted:
        figures = each.report.figures if each.report else {}
        if unplaced := [address for address, figure in figures.items() if figure and address not in places]:
            assert each.report, "figures are a report's"
            yield each, [not_in_form(each.report.layout, address, government.pack) for address in unplaced]
