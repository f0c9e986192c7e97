"""The names that exist, and the nearest to one that does not; found without running a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from jinja2 import nodes

from gxgen.render.templates.names import GENERAL, OF_A_PARAGRAPH, OF_A_SECTION
from gxgen.view import Document

OPEN = "*"
"""Stands for any name."""
BUILT_IN = frozenset(("loop", "range", "namespace", "caller", "varargs", "kwargs", "true", "false", "none"))


class Known(NamedTuple):
    """What a template may name in the forms that it is to serve."""

    names: Mapping[str, frozenset[str]]
    """Every dotted name with the forms (2019, 2021) that have it."""

    @classmethod
    def of(cls, documents: tuple[Document, ...], *own: str) -> Known:
        """The names in documents of each form, and the pack's *own* (``wording.opening``)."""
        found: dict[str, set[str]] = {}
        for document in documents:
            for name in (*_names(document), *own):
                found.setdefault(name, set()).add(document.layout)
        return cls({name: frozenset(layouts) for name, layouts in found.items()})

    def layouts(self) -> frozenset[str]:
        """The forms."""
        return frozenset().union(*self.names.values())

    def nearest(self, name: str) -> str:
        """The step of *name* that is wrong, put right; the whole right name if its end is a known one."""
        steps = name.split(".")
        for end in range(1, len(steps) + 1):
            before, wrong = ".".join(steps[: end - 1]), steps[end - 1]
            if ".".join(steps[:end]) in self.names:
                continue
            prefix = f"{before}." if before else ""
            siblings = {
                known.removeprefix(prefix).split(".")[0] for known in self.names if known.startswith(prefix) and known
            }
            close = get_close_matches(wrong, sorted(siblings), n=1, cutoff=0.6)
            return close[0] if close else self._by_end(name)
        return ""

    def _by_end(self, name: str) -> str:
        ending = [known for known in self.names if known.endswith(f".{name}")]
        return ending[0] if len(ending) == 1 else ""


def _names(document: Document) -> Iterator[str]:
    yield from GENERAL
    for section in document.sections:
        yield section.key
        yield from (f"{section.key}.{part}" for part in OF_A_SECTION)
    for address in document.figures:
        steps = address.split(".")
        yield from (".".join(steps[:end]) for end in range(1, len(steps) + 1))


def used_names(node: nodes.Node, variables: Mapping[str, str]) -> Iterator[str]:
    """The dotted names that an expression asks for.

    Args:
        node: the expression.
        variables: the loops' own variables, each with what its items are: ``section``, ``paragraph`` or ``*``.
    """
    if name := dotted(node):
        first, _, rest = name.partition(".")
        if first in BUILT_IN or variables.get(first) == OPEN:
            return
        kind = variables.get(first)
        yield f"<{kind}>.{rest}" if kind and rest else first if kind else name
        return
    for child in node.iter_child_nodes():
        yield from used_names(child, variables)


def of_items(known: Known) -> dict[str, frozenset[str]]:
    """What a section and a paragraph have, whichever it is, spelt as :func:`used_names` does."""
    every = known.layouts()
    return {
        "<section>": every,
        "<paragraph>": every,
        **{f"<section>.{part}": every for part in OF_A_SECTION},
        **{f"<paragraph>.{part}": every for part in OF_A_PARAGRAPH},
    }


def item_kind(iterated: nodes.Node) -> str:
    """What the items of a loop are."""
    name = dotted(iterated)
    if name == "sections":
        return "section"
    if name.endswith(".paragraphs"):
        return "paragraph"
    return OPEN


def dotted(node: nodes.Node) -> str:
    """A name and the attributes after it; nothing for any other expression."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (owner := dotted(node.node)):
        return f"{owner}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        owner = dotted(node.node)
        return f"{owner}.{node.arg.value}" if owner else ""
    return ""
