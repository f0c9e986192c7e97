"""Where in the document each tag of a template stands, found by following its XML from element to element.

A template's program is text with tags in it.  Both sides of a condition, and every round of a loop, have to leave the
document where they found it; if they do not, the result may be no XML, and has to be looked at each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from gxgen.core.errors import TemplateError
from gxgen.core.regex import regex
from gxgen.render.docx import wordml
from gxgen.render.templating.budget import run
from gxgen.render.templating.formatting import as_text, drawn
from gxgen.render.templating.names import Piece, value_of
from gxgen.render.templating.tag_lint import dotted

if TYPE_CHECKING:
    from jinja2 import Environment

    from gxgen.view import Figure


class Level(StrEnum):
    """Where in the document something stands."""

    INLINE = "inline"
    """Among the words of a run, or in an attribute."""
    RUN = "run"
    """Between the runs of a paragraph: ``{{r … }}``."""
    BLOCK = "block"
    """Between paragraphs: ``{{p … }}``."""
    ROW = "row"
    """Between a table's rows or a row's cells: ``{{tr … }}``, ``{{tc … }}``."""


ADDRESS = "gxgen:address"
"""The filter that places what a dotted name stands for, without going from step to step."""
BEGINNINGS: Mapping[Level, re.Pattern[str]] = {
    Level.RUN: regex(r"<w:(?:r|hyperlink|fldSimple|sdt|ins|proofErr|bookmark\w+)[ >/]"),
    Level.BLOCK: regex(r"<w:(?:p|tbl|sdt|bookmark\w+)[ >/]"),
    Level.ROW: regex(r"<w:(?:tr|tc|sdt)[ >/]"),
}
"""What markup that a template has made itself has to begin with."""


def inline(value: object) -> str:
    """A value among words."""
    _refuse_page_number(value)
    if isinstance(value, Piece) and value.plain is None and value:
        raise TemplateError(
            "Word 模板中的标记须自成一段，并写上 p",
            "表格、正文和整个部分各自单独占一段，例如 {{p section.table }}、{{p section.text }}",
        )
    text = "" if isinstance(value, Piece) and not value else as_text(value)
    if hasattr(text, "__html__"):
        if "<" in text:
            raise TemplateError("Word 模板把整段或整行内容填到了一行文字里面", "把标记单独放一段，并写上 p")
        return text
    return _escaped(text)


def _escaped(text: str) -> str:
    if not text or text.isalnum():  # nearly all figures
        return text
    from markupsafe import escape

    return str(escape(text))


def at_address(path: str, names: Mapping[str, object], figures: Mapping[str, Figure]) -> str:
    """What a dotted name stands for, among words; nearly always a figure.

    Raises:
        LookupError: there is no such name.
    """
    if path in figures:
        under_way = run()
        under_way.spend(1)
        under_way.placed.add(path)
        text = figures[path].text
        return _escaped(text)
    return inline(value_of(tuple(path.split(".")), names))


def between_paragraphs(value: object) -> str:
    """A value that brings its own paragraphs."""
    return _markup(value, Level.BLOCK, "去掉标记里的 p：写成 {{ … }}，放在一段文字里")


def between_runs(value: object) -> str:
    """A value between runs; words get a run of their own."""
    if isinstance(value, Piece):
        return wordml.run(as_text(value)) if value else ""
    text = as_text(value)
    return _markup(value, Level.RUN, "") if hasattr(text, "__html__") else wordml.run(text)


def between_rows(value: object) -> str:
    """Rows or cells; no part of a report is one, so that only a macro makes them."""
    if isinstance(value, Piece) and value:
        raise TemplateError("Word 模板把一段内容放到了表格的行与行之间", "放在单元格里，用 {{p … }}")
    return _markup(value, Level.ROW, "去掉标记里的 tr、tc，放在单元格的文字里")


def _markup(value: object, level: Level, remedy: str) -> str:
    if level is not Level.RUN:
        _refuse_page_number(value)
    text = drawn(value)
    if isinstance(value, Piece) or not text.strip():
        return text
    if not hasattr(text, "__html__") or not BEGINNINGS[level].match(text.lstrip()):
        shown = text[:20] + ("…" if len(text) > 20 else "")
        raise TemplateError(f"Word 模板里，「{shown}」是一行文字，不能单独成段、成行", remedy)
    if not is_well_formed(f"<x>{text}</x>"):
        raise TemplateError("Word 模板里，有一块内容的头和尾不在同一层", "让 {% macro %}、{% set %} 与它的结尾各占一段")
    return text


def _refuse_page_number(value: object) -> None:
    if isinstance(value, wordml.PageNumber):
        raise TemplateError("Word 模板中页码的标记少写了 r", "写成 {{r page_number }}，放在页脚的一段文字里")


def is_well_formed(xml: str) -> bool:
    """Whether it is XML, names of namespaces aside."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


PLACED: Mapping[str, Callable[[object], str]] = {
    Level.INLINE: inline,
    Level.RUN: between_runs,
    Level.BLOCK: between_paragraphs,
    Level.ROW: between_rows,
}


TOKEN = re.compile(r"<\?[^>]*>|<(/?)([^\s<>/]+)|(/?)>")
"""The beginning of a tag, or its end; an instruction to a program is neither."""
TRANSPARENT = frozenset(("w:sdt", "w:sdtContent", "w:ins", "w:del", "w:customXml", "w:smartTag"))
"""Elements that stand anywhere: what may be in them is what may stand around them."""
LEVELS = {
    **dict.fromkeys(("w:p", "w:hyperlink", "w:fldSimple"), Level.RUN),
    **dict.fromkeys(
        ("w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent", "w:comment"), Level.BLOCK
    ),
    **dict.fromkeys(("w:tbl", "w:tr"), Level.ROW),
}
PREFIX = "gxgen:"
"""Of the filters that place values, which no template can name."""
CELL = "w:tc"


class _Place(NamedTuple):
    """A place in the document: the elements around it, and whether it is inside a tag's own text."""

    around: tuple[str, ...] = ()
    in_tag: str = ""

    @property
    def level(self) -> Level:
        """What may stand there."""
        if self.in_tag:
            return Level.INLINE
        for name in reversed(self.around):
            if name not in TRANSPARENT:
                return LEVELS.get(name, Level.INLINE)
        return Level.INLINE


def set_levels(tree: nodes.Template, environment: Environment) -> bool:
    """Let every output of *tree* be placed according to where it stands.

    Returns:
        Whether the result is well-formed whatever the data.

    Raises:
        TemplateError: a loop or condition begins in one cell of a table and ends in another.
    """
    stored = (name.name for name in tree.find_all(nodes.Name) if name.ctx != "load")
    macros = (macro.name for macro in tree.find_all(nodes.Macro))
    walk = _Walk(frozenset((*stored, *macros, "loop", "range", "namespace", "caller")))
    walk.through(tree.body)
    tree.set_environment(environment)
    return walk.balanced and walk.place == _Place()


def _filter(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class _Walk:
    """Follows a program from its beginning."""

    def __init__(self, own: frozenset[str]) -> None:
        self._own = own
        """Names that the template gives to things of its own."""
        self.place = _Place()
        self.lowest = 0
        """The least depth since the block began."""
        self.balanced = True

    def through(self, body: list[nodes.Node]) -> None:
        """Follow statements."""
        for node in body:
            match node:
                case nodes.Output():
                    node.nodes = [self._output(child) for child in node.nodes]
                case nodes.If():
                    self._alternatives(node, [node.body, *(each.body for each in node.elif_), node.else_])
                case nodes.For():
                    self._alternatives(node, [node.body, node.else_, []])
                case nodes.Macro() | nodes.CallBlock() | nodes.FilterBlock() | nodes.AssignBlock():
                    self._alternatives(node, [node.body, []])
                case nodes.With():
                    self.through(node.body)
                case _:
                    pass

    def _output(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            self._follow(node.data)
            return node
        level = self.place.level
        path = dotted(node) if level is Level.INLINE else ""
        if "." in path and path.partition(".")[0] not in self._own:
            return _filter(nodes.Const(path, lineno=node.lineno), ADDRESS)
        return _filter(node, f"{PREFIX}{level}")

    def _alternatives(self, node: nodes.Node, bodies: list[list[nodes.Node]]) -> None:
        """What may happen instead of one another, from the same place to the same place."""
        before, lowest = self.place, self.lowest
        ends = set()
        for body in bodies:
            self.place, self.lowest = before, len(before.around)
            self.through(body)
            _refuse_across_cells(node, before, self.lowest)
            lowest = min(lowest, self.lowest)
            ends.add(self.place)
        self.balanced = self.balanced and len(ends) == 1
        self.lowest = lowest

    def _follow(self, text: str) -> None:
        around, in_tag = list(self.place.around), self.place.in_tag
        for found in TOKEN.finditer(text):
            if found[0].startswith("<?"):
                continue
            if found[2]:
                in_tag = found[1] + found[2]
            elif in_tag:
                self._close_or_open(around, in_tag, is_empty=bool(found[3]))
                in_tag = ""
        self.place = _Place(tuple(around), in_tag)

    def _close_or_open(self, around: list[str], tag: str, *, is_empty: bool) -> None:
        if not tag.startswith("/"):
            if not is_empty:
                around.append(tag)
        elif around and around[-1] == tag[1:]:
            around.pop()
            self.lowest = min(self.lowest, len(around))
        else:
            self.balanced = False


def _refuse_across_cells(node: nodes.Node, before: _Place, lowest: int) -> None:
    cells = [depth for depth, name in enumerate(before.around, start=1) if name == CELL]
    if cells and lowest < cells[-1]:
        name = {"For": "for"}.get(type(node).__name__, "if")
        raise TemplateError(
            f"Word 模板中的 {{% {name} %}} 从一个单元格开始，到另一个单元格才结束",
            f"要按行重复用 {{%tr {name} … %}}，按格重复用 {{%tc {name} … %}}，开头和结尾各占一行或一格",
        )
