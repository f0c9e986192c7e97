"""A value where a template puts it: inside a line, between lines, between a line's runs, between a table's rows.

What Word cannot open is refused here: a table inside a line, words outside any paragraph, half an element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from gxgen.errors import TemplateError
from gxgen.patterns import regex
from gxgen.render.docx import wordml
from gxgen.render.templates.effort import run
from gxgen.render.templates.names import Piece, value_of
from gxgen.render.templates.shown import as_text, drawn

if TYPE_CHECKING:
    from gxgen.view import Figure


class Level(StrEnum):
    """Where in the document something stands."""

    INLINE = "inline"
    """Among the words of a run, or in an attribute."""
    RUN = "run"
    """Between the runs of a paragraph: ``{{r … }}``."""
    BLOCK = "block"
    """Between paragraphs: ``{{p … }}``."""
    ROW = "row"
    """Between a table's rows or a row's cells: ``{{tr … }}``, ``{{tc … }}``."""


ADDRESS = "gxgen:address"
"""The filter that places what a dotted name stands for, without going from step to step."""
BEGINNINGS: Mapping[Level, re.Pattern[str]] = {
    Level.RUN: regex(r"<w:(?:r|hyperlink|fldSimple|sdt|ins|proofErr|bookmark\w+)[ >/]"),
    Level.BLOCK: regex(r"<w:(?:p|tbl|sdt|bookmark\w+)[ >/]"),
    Level.ROW: regex(r"<w:(?:tr|tc|sdt)[ >/]"),
}
"""What markup that a template has made itself has to begin with."""


def inline(value: object) -> str:
    """A value among words."""
    _refuse_page_number(value)
    if isinstance(value, Piece) and value.plain is None and value:
        raise TemplateError(
            "Word 模板中的标记须自成一段，并写上 p",
            "表格、正文和整个部分各自单独占一段，例如 {{p section.table }}、{{p section.text }}",
        )
    text = "" if isinstance(value, Piece) and not value else as_text(value)
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


def at_address(path: str, names: Mapping[str, object], figures: Mapping[str, Figure]) -> str:
    """What a dotted name stands for, among words; nearly always a figure.

    Raises:
        LookupError: there is no such name.
    """
    if path in figures:
        under_way = run()
        under_way.spend(1)
        under_way.placed.add(path)
        text = figures[path].text
        return _escaped(text)
    return inline(value_of(tuple(path.split(".")), names))


def between_paragraphs(value: object) -> str:
    """A value that brings its own paragraphs."""
    return _markup(value, Level.BLOCK, "去掉标记里的 p：写成 {{ … }}，放在一段文字里")


def between_runs(value: object) -> str:
    """A value between runs; words get a run of their own."""
    if isinstance(value, Piece):
        return wordml.run(as_text(value)) if value else ""
    text = as_text(value)
    return _markup(value, Level.RUN, "") if hasattr(text, "__html__") else wordml.run(text)


def between_rows(value: object) -> str:
    """Rows or cells; no part of a report is one, so that only a macro makes them."""
    if isinstance(value, Piece) and value:
        raise TemplateError("Word 模板把一段内容放到了表格的行与行之间", "放在单元格里，用 {{p … }}")
    return _markup(value, Level.ROW, "去掉标记里的 tr、tc，放在单元格的文字里")


def _markup(value: object, level: Level, remedy: str) -> str:
    if level is not Level.RUN:
        _refuse_page_number(value)
    text = drawn(value)
    if isinstance(value, Piece) or not text.strip():
        return text
    if not hasattr(text, "__html__") or not BEGINNINGS[level].match(text.lstrip()):
        shown = text[:20] + ("…" if len(text) > 20 else "")
        raise TemplateError(f"Word 模板里，「{shown}」是一行文字，不能单独成段、成行", remedy)
    if not is_well_formed(f"<x>{text}</x>"):
        raise TemplateError("Word 模板里，有一块内容的头和尾不在同一层", "让 {% macro %}、{% set %} 与它的结尾各占一段")
    return text


def _refuse_page_number(value: object) -> None:
    if isinstance(value, wordml.PageNumber):
        raise TemplateError("Word 模板中页码的标记少写了 r", "写成 {{r page_number }}，放在页脚的一段文字里")


def is_well_formed(xml: str) -> bool:
    """Whether it is XML, names of namespaces aside."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


PLACED: Mapping[str, Callable[[object], str]] = {
    Level.INLINE: inline,
    Level.RUN: between_runs,
    Level.BLOCK: between_paragraphs,
    Level.ROW: between_rows,
}
