"""Templates that only place what they are given, run without a template engine.

Most templates put names where they belong and loop over the sections, no more.  Such a program is turned into a list
of steps, plain JSON, that a few lines of Python can follow; starting Jinja takes longer than making a report.
Anything beyond that (conditions, filters, macros …) is left to Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from gxgen.render.docx.insertion import ADDRESS, PLACED, Level, at_address
from gxgen.render.docx.wordml import Encoded
from gxgen.render.templating.budget import CHARACTERS_A_STEP, Run
from gxgen.render.templating.figures import Branch
from gxgen.render.templating.names import Piece, SectionPiece, value_of

if TYPE_CHECKING:
    from jinja2 import nodes

    from gxgen.view import Figure


Steps = list[list[Any]]
"""``["text", xml]``, ``["block", "section.heading"]`` (a level and a name), ``["each", "section", "sections", steps]``.
"""
Scope = Mapping[str, object]
Markup = str | Encoded


def steps_of(tree: nodes.Template) -> Steps | None:
    """The steps of a program with its levels set; None if it does more than place."""
    try:
        return list(_steps(tree.body))
    except _BeyondPlacingError:
        return None


class _BeyondPlacingError(Exception):
    """The template does more than place what it is given."""


def _steps(body: list[nodes.Node]) -> Iterator[list[Any]]:
    from jinja2 import nodes

    for node in body:
        match node:
            case nodes.Output():
                yield from map(_output, node.nodes)
            case nodes.For(target=nodes.Name(), else_=[], test=None, recursive=False):
                yield ["each", _dotted(node.target), _dotted(node.iter), list(_steps(node.body))]
            case _:
                raise _BeyondPlacingError


def _output(node: nodes.Node) -> list[Any]:
    from jinja2 import nodes

    match node:
        case nodes.TemplateData():
            return ["text", node.data]
        case nodes.Filter(node=nodes.Expr() as placed, name=str() as name):
            level = name.rpartition(":")[2]
            if name == ADDRESS and isinstance(placed, nodes.Const):
                return [Level.INLINE.value, placed.value]
            if level in PLACED and ":" in name:
                return [level, _dotted(placed)]
    raise _BeyondPlacingError


def _dotted(node: nodes.Node) -> str:
    """A name, or attributes of a name; ``loop`` is Jinja's own."""
    from jinja2 import nodes

    match node:
        case nodes.Name() if node.name not in ("loop", "range", "namespace"):
            return node.name
        case nodes.Getattr() if not node.attr.startswith("_"):
            return f"{_dotted(node.node)}.{node.attr}"
        case _:
            raise _BeyondPlacingError


def follow(steps: Steps, names: Scope, figures: Mapping[str, Figure], run: Run) -> list[Markup]:
    """The text that *steps* make of *names*, in pieces; *run* pays, and learns what was placed.

    Raises:
        LookupError: with the name that is not there.
        TemplateError: something cannot stand where it is put, or there is too much to do.
    """
    made: list[Markup] = []
    _follow(steps, names, figures, run, made)
    return made


def _follow(steps: Steps, names: Scope, figures: Mapping[str, Figure], run: Run, made: list[Markup]) -> None:
    for step in steps:
        kind, what = step[0], step[1]
        if kind == "text":
            made.append(what)
        elif kind == "each":
            _each(step, names, figures, run, made)
        elif kind == Level.INLINE:
            made.append(at_address(what, names, figures))
        else:
            value = value_of(tuple(what.split(".")), names)
            made.append(_piece(value, run) if kind == Level.BLOCK and isinstance(value, Piece) else PLACED[kind](value))


def _piece(piece: Piece, run: Run) -> Markup:
    """A part of the report between paragraphs, as it was drawn; most are tables, and a table is drawn encoded."""
    run.placed.update(piece.keys)
    run.spend(1)
    return cast("Markup", piece.raw)


def _each(step: list[Any], names: Scope, figures: Mapping[str, Figure], run: Run, made: list[Markup]) -> None:
    _, target, source, inner = step
    items = value_of(tuple(source.split(".")), names)
    if not isinstance(items, tuple):
        raise LookupError(source)  # noqa: TRY004  # a name that cannot be looped over is not there
    steps = 1 + sum(len(each[1]) for each in inner if each[0] == "text") // CHARACTERS_A_STEP
    if isinstance(names.get(target), (Branch, SectionPiece)):
        figures = {}  # the loop's own name hides the figures of that name
    for item in items:
        run.spend(steps)
        _follow(inner, {**names, target: item}, figures, run, made)
