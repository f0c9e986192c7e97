"""What is to be done in one part of a template: plain steps, or a program for Jinja, and what comes afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from gxgen.core.errors import TemplateError
from gxgen.core.regex import regex
from gxgen.render.docx.insertion import ADDRESS, PLACED, Level, at_address, is_well_formed
from gxgen.render.docx.postprocess import (
    MARK,
    each_table,
    has_commands,
    with_commands,
    with_drawing_ids,
    with_grid,
    with_grids,
)
from gxgen.render.docx.step_interpreter import Markup, Steps, follow, steps_of
from gxgen.render.templating.budget import RUN, Run

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.runtime import Context

    from gxgen.render.templating.compiler import Filled
    from gxgen.render.templating.sandbox import TemplateEnvironment
    from gxgen.view import Figure


LITERAL_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""docxtpl's own spelling of braces that are no tag."""
PAGE_NUMBER = "page_number"
TAG = regex(r"\{[{%#]")
WORDS = regex(r"(<w:t(?: [^>]*)?>)(.*?)(</w:t>)", re.DOTALL)
AMONG_PARAGRAPHS = regex(r"(</w:p>|</w:tcPr>|</w:tbl>|<w:tc>)(?:\{\{.*?\}\})+", re.DOTALL)
STATEMENT = regex(r"\{%[-+]?\s*(\w+)")
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Program(msgspec.Struct, frozen=True, dict=True):
    """A part with tags."""

    steps: Steps | None
    """Plain steps where they suffice."""
    source: str
    """Jinja source where they do not."""
    is_balanced: bool
    """Whether what it makes is XML for any data."""
    has_drawings: bool
    """Whether drawings may be repeated or left out."""
    has_moving_cells: bool = False
    """Whether cells of a table may be."""

    @property
    def is_settled(self) -> bool:
        """Whether it says the same in every report: it places nothing but the page number."""
        number = [Level.RUN, PAGE_NUMBER]
        return self.steps is not None and all(step[0] == "text" or step == number for step in self.steps)

    def fill(self, names: Mapping[str, object], figures: Mapping[str, Figure]) -> tuple[bytes, frozenset[str]]:
        """The part with *names* in their places, and what of the report is in it.

        Raises:
            TemplateError: a name is not there, or something cannot stand where it is put.
        """
        pieces: Sequence[Markup]
        if self.steps is None:
            pieces, placed = self._by_jinja(names)
        else:
            pieces, placed = self._by_steps(self.steps, names, figures)
        return self._afterwards(pieces), placed

    def _afterwards(self, pieces: Sequence[Markup]) -> bytes:
        """The pieces as one part.  A part is large: where nothing is left to be done, it is not copied to find out."""
        is_done = self.is_balanced and not (self.has_drawings or self.has_moving_cells)
        if is_done and not any(map(has_commands, (piece for piece in pieces if isinstance(piece, str)))):
            return DECLARATION + b"".join([piece.encode() for piece in pieces])
        xml = with_commands("".join(map(str, pieces)))
        if self.has_moving_cells:
            xml = with_grids(xml)
        if self.has_drawings:
            xml = with_drawing_ids(xml)
        if not self.is_balanced and not is_well_formed(xml):
            raise TemplateError(
                "Word 模板中有标记的开头和结尾不在同一层，填入后文档就坏了",
                "让 {%p if … %}、{%p for … %} 与各自的结尾单独各占一段",
            )
        return DECLARATION + xml.encode("utf-8")

    @staticmethod
    def _by_steps(
        steps: Steps, names: Mapping[str, object], figures: Mapping[str, Figure]
    ) -> tuple[Sequence[Markup], frozenset[str]]:
        run = Run()
        token = RUN.set(run)
        try:
            return follow(steps, names, figures, run), frozenset(run.placed)
        except LookupError as error:
            raise _missing(str(error.args[0])) from error
        finally:
            RUN.reset(token)

    @cached_property
    def _by_jinja(self) -> Callable[[Mapping[str, object]], Filled]:
        from gxgen.render.templating.compiler import compiled

        environment = _environment()
        tree, _ = _tree(self.source, environment)
        return compiled(environment, tree)


def program_of(source: str) -> Program:
    """The program of a part's Jinja source.

    Raises:
        TemplateError: Jinja cannot read it, or it does what no template may do.
    """
    from gxgen.render.templating.compiler import compiled, refuse_forbidden
    from gxgen.render.templating.errors import explained

    environment = _environment()
    source = each_table(source, lambda table: MARK + table if _has_moving_cells(table) else with_grid(table))
    has_drawings = "<wp:docPr " in source
    if has_drawings and "{%" not in source:
        source, has_drawings = with_drawing_ids(source), False
    try:
        tree, is_balanced = _tree(source, environment)
    except TemplateError:
        raise
    except Exception as error:  # whatever Jinja's parser raises, deep nesting included
        raise explained(error) from error
    refuse_forbidden(tree)
    steps = steps_of(tree)
    if steps is None:
        compiled(environment, tree)
    return Program(steps, source if steps is None else "", is_balanced, has_drawings, MARK in source)


@cache
def _environment() -> TemplateEnvironment:
    from jinja2 import pass_context

    from gxgen.render.docx.insertion import PREFIX
    from gxgen.render.docx.wordml import Xml
    from gxgen.render.templating.names import FIGURES
    from gxgen.render.templating.sandbox import TemplateEnvironment

    environment = TemplateEnvironment(autoescape=True)

    @pass_context
    def _at_address(context: Context, path: str) -> Xml:
        names = context.parent
        try:
            return Xml(at_address(path, names, names[FIGURES]))
        except LookupError as error:
            raise _missing(path) from error

    def placing(level: Level) -> Callable[[object, object], Xml]:
        return pass_context(lambda _, value: Xml(PLACED[level](value)))

    environment.filters |= {f"{PREFIX}{level}": placing(level) for level in Level} | {ADDRESS: _at_address}
    return environment


def _missing(name: str) -> TemplateError:
    from gxgen.render.templating.errors import HINT

    return TemplateError(f"Word 模板中的标记用了不存在的名称「{name}」", HINT)


def _tree(source: str, environment: TemplateEnvironment) -> tuple[nodes.Template, bool]:
    """The syntax tree with its levels set, and whether it is balanced."""
    from jinja2 import nodes

    from gxgen.render.docx.insertion import set_levels

    tree = environment.parse(source)
    for data in tree.find_all(nodes.TemplateData):
        data.data = _with_braces(data.data)
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            constant.value = _with_braces(constant.value)
    return tree, set_levels(tree, environment)


def _with_braces(text: str) -> str:
    for typed, meant in LITERAL_BRACES.items():
        text = text.replace(typed, meant)
    return text


def _has_moving_cells(table: str) -> bool:
    """Whether tags add cells to a table, take some away or let them span more columns."""
    skeleton = AMONG_PARAGRAPHS.sub(r"\1", WORDS.sub(_without_whole_statements, table))
    return bool(TAG.search(skeleton))


def _without_whole_statements(words: re.Match[str]) -> str:
    names = STATEMENT.findall(words[2])
    opened = sum(name in ("if", "for") for name in names)
    closed = sum(name in ("endif", "endfor") for name in names)
    return words[1] + words[3] if opened == closed else words[0]
