"""Completeness: a template may arrange the parts of the report, but has to place all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

import msgspec

from gxgen.core.errors import TemplateError
from gxgen.view import Block, Document, SectionView

MAX_NAMED = 6
"""Figures that a message names; a table has hundreds."""


class MissingPart(msgspec.Struct, frozen=True):
    """A part of the report that a template has left out."""

    part: str
    """Its Chinese name, for messages."""
    name: str
    """The name that places it."""
    figures: tuple[str, ...] = ()
    """For a table whose figures are partly placed one by one: the addresses that are not."""
    line: str = ""
    """The line that stands for it: a title or heading typed into the template by hand counts as placed."""


def _nothing() -> Iterable[str]:
    return ()


def require_complete(
    document: Document,
    placed: Set[str],
    *,
    template: str,
    tag: str = "{{{{ {} }}}}",
    lines: Callable[[], Iterable[str]] = _nothing,
) -> None:
    """Refuse a report of which something was not placed.

    Args:
        document: the report.
        placed: the names that the template has placed (:mod:`gxgen.render.templating.names`).
        template: the template in messages: ``Word 模板``.
        tag: the tag that places a name, as a format string.
        lines: returns the lines of the result; called only where a title or heading was not placed by its name.

    Raises:
        TemplateError: a part with content was not placed.
    """
    missing = tuple(missing_parts(document, placed))
    if any(part.line for part in missing):
        typed = {_unspaced(line) for line in lines()}
        missing = tuple(part for part in missing if not part.line or _unspaced(part.line) not in typed)
    if not missing:
        return
    parts = "；".join(map(_described, missing))
    names = "、".join(tag.format(part.name) for part in missing[:MAX_NAMED])
    raise TemplateError(f"{template}漏掉了报告的一部分：{parts}", f"模板中须有 {names}；表格也可以逐个数字放入")


def missing_parts(document: Document, placed: Set[str]) -> Iterator[MissingPart]:
    """Yield the parts with content that were not placed."""
    if "title" not in placed:
        yield MissingPart("标题", "title", line=document.title)
    if not _has_text("preamble", document.preamble, placed):
        yield MissingPart("开头的段落", "preamble")
    for section in document.sections:
        yield from _missing_in_section(section, placed)


def _missing_in_section(section: SectionView, placed: Set[str]) -> Iterator[MissingPart]:
    key = section.key
    if f"{key}.heading" not in placed:
        yield MissingPart(f"「{section.heading}」的标题", f"{key}.heading", line=section.heading)
    if not _has_text(f"{key}.text", section.blocks, placed):
        yield MissingPart(f"「{section.heading}」的正文", f"{key}.text")
    if section.grid and f"{key}.table" not in placed:
        figures = tuple(address for address in section.addresses if address not in placed)
        if figures or not section.addresses:
            some = figures if len(figures) < len(section.addresses) else ()
            yield MissingPart(f"「{section.heading}」的表格", f"{key}.table", some)


def _unspaced(line: str) -> str:
    return "".join(line.split())


def _has_text(key: str, blocks: tuple[Block, ...], placed: Set[str]) -> bool:
    return not blocks or key in placed or all(f"{key} {number}" in placed for number in range(1, len(blocks) + 1))


def _described(part: MissingPart) -> str:
    if not part.figures:
        return part.part
    more = f"等 {len(part.figures)} 个数" if len(part.figures) > MAX_NAMED else ""
    return f"{part.part}，缺 {'、'.join(part.figures[:MAX_NAMED])}{more}"
