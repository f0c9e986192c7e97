"""A Word template made ready: docxtpl turns what a person typed in Word into Jinja source, once.

Rendering then is one call for each part that has tags.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from gxgen.errors import TemplateError
from gxgen.render.docx.look import Look, read_look
from gxgen.render.docx.package import NOT_DOCX, SAVE_AS_DOCX, Package, unpack, unpack_again
from gxgen.render.docx.parts import TEMPLATED, jinja_source, parse
from gxgen.render.docx.program import TAG, Program, program_of

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
MOST_FAULTS = 5
"""Told besides the first in one message."""
FORMAT = 2
"""Of the JSON below; a cache filled by another version is not read."""


@dataclass(frozen=True)
class Template:
    """A template's parts, what is to be done in those with tags, and its look."""

    parts: Package
    tagged: Mapping[str, Program]
    """By part name."""
    look: Look


def prepare(raw: bytes) -> Template:
    """Make the .docx file *raw* ready for rendering.

    Raises:
        TemplateError: it is no .docx or an unsafe one, lacks a style, or has a tag that cannot be used.
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
    return Template(package, programs, read_look(parse(contents[DOCUMENT]), parse(contents[STYLES])))


def to_json(template: Template) -> bytes:
    """What preparing worked out, for a cache; the parts are in the .docx itself."""
    programs = {name: asdict(program) for name, program in template.tagged.items()}
    prepared = {"format": FORMAT, "programs": programs, "look": asdict(template.look)}
    return json.dumps(prepared, ensure_ascii=False).encode("utf-8")


def from_json(prepared: bytes, raw: bytes) -> Template | None:
    """A template from a cache and its own .docx; None if the cache holds something else."""
    try:
        data = json.loads(prepared)
        if data["format"] != FORMAT:
            return None
        programs = {name: Program(**program) for name, program in data["programs"].items()}
        return Template(unpack_again(raw), programs, Look(**data["look"]))
    except (ValueError, TypeError, KeyError):
        return None


def _with_places(error: TemplateError, raw: bytes) -> TemplateError:
    """What is wrong with the tags, each at its place, if that can be told."""
    from gxgen.render.docx.faults import template_faults

    faults = template_faults(raw, None)
    if not faults:
        return error
    first, *others = faults
    return TemplateError(
        f"Word 模板{first.place}的标记 {first.tag} {first.message}",
        "；".join([first.hint or error.hint, *(f"另有{other}" for other in others[:MOST_FAULTS])]),
    )
