"""Compile a part of a Word template from the Jinja source that docxtpl makes of it.

The source is XML text with tags in it.  The context tracker follows the XML between the tags from element to element,
and wraps each output in the filter of its insertion context.  Both branches of a condition, and every round of a loop,
must leave the XML where they found it: where they do, the part is balanced and its result is well-formed for any data;
where they do not, each result has to be parsed once more.

A tree that only inserts names and loops becomes steps; any other stays Jinja source and is compiled by Jinja.  This
module needs Jinja; running a compiled part (:mod:`gxgen.render.docx.part_program`) mostly does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import msgspec
from jinja2 import nodes, pass_context
from jinja2.runtime import Context

from gxgen.core.errors import TemplateError
from gxgen.core.jinja_sandbox import SandboxEnvironment
from gxgen.render.docx.insertion import INSERT, InsertionContext, insert_address
from gxgen.render.docx.part_program import InsertStep, LoopStep, PartProgram, Step, TextStep, missing_name
from gxgen.render.docx.postprocess import VARYING_TABLE, fit_grid, map_tables, number_drawings
from gxgen.render.docx.wordml import Xml
from gxgen.render.templating.compiler import CompiledTemplate, apply_filter, compile_tree, refuse_forbidden
from gxgen.render.templating.errors import as_template_error
from gxgen.render.templating.names import FIGURES
from gxgen.render.templating.sandbox import template_environment
from gxgen.render.templating.tag_lint import dotted

ESCAPED_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""docxtpl's spelling of braces that are not a tag."""
TAG = re.compile(r"\{[{%#]")
WORDS = re.compile(r"(<w:t(?: [^>]*)?>)(.*?)(</w:t>)", re.DOTALL)
AMONG_PARAGRAPHS = re.compile(r"(</w:p>|</w:tcPr>|</w:tbl>|<w:tc>)(?:\{\{.*?\}\})+", re.DOTALL)
STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)")


def compile_part(source: str) -> PartProgram:
    """Compile a part's Jinja source.

    Raises:
        TemplateError: Jinja cannot read it, or it does what no template may do.
    """
    environment = _environment()
    source = map_tables(source, lambda table: VARYING_TABLE + table if _has_varying_cells(table) else fit_grid(table))
    has_drawings = "<wp:docPr " in source
    if has_drawings and "{%" not in source:
        source, has_drawings = number_drawings(source), False
    try:
        tree, is_balanced = _tree(source, environment)
    except TemplateError:
        raise
    except Exception as error:  # whatever Jinja's parser raises, deep nesting included
        raise as_template_error(error) from error
    refuse_forbidden(tree)
    steps = compile_steps(tree)
    if steps is None:
        compile_tree(environment, tree)
    return PartProgram(steps, source if steps is None else "", is_balanced, has_drawings, VARYING_TABLE in source)


def compile_source(source: str) -> CompiledTemplate:
    """Compile the source of a part that steps do not suffice for.

    Raises:
        TemplateError: as :func:`compile_part` does.
    """
    environment = _environment()
    tree, _ = _tree(source, environment)
    return compile_tree(environment, tree)


def _has_varying_cells(table: str) -> bool:
    """Whether tags add or remove cells of a table, or change how many columns they span.

    Tags among words and between paragraphs do not, so that the table is looked at without them.
    """
    skeleton = AMONG_PARAGRAPHS.sub(r"\1", WORDS.sub(_without_whole_statements, table))
    return bool(TAG.search(skeleton))


def _without_whole_statements(words: re.Match[str]) -> str:
    keywords = STATEMENT.findall(words[2])
    opened = sum(keyword in ("if", "for") for keyword in keywords)
    closed = sum(keyword in ("endif", "endfor") for keyword in keywords)
    return words[1] + words[3] if opened == closed else words[0]


# Jinja's environment and tree

FILTER_PREFIX = "gxgen:"
"""Begins the names of the filters that insert values; no template can write a name with a colon."""
ADDRESS = "gxgen:address"
"""The filter that inserts what a dotted name stands for, without a walk over its steps."""


@cache
def _environment() -> SandboxEnvironment:
    environment = template_environment(autoescape=True)

    @pass_context
    def _address(context: Context, path: str) -> Xml:
        names = context.parent
        try:
            return Xml(insert_address(path, names, names[FIGURES]))
        except LookupError as error:
            raise missing_name(path) from error

    def inserting(context: InsertionContext) -> Callable[[object, object], Xml]:
        return pass_context(lambda _, value: Xml(INSERT[context](value)))

    environment.filters |= {f"{FILTER_PREFIX}{context}": inserting(context) for context in InsertionContext}
    environment.filters[ADDRESS] = _address
    return environment


def _tree(source: str, environment: SandboxEnvironment) -> tuple[nodes.Template, bool]:
    """Parse *source*, set the insertion contexts, and return the tree and whether it is balanced."""
    tree = environment.parse(source)
    for data in tree.find_all(nodes.TemplateData):
        data.data = _with_braces(data.data)
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            constant.value = _with_braces(constant.value)
    return tree, set_insertion_contexts(tree, environment)


def _with_braces(text: str) -> str:
    for escaped, meant in ESCAPED_BRACES.items():
        text = text.replace(escaped, meant)
    return text


# The context tracker

TOKEN = re.compile(r"<\?[^>]*>|<(/?)([^\s<>/]+)|(/?)>")
"""The beginning of an XML tag, or its end; a processing instruction is neither."""
TRANSPARENT = frozenset(("w:sdt", "w:sdtContent", "w:ins", "w:del", "w:customXml", "w:smartTag"))
"""Elements that stand anywhere and hold what may stand around them."""
CONTEXT_IN = {
    **dict.fromkeys(("w:p", "w:hyperlink", "w:fldSimple"), InsertionContext.RUN),
    **dict.fromkeys(
        ("w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent", "w:comment"),
        InsertionContext.BLOCK,
    ),
    **dict.fromkeys(("w:tbl", "w:tr"), InsertionContext.ROW),
}
"""The insertion context between the children of an element; inline in any other."""
CELL = "w:tc"


class _Position(msgspec.Struct, frozen=True):
    """A position in the XML: the open elements, outermost first, and the XML tag in whose text it lies."""

    open_elements: tuple[str, ...] = ()
    in_tag: str = ""

    @property
    def context(self) -> InsertionContext:
        """The insertion context there."""
        if self.in_tag:
            return InsertionContext.INLINE
        for name in reversed(self.open_elements):
            if name not in TRANSPARENT:
                return CONTEXT_IN.get(name, InsertionContext.INLINE)
        return InsertionContext.INLINE


def set_insertion_contexts(tree: nodes.Template, environment: SandboxEnvironment) -> bool:
    """Wrap every output of *tree* in the filter of its insertion context.

    Returns:
        Whether the result is well-formed for any data.

    Raises:
        TemplateError: a loop or condition begins in one cell of a table and ends in another.
    """
    stored = (name.name for name in tree.find_all(nodes.Name) if name.ctx != "load")
    macros = (macro.name for macro in tree.find_all(nodes.Macro))
    tracker = _ContextTracker(frozenset((*stored, *macros, "loop", "range", "namespace", "caller")))
    tracker.follow(tree.body)
    tree.set_environment(environment)
    return tracker.is_balanced and tracker.position == _Position()


class _ContextTracker:
    """Follows the XML of a syntax tree from its beginning."""

    def __init__(self, variables: frozenset[str]) -> None:
        self._variables = variables
        """The names that the template itself assigns."""
        self.position = _Position()
        self.least_depth = 0
        """The least number of open elements since the block began."""
        self.is_balanced = True

    def follow(self, body: list[nodes.Node]) -> None:
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
                    self.follow(node.body)
                case _:
                    pass

    def _output(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            self._follow_xml(node.data)
            return node
        context = self.position.context
        path = dotted(node) if context is InsertionContext.INLINE else ""
        if "." in path and path.partition(".")[0] not in self._variables:
            return apply_filter(nodes.Const(path, lineno=node.lineno), ADDRESS)
        return apply_filter(node, f"{FILTER_PREFIX}{context}")

    def _alternatives(self, node: nodes.Node, bodies: list[list[nodes.Node]]) -> None:
        """Follow bodies of which one is run: all begin at one position, and have to end at one."""
        before, least_depth = self.position, self.least_depth
        ends = set()
        for body in bodies:
            self.position, self.least_depth = before, len(before.open_elements)
            self.follow(body)
            _refuse_across_cells(node, before, self.least_depth)
            least_depth = min(least_depth, self.least_depth)
            ends.add(self.position)
        self.is_balanced = self.is_balanced and len(ends) == 1
        self.least_depth = least_depth

    def _follow_xml(self, text: str) -> None:
        open_elements, in_tag = list(self.position.open_elements), self.position.in_tag
        for token in TOKEN.finditer(text):
            if token[0].startswith("<?"):
                continue
            if token[2]:
                in_tag = token[1] + token[2]
            elif in_tag:
                self._end_tag(open_elements, in_tag, is_empty=bool(token[3]))
                in_tag = ""
        self.position = _Position(tuple(open_elements), in_tag)

    def _end_tag(self, open_elements: list[str], tag: str, *, is_empty: bool) -> None:
        if not tag.startswith("/"):
            if not is_empty:
                open_elements.append(tag)
        elif open_elements and open_elements[-1] == tag[1:]:
            open_elements.pop()
            self.least_depth = min(self.least_depth, len(open_elements))
        else:
            self.is_balanced = False


def _refuse_across_cells(node: nodes.Node, before: _Position, least_depth: int) -> None:
    cells = [depth for depth, name in enumerate(before.open_elements, start=1) if name == CELL]
    if cells and least_depth < cells[-1]:
        name = "for" if isinstance(node, nodes.For) else "if"
        raise TemplateError(
            f"Word 模板中的 {{% {name} %}} 从一个单元格开始，到另一个单元格才结束",
            f"要按行重复用 {{%tr {name} … %}}，按格重复用 {{%tc {name} … %}}，开头和结尾各占一行或一格",
        )


# Steps


def compile_steps(tree: nodes.Template) -> tuple[Step, ...] | None:
    """Compile a tree with its contexts set to steps; None if it does more than insert names and loop."""
    try:
        return tuple(_steps(tree.body))
    except _BeyondStepsError:
        return None


class _BeyondStepsError(Exception):
    """The template does more than steps can do."""


def _steps(body: list[nodes.Node]) -> Iterator[Step]:
    for node in body:
        match node:
            case nodes.Output():
                yield from map(_output_step, node.nodes)
            case nodes.For(target=nodes.Name(), else_=[], test=None, recursive=False):
                yield LoopStep(_loaded_name(node.target), _loaded_name(node.iter), tuple(_steps(node.body)))
            case _:
                raise _BeyondStepsError


def _output_step(node: nodes.Node) -> Step:
    match node:
        case nodes.TemplateData():
            return TextStep(node.data)
        case nodes.Filter(node=nodes.Const() as path, name=str() as name) if name == ADDRESS:
            return InsertStep(InsertionContext.INLINE, path.value)
        case nodes.Filter(node=nodes.Expr() as inserted, name=str() as name) if name.startswith(FILTER_PREFIX):
            return InsertStep(InsertionContext(name.removeprefix(FILTER_PREFIX)), _loaded_name(inserted))
    raise _BeyondStepsError


def _loaded_name(node: nodes.Node) -> str:
    """Return a name with the attributes after it; Jinja's own names are beyond steps."""
    match node:
        case nodes.Name() if node.name not in ("loop", "range", "namespace"):
            return node.name
        case nodes.Getattr() if not node.attr.startswith("_"):
            return f"{_loaded_name(node.node)}.{node.attr}"
        case _:
            raise _BeyondStepsError
