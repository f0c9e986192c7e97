"""A Word template made ready: docxtpl turns what a person typed in Word into Jinja source, once.

Rendering then is one call for each part that has tags.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol

from gxgen.errors import TemplateError
from gxgen.render.docx.look import Look, read_look
from gxgen.render.docx.package import NOT_DOCX, SAVE_AS_DOCX, unpack
from gxgen.render.docx.plain import Steps, follow, steps_of

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from lxml.etree import _Element

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
TEMPLATED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml")
LITERAL_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""docxtpl's own spelling of braces that are no tag."""
FORMAT = 1
"""Of the JSON below; a cache filled by another version is not read."""


class Part(Protocol):
    """A part with tags, ready to be filled in."""

    def __call__(self, names: Mapping[str, object]) -> str:
        """The part's XML with *names* in their places."""


@dataclass(frozen=True)
class Template:
    """A template's parts, what is to be done in those with tags, and its look."""

    parts: Mapping[str, bytes]
    programs: Mapping[str, str | Steps]
    """By part name: plain steps, or Jinja source where it takes Jinja."""
    look: Look

    @cached_property
    def tagged(self) -> Mapping[str, Part]:
        """The parts with tags, ready to be filled in."""
        return {name: _runnable(program) for name, program in self.programs.items()}


def prepare(raw: bytes) -> Template:
    """Make the .docx file *raw* ready for rendering.

    Raises:
        TemplateError: it is no .docx, lacks a style, or has a tag that Jinja does not understand.
    """
    parts = unpack(raw)
    if STYLES not in parts:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX)
    roots = {name: _parse(content) for name, content in parts.items() if TEMPLATED.fullmatch(name) or name == STYLES}
    sources = {name: _jinja_source(raw, root) for name, root in roots.items() if name != STYLES}
    programs = {name: _program(source) for name, source in sources.items() if re.search(r"\{[{%#]", source)}
    return Template(parts, programs, read_look(roots[DOCUMENT], roots[STYLES]))


def to_json(template: Template) -> bytes:
    """What preparing worked out, for a cache; the parts are in the .docx itself."""
    return json.dumps(
        {"format": FORMAT, "programs": template.programs, "look": asdict(template.look)}, ensure_ascii=False
    ).encode("utf-8")


def from_json(prepared: bytes, raw: bytes) -> Template | None:
    """A template from a cache and its own .docx; None if the cache holds something else."""
    try:
        data = json.loads(prepared)
        return Template(unpack(raw), data["programs"], Look(**data["look"])) if data["format"] == FORMAT else None
    except (ValueError, TypeError, KeyError):
        return None


def _parse(content: bytes) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TemplateError(NOT_DOCX, SAVE_AS_DOCX) from error


def _jinja_source(raw: bytes, root: _Element) -> str:
    """The Jinja source of a part: docxtpl joins tags that Word split over runs and unwraps ``{{p``, ``{%tr`` …."""
    from docxtpl import DocxTemplate
    from lxml import etree

    patched: str = DocxTemplate(io.BytesIO(raw)).patch_xml(etree.tostring(root, encoding="unicode"))
    for typed, meant in LITERAL_BRACES.items():
        patched = patched.replace(typed, f"{{{{ '{meant}' }}}}")
    return patched


def _program(source: str) -> str | Steps:
    """What is to be done in a part: plain steps if they suffice."""
    from jinja2 import TemplateSyntaxError

    try:
        steps = steps_of(_environment().parse(source))
    except TemplateSyntaxError as error:
        raise TemplateError(f"Word 模板中的标记写得不对：{error.message}", _tags(source)) from error
    return source if steps is None else steps


def _runnable(program: str | Steps) -> Part:
    return _environment().from_string(program).render if isinstance(program, str) else partial(follow, program)


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)


def _tags(source: str) -> str:
    found: list[Any] = re.findall(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}", source)
    return f"模板中的标记有：{' '.join(found[:20])}" if found else "模板中没有找到标记"
