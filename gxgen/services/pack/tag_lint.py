"""What is wrong with the tags of a pack's templates, as findings, and where a tag stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gxgen.core import codes
from gxgen.core.errors import TemplateError
from gxgen.core.findings import Finding, Position
from gxgen.packs import SETTINGS_FILE, Pack
from gxgen.packs.inheritance import HTML, TEXT, WORD
from gxgen.services.pack.lookup import holder
from gxgen.view import Document

if TYPE_CHECKING:
    from gxgen.render.templating.tag_lint import KnownNames, Tag, TagFault


LINE_AND_COLUMN = re.compile(r"第 (\d+) 行第 (\d+) 列")
NAMES = re.compile(r"[^\W\d]\w*(?:\.\w+)+")


class Template(NamedTuple):
    """A template of a pack."""

    suffix: str
    path: Path
    raw: bytes
    """Of .docx."""
    text: str
    """Of the others."""


def templates(pack: Pack) -> Iterator[Template]:
    """The templates that a pack has or inherits; gxgen's own are not among them."""
    if pack.word_template:
        yield Template("docx", path_of(pack, "docx"), pack.word_template, "")
    if pack.text_template:
        yield Template("txt", path_of(pack, "txt"), b"", pack.text_template)
    if pack.html_template:
        yield Template("html", path_of(pack, "html"), b"", pack.html_template)


def path_of(pack: Pack, suffix: str) -> Path:
    """The template of a format; the settings where the format has none."""
    file = {"docx": WORD, "txt": TEXT, "html": HTML}[suffix]
    return holder(pack, file) or pack.folder / SETTINGS_FILE


class TemplateTags:
    """The tags of one template."""

    def __init__(self, template: Template, pack: Pack, documents: tuple[Document, ...]) -> None:
        """Look at a template that is to serve *documents*, some of each form."""
        self._template, self._pack, self._documents = template, pack, documents

    def findings(self) -> Iterator[Finding]:
        """Every fault, at its place."""
        from gxgen.render.templating.tag_lint import KnownNames

        pack = self._pack
        own = (*(f"wording.{name}" for name in pack.wording), *(f"values.{name}" for name in pack.values))
        try:
            faults = self._faults(KnownNames.of(self._documents, *own))
        except TemplateError as error:
            yield Finding(codes.TEMPLATE, "", error.message, error.hint)
            return
        yield from map(self._told, faults)

    def _faults(self, known: KnownNames) -> tuple[TagFault, ...]:
        if self._template.suffix == "docx":
            from gxgen.render.docx import prepare
            from gxgen.render.docx.tag_lint import template_faults

            faults = template_faults(self._template.raw, known)
            if not faults:
                prepare(self._template.raw)  # styles that lack, and whatever a look at single tags does not see
            return faults
        from gxgen.render.templating.tag_lint import source_faults

        return source_faults(self._template.text, known)

    def _told(self, fault: TagFault) -> Finding:
        hint = fault.hint or "核对标记的写法"
        at = LINE_AND_COLUMN.fullmatch(fault.location)
        if at:
            position = Position(int(at[1]), int(at[2]), max(len(fault.tag.partition("\n")[0]), 1))
            return Finding(codes.TEMPLATE_TAG, fault.tag, fault.message, hint, position=position)
        return Finding(codes.TEMPLATE_TAG, fault.location, f"{fault.location}：{fault.tag}：{fault.message}", hint)


class Places:
    """Where the figures of a Word template stand."""

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
        """The place and the tag of a figure, or of that which is nearest to it in the form; empty if there is none."""
        if tag := self._tags.get(address):
            return f"{tag.location}：{tag.text}"
        steps = address.split(".")
        near = [name for name in self._tags if "." in name and _shared(name.split("."), steps) > 0]
        if not near:
            return ""
        nearest = max(near, key=lambda name: _shared(name.split("."), steps))
        return f"邻近的 {self._tags[nearest].text} 在{self._tags[nearest].location}"


def _shared(one: list[str], other: list[str]) -> int:
    """How many steps two addresses begin with in common, and how many they end with."""
    alike = [a == b for a, b in zip(one, other, strict=False)]
    begin = alike.index(False) if False in alike else len(alike)
    return begin * 2 + (one[-1] == other[-1]) if begin else 0
