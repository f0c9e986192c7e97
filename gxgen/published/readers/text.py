"""Plain text and Markdown: lines, and tables that are drawn with strokes or stand there as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from gxgen.core.toml.encoding import decode
from gxgen.published.document import Block, Pages, Paragraph, Table
from gxgen.published.readers.ascii_table import drawing_or_lines
from gxgen.published.readers.errors import ReaderError

TABLE_STARTS = re.compile(r"<table\b", re.IGNORECASE)
TABLE_ENDS = re.compile(r"</table\s*>", re.IGNORECASE)
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
LARGEST = 4 * 1024 * 1024
"""Bytes; the longest report is a few hundred thousand."""
MOST_LINES = 20_000
MOST_LINES_OF_TABLE = 5000
DEEPEST = 20
"""Tables in tables; what opens more is no table, and is not looked through again and again."""


def read(raw: bytes) -> Pages:
    """Read a text.

    Raises:
        ReaderError: its encoding is not certain, or it is no text.
    """
    if len(raw) > LARGEST:
        raise ReaderError(f"文字太多（超过 {LARGEST // 1024 // 1024} MB），不像报告", "核对文件")
    text, problems = decode(raw)
    if text is None:
        raise ReaderError(problems[0].message, "用记事本打开，另存为 UTF-8 再读")
    return pages_of(text)


def pages_of(text: str) -> Pages:
    """The lines and drawn tables of a text."""
    lines = text.replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        raise ReaderError("文件的行数太多，不像报告", "核对文件")
    return Pages(tuple(_blocks(lines)), "\n".join(lines))


def _blocks(lines: list[str]) -> Iterator[Block]:
    numbers = count(1)
    at = 0
    while at < len(lines):
        after_html = _end_of_html(lines, at)
        if after_html > at:
            yield from _tables("\n".join(lines[at:after_html]), at + 1, numbers)
            at = after_html
            continue
        found, at = drawing_or_lines(lines, at)
        yield from (block.numbered(next(numbers)) if isinstance(block, Table) else _line(block) for block in found)


def _end_of_html(lines: list[str], at: int) -> int:
    """The line after an HTML table that begins in a line, the whole of it; the line itself if none does."""
    if not TABLE_STARTS.search(lines[at]):
        return at
    depth = 0
    for end in range(at, min(len(lines), at + MOST_LINES_OF_TABLE)):
        depth += len(TABLE_STARTS.findall(lines[end])) - len(TABLE_ENDS.findall(lines[end]))
        if depth <= 0:
            return end + 1
        if depth > DEEPEST:
            break
    return at


def _tables(text: str, line: int, numbers: Iterator[int]) -> Iterator[Block]:
    """The tables in a piece of HTML, and the lines between them; all of them in the piece's first line."""
    from gxgen.published.readers.html import blocks_of  # lxml takes a while to load, and few texts need it

    for block in blocks_of(text):
        if isinstance(block, Paragraph):
            yield Paragraph(block.text, line, is_line=True)
        else:
            yield Table(tuple(cell._replace(line=line) for cell in block.cells), next(numbers))


def _line(line: Paragraph) -> Paragraph:
    heading = MARKDOWN_HEADING.fullmatch(line.text.strip())
    return line._replace(text=heading[1] if heading else line.text.replace("\f", ""))
