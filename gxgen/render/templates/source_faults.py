"""Every fault of a plain text or HTML template, with line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.render.templates.known import Known
from gxgen.render.templates.tags import Tag, TagFault, TagReader

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
OPENING = re.compile(r"\{\{|\{%|\{#")
RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}", re.DOTALL)


def source_faults(source: str, known: Known) -> tuple[TagFault, ...]:
    """What is wrong with the tags of a template, in their order."""
    blank = RAW.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    tags = [Tag(found[0], _place(source, found.start())) for found in TAG.finditer(blank)]
    return (*_unclosed(source, blank), *TagReader(known).faults(tags))


def _unclosed(source: str, blank: str) -> Iterator[TagFault]:
    without = TAG.sub(lambda found: " " * len(found[0]), blank)
    for found in OPENING.finditer(without):
        line = source[found.start() :].partition("\n")[0]
        yield TagFault(_place(source, found.start()), line[:40], "标记没有写完整，缺右边的括号", "补上 }} 或 %}")


def _place(source: str, offset: int) -> str:
    before = source[:offset]
    return f"第 {before.count(chr(10)) + 1} 行第 {offset - before.rfind(chr(10))} 列"
