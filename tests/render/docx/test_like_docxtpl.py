"""Rendering a compiled template and rendering it with docxtpl give the same XML."""

from __future__ import annotations

import io
from functools import cache

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer, decode_template, encode_template, prepare
from gxgen.render.docx.element_renderer import DocxElementRenderer
from gxgen.render.docx.tables import TableRenderer
from gxgen.render.templating.names import names_of
from gxgen.spec import layouts
from tests.conftest import ROOT
from tests.render.docx.docxtpl_cases import BUILT, PARAGRAPHS, TABLES, cases
from tests.render.docx.packages import parts_of
from tests.render.made import document_of

REPORT = Report(
    year=2023,
    layout=layouts()[-1],
    agency="A&B<局>“甲”",
    narrative={"preamble": "开头。", "overview": "总体。", "problems": "第一。\n**第二**。"},
    figures={"requests.received.individual": 3, "requests.received.business": 4, "disclosure.fees.amount": 12},
)
WORDING = {
    "opening": "开头语",
    "colour": "0000FF",
    "hostile": "& < > \" ' ]]> <w:p/>",
    "lines": "甲\n乙",
    "tabs": "甲\t乙",
    "pages": "甲\a乙\f丙",
}
OURS = ("[Content_Types].xml", "docProps/core.xml")
"""Parts in which the two differ on purpose: docs/deviations.md."""
NAMES = [*PARAGRAPHS, *(f"table: {name}" for name in TABLES), *(f"built: {name}" for name in BUILT)]


@cache
def templates() -> dict[str, bytes]:
    """Every template of the set."""
    return cases((ROOT / "templates" / "national" / "report.docx").read_bytes())


def canonical(raw: bytes) -> dict[str, bytes]:
    """The canonical form of every part of XML."""
    return {
        name: etree.tostring(etree.fromstring(content), method="c14n", with_comments=False)
        for name, content in parts_of(raw).items()
        if name.endswith(".xml") and name not in OURS
    }


def by_docxtpl(raw: bytes, renderer: DocxRenderer) -> bytes:
    """What docxtpl makes of a template, given the same names."""
    metrics, number = renderer.template.metrics, renderer.template.page_number
    elements = DocxElementRenderer(metrics, TableRenderer(metrics, renderer.table_style), number)
    names = names_of(document_of(REPORT), elements, wording=WORDING)
    template = DocxTemplate(io.BytesIO(raw))
    template.render(names, autoescape=True)
    rendered = io.BytesIO()
    template.save(rendered)
    return rendered.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_both_make_the_same_of_a_template(name: str) -> None:
    """Part for part the canonical XML is the same, prepared just now or found in a cache."""
    raw = templates()[name]
    fresh = prepare(raw)
    kept = decode_template(encode_template(fresh, raw), raw)
    assert kept is not None
    expected = canonical(by_docxtpl(raw, DocxRenderer(fresh)))
    for template in (fresh, kept):
        renderer = DocxRenderer(template, wording=WORDING)
        first, again = (renderer.render(document_of(REPORT)) for _ in range(2))
        assert first == again
        assert canonical(first) == expected
