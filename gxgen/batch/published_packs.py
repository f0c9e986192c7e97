"""Published reports read with the rows that a region's pack adds to the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen import codes
from gxgen.model import DEFAULT_PACK
from gxgen.packs.finding import folders_in, shipped
from gxgen.published import Published, read_again, read_published
from gxgen.spec import address_book, layout_for

if TYPE_CHECKING:
    from gxgen.batch.packs import Packs

NO_REPORT = (codes.IMPORT_NO_REPORT, codes.IMPORT_UNREADABLE)


def read_with_pack(path: Path, packs: Packs, chosen: str = "") -> Published:
    """Read a published report with the rows of a pack, which its report then names.

    Args:
        path: the report.
        packs: the packs of the run.
        chosen: the pack that somebody names; without it a shipped pack is taken only if the report has a row that no
            other pack knows.
    """
    if chosen:
        form = packs.of(chosen, path.parent).form
        return _named(_unless_of_many(path, read_published(path, form)), chosen)
    published = _unless_of_many(path, read_published(path))
    if not any(finding.code is codes.IMPORT_LABEL for finding in published.findings):
        return published
    known = list(_known_rows(published, path, packs))
    return known[0] if len(known) == 1 else published


def _unless_of_many(path: Path, published: Published) -> Published:
    """What was read; of a file without a report that is a table of many, that it is one."""
    if published.report or not any(finding.code in NO_REPORT for finding in published.findings):
        return published
    from gxgen.batch.tables.importing import told_of_many

    finding = told_of_many(path)
    return replace(published, findings=(finding,)) if finding else published


def _known_rows(published: Published, path: Path, packs: Packs) -> Iterator[Published]:
    """The report as each shipped pack reads it that knows a row which the form does not have."""
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
