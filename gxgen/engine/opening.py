"""Opening a report in either form: as a data file, or as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.findings import Finding, RelatedLocation
from gxgen.engine.previous_year import as_related
from gxgen.engine.results import Result, lines_of
from gxgen.model import DEFAULT_PACK, Report
from gxgen.packs.search import folders_in, shipped
from gxgen.published import Published, read_again, read_published
from gxgen.published.locate import locate_related
from gxgen.source import Reading, place, read
from gxgen.spec import address_book, layout_for

if TYPE_CHECKING:
    from gxgen.engine.packs import Packs


NO_REPORT = (codes.IMPORT_NO_REPORT, codes.IMPORT_UNREADABLE)


def read_with_pack(path: Path, packs: Packs, chosen: str = "", converted: Path | None = None) -> Published:
    """Read a published report with the rows that a pack adds; the report then names the pack.

    Args:
        path: the report.
        packs: the packs of the run.
        chosen: the pack to use; without it a shipped pack is taken only if the report has a row that no
            other pack knows.
        converted: the file that was made of it, where it is of a format that is converted.
    """
    source = converted or path
    if chosen:
        form = packs.of(chosen, path.parent).form
        return _named(_unless_of_many(source, read_published(source, form)), chosen)
    published = _unless_of_many(source, read_published(source))
    if not any(finding.code is codes.IMPORT_LABEL for finding in published.findings):
        return published
    known = list(_known_rows(published, path, packs))
    return known[0] if len(known) == 1 else published


def _unless_of_many(path: Path, published: Published) -> Published:
    """Replace the findings of a file without a report by one, if it is a table of many reports."""
    if published.report or not any(finding.code in NO_REPORT for finding in published.findings):
        return published
    from gxgen.sheets.files import not_one_report

    finding = not_one_report(path)
    return replace(published, findings=(finding,)) if finding else published


def _known_rows(published: Published, path: Path, packs: Packs) -> Iterator[Published]:
    """Yield the report as read with each shipped pack that adds a row which the report has."""
    if not published.report:
        return
    form = layout_for(published.report.year)
    assert form, "a report was read with a form"
    official = address_book(form).entries.keys()
    for folder in folders_in(shipped()):
        in_use = packs.of(folder.name, path.parent)
        if in_use.pack is None or not in_use.pack.rows:
            continue
        again = read_again(published, in_use.form)
        report = again.report
        if report and any(address not in official for address in (*report.figures, *report.assertions)):
            yield _named(again, folder.name)


def _named(published: Published, pack: str) -> Published:
    if not published.report or pack == DEFAULT_PACK:
        return published
    return replace(published, report=replace(published.report, pack=pack))


DATA_FILE = ".toml"


class OpenedReport(msgspec.Struct, frozen=True):
    """An opened file: either *reading* or *published* is set."""

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
        """The report; None if it could not be read."""
        return self._source.report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of reading the file."""
        return self._source.findings

    @property
    def text(self) -> str:
        """The text whose lines findings point at; empty for a binary file."""
        return self._source.text

    @property
    def result(self) -> Result:
        """The result of reading the file, each finding at its place."""
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

    def located(self, finding: Finding) -> Finding:
        """Return a finding on another report with its related locations in this one."""
        return replace(finding, related=tuple(map(self._placed, finding.related)))

    def _placed(self, related: RelatedLocation) -> RelatedLocation:
        if self.published:
            return locate_related(self.published, related, str(self.path))
        assert self.reading, "a file is either"
        sought = Finding(codes.NOT_LAST_YEAR, related.address, "", fallback_addresses=related.fallback_addresses)
        (found,) = place(self.reading, (sought,))
        return as_related(self.path, self.reading, related, found)


def open_report(path: Path, packs: Packs, pack: str = "", converted: Path | None = None) -> OpenedReport:
    """Open a data file (``.toml``) or a published report of any kind.  Never raises for what a file holds.

    Args:
        path: the file.
        packs: the packs of the run.
        pack: the pack to read published reports with, if any.
        converted: the file that was made of it, where it is of a format that is converted.
    """
    if path.suffix.lower() == DATA_FILE:
        return OpenedReport(path, reading=read(path, packs.form(path)))
    return OpenedReport(path, published=read_with_pack(path, packs, pack, converted))
