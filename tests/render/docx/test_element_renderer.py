"""The title on as many lines as it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.core.text import display_width
from gxgen.model import Report
from gxgen.render.docx import DocxRenderer
from gxgen.render.docx.element_renderer import balanced
from gxgen.spec import layouts
from tests.docx_reader import read_docx
from tests.render.made import document_of

OFFICIAL = "2023年政府信息公开工作年度报告"
ROOM = 40
"""Half ems of 二号 between the margins: 8845 twips / 220."""
PLACES = "甲乙丙市区县局委办公室科学技术和工业信息化会省"


def title_lines(renderer: DocxRenderer, agency: str, title: str = "") -> list[str]:
    """The lines on which a title stands."""
    report = Report(year=2023, layout=layouts()[-1], agency=agency, title=title)
    return read_docx(renderer.render(document_of(report))).lines[0].text.split("\n")


@pytest.mark.parametrize(
    ("agency", "lines"),
    [
        ("", [OFFICIAL]),
        ("某县", [f"某县{OFFICIAL}"]),
        ("某某县商务局", ["某某县商务局", OFFICIAL]),
        ("兴庆区科学技术和工业信息化局", ["兴庆区科学技术和工业信息化局", OFFICIAL]),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州科学技术局",
            ["新疆维吾尔自治区", "伊犁哈萨克自治州科学技术局", OFFICIAL],
        ),
        (
            "内蒙古自治区锡林郭勒盟东乌珠穆沁旗科学技术局",
            ["内蒙古自治区锡林郭勒盟", "东乌珠穆沁旗科学技术局", OFFICIAL],
        ),
    ],
)
def test_a_title_breaks_after_the_agency_if_it_must(renderer: DocxRenderer, agency: str, lines: list[str]) -> None:
    """One line if it fits; else the agency and the official title; a very long agency on balanced lines of its own."""
    assert title_lines(renderer, agency) == lines


def test_a_title_breaks_as_the_document_wants_it(renderer: DocxRenderer) -> None:
    """On two lines even where one would do, on one where there is room, and never beyond the margins."""

    def lines(agency: str, wanted: str) -> list[str]:
        made = document_of(Report(year=2023, layout=layouts()[-1], agency=agency))
        return read_docx(renderer.render(replace(made, title_lines=wanted))).lines[0].text.split("\n")

    assert lines("某县", "two") == ["某县", OFFICIAL]
    assert lines("某县", "one") == [f"某县{OFFICIAL}"]
    long = lines("兴庆区科学技术和工业信息化局", "one")
    assert "".join(long) == f"兴庆区科学技术和工业信息化局{OFFICIAL}"
    assert max(map(display_width, long)) <= ROOM


def test_a_title_of_its_own_breaks_before_the_year(renderer: DocxRenderer) -> None:
    """A title that the agency words itself breaks in the same place."""
    title = "某某市某某区人民政府办公室2023年度政府信息公开工作报告"
    assert title_lines(renderer, "别的机关", title) == ["某某市某某区人民政府办公室", "2023年度政府信息公开工作报告"]


@given(text=st.text(st.sampled_from(PLACES), min_size=1, max_size=120), room=st.integers(8, 60))
def test_balanced_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    """However long the name, no line is wider than the room, none is empty, and together they are the name."""
    lines = balanced(text, room)
    assert "".join(lines) == text
    assert all(0 < display_width(line) <= room for line in lines)


@given(length=st.integers(21, 40))
def test_a_name_without_places_is_halved(length: int) -> None:
    """A name that offers no place to break takes two lines of like length."""
    first, second = balanced("学" * length, ROOM)
    assert abs(len(first) - len(second)) <= 1
