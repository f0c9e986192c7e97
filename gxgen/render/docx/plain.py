"""Templates that only place what they are given, run without a template engine.

Most templates put names where they belong and loop over the sections, no more.  Such a Jinja source is turned into a
list of steps, plain JSON, that a few lines of Python can follow; starting Jinja takes longer than making a report.
Anything beyond that (conditions, filters, macros …) is left to Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gxgen.render.docx.wordml import Xml

if TYPE_CHECKING:
    from jinja2 import nodes

Steps = list[list[Any]]
"""``["text", xml]``, ``["place", "section.heading"]``, ``["each", "section", "sections", steps]``."""


def steps_of(tree: nodes.Template) -> Steps | None:
    """The steps of a parsed template; None if it does more than place."""
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
            case nodes.For(target=nodes.Name(), iter=nodes.Name(), else_=[], test=None, recursive=False):
                yield ["each", _dotted(node.target), _dotted(node.iter), list(_steps(node.body))]
            case _:
                raise _BeyondPlacingError


def _output(node: nodes.Node) -> list[Any]:
    from jinja2 import nodes

    return ["text", node.data] if isinstance(node, nodes.TemplateData) else ["place", _dotted(node)]


def _dotted(node: nodes.Node) -> str:
    """A name, or attributes of a name; ``loop`` is Jinja's own."""
    from jinja2 import nodes

    match node:
        case nodes.Name() if node.name != "loop":
            return node.name
        case nodes.Getattr() if not node.attr.startswith("_"):
            return f"{_dotted(node.node)}.{node.attr}"
        case _:
            raise _BeyondPlacingError


def follow(steps: Steps, names: Mapping[str, object]) -> str:
    """The text that *steps* make of *names*.

    Raises:
        LookupError: with the name that is not there.
    """
    return "".join(_followed(steps, names))


def _followed(steps: Steps, names: Mapping[str, object]) -> Iterator[str]:
    for kind, *arguments in steps:
        match kind, arguments:
            case "text", [text]:
                yield text
            case "place", [name]:
                value = _value(name, names)
                yield value if isinstance(value, Xml) else _escaped(value)
            case "each", [target, source, inner]:
                items = _value(source, names)
                if not isinstance(items, tuple):
                    raise LookupError(source)  # noqa: TRY004  # a name that cannot be looped over is not there
                for item in items:
                    yield from _followed(inner, {**names, target: item})


def _value(name: str, names: Mapping[str, object]) -> object:
    first, *attributes = name.split(".")
    try:
        value = names[first]
        for attribute in attributes:
            value = getattr(value, attribute)
    except (KeyError, AttributeError) as error:
        raise LookupError(name) from error
    return value


def _escaped(value: object) -> str:
    from markupsafe import escape

    return str(escape(value))
