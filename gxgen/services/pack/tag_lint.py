"""Check the tags of a pack's templates, and find the tags of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gxgen.core import codes
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Finding, Position
from gxgen.packs import SETTINGS_FILE, Pack
from gxgen.packs.inheritance import HTML, TEXT, WORD
from gxgen.services.pack.lookup import template_file
from gxgen.view import Document

if TYPE_CHECKING:
    from gxgen.render.templating.tag_lint import KnownNames, Tag, TagFault


LINE_AND_COLUMN = re.compile(r"第 (\d+) 行第 (\d+) 列")
NAMES = re.compile(r"[^\W\d]\w*(?:\.\w+)+")


class Template(msgspec.Struct, frozen=True):
    """A template of a pack."""

    suffix: str
    path: Path
    raw: bytes
    """The file, for .docx."""
    text: str
    """The source, for the other formats."""


def templates(pack: Pack) -> Iterator[Template]:
    """Yield the templates that a pack has or inherits, without gxgen's own."""
    if pack.word_template:
        yield Template("docx", path_of(pack, "docx"), pack.word_template, "")
    if pack.text_template:
        yield Template("txt", path_of(pack, "txt"), b"", pack.text_template)
    if pack.html_template:
        yield Template("html", path_of(pack, "html"), b"", pack.html_template)


def path_of(pack: Pack, suffix: str) -> Path:
    """Return the template file of a format; pack.toml where there is none."""
    file = {"docx": WORD, "txt": TEXT, "html": HTML}[suffix]
    return template_file(pack, file) or pack.folder / SETTINGS_FILE


def template_findings(template: Template, pack: Pack, documents: tuple[Document, ...]) -> Iterator[Finding]:
    """Yield the faults of a template's tags.

    Args:
        template: the template.
        pack: the pack that it belongs to.
        documents: documents of every form that it has to serve.
    """
    from gxgen.render.templating.tag_lint import KnownNames

    own = (*(f"wording.{name}" for name in pack.wording), *(f"values.{name}" for name in pack.values))
    try:
        faults = _faults(template, KnownNames.of(documents, *own))
    except TemplateError as error:
        yield Finding(codes.TEMPLATE, "", error.message, error.hint)
        return
    yield from map(_finding, faults)


def _faults(template: Template, known: KnownNames) -> tuple[TagFault, ...]:
    if template.suffix == "docx":
        from gxgen.render.docx import prepare
        from gxgen.render.docx.tag_lint import template_faults

        faults = template_faults(template.raw, known)
        if not faults:
            prepare(template.raw)  # raises for missing styles, and for what no single tag shows
        return faults
    from gxgen.render.templating.tag_lint import source_faults

    return source_faults(template.text, known)


def _finding(fault: TagFault) -> Finding:
    hint = fault.hint or "核对标记的写法"
    at = LINE_AND_COLUMN.fullmatch(fault.location)
    if at:
        position = Position(int(at[1]), int(at[2]), max(len(fault.tag.partition("\n")[0]), 1))
        return Finding(codes.TEMPLATE_TAG, fault.tag, fault.message, hint, position=position)
    return Finding(codes.TEMPLATE_TAG, fault.location, f"{fault.location}：{fault.tag}：{fault.message}", hint)


class FigureTags:
    """The tags of figures in a Word template."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    @cached_property
    def _tags(self) -> dict[str, Tag]:
        """The first tag that names each address."""
        from gxgen.render.docx.tag_lint import template_tags

        found: dict[str, Tag] = {}
        for tag in template_tags(self._raw):
            for name in NAMES.findall(tag.text):
                found.setdefault(name, tag)
        return found

    def of(self, address: str) -> str:
        """Describe location and tag of a figure, or of the one nearest to it in the form; empty if there is none."""
        if tag := self._tags.get(address):
            return f"{tag.location}：{tag.text}"
        steps = address.split(".")
        near = [name for name in self._tags if "." in name and _shared(name.split("."), steps) > 0]
        if not near:
            return ""
        nearest = max(near, key=lambda name: _shared(name.split("."), steps))
        return f"邻近的 {self._tags[nearest].text} 在{self._tags[nearest].location}"


def _shared(one: list[str], other: list[str]) -> int:
    """Score how alike two addresses are: twice the steps of their common beginning, and one for the same last step."""
    alike = [a == b for a, b in zip(one, other, strict=False)]
    begin = alike.index(False) if False in alike else len(alike)
    return begin * 2 + (one[-1] == other[-1]) if begin else 0
