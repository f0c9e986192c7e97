"""The report as a Word document, in the look of a template that people edit in Word or WPS."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from gxgen.errors import TemplateError
from gxgen.render.docx.package import pack, replaced
from gxgen.render.docx.properties import PART as PROPERTIES
from gxgen.render.docx.properties import core_properties
from gxgen.render.docx.slots import MARK, Slots, slots
from gxgen.render.docx.tables import TableLook, TableSetter
from gxgen.render.docx.template import DOCUMENT, Template, from_json, prepare, to_json
from gxgen.view import Document

__all__ = ["DocxRenderer", "TableLook", "Template", "from_json", "prepare", "to_json"]


INSIDE_A_LINE = re.compile(r"<w:(?:t|r|p|rPr|pPr)(?: [^>]*)?>[^<>]*\Z")
"""The end of a text after which no paragraph can stand, since it is inside one."""
LONGEST_TAG = 2_000
AVAILABLE = "title、preamble、sections（每一部分有 heading、text、table）、agency、year"


@dataclass(frozen=True, eq=False)
class DocxRenderer:
    """Renders documents through one template."""

    template: Template
    table_look: TableLook = field(default_factory=TableLook)

    @cached_property
    def _tables(self) -> TableSetter:
        return TableSetter(self.template.look, self.table_look)

    def render(self, document: Document) -> bytes:
        """The document as a .docx file.

        Raises:
            TemplateError: the template asks for what is not there, leaves a part of the report out, or puts one where
                it cannot stand.
        """
        rendered = self._render_parts(slots(document, self.template.look, self._tables))
        parts = {name: xml.encode("utf-8") for name, xml in rendered.items()}
        parts[PROPERTIES] = core_properties(document)
        return pack(replaced(self.template.parts, parts))

    def _render_parts(self, filled: Slots) -> dict[str, str]:
        marked, marks = filled.marked()
        try:
            rendered = {name: part(vars(marked)) for name, part in self.template.tagged.items()}
        except Exception as error:
            # Whatever a stranger's template raises is the template's fault, and there is no list of what it may raise.
            raise TemplateError(_why_unfilled(error), f"可用的名称：{AVAILABLE}") from error
        _each_in_its_place(rendered.get(DOCUMENT, ""), marks)
        return {name: MARK.sub("", xml) for name, xml in rendered.items()}


def _why_unfilled(error: Exception) -> str:
    """What a template asked for in vain; plain steps raise with nothing but the name."""
    found = re.search(r"'([^']+)' is undefined|has no attribute '([^'_][^']*)'", str(error))
    name = str(error.args[0]) if type(error) is LookupError else found and (found[1] or found[2])
    return f"Word 模板中的标记用了不存在的名称「{name}」" if name else f"Word 模板中的标记无法填入：{error}"


def _each_in_its_place(document: str, marks: int) -> None:
    """A template may arrange the report's parts; it may not drop one, nor put paragraphs inside a line."""
    found = {int(mark[1]): mark.start() for mark in MARK.finditer(document)}
    if len(found) < marks:
        raise TemplateError(
            "Word 模板漏掉了报告的一部分",
            "模板中须有 {{p title }}、{{p preamble }}，以及每一部分的 heading、text、table",
        )
    for start in found.values():
        if INSIDE_A_LINE.search(document, max(start - LONGEST_TAG, 0), start):
            raise TemplateError(
                "Word 模板中的标记须自成一段，并写上 p", "例如 {{p title }}、{{p section.text }}，各自单独占一段"
            )
