"""Prepare a Word template once, so that rendering a report is one pass over each part with tags.

docxtpl turns what a person typed in Word into Jinja source, and each part's source is compiled.  The result is kept as
JSON (:func:`encode_template`): a run that finds it loads neither docxtpl nor lxml nor Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from gxgen.core.errors import TemplateError
from gxgen.core.regex import regex
from gxgen.render.docx.metrics import TemplateMetrics, TemplateSettings, read_metrics
from gxgen.render.docx.package import (
    DOCUMENT,
    NOT_DOCX,
    SAVE_AS_DOCX,
    STYLES,
    TEMPLATED,
    Package,
    PartLocation,
    pack_part,
    parse_xml,
    part_locations,
    unpack,
    unpack_at,
)
from gxgen.render.docx.part_program import PAGE_NUMBER, PartProgram
from gxgen.render.docx.wordml import PageNumber, page_number

XML_TAG = regex(r"<[^>]*>")
WHOLE_TAG = regex(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|\{#.{0,2000}?#\}", re.DOTALL)
OPENING = regex(r"\{[{%#]")
MAX_UNCLOSED, MAX_BRACES = 20, 20_000
"""A template with an address in each cell of all tables has about a thousand braces."""
KEEPS_SPACE = regex(r"word/(?:footnotes|endnotes)\.xml")
"""Parts of which docxtpl keeps the white space between elements."""
MAX_FAULTS = 5
"""Faults that a message adds to the first."""
DEFAULT_SETTINGS = TemplateSettings()


class PreparedTemplate(msgspec.Struct, frozen=True):
    """A Word template ready for rendering."""

    parts: Package
    programs: Mapping[str, PartProgram]
    """The compiled parts by part name."""
    metrics: TemplateMetrics
    constant_parts: Mapping[str, str]
    """The XML of parts that the pack's settings change and no report does; *parts* has them, too."""
    page_number: PageNumber


def prepare(raw: bytes, settings: TemplateSettings = DEFAULT_SETTINGS) -> PreparedTemplate:
    """Prepare the .docx file *raw*, with a pack's settings applied.

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
        programs = _compile(sources)
    except TemplateError as error:
        raise _with_locations(error, raw) from error
    number = page_number(settings.page_number)
    constant_parts = {
        name: program.render({PAGE_NUMBER: number}, {})[0] for name, program in programs.items() if program.is_constant
    }
    if settings.styles or settings.sets_rules:
        from gxgen.render.docx.styling import apply_settings

        constant_parts[STYLES] = apply_settings(contents[STYLES], settings)
    # The metrics are read after the settings are applied, so that columns fit the pack's own font sizes.
    metrics = read_metrics(parse_xml(contents[DOCUMENT]), parse_xml(constant_parts.get(STYLES, contents[STYLES])))
    texts = {name: content.decode("utf-8") for name, content in constant_parts.items()}
    return _assemble(package, programs, metrics, texts, number)


def jinja_source(name: str, content: bytes) -> str:
    """Return the Jinja source of a part: docxtpl joins tags that Word split over runs and unwraps ``{{p``, ``{%tr``."""
    from docxtpl import DocxTemplate
    from lxml import etree

    root = parse_xml(content, keep_space=bool(KEEPS_SPACE.fullmatch(name)))
    xml = etree.tostring(root, encoding="unicode")
    _refuse_many_tags(xml)
    patched: str = DocxTemplate(b"").patch_xml(xml)
    return patched


def _refuse_many_tags(xml: str) -> None:
    """Refuse a part with so many unclosed tags that docxtpl would search all of it again and again."""
    words = XML_TAG.sub("", xml)
    unclosed = OPENING.findall(WHOLE_TAG.sub("", words))
    if len(unclosed) > MAX_UNCLOSED or words.count("{") > MAX_BRACES:
        raise TemplateError("Word 模板里的标记太多，或者有很多没有写完整", "核对标记的括号，左右成对")


def _compile(sources: Mapping[str, str]) -> dict[str, PartProgram]:
    with_tags = {name: source for name, source in sources.items() if OPENING.search(source)}
    if not with_tags:
        return {}
    from gxgen.render.docx.part_compiler import compile_part

    return {name: compile_part(source) for name, source in with_tags.items()}


def _with_locations(error: TemplateError, raw: bytes) -> TemplateError:
    """Return the error with the location of every faulty tag, where the tag lint finds any."""
    from gxgen.render.docx.tag_lint import template_faults

    faults = template_faults(raw, None)
    if not faults:
        return error
    first, *others = faults
    return TemplateError(
        f"Word 模板{first.location}的标记 {first.tag} {first.message}",
        "；".join([first.hint or error.hint, *(f"另有{other}" for other in others[:MAX_FAULTS])]),
    )


def _assemble(
    package: Package,
    programs: Mapping[str, PartProgram],
    metrics: TemplateMetrics,
    constant_parts: Mapping[str, str],
    number: PageNumber,
) -> PreparedTemplate:
    parts = Package({**package, **{name: pack_part(xml.encode("utf-8")) for name, xml in constant_parts.items()}})
    programs = {name: program for name, program in programs.items() if name not in constant_parts}
    return PreparedTemplate(parts, programs, metrics, constant_parts, number)


# The prepared template as JSON

FORMAT = 5
"""The version of the JSON; any other is prepared anew."""


class _Stored(msgspec.Struct, frozen=True):
    """The results of preparing; the parts themselves are read from the .docx file."""

    format: int
    parts: tuple[PartLocation, ...]
    programs: Mapping[str, PartProgram]
    metrics: TemplateMetrics
    constant_parts: Mapping[str, str]
    page_number: str


def encode_template(template: PreparedTemplate, raw: bytes) -> bytes:
    """Encode a prepared template for a cache; the .docx file *raw* has to be kept with it."""
    return msgspec.json.encode(
        _Stored(
            FORMAT,
            tuple(part_locations(raw)),
            template.programs,
            template.metrics,
            template.constant_parts,
            str(template.page_number),
        )
    )


def decode_template(stored: bytes, raw: bytes) -> PreparedTemplate | None:
    """Decode a template from a cache and its .docx file; None if *stored* is anything else."""
    try:
        data = msgspec.json.decode(stored, type=_Stored)
    except (msgspec.DecodeError, ValueError):
        return None
    if data.format != FORMAT:
        return None
    number = PageNumber(data.page_number)
    return _assemble(unpack_at(raw, data.parts), data.programs, data.metrics, data.constant_parts, number)


# Reading a result back

WORDS = regex(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def lines_of(part: bytes) -> Iterator[str]:
    """Yield the words of each paragraph of a part, whatever runs they are split over."""
    from html import unescape  # loading its table of names takes a while, and most templates need no lines

    for paragraph in part.decode("utf-8").split("</w:p>"):
        yield unescape("".join(WORDS.findall(paragraph)))
