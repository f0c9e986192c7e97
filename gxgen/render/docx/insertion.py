"""Render what a tag of a Word template inserts, by the insertion context of the tag.

What may be inserted depends on the elements around a tag: words in a run, runs in a paragraph, paragraphs in a cell,
rows in a table.  :mod:`gxgen.render.docx.part_compiler` finds the context of each tag; the functions here render a
value for one context, or refuse it.  Nothing here needs Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from gxgen.core.errors import TemplateError
from gxgen.core.regex import LazyPattern, regex
from gxgen.render.docx import wordml
from gxgen.render.templating.budget import rendering
from gxgen.render.templating.formatting import as_markup, as_text
from gxgen.render.templating.names import Placeable, value_of

if TYPE_CHECKING:
    from gxgen.view import Figure


class InsertionContext(StrEnum):
    """The position of a tag among the elements of a document, which decides what it may insert."""

    INLINE = "inline"
    """Among the words of a run, or in an attribute."""
    RUN = "run"
    """Between the runs of a paragraph: ``{{r … }}``."""
    BLOCK = "block"
    """Between paragraphs: ``{{p … }}``."""
    ROW = "row"
    """Between a table's rows or a row's cells: ``{{tr … }}``, ``{{tc … }}``."""


FIRST_ELEMENTS: Mapping[InsertionContext, LazyPattern[str]] = {
    InsertionContext.RUN: regex(r"<w:(?:r|hyperlink|fldSimple|sdt|ins|proofErr|bookmark\w+)[ >/]"),
    InsertionContext.BLOCK: regex(r"<w:(?:p|tbl|sdt|bookmark\w+)[ >/]"),
    InsertionContext.ROW: regex(r"<w:(?:tr|tc|sdt)[ >/]"),
}
"""The elements with which markup made by the template itself, in a macro, has to begin."""


def insert_inline(value: object) -> str:
    """Render a value among words."""
    _refuse_page_number(value)
    if isinstance(value, Placeable) and value.plain_text is None and value:
        raise TemplateError(
            "Word 模板中的标记须自成一段，并写上 p",
            "表格、正文和整个部分各自单独占一段，例如 {{p section.table }}、{{p section.text }}",
        )
    text = "" if isinstance(value, Placeable) and not value else as_text(value)
    if hasattr(text, "__html__"):
        if "<" in text:
            raise TemplateError("Word 模板把整段或整行内容填到了一行文字里面", "把标记单独放一段，并写上 p")
        return text
    return _escaped(text)


def _escaped(text: str) -> str:
    if not text or text.isalnum():  # nearly all figures
        return text
    from markupsafe import escape

    return str(escape(text))


def insert_address(path: str, names: Mapping[str, object], figures: Mapping[str, Figure]) -> str:
    """Render what a dotted name stands for among words: nearly always a figure, found without a walk over its steps.

    Raises:
        LookupError: there is no such name.
    """
    if path in figures:
        current = rendering()
        current.consume(1)
        current.placed.add(path)
        return _escaped(figures[path].text)
    return insert_inline(value_of(tuple(path.split(".")), names))


def insert_between_paragraphs(value: object) -> str:
    """Render a value that brings its own paragraphs."""
    return _markup(value, InsertionContext.BLOCK, "去掉标记里的 p：写成 {{ … }}，放在一段文字里")


def insert_between_runs(value: object) -> str:
    """Render a value between runs; text gets a run of its own."""
    if isinstance(value, Placeable):
        return wordml.run(as_text(value)) if value else ""
    text = as_text(value)
    return _markup(value, InsertionContext.RUN, "") if hasattr(text, "__html__") else wordml.run(text)


def insert_between_rows(value: object) -> str:
    """Render rows or cells; no content of a report is one, so that only a macro makes them."""
    if isinstance(value, Placeable) and value:
        raise TemplateError("Word 模板把一段内容放到了表格的行与行之间", "放在单元格里，用 {{p … }}")
    return _markup(value, InsertionContext.ROW, "去掉标记里的 tr、tc，放在单元格的文字里")


def _markup(value: object, context: InsertionContext, remedy: str) -> str:
    if context is not InsertionContext.RUN:
        _refuse_page_number(value)
    text = as_markup(value)
    if isinstance(value, Placeable) or not text.strip():
        return text
    if not hasattr(text, "__html__") or not FIRST_ELEMENTS[context].match(text.lstrip()):
        excerpt = text[:20] + ("…" if len(text) > 20 else "")
        raise TemplateError(f"Word 模板里，「{excerpt}」是一行文字，不能单独成段、成行", remedy)
    if not is_well_formed(f"<x>{text}</x>"):
        raise TemplateError("Word 模板里，有一块内容的头和尾不在同一层", "让 {% macro %}、{% set %} 与它的结尾各占一段")
    return text


def _refuse_page_number(value: object) -> None:
    if isinstance(value, wordml.PageNumber):
        raise TemplateError("Word 模板中页码的标记少写了 r", "写成 {{r page_number }}，放在页脚的一段文字里")


def is_well_formed(xml: str) -> bool:
    """Whether a text is well-formed XML, undeclared namespace prefixes aside."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


INSERT: Mapping[InsertionContext, Callable[[object], str]] = {
    InsertionContext.INLINE: insert_inline,
    InsertionContext.RUN: insert_between_runs,
    InsertionContext.BLOCK: insert_between_paragraphs,
    InsertionContext.ROW: insert_between_rows,
}
