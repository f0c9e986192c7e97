"""Another program opens the .docx files and finds everything in them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from types import MappingProxyType

import pytest

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer
from gxgen.spec import layouts
from gxgen.view import Document
from tests.render.made import document_of, empty_reports, full_reports, sample_reports
from tests.strategies import HOSTILE, without_quotations

REQUIRE = "GXGEN_REQUIRE_LIBREOFFICE"
"""Environment variable: where it is set, a missing LibreOffice is a failure (so that CI cannot skip unnoticed)."""
TIMEOUT = 300
"""Seconds for all files together."""


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice's program."""
    found = shutil.which("soffice")
    if found is None and os.environ.get(REQUIRE):
        pytest.fail(f"{REQUIRE} is set, but soffice is not on PATH")
    if found is None:
        pytest.skip(f"LibreOffice is not installed (soffice is not on PATH); set {REQUIRE} to make this a failure")
    return found


def hostile_report() -> Report:
    """A report whose every text looks like markup."""
    layout = layouts()[-1]
    text = without_quotations("\n".join(HOSTILE))
    return Report(
        year=2023,
        layout=layout,
        agency="A&B<局>",
        narrative=MappingProxyType({section.key: text for section in layout.sections}),
    )


def to_text(soffice: str, files: list[Path], folder: Path) -> None:
    """Convert files to plain text, all in one run, in a profile that nobody else uses."""
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        *("--convert-to", "txt:Text (encoded):UTF8"),
        *("--outdir", str(folder)),
        *map(str, files),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        try:
            output, _ = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            # soffice starts another program, which would go on without it.
            os.killpg(process.pid, signal.SIGKILL)
            pytest.fail(f"soffice did not end within {TIMEOUT} seconds")
    assert process.returncode == 0, output


def squeezed(text: str) -> str:
    """Text without white space, which a program may lay out as it likes."""
    return "".join(text.split())


@pytest.mark.slow
def test_libreoffice_shows_every_character_of_a_report(
    soffice: str, renderer: DocxRenderer, sample_files: tuple[Path, ...], tmp_path: Path
) -> None:
    """LibreOffice's plain text of each .docx is the report's text, character for character, and nothing else."""
    reports = [*sample_reports(sample_files), *empty_reports(), *full_reports(), hostile_report()]
    documents: dict[Path, Document] = {}
    for number, report in enumerate(reports):
        path = tmp_path / f"{number}.docx"
        documents[path] = document_of(report)
        path.write_bytes(renderer.render(documents[path]))
    to_text(soffice, list(documents), tmp_path)
    for path, document in documents.items():
        shown = path.with_suffix(".txt").read_text(encoding="utf-8-sig")
        assert squeezed(shown) == squeezed("".join(document.texts())), document.title
