"""A pack's settings written into the styles of templates that Word and WPS have saved in other ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from lxml.etree import _Element

from gxgen.render.docx import DocxRenderer, TemplateSettings, prepare
from tests.render.docx.packages import STYLES, W, replacing, styles_by_name, value, with_part
from tests.render.made import document_of, empty_reports

EVERYTHING: dict[str, str | int | Decimal | bool] = {
    "font": "宋体",
    "latin_font": "Arial",
    "size": Decimal("10.5"),
    "bold": False,
    "colour": "",
    "line_spacing": 20,
    "space_before": 0,
    "space_after": 5,
}
RULES = re.compile("<w:tblBorders>.*?</w:tblBorders>")
PROPERTIES = re.compile(r'(<w:style [^>]*w:styleId="ReportBody".*?<w:qFormat/>).*?(</w:style>)')

LATER = '<w:pPr><w:jc w:val="both"/></w:pPr><w:rPr><w:lang w:val="en-US"/></w:rPr>'
THEME = '<w:rFonts w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi" '
COUNTED = '<w:spacing w:beforeLines="50" w:afterAutospacing="1" w:before'
SIDES = {"top", "left", "bottom", "right", "insideH", "insideV"}


def made(template: bytes, settings: TemplateSettings) -> bytes:
    """An all-zero report with the settings."""
    return DocxRenderer(prepare(template, settings)).render(document_of(empty_reports()[1]))


def body_style(raw: bytes) -> _Element:
    """The style of running text."""
    return styles_by_name(raw)["报告正文"]


def borders(raw: bytes) -> dict[str, tuple[str, str, str]]:
    """The rules of the report's tables: kind, width in eighths of a point, colour."""
    found = styles_by_name(raw, "table")["年报表格"].find(f"{W}tblPr/{W}tblBorders")
    assert found is not None
    return {str(rule.tag).removeprefix(W): (value(rule), value(rule, "sz"), value(rule, "color")) for rule in found}


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: PROPERTIES.sub(r"\1\2", xml),
        lambda xml: PROPERTIES.sub(rf"\1{LATER}\2", xml),
    ],
    ids=["nothing", "what comes later"],
)
def test_properties_go_where_the_schema_wants_them(
    national_template: bytes, change: Callable[[str], str], openxml_validator: Any, tmp_path: Any
) -> None:
    """Whatever a style has or has not, openxml-audit finds nothing once a pack has set everything in it."""
    raw = made(with_part(national_template, STYLES, change), TemplateSettings({"报告正文": EVERYTHING}))
    (tmp_path / "made.docx").write_bytes(raw)
    assert [str(problem) for problem in openxml_validator.validate(tmp_path / "made.docx").errors] == []
    run = body_style(raw).find(f"{W}rPr")
    assert run is not None
    assert [value(run.find(f"{W}{tag}")) for tag in ("sz", "b", "color")] == ["21", "0", "auto"]
    spacing = body_style(raw).find(f"{W}pPr/{W}spacing")
    assert [value(spacing, name) for name in ("line", "before", "after")] == ["400", "0", "100"]


def test_what_would_be_stronger_gives_way(national_template: bytes) -> None:
    """A font of the theme, and spaces counted in lines, would hide what a pack sets."""
    themed = with_part(
        national_template,
        STYLES,
        lambda xml: xml.replace("<w:rFonts ", THEME).replace("<w:spacing w:before", COUNTED),
    )
    style = body_style(made(themed, TemplateSettings({"报告正文": EVERYTHING})))
    fonts, spacing = style.find(f"{W}rPr/{W}rFonts"), style.find(f"{W}pPr/{W}spacing")
    assert fonts is not None
    assert spacing is not None
    assert [name for name in map(str, (*fonts.attrib, *spacing.attrib)) if re.search("heme|Lines|Auto", name)] == []


@pytest.mark.parametrize("name", ["标题 1", "标题1", "heading 1", "Heading 1"])
def test_a_style_is_found_by_each_of_its_names(national_template: bytes, name: str) -> None:
    """As Word shows it, as the file calls it, with or without the space."""
    style = styles_by_name(made(national_template, TemplateSettings({name: {"size": 20}})))["heading 1"]
    assert value(style.find(f"{W}rPr/{W}sz")) == "40"


def test_rules_keep_what_a_pack_does_not_set(national_template: bytes) -> None:
    """A colour alone leaves the width, a width alone the colour; a side without a rule gets none."""
    open_sided = with_part(national_template, STYLES, replacing('<w:left w:val="single"', '<w:left w:val="nil"'))
    red = made(open_sided, TemplateSettings(rule_colour="FF0000"))
    thick = made(open_sided, TemplateSettings(rule_width=Decimal("2.25")))
    assert borders(red)["top"] == ("single", "4", "FF0000")
    assert borders(thick)["top"] == ("single", "18", "000000")
    assert borders(red)["left"] == borders(open_sided)["left"]


def test_a_table_style_without_rules_gets_all_of_them(national_template: bytes) -> None:
    """A pack that sets a rule wants one."""
    bare = with_part(national_template, STYLES, lambda xml: RULES.sub("", xml))
    assert set(borders(made(bare, TemplateSettings(rule_colour="")))) == SIDES


def test_settings_have_a_key_of_their_own() -> None:
    """The cache tells settings apart by it."""
    some = [
        TemplateSettings(),
        TemplateSettings({"正文": {"size": 1}}),
        TemplateSettings({"正文": {"bold": True}}),
        TemplateSettings(rule_colour=""),
        TemplateSettings(page_number="plain"),
    ]
    assert len({settings.key for settings in some}) == len(some)
    assert TemplateSettings().key == TemplateSettings().key
