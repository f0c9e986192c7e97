"""Where in the document each tag of a template stands, found by following its XML from element to element.

A template's program is text with tags in it.  Both sides of a condition, and every round of a loop, have to leave the
document where they found it; if they do not, the result may be no XML, and has to be looked at each time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from gxgen.errors import TemplateError
from gxgen.render.docx.placing import ADDRESS, Level
from gxgen.render.templates.known import dotted

if TYPE_CHECKING:
    from jinja2 import Environment

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
