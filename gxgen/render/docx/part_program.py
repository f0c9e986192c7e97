"""The compiled form of a part with tags, and how it is run.

Most templates put names where they belong and loop over the sections, no more.  Such a part is compiled to a few steps,
which are kept as JSON and run here without a template engine: starting Jinja takes longer than making a report.  Any
other part (conditions, filters, macros …) keeps its Jinja source.  :mod:`gxgen.render.docx.part_compiler` compiles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

import msgspec

from gxgen.core.errors import TemplateError
from gxgen.render.docx.insertion import INSERT, InsertionContext, insert_address, is_well_formed
from gxgen.render.docx.postprocess import (
    fit_marked_grids,
    has_control_characters,
    number_drawings,
    resolve_control_characters,
)
from gxgen.render.docx.wordml import Encoded
from gxgen.render.templating.budget import CHARACTERS_PER_STEP, CURRENT_RENDERING, Rendering
from gxgen.render.templating.names import Branch, Placeable, PlaceableSection, value_of

if TYPE_CHECKING:
    from gxgen.render.templating.compiler import TemplateOutput
    from gxgen.view import Figure


PAGE_NUMBER = "page_number"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class TextStep(msgspec.Struct, frozen=True, array_like=True, tag="text"):
    """Print XML as it is."""

    xml: str


class InsertStep(msgspec.Struct, frozen=True, array_like=True, tag="insert"):
    """Insert what a dotted name stands for."""

    context: InsertionContext
    name: str


class LoopStep(msgspec.Struct, frozen=True, array_like=True, tag="loop"):
    """Run the steps of *body* for every item of *iterable*, a dotted name."""

    variable: str
    iterable: str
    body: tuple[Step, ...]


Step = TextStep | InsertStep | LoopStep
Markup = str | Encoded


class PartProgram(msgspec.Struct, frozen=True, dict=True):
    """A compiled part."""

    steps: tuple[Step, ...] | None
    """Its steps, where they suffice."""
    source: str
    """Its Jinja source, where they do not."""
    is_balanced: bool
    """Whether the result is well-formed for any data."""
    has_drawings: bool
    """Whether drawings may be repeated or left out."""
    has_varying_cells: bool = False
    """Whether the number of cells in a table's rows depends on the data."""

    @property
    def is_constant(self) -> bool:
        """Whether the result is the same in every report: nothing but the page number is inserted."""
        number = InsertStep(InsertionContext.RUN, PAGE_NUMBER)
        return self.steps is not None and all(isinstance(step, TextStep) or step == number for step in self.steps)

    def render(self, names: Mapping[str, object], figures: Mapping[str, Figure]) -> tuple[bytes, frozenset[str]]:
        """Return the part with *names* in their places, and the names of the report that it has placed.

        Raises:
            TemplateError: a name does not exist, or its value cannot stand where it is inserted.
        """
        pieces: Sequence[Markup]
        if self.steps is None:
            pieces, placed = self._render_by_jinja(names)
        else:
            pieces, placed = _render_steps(self.steps, names, figures)
        return self._postprocess(pieces), placed

    def _postprocess(self, pieces: Sequence[Markup]) -> bytes:
        # A part is large: where nothing is left to be done, its pieces are not joined to find that out.
        is_done = self.is_balanced and not (self.has_drawings or self.has_varying_cells)
        if is_done and not any(has_control_characters(piece) for piece in pieces if isinstance(piece, str)):
            return DECLARATION + b"".join([piece.encode() for piece in pieces])
        xml = resolve_control_characters("".join(map(str, pieces)))
        if self.has_varying_cells:
            xml = fit_marked_grids(xml)
        if self.has_drawings:
            xml = number_drawings(xml)
        if not self.is_balanced and not is_well_formed(xml):
            raise TemplateError(
                "Word 模板中有标记的开头和结尾不在同一层，填入后文档就坏了",
                "让 {%p if … %}、{%p for … %} 与各自的结尾单独各占一段",
            )
        return DECLARATION + xml.encode("utf-8")

    @cached_property
    def _render_by_jinja(self) -> Callable[[Mapping[str, object]], TemplateOutput]:
        from gxgen.render.docx.part_compiler import compile_source

        return compile_source(self.source)


def missing_name(name: str) -> TemplateError:
    """Return the error for a name that does not exist."""
    from gxgen.render.templating.errors import HINT

    return TemplateError(f"Word 模板中的标记用了不存在的名称「{name}」", HINT)


# The step interpreter


def _render_steps(
    steps: Sequence[Step], names: Mapping[str, object], figures: Mapping[str, Figure]
) -> tuple[Sequence[Markup], frozenset[str]]:
    rendering = Rendering()
    token = CURRENT_RENDERING.set(rendering)
    try:
        return run_steps(steps, names, figures, rendering), frozenset(rendering.placed)
    except LookupError as error:
        raise missing_name(str(error.args[0])) from error
    finally:
        CURRENT_RENDERING.reset(token)


def run_steps(
    steps: Sequence[Step], names: Mapping[str, object], figures: Mapping[str, Figure], rendering: Rendering
) -> list[Markup]:
    """Run *steps* with *names*, and return their output in pieces.

    Args:
        steps: the steps of a part.
        names: everything that may be named.
        figures: the figures by address.
        rendering: the budget, and the names that are placed.

    Raises:
        LookupError: a name does not exist; its argument is the name.
        TemplateError: a value cannot stand where it is inserted, or the budget is used up.
    """
    output: list[Markup] = []
    _run(steps, names, figures, rendering, output)
    return output


def _run(
    steps: Sequence[Step],
    names: Mapping[str, object],
    figures: Mapping[str, Figure],
    rendering: Rendering,
    output: list[Markup],
) -> None:
    for step in steps:
        if isinstance(step, TextStep):
            output.append(step.xml)
        elif isinstance(step, LoopStep):
            _run_loop(step, names, figures, rendering, output)
        elif step.context is InsertionContext.INLINE:
            output.append(insert_address(step.name, names, figures))
        else:
            value = value_of(tuple(step.name.split(".")), names)
            if step.context is InsertionContext.BLOCK and isinstance(value, Placeable):
                output.append(_place(value, rendering))
            else:
                output.append(INSERT[step.context](value))


def _place(placeable: Placeable, rendering: Rendering) -> Markup:
    """Place content between paragraphs as it was rendered: most is tables, and those are bytes already."""
    rendering.placed.update(placeable.keys)
    rendering.consume(1)
    return cast("Markup", placeable.rendered)


def _run_loop(
    loop: LoopStep,
    names: Mapping[str, object],
    figures: Mapping[str, Figure],
    rendering: Rendering,
    output: list[Markup],
) -> None:
    items = value_of(tuple(loop.iterable.split(".")), names)
    if not isinstance(items, tuple):
        raise LookupError(loop.iterable)  # noqa: TRY004  # a name that cannot be looped over counts as missing
    steps = 1 + sum(len(step.xml) for step in loop.body if isinstance(step, TextStep)) // CHARACTERS_PER_STEP
    if isinstance(names.get(loop.variable), (Branch, PlaceableSection)):
        figures = {}  # the loop's variable hides the figures whose addresses begin with its name
    for item in items:
        rendering.consume(steps)
        _run(loop.body, {**names, loop.variable: item}, figures, rendering, output)
