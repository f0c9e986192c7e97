"""The XML of a template's parts, and its Jinja source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gxgen.errors import TemplateError
from gxgen.patterns import regex
from gxgen.render.docx.package import NOT_DOCX, SAVE_AS_DOCX

if TYPE_CHECKING:
    from lxml.etree import _Element

TEMPLATED = regex(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
ELEMENT = regex(r"<[^>]*>")
WHOLE_TAG = regex(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|\{#.{0,2000}?#\}", re.DOTALL)
OPENING = regex(r"\{[{%#]")
MOST_UNCLOSED, MOST_BRACES = 20, 20_000
"""A template with an address in each cell of all tables has about a thousand braces."""
KEEPS_SPACE = regex(r"word/(?:footnotes|endnotes)\.xml")
"""Parts that docxtpl takes as they are written, white space between elements included."""


def parse(content: bytes, *, keep_space: bool = False) -> _Element:
    """A part's XML as python-docx reads it.

    Raises:
        TemplateError: it is none.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_blank_text=not keep_space,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error


def jinja_source(name: str, content: bytes) -> str:
    """The Jinja source of a part: docxtpl joins tags that Word split over runs and unwraps ``{{p``, ``{%tr`` …."""
    from docxtpl import DocxTemplate
    from lxml import etree

    root = parse(content, keep_space=bool(KEEPS_SPACE.fullmatch(name)))
    xml = etree.tostring(root, encoding="unicode")
    _refuse_many(xml)
    patched: str = DocxTemplate(b"").patch_xml(xml)
    return patched


def _refuse_many(xml: str) -> None:
    """Refuse a part in which docxtpl would look for the ends of tags again and again, through all of it."""
    words = ELEMENT.sub("", xml)
    unclosed = OPENING.findall(WHOLE_TAG.sub("", words))
    if len(unclosed) > MOST_UNCLOSED or words.count("{") > MOST_BRACES:
        raise TemplateError("Word 模板里的标记太多，或者有很多没有写完整", "核对标记的括号，左右成对")
