"""docs/packs.md says what templates can do: its names exist, its examples print what it says, its slips are told."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest

from gxgen.compute import complete
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Finding
from gxgen.packs import look_up, search_folders
from gxgen.render.docx import DocxRenderer, prepare
from gxgen.render.docx.tag_lint import template_faults
from gxgen.render.templating.names import GENERAL, OF_A_SECTION
from gxgen.render.templating.tag_lint import KnownNames
from gxgen.source import read as read_report
from gxgen.spec import layouts
from gxgen.view import Document, compose
from tests.docs.markdown import ROOT, code, fences, read, rows
from tests.docx_reader import read_docx
from tests.packs.making import pack
from tests.render.made import document_of, empty_reports

PAGE = read(ROOT / "docs" / "packs.md")
OWN = ("wording.contact", "values.telephone")
KNOWN = KnownNames.of(tuple(map(document_of, empty_reports())), *OWN)
ENDS = {"{%p for": "{%p endfor %}"}


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of the table that follows a mark, without its head; code without its marks."""
    after = PAGE.partition(f"<!-- {name} -->\n\n")[2].partition("\n\n")[0]
    assert after, f"the page has a table {name}"
    return [tuple(cell.replace("\\|", "|") for cell in row) for row in rows(after)[1:]]


def bare(cell: str) -> str:
    """A cell that is one piece of code."""
    assert cell.startswith("`")
    assert cell.endswith("`")
    return cell[1:-1]


def template(raw: bytes, *paragraphs: str) -> bytes:
    """The national template with paragraphs at its end."""
    document = docx.Document(io.BytesIO(raw))
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The report that the page's own data file makes."""
    (data,) = (fence.text for fence in fences(PAGE) if fence.language == "toml" and fence.text.startswith("year"))
    path = tmp_path_factory.mktemp("page") / "2024.toml"
    path.write_text(data, "utf-8")
    source = read_report(path)
    assert source.report, "it can be read"
    assert not [finding for finding in source.findings if finding.is_error]
    return compose(complete(source.report))


def test_every_name_is_in_the_table() -> None:
    """The general names, the sections, and the parts of one of them that stands for all."""
    named = {bare(row[0]) for row in table("名称")}
    sections = {section.key for section in layouts()[-1].sections}
    parts = {f"requests.{part}" for part in OF_A_SECTION}
    assert named == {*GENERAL, *sections, *parts, "requests.received.total"}


@pytest.mark.parametrize("row", table("名称"), ids=lambda row: str(row[0]))
def test_an_example_of_a_name_has_no_fault(national_template: bytes, document: Document, row: tuple[str, ...]) -> None:
    """It names what its row is about, and a report can be made with it."""
    name, example = bare(row[0]), bare(row[2])
    assert name in example
    end = next((end for start, end in ENDS.items() if example.startswith(start)), "")
    raw = template(national_template, example, *([end] if end else []))
    assert template_faults(raw, KNOWN) == ()
    own: dict[str, str] = {"contact": "电话：027-12345678"}
    assert DocxRenderer(prepare(raw), wording=own, values={"telephone": "027-12345678"}).render(document)


@pytest.mark.parametrize("row", table("写法"), ids=lambda row: str(row[0]))
def test_an_example_prints_what_the_page_says(
    national_template: bytes, document: Document, row: tuple[str, ...]
) -> None:
    """Made with the page's own data file."""
    raw = template(national_template, bare(row[0]))
    assert template_faults(raw, KNOWN) == ()
    assert read_docx(DocxRenderer(prepare(raw)).render(document)).lines[-1].text == row[1]


@pytest.mark.parametrize("row", table("错误"), ids=lambda row: str(row[0]))
def test_a_slip_is_told_as_the_page_says(national_template: bytes, row: tuple[str, ...]) -> None:
    """The slip in these words, and what should have been written without a word."""
    wrong, told, right = bare(row[0]), row[1], bare(row[2])
    faults = template_faults(template(national_template, wrong), KNOWN)
    assert any(told in str(fault) for fault in faults), faults
    assert template_faults(template(national_template, right), KNOWN) == ()


@pytest.mark.parametrize("tag", ["{{ requests.table }}", "{{p agency }}", "{{ requests.received }}"])
def test_what_only_a_report_shows_is_refused(national_template: bytes, document: Document, tag: str) -> None:
    """Nothing wrong is printed where the name is right and the place is not."""
    assert f"`{tag}`" in PAGE
    with pytest.raises(TemplateError):
        DocxRenderer(prepare(template(national_template, tag))).render(document)


def test_the_settings_of_the_page_are_sound(tmp_path: Path) -> None:
    """The pack.toml of the page is read without a word."""
    (settings,) = (fence.text for fence in fences(PAGE) if fence.text.startswith('name = "anping"'))
    pack(tmp_path, "anping", settings)
    found = look_up("anping", search_folders(tmp_path))
    assert found.pack
    assert found.pack.title == "安平市"
    assert found.findings == tuple[Finding, ...]()


def test_a_typed_heading_is_spelled_as_the_form_does() -> None:
    """The page's own example of one is an official heading."""
    headings = [section.heading for section in layouts()[-1].sections]
    assert any(f"“{heading}”" in PAGE for heading in headings)


def test_every_style_that_the_page_names_is_in_the_template(national_template: bytes) -> None:
    """A keeper finds them in Word; its own styles have English names in the file."""
    named = set(re.findall(r"“((?:表格|密表|报告|行内)[^”]+)”", PAGE))
    styles = {style.name for style in docx.Document(io.BytesIO(national_template)).styles}
    assert len(named) >= 9
    assert named <= styles


def test_the_tags_of_the_page_are_half_width_but_for_one() -> None:
    """Whoever copies one from the page gets one that works."""
    assert [tag for tag in code(PAGE) if re.search("[｛｝％]", tag)] == ["｛｛ year ｝｝"]
