"""A Word template made ready: docxtpl turns what a person typed in Word into Jinja source, once.

Rendering then is one call for each part that has tags.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import asdict

from gxgen.core.errors import TemplateError
from gxgen.core.regex import regex
from gxgen.render.docx.look import Look, Settings, read_look
from gxgen.render.docx.package import NOT_DOCX, SAVE_AS_DOCX, Package, Place, packed, places_in, unpack, unpack_again
from gxgen.render.docx.part_program import PAGE_NUMBER, TAG, Program, program_of
from gxgen.render.docx.wordml import PageNumber, page_number

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


WORDS = regex(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def lines_of(part: bytes) -> Iterator[str]:
    """The words of each paragraph, whatever runs they are split over."""
    from html import unescape  # its table of names takes a while to load, and most templates need no words read back

    for paragraph in part.decode("utf-8").split("</w:p>"):
        yield unescape("".join(WORDS.findall(paragraph)))


DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
MOST_FAULTS = 5
"""Told besides the first in one message."""
FORMAT = 4
"""Of the JSON below; a cache filled by another version is not read."""


class Template(msgspec.Struct, frozen=True):
    """A template's parts, what is to be done in those with tags, and its look."""

    parts: Package
    tagged: Mapping[str, Program]
    """By part name."""
    look: Look
    settled: Mapping[str, str]
    """The XML of parts that a pack's settings change and no report does; they are in *parts*, too."""
    page_number: PageNumber


USUAL = Settings()


def prepare(raw: bytes, settings: Settings = USUAL) -> Template:
    """Make the .docx file *raw* ready for rendering, with a pack's settings worked into it.

    Raises:
        TemplateError: it is no .docx or an unsafe one, lacks a style, has a tag that cannot be used, or no
            place for a setting.
    """
    package = unpack(raw)
    contents = package.contents()
    if STYLES not in contents:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
    sources = {name: jinja_source(name, content) for name, content in contents.items() if TEMPLATED.fullmatch(name)}
    try:
        programs = {name: program_of(source) for name, source in sources.items() if TAG.search(source)}
    except TemplateError as error:
        raise _with_places(error, raw) from error
    number = page_number(settings.page_number)
    settled = {
        name: program.fill({PAGE_NUMBER: number}, {})[0] for name, program in programs.items() if program.is_settled
    }
    if settings.styles or settings.sets_rules:
        from gxgen.render.docx.styling import styled

        settled[STYLES] = styled(contents[STYLES], settings)
    look = read_look(parse(contents[DOCUMENT]), parse(settled.get(STYLES, contents[STYLES])))
    texts = {name: content.decode("utf-8") for name, content in settled.items()}
    return _settled(package, programs, look, texts, number)


def _settled(
    package: Package, programs: Mapping[str, Program], look: Look, settled: Mapping[str, str], number: PageNumber
) -> Template:
    parts = Package({**package, **{name: packed(xml.encode("utf-8")) for name, xml in settled.items()}})
    tagged = {name: program for name, program in programs.items() if name not in settled}
    return Template(parts, tagged, look, settled, number)


def to_json(template: Template, raw: bytes) -> bytes:
    """What preparing worked out, for a cache; the parts are in the .docx file *raw* itself."""
    programs = {name: asdict(program) for name, program in template.tagged.items()}
    prepared = {
        "format": FORMAT,
        "parts": places_in(raw),
        "programs": programs,
        "look": asdict(template.look),
        "settled": template.settled,
        "page_number": template.page_number,
    }
    return json.dumps(prepared, ensure_ascii=False).encode("utf-8")


def from_json(prepared: bytes, raw: bytes) -> Template | None:
    """A template from a cache and its own .docx; None if the cache holds something else."""
    try:
        data = json.loads(prepared)
        if data["format"] != FORMAT:
            return None
        programs = {name: Program(**program) for name, program in data["programs"].items()}
        number = PageNumber(data["page_number"])
        parts = unpack_again(raw, [Place(*place) for place in data["parts"]])
        return _settled(parts, programs, Look(**data["look"]), data["settled"], number)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _with_places(error: TemplateError, raw: bytes) -> TemplateError:
    """What is wrong with the tags, each at its place, if that can be told."""
    from gxgen.render.docx.tag_lint import template_faults

    faults = template_faults(raw, None)
    if not faults:
        return error
    first, *others = faults
    return TemplateError(
        f"Word 模板{first.place}的标记 {first.tag} {first.message}",
        "；".join([first.hint or error.hint, *(f"另有{other}" for other in others[:MOST_FAULTS])]),
    )
