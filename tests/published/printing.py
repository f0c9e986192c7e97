"""Tables of boxes set in the formats that reports come in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from html import escape
from random import Random

from gxgen.render.text import ascii_table
from gxgen.view import Cell, Frame, Grid, Role
from tests.published.damage import Box, Boxes

RAISED = 'vertAlign w:val="superscript"'
Tables = list[tuple[str, Boxes]]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_html(title: str, tables: Tables, random: Random) -> bytes:
    """A web page."""
    body = "".join(f"{_heading(heading)}<table>{html_rows(rows)}</table>" for heading, rows in tables)
    return f"<html><body><h1>{escape(title)}</h1><p>一、总体情况</p><p>略。</p>{body}</body></html>".encode()


def _heading(heading: str) -> str:
    return f"<h2>{escape(heading)}</h2>" if heading else "<p></p>"


def html_rows(rows: Boxes) -> str:
    """A table's rows as HTML."""
    return "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows)


def _html_cell(box: Box) -> str:
    text = escape(box.text).replace("\n", "<br>")
    hidden = f'<span style="display:none">{box.hidden}</span>' if box.hidden else ""
    struck = f"<s>{box.struck}</s>" if box.struck else ""
    raised = f"<sup>{box.raised}</sup>" if box.raised else ""
    text = f"<b>{text}</b>" if box.is_bold else text
    style = ' style="background: #ddd" bgcolor="#dddddd"' if box.is_shaded else ""
    return f'<td rowspan="{box.rows}" colspan="{box.columns}"{style}>{hidden}{text}{struck}{raised}</td>'


def as_docx(title: str, tables: Tables, random: Random) -> bytes:
    """A Word document; a cell over several rows is continued by empty ones, as Word has it."""
    body = _paragraph(title) + _paragraph("一、总体情况") + _paragraph("略。")
    body += "".join(f"{_paragraph(heading)}<w:tbl>{_word_rows(rows)}</w:tbl>" for heading, rows in tables)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _run(text: str, properties: str) -> str:
    return f"<w:r><w:rPr><w:{properties}/></w:rPr><w:t>{escape(text)}</w:t></w:r>"


def _word_rows(rows: Boxes) -> str:
    going_on: list[list[tuple[int, str]]] = [[] for _ in range(len(rows) + 30)]
    found = []
    for at, row in enumerate(rows):
        cells = [(box.column, _word_cell(box, "restart" if box.rows > 1 else "")) for box in row]
        for box in row:
            for below in range(at + 1, min(at + box.rows, len(rows))):
                going_on[below].append((box.column, _word_cell(Box(0, 0, 1, box.columns, box.role, ""), "continue")))
        # A dropped cell shifts the rest of its own row: merged cells keep their order among the others.
        in_order = sorted([*cells, *going_on[at]], key=lambda cell: cell[0])
        found.append(f"<w:tr>{''.join(cell for _, cell in in_order)}</w:tr>")
    return "".join(found)


def _word_cell(box: Box, merge: str) -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    lines = "".join(map(_paragraph, box.text.split("\n")))
    if box.is_bold:
        lines = lines.replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")
    if box.hidden:
        lines = lines.replace("<w:p>", f"<w:p>{_run(box.hidden, 'vanish')}", 1)
    if box.struck:
        lines = lines.removesuffix("</w:p>") + f"{_run(box.struck, 'strike')}</w:p>"
    if box.raised:
        lines = lines.removesuffix("</w:p>") + f"{_run(box.raised, RAISED)}</w:p>"
    merged += '<w:shd w:val="clear" w:color="auto" w:fill="DDDDDD"/>' if box.is_shaded else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{box.columns}"/>{merged}</w:tcPr>{lines}</w:tc>'


def as_text(title: str, tables: Tables, random: Random) -> bytes:
    """Plain text: each table drawn, or its cells between tabs or strokes, by spaces, or one a line."""
    lines = [title, "", "一、总体情况", "略。"]
    for heading, rows in tables:
        style = random.choice((_drawn, _tabs, _tabs, _strokes, _spaces, _one_a_line))
        table = style(rows, random)
        for _ in range(random.choice((0, 0, 1))):
            table.insert(random.randrange(len(table) + 1), random.choice(("", "— 4 —", "4", "第 3 页")))
        gap = [""] if random.random() < 0.5 else []
        lines += ["", heading, *(line for text in table for line in (text, *gap))]
    return "\n".join(lines).encode()


def _drawn(rows: Boxes, random: Random) -> list[str]:
    boxes = [box for row in rows for box in row]
    if not _tiles(boxes):
        return _tabs(rows, random)
    width = max(box.column + box.columns for box in boxes)
    texts = [box.text.replace("\n", "") for box in boxes]
    cells = [
        Cell(box.row, box.column, box.rows, box.columns, Role.ROW_HEAD, text)
        for box, text in zip(boxes, texts, strict=True)
    ]
    try:
        lines = ascii_table(Grid(Frame(tuple(cells), 0, (1,) * width, 0), ())).split("\n")
    except (ValueError, IndexError):  # columns too narrow for the renderer's own reckoning
        return _tabs(rows, random)
    if random.random() < 0.2:
        lines[random.randrange(len(lines))] += random.choice((" ", "|", "+"))
    return lines


def _tiles(boxes: list[Box]) -> bool:
    places = [
        (y, x)
        for box in boxes
        for y in range(box.row, box.row + box.rows)
        for x in range(box.column, box.column + box.columns)
    ]
    height, width = (max(place[axis] for place in places) + 1 for axis in (0, 1))
    return len(places) == len(set(places)) == height * width


def _tabs(rows: Boxes, random: Random, sign: str = "\t") -> list[str]:
    """Cells between tabs; what a merged cell covers is empty, or gone."""
    keeps_places, keeps_below = random.random() < 0.5, random.random() < 0.5
    width = max(box.column + box.columns for row in rows for box in row)
    lines = []
    for at, row in enumerate(rows):
        cells: list[str] = []
        covered = [box for above in rows[:at] for box in above if box.row + box.rows > at] if keeps_below else []
        for box in sorted([*row, *covered], key=lambda one: one.column):
            text = box.text.replace("\n", random.choice((" ", "\n"))) if box in row else ""
            cells += [text, *[""] * (box.columns - 1 if keeps_places else 0)]
        if random.random() < 0.1:
            cells += [""] * random.randrange(1, max(width - len(cells), 1) + 1)
        lines.append(sign.join(cells))
    return lines


def _strokes(rows: Boxes, random: Random) -> list[str]:
    lines = [f"| {line} |".replace("\n", " ") for line in _tabs(rows, random, " | ")]
    lines.insert(1, "|---|:-:|---|")
    return lines


def _spaces(rows: Boxes, random: Random) -> list[str]:
    by = " " * random.choice((1, 1, 2, 4))
    return [by.join(box.text for box in row if box.text) for row in rows]


def _one_a_line(rows: Boxes, random: Random) -> list[str]:
    """Every cell on a line of its own; or labels so, and a row's figures on one line."""
    if random.random() < 0.5:
        return [box.text for row in rows for box in row if box.text]
    lines = []
    for row in rows:
        lines += [box.text for box in row if not box.is_figure]
        lines.append(" ".join(box.text for box in row if box.is_figure))
    return lines


FORMATS: dict[str, Callable[[str, Tables, Random], bytes]] = {".docx": as_docx, ".html": as_html, ".txt": as_text}
