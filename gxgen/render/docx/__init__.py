"""Render reports as Word documents, in the styles of a template that people edit in Word or WPS."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial

import msgspec
from msgspec import field

from gxgen.render.docx.element_renderer import DocxElementRenderer
from gxgen.render.docx.metrics import TemplateSettings
from gxgen.render.docx.package import DOCUMENT, pack
from gxgen.render.docx.tables import TableRenderer, TableStyle
from gxgen.render.docx.template import PreparedTemplate, decode_template, encode_template, lines_of, prepare
from gxgen.render.docx.wordml import CORE_PROPERTIES, core_properties
from gxgen.render.templating.completeness import require_complete
from gxgen.render.templating.names import Value, names_of
from gxgen.view import Document

__all__ = [
    "DocxRenderer",
    "PreparedTemplate",
    "TableStyle",
    "TemplateSettings",
    "decode_template",
    "encode_template",
    "prepare",
]

TAG = "{{{{p {} }}}}"


class DocxRenderer(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Renders documents through one template; may be shared between threads."""

    template: PreparedTemplate
    table_style: TableStyle = field(default_factory=TableStyle)
    wording: Mapping[str, str] = field(default_factory=dict)
    """The pack's own wording, for the template."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """The pack's own values, for the template."""

    @cached_property
    def _element_renderer(self) -> DocxElementRenderer:
        template = self.template
        return DocxElementRenderer(
            template.metrics, TableRenderer(template.metrics, self.table_style), template.page_number
        )

    def render(self, document: Document) -> bytes:
        """Render a document as a .docx file.

        Raises:
            TemplateError: the template uses a name that does not exist, leaves out part of the report, or inserts a
                part where it cannot stand.
        """
        names = names_of(document, self._element_renderer, wording=self.wording, values=self.values)
        made: dict[str, bytes] = {}
        for name, program in self.template.programs.items():
            made[name], placed = program.render(names, document.figures)
            if name == DOCUMENT:
                lines = partial(lines_of, made[name])
                require_complete(document, placed, template="Word 模板", tag=TAG, lines=lines)
        if DOCUMENT not in made:
            require_complete(document, frozenset(), template="Word 模板", tag=TAG)
        made[CORE_PROPERTIES] = core_properties(document)
        return pack(self.template.parts, made)
