"""Reports that gxgen builds, opened and saved again by LibreOffice, and formats that only LibreOffice opens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from gxgen.compute import complete
from gxgen.engine.results import Options
from gxgen.published import Published, read_bytes, read_published
from gxgen.published.readers import ReaderError, libreoffice
from gxgen.published.readers.libreoffice import Conversions, convert
from gxgen.services.auditing import AuditRun
from tests.published.made import document
from tests.published.test_round_trip import figures_as_printed, figures_read
from tests.published.test_word_documents import sample
from tests.published.test_workbooks import workbook
from tests.render.made import expected_lines

REQUIRE = "GXGEN_REQUIRE_LIBREOFFICE"
pytestmark = pytest.mark.skipif(
    not libreoffice.program() and not os.environ.get(REQUIRE), reason="LibreOffice is not installed"
)
SAVED = {
    ".docx": "docx:MS Word 2007 XML",
    ".doc": "doc:MS Word 97",
    ".odt": "odt:writer8",
    ".rtf": "rtf:Rich Text Format",
    ".html": "html:HTML (StarWriter)",
    ".xhtml": "xhtml:XHTML Writer File",
    ".xls": "xls:MS Excel 97",
    ".ods": "ods:calc8",
}
OF_SHEETS = (".xls", ".ods")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample saved again in each format."""
    folder = tmp_path_factory.mktemp("saved")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for suffix, name in SAVED.items():
            patch.setitem(libreoffice.FILTERS, suffix, name)
            raw = workbook(sample()) if suffix in OF_SHEETS else document(sample(), ".docx")
            found[suffix] = folder / f"report{suffix}"
            found[suffix].write_bytes(convert(raw, ".xlsx" if suffix in OF_SHEETS else ".docx", suffix, "报告"))
    return found


@pytest.fixture(scope="module")
def conversions(saved: dict[str, Path]) -> Conversions:
    """All of them converted together."""
    return Conversions(saved.values())


def lines(published: Published) -> list[str]:
    """A report's paragraphs and headings as printed."""
    assert published.report
    return expected_lines(published.report)


@pytest.mark.parametrize("suffix", SAVED)
def test_what_libreoffice_saves_is_read_the_same(suffix: str, saved: dict[str, Path], conversions: Conversions) -> None:
    """The report has the same figures and, in a document, the same paragraphs."""
    path = saved[suffix]
    published = read_published(conversions.made.get(path, path))
    assert published.report
    assert figures_read(published) == figures_as_printed(sample())
    assert published.report.unread == frozenset()
    if suffix not in OF_SHEETS:
        assert lines(published) == expected_lines(replace(sample(), narrative=complete(sample()).narrative))


def test_together_only_what_needs_it_is_converted(saved: dict[str, Path], conversions: Conversions) -> None:
    """What gxgen reads itself is left alone; the original stays as it was."""
    assert {path.suffix for path in conversions.made} == {".doc", ".odt", ".rtf", ".xls", ".ods"}
    assert all(path.exists() for path in saved.values())


def test_one_file_is_converted_when_it_is_read(saved: dict[str, Path]) -> None:
    """Under another name, too."""
    published = read_bytes(saved[".doc"].read_bytes(), ".wps")
    assert figures_read(published) == figures_as_printed(sample())


def test_a_damaged_file_costs_the_others_nothing(saved: dict[str, Path], tmp_path: Path) -> None:
    """Its message says what it is; the results have the names that the files have."""
    broken = tmp_path / "a.doc"
    broken.write_bytes(saved[".doc"].read_bytes()[:1024])
    good = tmp_path / "b.doc"
    good.write_bytes(saved[".doc"].read_bytes())
    audit = AuditRun([tmp_path], Options())
    first, second = audit.compared(list(audit.audited()))
    assert (first.path, first.unreadable, second.path, second.unreadable) == (broken, True, good, False)
    assert second.agency == sample().agency


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, saved: dict[str, Path]) -> None:
    """With a message; no process is left behind."""
    monkeypatch.setattr(libreoffice, "SECONDS", 0.1)
    with pytest.raises(ReaderError, match="还没有打开"):
        convert(saved[".doc"].read_bytes(), ".doc", ".docx", "旧版的 Word 文件")
