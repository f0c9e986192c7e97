"""Plain text and Markdown: lines, and tables that are drawn with strokes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from gxgen.published.blocks import Block, Pages, Paragraph
from gxgen.published.carriers.drawn import is_ruled, normal, read_drawing, starts_drawing
from gxgen.published.carriers.errors import CarrierError
from gxgen.toml.encoding import decode

MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
MOST_LINES = 200_000


def read(raw: bytes) -> Pages:
    """Read a text.

    Raises:
        CarrierError: its encoding is not certain, or it is no text.
    """
    text, problems = decode(raw)
    if text is None:
        raise CarrierError(problems[0].message, "用记事本打开，另存为 UTF-8 再读")
    return pages_of(text)


def pages_of(text: str) -> Pages:
    """The lines and drawn tables of a text."""
    lines = text.replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        raise CarrierError("文件的行数太多，不像报告", "核对文件")
    return Pages(tuple(_blocks(lines)), "\n".join(lines))


def _blocks(lines: list[str]) -> Iterator[Block]:
    numbers = count(1)
    at = 0
    while at < len(lines):
        end = _end_of_drawing(lines, at)
        table = read_drawing(lines[at:end], at + 1) if end > at else None
        if table:
            yield table.numbered(next(numbers))
            at = end
        else:
            yield from (_line(line, number) for number, line in enumerate(lines[at : max(end, at + 1)], at + 1))
            at = max(end, at + 1)


def _end_of_drawing(lines: list[str], at: int) -> int:
    """The line after a drawing that begins at a line; the line itself if none does."""
    if not starts_drawing(lines[at]):
        return at
    end = at
    while end < len(lines) and is_ruled(normal(lines[end])):
        end += 1
    return end


def _line(line: str, number: int) -> Paragraph:
    heading = MARKDOWN_HEADING.fullmatch(line.strip())
    return Paragraph(heading[1] if heading else line.replace("\f", ""), number, is_line=True)
