"""Style ids and measures read from a Word template, and the settings of a pack that are applied to a template.

Styles are found by the name that Word and WPS show: both change style ids when they save, never names.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from gxgen.core.errors import TemplateError
from gxgen.render.docx.wordml import W, escape

if TYPE_CHECKING:
    from lxml.etree import _Element


MIN_TEXT_WIDTH = 4000
"""Twips; on less, the tables' columns would hold no text."""
MAX_MEASURE = 32_000
"""Twips or half points; Word takes no page wider than 22 inches."""
TITLE, HEADING_1, HEADING_2 = "title", "heading 1", "heading 2"
BODY, RUN_IN_HEAD, TABLE_SPACER = "报告正文", "行内标题", "表格间距"
TABLE = "年报表格"
BAND = "表格分项"
ROOMY = {"head": "表格表头", "label": "表格标签", "figure": "表格数字"}
DENSE = {"head": "密表表头", "label": "密表标签", "figure": "密表数字"}
REQUIRED = (TITLE, HEADING_1, HEADING_2, BODY, RUN_IN_HEAD, TABLE_SPACER, TABLE, BAND, *ROOMY.values(), *DENSE.values())
"""The styles that a template must have, by the name that Word and WPS show; built-in ones by their English name."""


Value = str | int | Decimal | bool
NO_STYLES: Mapping[str, Mapping[str, Value]] = MappingProxyType({})


class TemplateSettings(msgspec.Struct, frozen=True):
    """A pack's settings that are the same in all its reports, and so are applied to its template once.

    Lengths in points; None leaves the template as it is.
    """

    styles: Mapping[str, Mapping[str, Value]] = NO_STYLES
    """By style name: font, latin_font, size, bold, colour (RRGGBB, or empty for the usual one), line_spacing,
    space_before, space_after."""
    rule_colour: str | None = None
    """RRGGBB, or empty for the usual one."""
    rule_width: int | Decimal | None = None
    page_number: str = "dash"
    """``dash``, ``plain_text``, ``of_total`` or ``none``."""

    @property
    def sets_rules(self) -> bool:
        """Whether the rules of tables are set."""
        return self.rule_colour is not None or self.rule_width is not None

    @property
    def key(self) -> bytes:
        """Bytes that are equal for equal settings only."""
        styles = [(name, list(attributes.items())) for name, attributes in self.styles.items()]
        return repr((styles, self.rule_colour, self.rule_width, self.page_number)).encode()


class TemplateMetrics(msgspec.Struct, frozen=True):
    """The style ids and measures that the element renderer takes from a template.  Lengths in twips."""

    style_ids: Mapping[str, str]
    """Style id by style name."""
    half_ems: Mapping[str, int]
    """Width of half an em, which is that of a Latin letter, by paragraph style name."""
    text_width: int
    cell_margins: int
    """Left and right margin of a table cell together, from the style that `tools/national_template.py` writes."""


def read_metrics(document: _Element, styles: _Element) -> TemplateMetrics:
    """Read the metrics of a template from its document and styles parts.

    Raises:
        TemplateError: a required style is missing, or a measure is not usable.
    """
    by_name = {_name(style): style for style in styles.iter(f"{W}style")}
    missing = [name for name in REQUIRED if name not in by_name]
    if missing:
        raise TemplateError(
            f"Word 模板缺少样式：{'、'.join(missing)}", "在 Word 中新建同名样式，或从 national 模板复制这些样式"
        )
    by_id = {style.get(f"{W}styleId", ""): style for style in by_name.values()}
    return TemplateMetrics(
        style_ids={name: escape(by_name[name].get(f"{W}styleId", "")).replace('"', "&quot;") for name in REQUIRED},
        half_ems={name: _half_points(by_name[name], by_id, styles) * 5 for name in REQUIRED},
        text_width=_text_width(document),
        cell_margins=_cell_margins(by_name[TABLE], by_id),
    )


def _name(style: _Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "").lower()


def _half_points(style: _Element, by_id: Mapping[str, _Element], styles: _Element) -> int:
    """Return the style's font size in half points, inherited where it sets none."""
    seen: set[str] = set()
    current: _Element | None = style
    while current is not None:
        size = current.find(f"{W}rPr/{W}sz")
        if size is not None:
            return _measure(size, "val")
        current = _parent(current, by_id, seen)
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
    return 20 if default is None else _measure(default, "val")


def _cell_margins(style: _Element, by_id: Mapping[str, _Element]) -> int:
    seen: set[str] = set()
    current: _Element | None = style
    while current is not None:
        margins = [current.find(f"{W}tblPr/{W}tblCellMar/{W}{side}") for side in ("left", "right")]
        if any(margin is not None for margin in margins):
            return sum(_measure(margin, "w", least=0) for margin in margins if margin is not None)
        current = _parent(current, by_id, seen)
    return 2 * 108


def _parent(style: _Element, by_id: Mapping[str, _Element], seen: set[str]) -> _Element | None:
    based_on = style.find(f"{W}basedOn")
    parent_id = "" if based_on is None else based_on.get(f"{W}val", "")
    if parent_id in seen:
        return None
    seen.add(parent_id)
    return by_id.get(parent_id)


def _text_width(document: _Element) -> int:
    """Return the width between the margins of the last section, in which the report stands."""
    section = document.findall(f".//{W}sectPr")[-1:]
    size, margins = (section[0].find(f"{W}{tag}") if section else None for tag in ("pgSz", "pgMar"))
    if size is None or margins is None:
        raise TemplateError("Word 模板没有页面设置", "在 Word 的「页面设置」中设定纸张和页边距后保存")
    width = _measure(size, "w") - sum(_measure(margins, side, least=0) for side in ("left", "right"))
    if width < MIN_TEXT_WIDTH:
        raise TemplateError("Word 模板的页面太窄，放不下报告的表格", "在 Word 的「页面设置」中减小左右页边距后保存")
    return width


def _measure(element: _Element, attribute: str, *, least: int = 1) -> int:
    """Return a measure as an integer; the unit is that of its attribute."""
    written = element.get(f"{W}{attribute}", "")
    if not (written.isascii() and written.isdigit() and least <= int(written) <= MAX_MEASURE):
        tag = str(element.tag).removeprefix(W)
        raise TemplateError(
            f"Word 模板中的尺寸「{written}」不对（{tag}）",
            "在 Word 或 WPS 中重新设定字号和页边距后保存",
        )
    return int(written)
