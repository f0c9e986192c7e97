"""Expand quotations with expressions and conditions, in a sandboxed subset of Jinja.

The subset is an allow-list of syntax nodes: loops, calls, string arithmetic and unbounded nesting are refused before
anything is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import msgspec
from jinja2 import TemplateError

from gxgen.compute.expansions import ExpandedText, Fault, FaultKind, format_value, with_expansions

if TYPE_CHECKING:
    from jinja2 import nodes

    from gxgen.core.jinja_sandbox import SandboxEnvironment


FILTERS = ("abs", "int", "round")
MOST_DECIMALS = 9
ALLOWED_NODES = frozenset(
    {"Output", "TemplateData", "Const", "If", "Compare", "Operand", "And", "Or", "Not"}
    | {"Add", "Sub", "Mul", "Div", "FloorDiv", "Neg", "Pos"}
)
"""Names of the Jinja nodes allowed in a quotation, besides names and filters."""
EVALUATION_ERRORS = (ArithmeticError, TypeError, ValueError, NameError, TemplateError)
"""What evaluating a quotation may raise; Jinja writes 1e400 into its code as a name, ``inf``, hence NameError."""
MOST_FAULTS = 50
"""Maximum faults reported per text."""
MARK = "\x01"
SPACE = re.compile(r"\s*")
LONGEST_TAG = 300
"""Maximum characters of a tag; longer ones nest or compute more than any sentence needs."""


def expand_with_jinja(text: str, names: Mapping[str, object]) -> ExpandedText | tuple[Fault, ...]:
    """Expand the quotations of a text, or return all their faults."""
    text = text.replace("\r", "\n")  # as Jinja would, but one for one, so that offsets stay
    if faults := _faults(text, names):
        return tuple(faults)
    try:
        return _expanded(text, names)
    except EVALUATION_ERRORS:
        return tuple(_evaluation_faults(text, names))


def _expanded(text: str, names: Mapping[str, object]) -> ExpandedText:
    """Render with Jinja, keeping a source map.

    A numbered mark is put at every border of a tag; the marks survive rendering, so that each stretch of the output can
    be assigned to the stretch of the source that produced it.
    """
    if MARK in text:  # a control character, which is reported as an error elsewhere
        printed = _environment().from_string(text).render(_namespaces(names))
        return with_expansions([(0, len(text), printed)], text)
    offsets = (0, *_borders(text), len(text))
    segments = [text[start:end] for start, end in pairwise(offsets)]
    marked = "".join(f"{MARK}{number}{MARK}{segment}" for number, segment in enumerate(segments))
    _, *parts = _environment().from_string(marked).render(_namespaces(names)).split(MARK)
    shown_as = {int(number): printed for number, printed in zip(parts[::2], parts[1::2], strict=True)}
    changed = (number for number, segment in enumerate(segments) if shown_as.get(number, "") != segment)
    return with_expansions([(offsets[each], offsets[each + 1], shown_as.get(each, "")) for each in changed], text)


def _borders(text: str) -> Iterator[int]:
    """The offsets at which tags begin and end, including the space that ``{%-`` and ``-%}`` strip."""
    cursor = 0
    for tag in _tags(text):
        start, end = tag.offset, tag.offset + len(tag.text)
        if tag.text.startswith(("{{-", "{%-")):
            start = cursor + len(text[cursor:start].rstrip())
        if tag.text.endswith(("-}}", "-%}")) and (space := SPACE.match(text, end)):
            end = space.end()
        yield from (start, end)
        cursor = end


@cache
def _environment() -> SandboxEnvironment:
    from jinja2.filters import FILTERS as JINJA_FILTERS

    from gxgen.core.jinja_sandbox import BINARY_OPERATORS, Profile, SandboxEnvironment

    def calculate(operator: str, left: object, right: object) -> object:
        """Calculate exactly, and with numbers only: a text times a number can fill any memory."""
        return BINARY_OPERATORS[operator](_number(left), _number(right))

    profile = Profile(
        filters={name: JINJA_FILTERS[name] for name in FILTERS},
        objects=_Branch,
        operators=frozenset(["+", "-", "*", "/", "//"]),
        calculate=calculate,
    )
    return SandboxEnvironment(
        profile,
        comment_start_string="\x00{#",  # control characters never reach a narrative, so {# stays text
        comment_end_string="#}\x00",
        finalize=format_value,
    )


def _number(value: object) -> int | Decimal:
    """Convert a figure or constant to an exact number; raise TypeError for anything else."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError("not a number")
    return Decimal(value)


def _faults(text: str, names: Mapping[str, object]) -> list[Fault]:
    """Unknown names and disallowed syntax, in the order of the text."""
    from jinja2 import TemplateSyntaxError

    try:
        of_tags = list(islice((fault for tag in _tags(text) for fault in _tag_faults(tag, names)), MOST_FAULTS))
        if not of_tags:
            _environment().compile(text)
    except (RecursionError, SyntaxError):
        return [Fault(FaultKind.FORBIDDEN, text[:2], 0)]  # {% if %} in {% if %} in {% if %} …
    except TemplateSyntaxError as error:
        line_start = sum(len(line) + 1 for line in text.split("\n")[: error.lineno - 1])
        offset = max(text.find("{", line_start), 0)
        return [Fault(FaultKind.SYNTAX, text[offset : offset + 2], offset)]
    return of_tags


class _Tag(msgspec.Struct, frozen=True):
    """One ``{{ … }}`` or ``{% … %}`` of a text; *keyword* is empty for an expression."""

    text: str
    offset: int
    keyword: str


def _tags(text: str) -> Iterator[_Tag]:
    """The tags of a text.  Jinja's own lexer finds them: a quoted ``}}`` does not end one."""
    pieces: list[str] = []
    keyword, is_open, cursor = "", False, 0
    for _, kind, value in _environment().lex(text):
        if kind in ("variable_begin", "block_begin"):
            pieces, keyword, is_open = [], "", True
        if is_open:
            pieces.append(value)
            keyword = keyword or (value if kind == "name" and pieces[0].startswith("{%") else "")
        if kind in ("variable_end", "block_end"):
            tag = "".join(pieces)
            offset = text.index(tag, cursor)
            cursor, is_open = offset + len(tag), False
            yield _Tag(tag.rstrip(), offset, keyword)


def _tag_faults(tag: _Tag, names: Mapping[str, object]) -> Iterator[Fault]:
    from jinja2 import TemplateSyntaxError

    if tag.keyword == "else" or tag.keyword.startswith("end"):
        return  # checked with the {% if %} that it belongs to
    if tag.keyword not in ("", "if", "elif") or len(tag.text) > LONGEST_TAG:
        yield Fault(FaultKind.FORBIDDEN, tag.text, tag.offset)
        return
    alone = re.sub(r"^(\{%[-+]?\s*)elif\b", r"\1if", tag.text) + ("{% endif %}" if tag.keyword else "")
    try:
        tree = _environment().parse(alone)
    except TemplateSyntaxError:
        yield Fault(FaultKind.SYNTAX, tag.text, tag.offset)
    else:
        for child in tree.iter_child_nodes():
            yield from _node_faults(child, tag, names)


def _node_faults(node: nodes.Node, tag: _Tag, names: Mapping[str, object]) -> Iterator[Fault]:
    from jinja2 import nodes

    if isinstance(node, (nodes.Name, nodes.Getattr)) and (name := _dotted(node)):
        if name not in names:
            is_branch = any(known.startswith(f"{name}.") for known in names)
            kind = FaultKind.NOT_A_FIGURE if is_branch else FaultKind.UNKNOWN_NAME
            found = re.search(r"\s*\.\s*".join(map(re.escape, name.split("."))), tag.text)
            yield Fault(kind, name, tag.offset + (found.start() if found else 0))
    elif not _is_allowed(node):
        yield Fault(FaultKind.FORBIDDEN, tag.text, tag.offset)
    else:
        for child in node.iter_child_nodes():
            yield from _node_faults(child, tag, names)


def _is_allowed(node: nodes.Node) -> bool:
    from jinja2 import nodes

    match node:
        case nodes.Filter():
            return node.name in FILTERS and _rounds_modestly(node)
        case nodes.CondExpr():
            return node.expr2 is not None  # without an else it may print nothing at all
        case _:
            return type(node).__name__ in ALLOWED_NODES


def _rounds_modestly(node: nodes.Filter) -> bool:
    """Whether ``round`` is given few decimals as a constant: many would take for ever."""
    from jinja2 import nodes

    decimals = (isinstance(each, nodes.Const) and each.value in range(MOST_DECIMALS + 1) for each in node.args)
    return all(decimals) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)


def _dotted(node: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (owner := _dotted(node.node)):
        return f"{owner}.{node.attr}"
    return ""


def _evaluation_faults(text: str, names: Mapping[str, object]) -> Iterator[Fault]:
    """The tags that cannot be evaluated; the whole text when none fails by itself."""
    values = _namespaces(names)
    failing = []
    for tag in _tags(text):
        if not tag.keyword:
            try:
                _environment().from_string(tag.text).render(values)
            except EVALUATION_ERRORS:
                failing.append(Fault(FaultKind.ARITHMETIC, tag.text, tag.offset))
    yield from failing or (Fault(FaultKind.ARITHMETIC, text[:20], 0),)


class _Branch:
    """The names that begin with the same steps, by their next step."""

    __slots__ = ("values",)
    __iter__ = None

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        return self.values[name]


def _namespaces(names: Mapping[str, object]) -> dict[str, object]:
    """Return dotted names as nested branches, so that Jinja finds them step by step."""
    root = _Branch()
    for name, value in names.items():
        *path, last = name.split(".")
        branch = root
        for step in path:
            child = branch.values.setdefault(step, _Branch())
            assert isinstance(child, _Branch), "a name that stands for a figure has no names below it"
            branch = child
        branch.values[last] = value
    return root.values
