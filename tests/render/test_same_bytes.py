"""The same report gives the same bytes, whenever and wherever it is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.render.html import HtmlRenderer
from gxgen.render.text import TextRenderer
from tests.conftest import ROOT
from tests.render.made import document_of
from tests.strategies import reports

DIGESTS = """
import sys
from hashlib import sha256
from pathlib import Path
from gxgen import complete, compose, read
from gxgen.render.text import TextRenderer
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.render.html import HtmlRenderer

template, *files = map(Path, sys.argv[1:])
renderer = DocxRenderer(prepare(template.read_bytes()))
for file in files:
    document = compose(complete(read(file).report))
    for render in (renderer.render, TextRenderer().render, HtmlRenderer().render):
        print(sha256(render(document)).hexdigest())
"""


@settings(max_examples=25)
@given(report=reports())
def test_making_a_report_twice_makes_the_same_bytes(
    national_template: bytes, renderer: DocxRenderer, report: Report
) -> None:
    """Neither the clock nor what was rendered before leaves a trace in the bytes."""
    document = document_of(report)
    first = [render(document) for render in (renderer.render, TextRenderer().render, HtmlRenderer().render)]
    anew = DocxRenderer(prepare(national_template))
    document = document_of(report)
    assert [render(document) for render in (anew.render, TextRenderer().render, HtmlRenderer().render)] == first


def test_two_computers_make_the_same_bytes(sample_files: tuple[Path, ...]) -> None:
    """Processes that hash differently, in other time zones and languages, make the same bytes of each sample."""
    here, there = (
        _digests(sample_files, PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C.UTF-8"),
        _digests(sample_files, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C"),
    )
    assert len(here) == 3 * len(sample_files)
    assert here == there


def _digests(files: tuple[Path, ...], **environment: str) -> list[str]:
    template = ROOT / "templates" / "national" / "report.docx"
    made = subprocess.run(
        [sys.executable, "-c", DIGESTS, template, *files],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.fail(made.stderr)
    return made.stdout.split()
