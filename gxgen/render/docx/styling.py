"""Apply a pack's fonts, sizes and rules to the styles of its template.

Styles are found by the name that Word shows: names of built-in styles are English in the file, Chinese on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from gxgen.core.errors import SettingFault, TemplateError
from gxgen.render.docx.metrics import TABLE, TemplateSettings, Value
from gxgen.render.docx.package import parse_xml
from gxgen.render.docx.wordml import TWIPS_PER_POINT, W

if TYPE_CHECKING:
    from lxml.etree import _Element


SHOWN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "normal": "正文",
        "title": "标题",
        "subtitle": "副标题",
        **{f"heading {level}": f"标题 {level}" for level in range(1, 10)},
        **{f"toc {level}": f"目录 {level}" for level in range(1, 10)},
        "header": "页眉",
        "footer": "页脚",
        "page number": "页码",
        "list paragraph": "列表段落",
        "footnote text": "脚注文本",
        "footnote reference": "脚注引用",
        "default paragraph font": "默认段落字体",
        "hyperlink": "超链接",
        "normal table": "普通表格",
        "table grid": "网格型",
    }
)
"""Names of built-in styles in the file, with those that Word and WPS show."""
KINDS = ("paragraph", "character", "table")
NEW_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")
DEFAULT_RULE_WIDTH = Decimal("0.5")
ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat "
        "locked personal personalCompose personalReply rsid pPr rPr tblPr",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders",
    }
)
"""The order of the children of an element (ISO/IEC 29500-1, 17.3.1.26, 17.3.2.28, 17.4.59, 17.7.4.17), up to the last
that is set here."""


def apply_settings(styles: bytes, settings: TemplateSettings) -> bytes:
    """Apply a pack's settings to the styles part.

    Raises:
        TemplateError: settings of a style that does not exist or cannot take them; its faults are all of them.
    """
    from lxml import etree

    root = parse_xml(styles)
    by_name = {_key(name): style for style in root.iter(f"{W}style") for name in _names(style)}
    faults = list[SettingFault]()
    for name, attributes in settings.styles.items():
        style = by_name.get(_key(name))
        if style is None:
            faults.append(_unknown(name, next(iter(attributes)), root))
        else:
            faults += _set(style, name, attributes)
    if faults:
        message = "；".join(message for _, message, _ in faults)
        raise TemplateError(message, faults[0][2], tuple(faults))
    table = by_name.get(_key(TABLE))
    if table is not None and settings.sets_rules:
        _set_rules(table, settings)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _key(name: str) -> str:
    """Return the key of a style's name: 标题1 and 标题 1 are one style."""
    return "".join(name.split()).casefold()


def _names(style: _Element) -> Iterator[str]:
    """Yield the names of a style: in the file, and as Word shows it."""
    found = style.find(f"{W}name")
    if found is None or style.get(f"{W}type") not in KINDS:
        return
    name = found.get(f"{W}val", "")
    yield name
    if name.lower() in SHOWN_NAMES:
        yield SHOWN_NAMES[name.lower()]


def _unknown(name: str, attribute: str, root: _Element) -> SettingFault:
    shown = [list(_names(style))[-1] for style in root.iter(f"{W}style") if list(_names(style))]
    near = get_close_matches(name, shown, n=1, cutoff=0.5)
    hint = f"是否想写「{near[0]}」？" if near else f"模板里的样式有：{'、'.join(shown)}"
    return (("styles", name, attribute), f"Word 模板里没有「{name}」这个样式", hint)


def _set(style: _Element, name: str, attributes: Mapping[str, Value]) -> Iterator[SettingFault]:
    for attribute, value in attributes.items():
        if attribute in OF_PARAGRAPHS and style.get(f"{W}type") == "character":
            yield (
                ("styles", name, attribute),
                f"「{name}」是字符样式，不能设 {attribute}",
                "删去这一行，行距和段前段后设在段落样式上",
            )
        elif attribute in OF_PARAGRAPHS:
            spacing = _child(_child(style, "pPr"), "spacing")
            OF_PARAGRAPHS[attribute](spacing, Decimal(value))
        else:
            OF_RUNS[attribute](_child(style, "rPr"), value)


def _child(parent: _Element, tag: str) -> _Element:
    """Return the child *tag*, inserted in the order of the schema where there is none."""
    found = parent.find(f"{W}{tag}")
    if found is not None:
        return found
    order = ORDERS[str(parent.tag).removeprefix(W)].split()
    earlier = {f"{W}{name}" for name in order[: order.index(tag)]}
    made = parent.makeelement(f"{W}{tag}")
    parent.insert(sum(child.tag in earlier for child in parent), made)
    return made


def _without(element: _Element, *attributes: str) -> None:
    for attribute in attributes:
        if f"{W}{attribute}" in element.attrib:
            del element.attrib[f"{W}{attribute}"]


# Runs


def _font(*scripts: str) -> Callable[[_Element, Value], None]:
    def set_font(run: _Element, value: Value) -> None:
        fonts = _child(run, "rFonts")
        for script in scripts:
            fonts.set(f"{W}{script}", str(value))
            _without(fonts, f"{script}Theme", f"{script}theme")  # w:cstheme is spelt unlike the others

    return set_font


def _size(run: _Element, value: Value) -> None:
    for tag in ("sz", "szCs"):
        _child(run, tag).set(f"{W}val", str(round(Decimal(value) * 2)))


def _bold(run: _Element, value: Value) -> None:
    for tag in ("b", "bCs"):
        _child(run, tag).set(f"{W}val", str(int(bool(value))))


def _colour(run: _Element, value: Value) -> None:
    colour = _child(run, "color")
    colour.attrib.clear()
    colour.set(f"{W}val", str(value) or "auto")


OF_RUNS: Mapping[str, Callable[[_Element, Value], None]] = {
    "font": _font("eastAsia"),
    "latin_font": _font("ascii", "hAnsi", "cs"),
    "size": _size,
    "bold": _bold,
    "colour": _colour,
}


# Paragraphs


def _line_spacing(spacing: _Element, points: Decimal) -> None:
    spacing.set(f"{W}line", _twips(points))
    spacing.set(f"{W}lineRule", "exact")


def _space(side: str) -> Callable[[_Element, Decimal], None]:
    def set_space(spacing: _Element, points: Decimal) -> None:
        spacing.set(f"{W}{side}", _twips(points))
        _without(spacing, f"{side}Lines", f"{side}Autospacing")

    return set_space


def _twips(points: Decimal) -> str:
    return str(round(points * TWIPS_PER_POINT))


OF_PARAGRAPHS: Mapping[str, Callable[[_Element, Decimal], None]] = {
    "line_spacing": _line_spacing,
    "space_before": _space("before"),
    "space_after": _space("after"),
}


# Tables


def _set_rules(style: _Element, settings: TemplateSettings) -> None:
    """Set colour and width of the rules that the style draws; a style that draws none gets all six."""
    borders = _child(_child(style, "tblPr"), "tblBorders")
    if not len(borders):
        for side in NEW_BORDERS:
            border = borders.makeelement(f"{W}{side}")
            for attribute, value in (
                ("val", "single"),
                ("sz", _eighths(DEFAULT_RULE_WIDTH)),
                ("space", "0"),
                ("color", "auto"),
            ):
                border.set(f"{W}{attribute}", value)
            borders.append(border)
    drawn = (border for border in borders if border.get(f"{W}val") not in ("none", "nil"))
    for border in drawn:
        if settings.rule_width is not None:
            border.set(f"{W}sz", _eighths(Decimal(settings.rule_width)))
        if settings.rule_colour is not None:
            _without(border, "themeColor", "themeTint", "themeShade")
            border.set(f"{W}color", settings.rule_colour or "auto")


def _eighths(points: Decimal) -> str:
    """Return a border's width in eighths of a point (17.18.26)."""
    return str(round(points * 8))
