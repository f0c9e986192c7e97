"""Word templates written as text: a line a paragraph, ``|`` for tables.  Made with python-docx, not with gxgen."""

from __future__ import annotations

import io
from itertools import groupby

import docx
from docx.document import Document
from docx.table import Table

LEFT, ABOVE = "<", "^"
"""A cell that is joined to the one before it, and to the one above it."""
RUN_END = "‖"


def word_template(look: bytes, text: str) -> bytes:
    """A .docx with the styles of *look* and the paragraphs and tables that *text* draws."""
    document = docx.Document(io.BytesIO(look))
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    for is_table, lines in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        if is_table:
            _table(document, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
        else:
            for line in lines:
                paragraph = document.add_paragraph()
                for run in line.split(RUN_END):
                    paragraph.add_run(run)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _table(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text not in (LEFT, ABOVE):
                _join(table, rows, y, x)
                table.cell(y, x).text = text


def _join(table: Table, rows: list[list[str]], y: int, x: int) -> None:
    right, below = x, y
    while right + 1 < len(rows[y]) and rows[y][right + 1] == LEFT:
        right += 1
    while below + 1 < len(rows) and rows[below + 1][x] == ABOVE:
        below += 1
    if (right, below) != (x, y):
        table.cell(y, x).merge(table.cell(below, right))
