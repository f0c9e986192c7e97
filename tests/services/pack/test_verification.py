"""Checking a pack is no rubber stamp: what is not where it belongs in a made report is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest
from msgspec.structs import replace

from gxgen.engine.formats import FORMATS
from gxgen.services.pack.lookup import find_named_pack
from gxgen.services.pack.read_back import ReadReport, Table, read
from gxgen.services.pack.trial_reports import Trial, TrialKind, trials
from gxgen.services.pack.verification import Verification, verify
from gxgen.spec import address_book
from tests.docx_reader import WordFile, read_docx
from tests.html_reader import WebPage, read_html
from tests.text_reader import TextFile, read_text

NATIONAL = find_named_pack("national")
TRIALS = {(trial.kind, trial.layout.name): trial for trial in trials(NATIONAL)}
FORMS = sorted({name for _, name in TRIALS})


def made(trial: Trial, suffix: str) -> bytes:
    """A trial's report."""
    assert NATIONAL.pack
    return FORMATS[suffix](NATIONAL.pack)(trial.document)


def proof_of(trial: Trial, sheet: ReadReport) -> Verification:
    """What is found in a report with tables."""
    return verify(trial, sheet, needs_tables=True)


@pytest.mark.parametrize("form", FORMS)
def test_no_two_figures_of_the_second_report_are_alike(form: str) -> None:
    """Totals included, every cell prints something else, and none of them 0."""
    trial = TRIALS[TrialKind.DIFFERENT, form]
    shown = [trial.document.figures[address].text for address in address_book(trial.layout).entries]
    assert len(set(shown)) == len(shown)
    assert "0" not in shown


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", ["docx", "txt", "html"])
@pytest.mark.parametrize("kind", TrialKind, ids=lambda kind: kind.name)
def test_tables_are_read_as_other_readers_read_them(kind: TrialKind, suffix: str, form: str) -> None:
    """The cells are those that python-docx, html5lib and the tests' reader of text find."""
    raw = made(TRIALS[kind, form], suffix)
    others: Mapping[str, Callable[[bytes], WordFile | TextFile | WebPage]] = {
        "docx": read_docx,
        "txt": read_text,
        "html": read_html,
    }
    tables = [tuple(tuple(box.text for box in row) for row in table) for table in others[suffix](raw).tables]
    assert read(suffix, raw).tables == tables != []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", ["docx", "txt", "html"])
def test_every_figure_is_found_in_every_format(suffix: str, form: str) -> None:
    """Nothing is lacking, and each address has its own spot."""
    trial = TRIALS[TrialKind.DIFFERENT, form]
    verification = proof_of(trial, read(suffix, made(trial, suffix)))
    assert verification.defects == ()
    assert verification.positions.keys() == address_book(trial.layout).entries.keys()
    assert len(set(verification.positions.values())) == len(verification.positions)


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_that_is_lost_is_missed(form: str) -> None:
    """Whichever figure is blotted out, it and only it is told."""
    trial = TRIALS[TrialKind.DIFFERENT, form]
    sheet = read("docx", made(trial, "docx"))
    for address, position in proof_of(trial, sheet).positions.items():
        defects = proof_of(trial, with_cells(sheet, {position: ""})).defects
        assert [defect.addresses for defect in defects] == [(address,)]


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_that_changes_places_with_the_next_is_told(form: str) -> None:
    """Wherever two neighbours are exchanged, both are named."""
    trial = TRIALS[TrialKind.DIFFERENT, form]
    sheet = read("docx", made(trial, "docx"))
    positions = list(proof_of(trial, sheet).positions.items())
    for (one, first), (two, second) in pairwise(positions):
        texts = {address: trial.document.figures[address].text for address in (one, two)}
        defects = proof_of(trial, with_cells(sheet, {first: texts[two], second: texts[one]})).defects
        assert {address for defect in defects for address in defect.addresses} == {one, two}


def test_a_zero_that_is_not_printed_is_told() -> None:
    """The report of zeros shows 0 where the other shows its figure."""
    different, zero = (TRIALS[kind, "2021"] for kind in (TrialKind.DIFFERENT, TrialKind.ZERO))
    positions = proof_of(different, read("docx", made(different, "docx"))).positions
    sheet = read("docx", made(zero, "docx"))
    assert verify(zero, sheet, needs_tables=True, positions=positions).defects == ()
    blank = with_cells(sheet, {positions["requests.received.total"]: "—"})
    (defect,) = verify(zero, blank, needs_tables=True, positions=positions).defects
    assert defect.addresses == ("requests.received.total",)


@pytest.mark.parametrize("kind", TrialKind, ids=lambda kind: kind.name)
def test_a_paragraph_that_is_lost_is_missed(kind: TrialKind) -> None:
    """Whichever paragraph with words is left out of the page, something is told."""
    trial = TRIALS[kind, "2021"]
    sheet = read("docx", made(trial, "docx"))
    lines = [number for number, part in enumerate(sheet.parts) if isinstance(part, str) and part.strip()]
    assert proof_of(trial, sheet).defects == ()
    for number in lines:
        shorter = ReadReport((*sheet.parts[:number], *sheet.parts[number + 1 :]))
        assert proof_of(trial, shorter).defects, sheet.parts[number]


def test_hostile_text_is_shown_as_it_is() -> None:
    """What looks like tags and markup stands on the page to the letter."""
    trial = TRIALS[TrialKind.HOSTILE, "2021"]
    texts = [text for text in trial.document.texts() if "<script>" in text]
    assert texts
    assert all("{{ 7 * 7 }} {% for x in y %} {_{" in text for text in texts)
    assert replace(trial.document, figures={}).title.startswith("A&B<局>{{ x }}")


def with_cells(sheet: ReadReport, changed: Mapping[tuple[int, int, int], str]) -> ReadReport:
    """The sheet with other texts in some cells."""
    parts: list[str | Table] = []
    for part in sheet.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        number = sum(not isinstance(each, str) for each in parts)
        rows = []
        for y, row in enumerate(part):
            # A figure that differs from all others stands in every place that its cell covers.
            new = {row[x]: text for (table, at, x), text in changed.items() if (table, at) == (number, y)}
            here = {x: text for (table, at, x), text in changed.items() if (table, at) == (number, y)}
            rows.append(tuple(here.get(x, cell if cell == "0" else new.get(cell, cell)) for x, cell in enumerate(row)))
        parts.append(tuple(rows))
    return ReadReport(tuple(parts))
