"""Tables as crawlers, converters and OCR leave them: strokes in odd places, HTML in the midst of a text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.published.damage import Box, Boxes
from tests.published.printing import Tables, html_rows

Style = Callable[[Boxes], list[str]]


def as_crawled(title: str, tables: Tables, style: Style) -> bytes:
    """A text with its tables in a style."""
    lines = [title, "", "一、总体情况", "略。"]
    for heading, rows in tables:
        lines += ["", heading, *style(rows)]
    return "\n".join(lines).encode()


def _text(box: Box) -> str:
    return box.text.replace("\n", "")


def _covered(row: list[Box]) -> str:
    """The strokes that are left of the columns that merged cells cover."""
    return "|" * sum(box.columns - 1 for box in row)


def _cells_closed_by_strokes(rows: Boxes) -> list[str]:
    """A cell a line with a stroke at its end, and those of covered columns on a line of their own."""
    lines = []
    for row in rows:
        lines += [f"{_text(box)} |" for box in row]
        lines += [_covered(row)] if _covered(row) else []
    return lines


def _strokes_on_lines_of_their_own(rows: Boxes) -> list[str]:
    """A cell, a stroke, a cell, a stroke, each on a line; a broken cell keeps its lines."""
    lines = []
    for row in rows:
        for box in row:
            lines += [*box.text.split("\n"), "|"]
        lines += [f"||{_covered(row)}"] if _covered(row) else []
    return lines


def _strokes_between_lines(rows: Boxes) -> list[str]:
    """A stroke that begins a row, and cells that each stand indented on the next line before their stroke."""
    return ["\n".join(["|", *(f" {_text(box)}  |" for box in row)]) + f" {_covered(row)}" for row in rows]


def _bare_strokes(rows: Boxes) -> list[str]:
    """A row a line with strokes between its cells only: two cells have one stroke."""
    lines = ["| ".join(_text(box) for box in row) + "  " for row in rows]
    lines.insert(1, "---|---")
    return lines


def _html_on_one_line(rows: Boxes) -> list[str]:
    return [f"<html><body><table>{html_rows(rows)}</table></body></html>"]


def _html_on_many_lines(rows: Boxes) -> list[str]:
    body = "".join(
        "<tr>\n"
        + "".join(f"<td rowspan={box.rows} colspan={box.columns}>\n\n{escape(box.text)}\n\n</td>\n" for box in row)
        + "</tr>\n"
        for row in rows
    )
    return f"<TABLE border=1>\n{body}</TABLE>".split("\n")


STYLES: tuple[Style, ...] = (
    _cells_closed_by_strokes,
    _strokes_on_lines_of_their_own,
    _strokes_between_lines,
    _bare_strokes,
    _html_on_one_line,
    _html_on_many_lines,
)
