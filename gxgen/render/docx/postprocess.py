"""What docxtpl does to a part after filling it in: white space in words, the grids of tables, the ids of drawings.

Each is done only where a template or its data call for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from gxgen.core.regex import regex

DRAWING_ID = regex(r'(<wp:docPr\b[^>]*? id=")[^"]*(")')
FIRST_DRAWING = 1001
MARK = "<?gxgen table?>"
"""Before a table whose cells depend on the data."""
TABLE_EDGE = regex(r"<w:tbl[ >]|</w:tbl>")
PIECE = regex(
    r"<(?P<end>/?)w:(?P<name>tbl|tr|tc|sdt|tblGrid|gridCol|tcPr|gridSpan)(?P<rest>(?:\s[^>]*?)?)(?P<empty>/?)>"
)
WIDTH = regex(r'\bw:w="([^"]*)"')
SPAN = regex(r'\bw:val="(\d+)"')


def has_commands(xml: str) -> bool:
    """Whether there is any."""
    return "\n" in xml or "\t" in xml or "\a" in xml or "\f" in xml


def with_commands(xml: str) -> str:
    r"""Tabs, new lines, new paragraphs (``\a``) and new pages (``\f``) in words as Word has them."""
    if not has_commands(xml):
        return xml
    from docxtpl import DocxTemplate

    resolved: str = DocxTemplate.resolve_listing(None, xml)
    return resolved.replace("\a", "\ufffd").replace("\f", "\ufffd")


def with_drawing_ids(xml: str) -> str:
    """Drawings numbered through, since a loop repeats them."""
    numbers = count(FIRST_DRAWING)
    return DRAWING_ID.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", xml)


def with_grids(xml: str) -> str:
    """The marked tables with as many columns in their grid as their rows have."""
    while (start := xml.find(MARK)) >= 0:
        end = _end_of_table(xml, start)
        xml = xml[:start] + with_grid(xml[start + len(MARK) : end]) + xml[end:]
    return xml


def each_table(xml: str, change: Callable[[str], str]) -> str:
    """*xml* with every table that is in no other one changed."""
    pieces, cursor = [], 0
    for start, end in _tables(xml):
        pieces += [xml[cursor:start], change(xml[start:end])]
        cursor = end
    return "".join([*pieces, xml[cursor:]])


def _tables(xml: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    for edge in TABLE_EDGE.finditer(xml):
        if edge[0].startswith("</"):
            depth -= 1
            if depth == 0:
                yield start, edge.end()
        else:
            start = start if depth else edge.start()
            depth += 1


def _end_of_table(xml: str, start: int) -> int:
    depth = 0
    for edge in TABLE_EDGE.finditer(xml, start):
        depth += -1 if edge[0].startswith("</") else 1
        if depth == 0:
            return edge.end()
    return len(xml)


class _Table:
    """What is known of a table while it is read."""

    def __init__(self) -> None:
        self.grid: tuple[int, int] | None = None
        self.columns: list[str | None] = []
        self.cells = 0
        self.spans = 0
        self.most_cells = 0
        self.most_spans = 0

    def end_row(self) -> None:
        self.most_cells = max(self.most_cells, self.cells)
        self.most_spans = max(self.most_spans, self.spans)
        self.cells = self.spans = 0


class _Change(NamedTuple):
    start: int
    end: int
    xml: str


def with_grid(xml: str) -> str:
    """A table, and the tables within it, with a grid of as many columns as the widest of its own rows."""
    changes: list[_Change] = []
    tables: list[_Table] = []
    path: list[str] = []
    for piece in PIECE.finditer(xml):
        name = piece["name"]
        if piece["end"]:
            del path[-1:]
            _leave(name, tables, changes, piece)
            continue
        _enter(name, path, tables, piece)
        if not piece["empty"]:
            path.append(name)
    for change in sorted(changes, reverse=True):
        xml = xml[: change.start] + change.xml + xml[change.end :]
    return xml


def _enter(name: str, path: list[str], tables: list[_Table], piece: re.Match[str]) -> None:
    if name == "tbl":
        tables.append(_Table())
    elif not tables:
        return
    elif name == "tblGrid":
        tables[-1].grid = (piece.end(), piece.end())
    elif name == "gridCol" and path[-1:] == ["tblGrid"]:
        width = WIDTH.search(piece["rest"])
        tables[-1].columns.append(width[1] if width else None)
    elif name == "tc" and path[-1:] == ["tr"]:
        tables[-1].cells += 1
        tables[-1].spans += 1
    elif name == "gridSpan" and path[-3:] == ["tr", "tc", "tcPr"]:
        span = SPAN.search(piece["rest"])
        tables[-1].spans += int(span[1]) - 1 if span else 0


def _leave(name: str, tables: list[_Table], changes: list[_Change], piece: re.Match[str]) -> None:
    if not tables:
        return
    table = tables[-1]
    if name == "tr":
        table.end_row()
    elif name == "tblGrid" and table.grid:
        table.grid = (table.grid[0], piece.start())
    elif name == "tbl":
        tables.pop()
        before = table.columns
        after = _columns(before, table.most_cells, table.most_spans)
        if table.grid and after != before:
            columns = "".join("<w:gridCol/>" if width is None else f'<w:gridCol w:w="{width}"/>' for width in after)
            changes.append(_Change(*table.grid, columns))


def _columns(columns: list[str | None], cells: int, spans: int) -> list[str | None]:
    """The widths for *cells* cells a row that span *spans* columns; the table's own width is kept as docxtpl does."""
    columns = _added(columns, cells - len(columns))
    surplus = len(columns) - spans
    if surplus <= 0:
        return columns
    left, removed = columns[:-surplus], columns[-surplus:]
    extra = int(sum(map(_number, removed)) / len(left)) if left else 0
    widened: list[str | None] = [str(int(_number(width) + extra)) for width in left]
    return widened


def _added(columns: list[str | None], more: int) -> list[str | None]:
    width = sum(map(_number, columns))
    if more <= 0 or width <= 0:
        return columns
    before, after = width / len(columns), width / (len(columns) + more)
    return [*(str(int(_number(one) * after / before)) for one in columns), *[str(int(after))] * more]


def _number(width: str | None) -> float:
    try:
        return float(width or 0)
    except ValueError:
        return 0.0
