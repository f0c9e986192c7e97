"""A .docx file is what the standard says, whatever the report holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer
from gxgen.spec import Layout, layouts
from tests.render.docx.packages import DOCUMENT, parts_of, replacing, with_part
from tests.render.made import document_of, empty_reports, full_reports, sample_reports
from tests.strategies import HOSTILE, reports

Audit = Callable[[bytes], list[str]]
HOSTILE_TEXT = "\n".join(HOSTILE)


@pytest.fixture(scope="module")
def audit(openxml_validator: Any, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Every problem that openxml-audit, which brings its validator as a fixture, finds in a .docx file."""
    path = tmp_path_factory.mktemp("audit") / "report.docx"

    def problems(raw: bytes) -> list[str]:
        path.write_bytes(raw)
        return [str(problem) for problem in openxml_validator.validate(path).errors]

    return problems


@settings(max_examples=60)
@given(report=reports())
def test_every_part_is_well_formed(renderer: DocxRenderer, report: Report) -> None:
    """A strict parser takes each part of the package, whatever the report says."""
    for name, content in parts_of(renderer.render(document_of(report))).items():
        assert etree.fromstring(content, etree.XMLParser(recover=False)) is not None, name


def test_the_samples_pass_the_audit(renderer: DocxRenderer, sample_files: tuple[Path, ...], audit: Audit) -> None:
    """openxml-audit finds nothing in any sample."""
    for report in sample_reports(sample_files):
        assert audit(renderer.render(document_of(report))) == [], report.agency


@pytest.mark.parametrize(
    "report", [*empty_reports(), *full_reports()], ids=["0-2019", "0-2021", "long-2019", "long-2021"]
)
def test_empty_and_full_reports_pass_the_audit(renderer: DocxRenderer, report: Report, audit: Audit) -> None:
    """openxml-audit finds nothing in all-zero reports of both forms, nor with ten digits in every cell."""
    assert audit(renderer.render(document_of(report))) == []


@pytest.mark.parametrize("layout", layouts(), ids=["2019", "2021"])
def test_hostile_text_passes_the_audit(renderer: DocxRenderer, layout: Layout, audit: Audit) -> None:
    """openxml-audit finds nothing when every text of the report looks like markup."""
    texts = {"preamble": HOSTILE_TEXT} | {section.key: HOSTILE_TEXT for section in layout.sections}
    report = Report(
        year=layout.first_year,
        layout=layout,
        agency="A&B<局>",
        published=date(2024, 1, 12),
        narrative=MappingProxyType({place: text.replace("{{", "{ {") for place, text in texts.items()}),
    )
    assert audit(renderer.render(document_of(report))) == []


def test_the_audit_is_no_rubber_stamp(renderer: DocxRenderer, audit: Audit) -> None:
    """openxml-audit does object when a table loses its grid or a paragraph its style."""
    raw = renderer.render(document_of(empty_reports()[0]))
    assert audit(with_part(raw, DOCUMENT, lambda xml: re.sub("<w:tblGrid>.*?</w:tblGrid>", "", xml))) != []
    assert audit(with_part(raw, DOCUMENT, replacing('<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Lost"/>'))) != []
