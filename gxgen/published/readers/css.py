"""How the text of a web page is shown: what its style sheets and attributes say that decides whether it is text.

Style sheets are read with tinycss2 and their selectors with cssselect, which turns them into XPath for lxml.  Only the
cascade of the few properties in ``PROPERTIES`` is followed.  A page whose elements say nothing of them loads neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

import msgspec
from lxml import etree

from gxgen.published.readers.unclear import FAINT, SHIFTED, STRUCK

_PROPERTIES = """
display visibility font-size font opacity text-decoration text-decoration-line vertical-align text-indent position
left top clip clip-path mso-hide mso-text-raise
"""
PROPERTIES = frozenset(_PROPERTIES.split())
COLOURS = frozenset(("color", "background", "background-color"))
"""Properties that matter only on a page that has white text somewhere."""
STATES_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#f|white|rgba?\(|hsla?\(|transparent)", re.IGNORECASE)
WHITE_ATTRIBUTE = re.compile(r"<font\b[^>]{0,200}\bcolor\s*=\s*[\"']?(?:#?f|white)", re.IGNORECASE)
OTHER_SHEET = re.compile(r"<link\b[^>]{0,300}stylesheet|@import\b", re.IGNORECASE)
WHITE_FROM = 0.98
"""The least of red, green and blue in what is taken for white, from 0 to 1."""
STATES_PROPERTY = re.compile(
    r"display|visibility|font\s*:|font-size|opacity|text-decoration|vertical-align|text-indent|position|clip|mso-hide"
    r"|mso-text-raise",
    re.IGNORECASE,
)
"""A quick look at a style sheet or attribute: whether it can say anything of the properties."""
_STRUCK_OUT, _NOT_SHOWN = {"text-decoration": "line-through"}, {"display": "none"}
OF_ELEMENTS: Mapping[str, Mapping[str, str]] = {
    "s": _STRUCK_OUT,
    "strike": _STRUCK_OUT,
    "del": _STRUCK_OUT,
    "sup": {"vertical-align": "super"},
    "sub": {"vertical-align": "sub"},
    "rt": _NOT_SHOWN,
    "rp": _NOT_SHOWN,
}
"""What browsers do with elements of themselves; of a ruby annotation its base is kept."""
LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)", re.IGNORECASE)
HEX = re.compile(r"[0-9a-f]{6}", re.IGNORECASE)
FAR_OFF = -900
"""Pixels; what is moved further to the left or the top is outside of the window."""
SMALLEST = 0.5
"""Of a font's size in any unit; what is smaller cannot be seen."""
ALIGNED_AS_CELL = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot", "table", "col", "colgroup", "img"))
"""Elements whose vertical-align raises no text."""
LONGEST_SHEETS = 1_000_000
"""Characters of all style sheets of a page that are read."""
MOST_RULES = 2000
LONGEST_SELECTOR = 200
MOST_STEPS = 5_000_000
"""Elements looked at for all rules together."""
MOST_APPLIED = 200_000
"""Declarations of style sheets that are applied to elements."""
SHOWING_MEDIA = frozenset(("", "all", "screen"))

Declarations = tuple[tuple[str, str, bool], ...]
"""Names, values and whether they are important."""


class Look(msgspec.Struct, frozen=True):
    """How the text of an element is shown."""

    is_visible: bool = True
    """By ``visibility``, which elements inside can turn on again."""
    is_seen: bool = True
    """Whether it has a size and is in the window."""
    is_white: bool = False
    """Whether its characters have the colour of paper, or none."""
    on_white: bool = True
    """Whether nothing but paper lies below it."""
    doubt: str = ""
    """Why the text is not certain to be part of the paragraph: struck out, raised or lowered."""

    @property
    def is_text(self) -> bool:
        """Whether a person sees it."""
        is_white_on_white = self.is_white and self.on_white and self.doubt != FAINT
        return self.is_visible and self.is_seen and not is_white_on_white


PLAIN = Look()


class Styles:
    """The styles of a page: its sheets, the attributes of its elements, and what browsers add."""

    def __init__(self, root: etree._Element, text: str) -> None:
        self._ruled = _ruled(root)
        self._has_white = bool(STATES_WHITE.search(text) or WHITE_ATTRIBUTE.search(text))
        self._has_other_sheets = bool(OTHER_SHEET.search(text))
        """Whether sheets that are not in the page may colour what lies below its text."""

    def look(self, element: etree._Element, tag: str, outside: Look) -> Look | None:
        """How an element's text is shown inside of an element with the look *outside*; None if nothing of it is."""
        if element.get("hidden") is not None:
            return None
        inline = element.get("style", "")
        ruled = self._ruled.get(element)
        of_tag = OF_ELEMENTS.get(tag)
        declared = _inline(inline, with_colours=self._has_white) if inline else ()
        if ruled is None and of_tag is None and not declared and not (self._has_white and _colours(element, tag)):
            return outside
        style = dict(of_tag or {})
        style.update(_colours(element, tag) if self._has_white else {})
        style.update(ruled or {})
        for name, value, important in declared:
            if important or f"!{name}" not in style:
                style[name] = value
        return _look(style, tag, outside, is_certain=not self._has_other_sheets)


def _colours(element: etree._Element, tag: str) -> dict[str, str]:
    """The colours that attributes of HTML 4 give an element."""
    found: dict[str, str] = {}
    if tag == "font" and element.get("color"):
        found["color"] = element.get("color", "")
    if element.get("background") or element.get("bgcolor"):
        found["background-color"] = "url()" if element.get("background") else element.get("bgcolor", "")
    return found


def _look(style: Mapping[str, str], tag: str, outside: Look, *, is_certain: bool) -> Look | None:
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return None
    visibility = style.get("visibility", "")
    is_visible = visibility == "visible" if visibility in ("visible", "hidden", "collapse") else outside.is_visible
    is_seen = _is_seen(style, outside)
    is_white = _is_paper(style["color"]) if style.get("color", "inherit") != "inherit" else outside.is_white
    below = [style[name] for name in ("background", "background-color") if name in style]
    on_white = all(map(_is_paper, below)) and (outside.on_white or any(map(_is_opaque, below)))
    doubt = outside.doubt if outside.doubt != FAINT else ""
    if is_white and on_white and not doubt and not is_certain:
        doubt = FAINT
    if "line-through" in f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}":
        doubt = STRUCK
    elif not doubt and tag not in ALIGNED_AS_CELL and _is_shifted(style):
        doubt = SHIFTED
    return Look(is_visible, is_seen, is_white, on_white, doubt)


@lru_cache(maxsize=1024)
def _is_paper(colour: str) -> bool:
    """Whether a colour is white or none at all; what is no plain colour, such as a picture, is not."""
    from tinycss2.color3 import parse_color

    if colour in ("none", "initial", "unset"):
        return True
    parsed = parse_color(colour if colour.startswith("#") or not HEX.fullmatch(colour) else f"#{colour}")
    if parsed is None or isinstance(parsed, str):
        return False
    return bool(parsed.alpha == 0 or min(parsed.red, parsed.green, parsed.blue) >= WHITE_FROM)


def _is_opaque(colour: str) -> bool:
    """Whether a colour that is paper's covers what lies below it."""
    return colour not in ("none", "initial", "unset", "transparent", "inherit")


def _is_seen(style: Mapping[str, str], outside: Look) -> bool:
    size = _font_size(style)
    # A size that is said anew shows what stands inside of text without one, unless it is a part of that size.
    is_seen = outside.is_seen if size is None or (size.relative and not outside.is_seen) else size.number >= SMALLEST
    if _is_zero(style.get("opacity", "")):
        return False
    if style.get("position") in ("absolute", "fixed"):
        is_off = any(_pixels(style.get(side, "")) < FAR_OFF for side in ("left", "top"))
        clipped = re.sub(r"[\s,]|px", "", style.get("clip", ""))
        is_seen = is_seen and not is_off and clipped not in ("rect(0000)", "rect(1111)")
        is_seen = is_seen and "inset(50%)" not in style.get("clip-path", "")
    return is_seen and _pixels(style.get("text-indent", "")) >= FAR_OFF


class _Size(msgspec.Struct, frozen=True):
    number: float
    relative: bool


def _font_size(style: Mapping[str, str]) -> _Size | None:
    value = style.get("font-size", "")
    if not value and "font" in style:
        found = re.search(r"(?:^|\s)(0(?:\.0+)?(?:px|pt|em|rem|%)?)(?:/|\s)", style["font"])
        value = found[1] if found else "medium"
    if not value:
        return None
    length = LENGTH.fullmatch(value)
    if length is None:
        return None if value in ("inherit", "smaller", "larger") else _Size(1, relative=False)
    is_relative = length[2].lower() in ("em", "%", "ex", "ch")
    number = float(length[1]) * (10 if is_relative and length[2] != "%" else 1)
    return _Size(number, is_relative)


def _is_shifted(style: Mapping[str, str]) -> bool:
    aligned = style.get("vertical-align", "")
    raised = style.get("mso-text-raise", "")
    if aligned in ("super", "sub"):
        return True
    return any(LENGTH.fullmatch(each) is not None and not _is_zero(each) for each in (aligned, raised))


def _is_zero(value: str) -> bool:
    length = LENGTH.fullmatch(value)
    return length is not None and float(length[1]) == 0


def _pixels(value: str) -> float:
    length = LENGTH.fullmatch(value)
    if length is None:
        return 0
    return float(length[1]) * {"em": 16, "rem": 16, "pt": 4 / 3, "cm": 38, "%": 10}.get(length[2].lower(), 1)


# Style sheets


@lru_cache(maxsize=4096)
def _inline(style: str, *, with_colours: bool) -> Declarations:
    if not with_colours and not STATES_PROPERTY.search(style):
        return ()
    import tinycss2

    contents = tinycss2.parse_blocks_contents(style[:LONGEST_SHEETS], skip_comments=True)
    return tuple(_declarations(contents, PROPERTIES | COLOURS if with_colours else PROPERTIES))


def _declarations(nodes: Iterable[Any], properties: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for node in nodes:
        if node.type == "declaration" and node.lower_name in properties:
            yield node.lower_name, tinycss2.serialize(node.value).strip().lower(), node.important


class _Rule(msgspec.Struct, frozen=True):
    """A rule of a style sheet."""

    selectors: str
    declarations: Declarations


def _ruled(root: etree._Element) -> Mapping[etree._Element, Mapping[str, str]]:
    """What the style sheets of a page say of its elements.

    A property that is important stands there once more, with ``!`` before its name.
    """
    sheets = "\n".join(sheet.text or "" for sheet in root.iter("style") if _shows(sheet.get("media", "")))
    sheets = sheets[:LONGEST_SHEETS].replace("<!--", "").replace("-->", "")
    if not STATES_PROPERTY.search(sheets) and not STATES_WHITE.search(sheets):
        return {}
    most_rules = min(MOST_RULES, MOST_STEPS // sum(1 for _ in root.iter()))
    applied = islice(
        (
            ((important, specificity, at), element, name, value)
            for at, rule in zip(range(most_rules), _rules(sheets), strict=False)
            for specificity, elements in _matched(root, rule.selectors)
            for name, value, important in rule.declarations
            for element in elements
        ),
        MOST_APPLIED,
    )
    ruled: dict[etree._Element, dict[str, str]] = {}
    for (important, _, _), element, name, value in sorted(applied, key=lambda one: one[0]):
        style = ruled.setdefault(element, {})
        style[name] = value
        if important:
            style[f"!{name}"] = value
    return ruled


@lru_cache(maxsize=16)
def _rules(sheet: str) -> tuple[_Rule, ...]:
    """The rules of a style sheet; the pages of a site, and those of one program, share theirs."""
    import tinycss2

    properties = PROPERTIES | COLOURS if STATES_WHITE.search(sheet) else PROPERTIES
    nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return tuple(islice(_rules_of(nodes, properties), MOST_RULES))


def _rules_of(nodes: Iterable[Any], properties: frozenset[str]) -> Iterator[_Rule]:
    import tinycss2

    for node in nodes:
        if node.type == "qualified-rule":
            contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            declarations = tuple(_declarations(contents, properties))
            if declarations:
                yield _Rule(tinycss2.serialize(node.prelude).strip(), declarations)
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            rules = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules_of(rules, properties) if _shows(tinycss2.serialize(node.prelude)) else ()


def _shows(media: str) -> bool:
    """Whether a style is that of a page on a screen, without conditions."""
    return any(each.strip().lower() in SHOWING_MEDIA for each in media.split(","))


def _matched(root: etree._Element, selectors: str) -> Iterator[tuple[tuple[int, int, int], list[etree._Element]]]:
    """The elements that selectors match, with the specificity of each; those of a state or a part match none."""
    from cssselect import HTMLTranslator, SelectorError, parse

    if len(selectors) > LONGEST_SELECTOR:
        return
    try:
        parsed = parse(selectors)
    except SelectorError:
        return
    translator = HTMLTranslator()
    for selector in parsed:
        if selector.pseudo_element is None:
            try:
                found = root.xpath(translator.selector_to_xpath(selector))
            except (SelectorError, etree.XPathError):
                continue
            if isinstance(found, list):
                yield selector.specificity(), [each for each in found if isinstance(each, etree._Element)]
