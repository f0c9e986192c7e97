"""Small inputs after public bug reports, each a folder with its command and what is right.

They lie outside of the project: ``GXGEN_SHARED`` names the folder.  In each the cell (行政规范性文件, 本年制发件数)
really holds 31.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.engine.results import Options
from gxgen.published import Published, read_published
from gxgen.services.importing import import_reports

SHARED = os.environ.get("GXGEN_SHARED", "")
pytestmark = pytest.mark.skipif(not SHARED, reason="GXGEN_SHARED names no folder with shared material")
ISSUED = "disclosure.normative_documents.issued"
AGENCY = "某某县科学技术局"
READ = ("01", "13", "15", "16", "18", "23", "41", "44", "46", "49", "85", "87", "98", "A9")
TOLD = ("04", "42", "88")


def published(case: str) -> Published:
    """The report of a case, by the first characters of its folder."""
    (folder,) = Path(SHARED, "cases").glob(f"{case}-*")
    (path,) = folder.glob("r.*")
    return read_published(path)


@pytest.mark.parametrize("case", READ)
def test_the_figure_is_read(case: str, capfd: pytest.CaptureFixture[str]) -> None:
    """With the agency's whole name, no other figure unread, and not a word on stderr."""
    found = published(case)
    assert found.report
    assert found.report.figures[ISSUED] == 31
    assert found.report.unread == frozenset()
    assert found.report.agency == AGENCY
    assert found.findings == ()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("case", TOLD)
def test_the_figure_is_left_out_and_reported(case: str) -> None:
    """Only it, at its place and with the characters that make it uncertain."""
    found = published(case)
    assert found.report
    assert found.report.unread == {ISSUED}
    assert ISSUED not in found.report.figures
    (finding,) = found.findings
    assert "格内有" in finding.message


@pytest.mark.parametrize(("case", "agency"), [("G2", "某某县人民科学技术局"), ("O0", "鄠邑区科学技术局")])
def test_rare_characters_of_names(case: str, agency: str) -> None:
    """Radicals are read as the characters that they look like, and characters outside of GB2312 as they are."""
    found = published(case)
    assert found.report
    assert found.report.agency == agency
    assert found.report.figures[ISSUED] == 31
    assert {finding.code.name for finding in found.findings} <= {"I619"}


def test_a_document_in_another_file_is_refused_with_why() -> None:
    """Its text is in an embedded file."""
    found = published("14")
    assert found.unreadable
    assert "altChunk" in found.findings[0].message


def test_a_table_of_agencies_with_struck_characters(tmp_path: Path) -> None:
    """The cell is reported and its figure left out."""
    (path,) = Path(SHARED, "cases").glob("C1-*/t.xlsx")
    messages = list(_messages(path, tmp_path))
    assert any("划去的字" in message for message in messages)


def _messages(path: Path, folder: Path) -> Iterator[str]:
    for result in import_reports([path], Options(output=folder)):
        yield from (finding.message for finding in result.findings)
