"""The report as a Word document, in the look of a template that people edit in Word or WPS."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial

import msgspec
from msgspec import field

from gxgen.render.docx.element_renderer import DocxInk
from gxgen.render.docx.look import Settings
from gxgen.render.docx.package import pack
from gxgen.render.docx.tables import TableLook, TableSetter
from gxgen.render.docx.template import DOCUMENT, Template, from_json, lines_of, prepare, to_json
from gxgen.render.docx.wordml import PART as PROPERTIES
from gxgen.render.docx.wordml import core_properties
from gxgen.render.templating.completeness import refuse_unplaced
from gxgen.render.templating.names import Value, names_of
from gxgen.view import Document

__all__ = ["DocxRenderer", "Settings", "TableLook", "Template", "from_json", "prepare", "to_json"]

TAG = "{{{{p {} }}}}"


class DocxRenderer(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Renders documents through one template, from as many threads as like."""

    template: Template
    table_look: TableLook = field(default_factory=TableLook)
    wording: Mapping[str, str] = field(default_factory=dict)
    """The pack's own wording, for the template."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """The pack's own values, for the template."""

    @cached_property
    def _ink(self) -> DocxInk:
        template = self.template
        return DocxInk(template.look, TableSetter(template.look, self.table_look), template.page_number)

    def render(self, document: Document) -> bytes:
        """The document as a .docx file.

        Raises:
            TemplateError: the template asks for what is not there, leaves a part of the report out, or puts one where
                it cannot stand.
        """
        names = names_of(document, self._ink, wording=self.wording, values=self.values)
        made: dict[str, bytes] = {}
        for name, program in self.template.tagged.items():
            made[name], placed = program.fill(names, document.figures)
            if name == DOCUMENT:
                lines = partial(lines_of, made[name])
                refuse_unplaced(document, placed, template="Word 模板", tag=TAG, lines=lines)
        if DOCUMENT not in made:
            refuse_unplaced(document, frozenset(), template="Word 模板", tag=TAG)
        made[PROPERTIES] = core_properties(document)
        return pack(self.template.parts, made)
