"""The page is GB/T 9704-2012's, and the file says what it is."""

from __future__ import annotations

from datetime import date

import pytest
from lxml.etree import _Element

from gxgen.model import Report
from gxgen.render.docx import DocxRenderer
from gxgen.spec import layouts
from tests.docx_reader import read_docx
from tests.render.docx.packages import DOCUMENT, SETTINGS, STYLES, W, parts_of, root_of, text_of, value
from tests.render.made import document_of

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
REPORT = Report(year=2023, layout=layouts()[-1], agency="某县科学技术局", published=date(2024, 1, 12))


@pytest.fixture(scope="module")
def raw(renderer: DocxRenderer) -> bytes:
    """A report as a .docx file."""
    return renderer.render(document_of(REPORT))


def twips(millimetres: float) -> float:
    """A length in twentieths of a point."""
    return millimetres / 25.4 * 1440


def section_of(raw: bytes) -> _Element:
    """The one section of the document."""
    (section,) = root_of(raw).iter(f"{W}sectPr")
    return section


@pytest.mark.parametrize(
    ("element", "attribute", "millimetres"),
    [
        ("pgSz", "w", 210),
        ("pgSz", "h", 297),
        ("pgMar", "top", 37),
        ("pgMar", "bottom", 35),
        ("pgMar", "left", 28),
        ("pgMar", "right", 26),
    ],
)
def test_the_page_is_a4_with_the_official_margins(raw: bytes, element: str, attribute: str, millimetres: int) -> None:
    """Each measure of the page is the standard's, to the nearest twip."""
    found = int(value(section_of(raw).find(f"{W}{element}"), attribute))
    assert abs(found - twips(millimetres)) <= 0.5


def test_a_page_has_22_lines_on_a_grid(raw: bytes) -> None:
    """The grid's pitch divides the height between the margins into 22 lines, and into no 23rd."""
    grid = section_of(raw).find(f"{W}docGrid")
    assert value(grid, "type") == "linesAndChars"
    assert twips(225) // int(value(grid, "linePitch")) == 22


def footers(raw: bytes) -> dict[str, _Element]:
    """The footers by the pages that they are for."""
    relations = {
        relation.get("Id"): relation.get("Target") for relation in root_of(raw, "word/_rels/document.xml.rels")
    }
    references = section_of(raw).iter(f"{W}footerReference")
    return {
        value(reference, "type"): root_of(raw, f"word/{relations[reference.get(f'{R}id')]}") for reference in references
    }


@pytest.mark.parametrize(("pages", "side"), [("default", "right"), ("even", "left")])
def test_page_numbers_stand_outside(raw: bytes, pages: str, side: str) -> None:
    """— 1 — stands at the right of odd pages and at the left of even ones, one character in, and counts."""
    footer = footers(raw)[pages]
    assert text_of(footer) == "— 1 —"
    assert [value(field, "instr").strip() for field in footer.iter(f"{W}fldSimple")] == ["PAGE"]
    properties = footer.find(f"{W}p/{W}pPr")
    assert properties is not None
    assert value(properties.find(f"{W}jc")) == side
    assert value(properties.find(f"{W}ind"), f"{side}Chars") == "100"


def test_odd_and_even_pages_differ(raw: bytes) -> None:
    """Without the switch in the settings Word would use the odd pages' footer for all."""
    assert value(root_of(raw, SETTINGS).find(f"{W}evenAndOddHeaders")) == "1"
    assert section_of(raw).find(f"{W}titlePg") is None


def test_the_file_is_chinese(raw: bytes) -> None:
    """Spelling and hyphenation go by zh-CN."""
    assert value(root_of(raw, STYLES).find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"), "eastAsia") == "zh-CN"


def test_a_file_manager_shows_title_and_agency(raw: bytes) -> None:
    """The core properties are the report's title, its agency as author, and the day it was published."""
    read = read_docx(raw)
    assert (read.title, read.author) == ("某县科学技术局2023年政府信息公开工作年度报告", "某县科学技术局")
    assert b"2024-01-12T00:00:00Z" in parts_of(raw)["docProps/core.xml"]


def test_a_report_without_a_date_has_none(renderer: DocxRenderer) -> None:
    """No clock is asked: a report that names no day of publication makes a file that names none."""
    undated = Report(year=2023, layout=layouts()[-1])
    assert b"dcterms:created" not in parts_of(renderer.render(document_of(undated)))["docProps/core.xml"]


def test_no_tag_is_left_over(raw: bytes) -> None:
    """Nothing of the template's own language is printed."""
    assert not any(mark in parts_of(raw)[DOCUMENT] for mark in (b"{{", b"}}", b"{%", b"%}"))
