"""Whether a template has placed the whole report: it may arrange the parts, it may not drop one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from typing import NamedTuple

from gxgen.core.errors import TemplateError
from gxgen.view import Block, Document, SectionView

MOST_NAMED = 6
"""Figures that a message names; a table has hundreds."""


class Unplaced(NamedTuple):
    """A part of the report that a template has left out."""

    part: str
    """As a person calls it."""
    name: str
    """As a template calls it."""
    figures: tuple[str, ...] = ()
    """Of a table of which some figures are placed one by one: those that are not."""
    words: str = ""
    """What is as good as placing it: its words on a line of their own, typed into the template by hand."""


def _nothing() -> Iterable[str]:
    return ()


def refuse_unplaced(
    document: Document,
    placed: Set[str],
    *,
    template: str,
    tag: str = "{{{{ {} }}}}",
    lines: Callable[[], Iterable[str]] = _nothing,
) -> None:
    """Refuse to make a report with something missing.

    Args:
        document: the report.
        placed: what the template has placed, as :mod:`gxgen.render.templating.names` calls it.
        template: what the template is called in a message: ``Word 模板``.
        tag: how the template's language places a name.
        lines: the lines that have come out, asked for only where a title or heading was not placed by its name.

    Raises:
        TemplateError: a part that holds something was placed nowhere.
    """
    missing = tuple(unplaced(document, placed))
    if any(part.words for part in missing):
        typed = {_unspaced(line) for line in lines()}
        missing = tuple(part for part in missing if not part.words or _unspaced(part.words) not in typed)
    if not missing:
        return
    parts = "；".join(map(_worded, missing))
    names = "、".join(tag.format(part.name) for part in missing[:MOST_NAMED])
    raise TemplateError(f"{template}漏掉了报告的一部分：{parts}", f"模板中须有 {names}；表格也可以逐个数字放入")


def unplaced(document: Document, placed: Set[str]) -> Iterator[Unplaced]:
    """The parts that hold something and were placed nowhere."""
    if "title" not in placed:
        yield Unplaced("标题", "title", words=document.title)
    if not _has_text("preamble", document.preamble, placed):
        yield Unplaced("开头的段落", "preamble")
    for section in document.sections:
        yield from _unplaced_of(section, placed)


def _unplaced_of(section: SectionView, placed: Set[str]) -> Iterator[Unplaced]:
    key = section.key
    if f"{key}.heading" not in placed:
        yield Unplaced(f"「{section.heading}」的标题", f"{key}.heading", words=section.heading)
    if not _has_text(f"{key}.text", section.blocks, placed):
        yield Unplaced(f"「{section.heading}」的正文", f"{key}.text")
    if section.grid and f"{key}.table" not in placed:
        figures = tuple(address for address in section.addresses if address not in placed)
        if figures or not section.addresses:
            some = figures if len(figures) < len(section.addresses) else ()
            yield Unplaced(f"「{section.heading}」的表格", f"{key}.table", some)


def _unspaced(line: str) -> str:
    return "".join(line.split())


def _has_text(key: str, blocks: tuple[Block, ...], placed: Set[str]) -> bool:
    return not blocks or key in placed or all(f"{key} {number}" in placed for number in range(1, len(blocks) + 1))


def _worded(part: Unplaced) -> str:
    if not part.figures:
        return part.part
    more = f"等 {len(part.figures)} 个数" if len(part.figures) > MOST_NAMED else ""
    return f"{part.part}，缺 {'、'.join(part.figures[:MOST_NAMED])}{more}"
