"""How characters of a Word document look, as far as that decides whether they are text (ISO/IEC 29500-1, 17.7).

Properties of a run come from the document's defaults, the styles of its table, its paragraph and itself, each with
what it is based on, and from the run.  Every style is resolved once, every combination of styles once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
FALSE = frozenset(("0", "false", "off", "none"))
TOGGLES = ("b", "strike", "vanish")
"""Those of the toggle properties (17.7.3) that matter here: set on two levels of styles, they cancel each other."""
LONGEST_CHAIN = 30
"""Styles that are based on one another; Word allows eleven."""
SMALLEST_SIZE = 4
"""Half-points; smaller characters are specks."""
WHITE = "FFFFFF"
NO_TABLE = "\0"
"""Stands for the table style of text outside of tables."""

Properties = Mapping[str, Any]
"""What an element ``w:rPr`` or a chain of styles sets, by the names of WordprocessingML."""


class Look(msgspec.Struct, frozen=True):
    """How a run is shown."""

    is_hidden: bool = False
    is_struck: bool = False
    is_script: bool = False
    """Whether it is set as superscript or subscript."""
    position: int = 0
    """Half-points above the line on which the text stands."""
    is_bold: bool = False
    is_faint: bool = False
    """Whether it is white on what seems to be white, or a speck."""


PLAIN = Look()


class Styles:
    """The styles of a document.

    Args:
        root: the root element of the style part; None where the document has none that can be read.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: dict[str, str] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            name, kind = style.get(f"{W}styleId", ""), style.get(f"{W}type", "paragraph")
            self._styles[name] = style
            if is_on(style.get(f"{W}default", "0")):
                self._default.setdefault(kind, name)
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._defaults = properties_of(defaults)
        self._shaded: dict[str, bool] = {}
        self._chains: dict[tuple[str, str, tuple[str, ...]], Properties] = {}
        self._bases: dict[tuple[str, tuple[str, ...], str, str], tuple[Properties, Look]] = {}

    def look(self, run: Properties, paragraph: str, table: str, conditions: tuple[str, ...]) -> Look:
        """How a run looks.

        Args:
            run: what its ``w:rPr`` sets.
            paragraph: the style that its paragraph names; empty where it names none.
            table: the style that its table names, or of the default; :data:`NO_TABLE` outside of tables.
            conditions: the names of the conditional formats of its cell, the weakest first.
        """
        key = (table, conditions, paragraph, run.get("rStyle", ""))
        base = self._bases.get(key)
        if base is None:
            base = self._bases[key] = self._of_styles(*key)
        below, look = base
        return look if run.keys() <= IRRELEVANT else _look({**below, **run})

    def is_shaded(self, table: str) -> bool:
        """Whether a table's style may shade its cells."""
        if table not in self._shaded:
            self._shaded[table] = self._has_shading(table)
        return self._shaded[table]

    def _has_shading(self, table: str) -> bool:
        return any(style.find(f".//{W}shd") is not None for style in self.chain(table, "table"))

    def has_conditions(self, table: str) -> bool:
        """Whether a table's style formats characters of some rows or columns otherwise than of others."""
        return any(style.find(f"{W}tblStylePr/{W}rPr") is not None for style in self.chain(table, "table"))

    def _of_styles(
        self, table: str, conditions: tuple[str, ...], paragraph: str, character: str
    ) -> tuple[Properties, Look]:
        levels = (
            self._resolved(table, "table", conditions) if table != NO_TABLE else NOTHING,
            self._resolved(paragraph, "paragraph"),
            self._resolved(character, "character"),
        )
        merged = dict(self._defaults)
        for level in levels:
            merged.update(level)
        for name in TOGGLES:
            merged[name] = self._defaults.get(name, False) or sum(bool(level.get(name)) for level in levels) % 2 == 1
        return merged, _look(merged)

    def _resolved(self, name: str, kind: str, conditions: tuple[str, ...] = ()) -> Properties:
        """What a style sets, with what it inherits; what is nearest to it counts."""
        key = (name, kind, conditions)
        if key not in self._chains:
            merged: dict[str, Any] = {}
            chain = list(self.chain(name, kind))
            for style in reversed(chain):
                merged.update(properties_of(style.find(f"{W}rPr")))
            for condition in conditions:
                for style in reversed(chain):
                    for format_ in style.iterchildren(f"{W}tblStylePr"):
                        if format_.get(f"{W}type") == condition:
                            merged.update(properties_of(format_.find(f"{W}rPr")))
            self._chains[key] = merged
        return self._chains[key]

    def chain(self, name: str, kind: str) -> Iterator[etree._Element]:
        """A style and what it is based on; the default of its kind where no such style is named."""
        style = self._styles.get(name)
        if style is None or style.get(f"{W}type", "paragraph") != kind:
            style = self._styles.get(self._default.get(kind, ""))
        for _ in range(LONGEST_CHAIN):
            if style is None or style.get(f"{W}type", "paragraph") != kind:
                return
            yield style
            base = style.find(f"{W}basedOn")
            style = self._styles.get(base.get(VAL, "")) if base is not None else None


NOTHING: Properties = {}
IRRELEVANT = frozenset(("rStyle",))
ON_OFF = {f"{W}{name}": name for name in ("b", "strike", "dstrike", "vanish")}
VALUES = {f"{W}{name}": name for name in ("vertAlign", "position", "color", "sz", "rStyle")}
SHADING = {f"{W}shd": "shd", f"{W}highlight": "shd"}


def properties_of(element: etree._Element | None) -> Properties:
    """What an element ``w:rPr`` sets."""
    if element is None:
        return NOTHING
    found: dict[str, Any] = {}
    for child in element:
        tag = child.tag
        if tag in VALUES:
            found[VALUES[tag]] = child.get(VAL, "")
        elif tag in ON_OFF:
            found[ON_OFF[tag]] = is_on(child.get(VAL, "true"))
        elif tag in SHADING:
            found["shd"] = is_shading(child)
    return found


def is_on(value: str) -> bool:
    """The value of an on/off property (22.9.2.7)."""
    return value not in FALSE


def is_shading(element: etree._Element) -> bool:
    """Whether ``w:shd`` or ``w:highlight`` puts a colour other than white behind the text."""
    fill = element.get(f"{W}fill", element.get(VAL, ""))
    pattern = element.get(VAL, "clear") if f"{W}fill" in element.attrib else "clear"
    return fill.upper() not in ("", "AUTO", "NONE", "CLEAR", "NIL", "WHITE", WHITE) or pattern not in ("clear", "nil")


def _look(found: Properties) -> Look:
    size = found.get("sz", "")
    is_speck = size.isascii() and size.isdigit() and int(size[:6]) <= SMALLEST_SIZE
    is_white = found.get("color", "").upper() == WHITE and not found.get("shd")
    look = Look(
        is_hidden=bool(found.get("vanish")),
        is_struck=bool(found.get("strike") or found.get("dstrike")),
        is_script=found.get("vertAlign") in ("superscript", "subscript"),
        position=_half_points(found.get("position", "")),
        is_bold=bool(found.get("b")),
        is_faint=is_speck or is_white,
    )
    return PLAIN if look == PLAIN else look


def _half_points(value: str) -> int:
    """A measure in half-points; documents of ISO's strict class may write a unit."""
    number = value.removesuffix("pt")
    try:
        return int(float(number) * (2 if number != value else 1))
    except (ValueError, OverflowError):
        return 0
