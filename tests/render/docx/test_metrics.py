"""What gxgen reads off a template: sizes and margins wherever Word keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable

from gxgen.render.docx import prepare
from gxgen.render.docx.metrics import TemplateMetrics
from tests.render.docx.packages import STYLES, replacing, with_part

DENSE_FIGURE = "密表数字"


def look_after(template: bytes, change: Callable[[str], str]) -> TemplateMetrics:
    """The look of a template whose styles were changed."""
    return prepare(with_part(template, STYLES, change)).metrics


def in_style(style_id: str, pattern: str, by: str) -> Callable[[str], str]:
    """A change of one style."""

    def change(text: str) -> str:
        return re.sub(
            rf'<w:style (?:(?!<w:style ).)*?w:styleId="{style_id}".*?</w:style>',
            lambda found: re.sub(pattern, by, found[0]),
            text,
            flags=re.DOTALL,
        )

    return change


def test_the_national_look(national_template: bytes) -> None:
    """The measures of the national template: text of 156 mm, half an em of 三号 and of small five, cells of 0.8 mm."""
    metrics = prepare(national_template).metrics
    assert metrics.text_width == 11906 - 1587 - 1474
    assert (metrics.half_ems["报告正文"], metrics.half_ems["title"], metrics.half_ems[DENSE_FIGURE]) == (160, 220, 90)
    assert metrics.cell_margins == 90


def test_a_size_is_inherited(national_template: bytes) -> None:
    """A style without a size of its own has that of the style it stands on: here 三号."""
    change = in_style("DenseFigure", r'<w:sz w:val="\d+"/>', "")
    assert look_after(national_template, change).half_ems[DENSE_FIGURE] == 160


def test_a_size_comes_from_the_defaults_in_the_end(national_template: bytes) -> None:
    """A style that stands on nothing has the document's default size."""

    def change(text: str) -> str:
        loose = in_style("DenseFigure", r'<w:sz w:val="\d+"/>|<w:basedOn w:val="\w+"/>', "")(text)
        return re.sub(r'(<w:docDefaults>.*?<w:sz w:val=)"\d+"', r'\1"24"', loose, count=1)

    assert look_after(national_template, change).half_ems[DENSE_FIGURE] == 120


def test_styles_that_stand_on_each_other_end_somewhere(national_template: bytes) -> None:
    """A circle of styles is Word's nonsense, not an endless loop."""

    def change(text: str) -> str:
        based = in_style("DenseFigure", r'<w:basedOn w:val="\w+"/>', '<w:basedOn w:val="DenseLabel"/>')(text)
        circle = in_style("DenseLabel", r'<w:basedOn w:val="\w+"/>', '<w:basedOn w:val="DenseFigure"/>')(based)
        return in_style("Dense(?:Figure|Label)", r'<w:sz w:val="\d+"/>', "")(circle)

    assert look_after(national_template, change).half_ems[DENSE_FIGURE] == 160


def test_cell_margins_are_inherited(national_template: bytes) -> None:
    """A table style without margins has those of the style it stands on; without any, Word's own."""
    without = in_style("ReportTable", "<w:tblCellMar>.*?</w:tblCellMar>", "")
    assert look_after(national_template, without).cell_margins == 2 * 108

    def wider(text: str) -> str:
        return in_style("TableNormal", r'<w:(left|right) w:w="\d+"', r'<w:\1 w:w="200"')(without(text))

    assert look_after(national_template, wider).cell_margins == 400


def test_a_style_of_another_name_is_no_help(national_template: bytes) -> None:
    """Styles go by name: what the id says does not matter."""
    metrics = look_after(national_template, replacing('"DenseFigure"', '"Unfug"'))
    assert metrics.style_ids[DENSE_FIGURE] == "Unfug"
