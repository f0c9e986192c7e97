"""The national Word template is what its script makes, and docxtpl itself can render it."""

from __future__ import annotations

import importlib.util
import io
import sys
from types import ModuleType

import pytest
from docxtpl import DocxTemplate

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, TableStyle
from gxgen.render.docx.element_renderer import DocxElementRenderer
from gxgen.render.docx.tables import TableRenderer
from gxgen.render.templating.names import names_of
from gxgen.spec import layouts
from tests.conftest import ROOT
from tests.docx_reader import read_docx
from tests.render.docx.packages import DOCUMENT, parts_of
from tests.render.made import document_of, empty_reports, full_reports

SCRIPT = ROOT / "tools" / "national_template.py"
HOSTILE = Report(
    year=2023,
    layout=layouts()[-1],
    agency="A&B<局>",
    narrative={"preamble": "& < > “”", "overview": "（一）主动公开。**粗**体]]>", "problems": "<w:p/>\tb"},
)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that writes the template; tools/ is no package."""
    spec = importlib.util.spec_from_file_location("national_template", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_template_in_the_tree_is_what_the_script_makes(national_template: bytes, script: ModuleType) -> None:
    """Nobody changed the one without the other: the parts are the same and stand in the same order."""
    made = parts_of(script.package())
    there = parts_of(national_template)
    assert list(there) == list(made)
    assert [name for name in made if there[name] != made[name]] == []


def test_the_script_makes_the_same_bytes_each_time(script: ModuleType) -> None:
    """No clock is asked."""
    assert script.package() == script.package()


@pytest.mark.parametrize("report", [*empty_reports(), *full_reports(), HOSTILE], ids=lambda report: str(report.year))
def test_docxtpl_makes_the_same_of_it(national_template: bytes, renderer: DocxRenderer, report: Report) -> None:
    """The template is an ordinary docxtpl template: given the same names, docxtpl renders the same body."""
    document = document_of(report)
    metrics = renderer.template.metrics
    names = names_of(document, DocxElementRenderer(metrics, TableRenderer(metrics, TableStyle())))
    template = DocxTemplate(io.BytesIO(national_template))
    template.render(names, autoescape=True)
    rendered = io.BytesIO()
    template.save(rendered)
    by_docxtpl, by_gxgen = read_docx(rendered.getvalue()), read_docx(renderer.render(document))
    assert by_docxtpl.lines == by_gxgen.lines
    assert list(by_docxtpl.texts()) == list(by_gxgen.texts())
    assert b"{{" not in parts_of(rendered.getvalue())[DOCUMENT]
