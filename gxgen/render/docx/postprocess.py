"""Postprocess a rendered part as docxtpl does: control characters in words, the grids of tables, the ids of drawings.

Each step is taken only where a template or its data call for it, because a part is large.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from gxgen.core.regex import regex

DRAWING_ID = regex(r'(<wp:docPr\b[^>]*? id=")[^"]*(")')
FIRST_DRAWING_ID = 1001
VARYING_TABLE = "<?gxgen table?>"
"""A processing instruction before each table whose cells depend on the data."""
TABLE_EDGE = regex(r"<w:tbl[ >]|</w:tbl>")
TABLE_TAG = regex(
    r"<(?P<end>/?)w:(?P<name>tbl|tr|tc|sdt|tblGrid|gridCol|tcPr|gridSpan)(?P<rest>(?:\s[^>]*?)?)(?P<empty>/?)>"
)
WIDTH = regex(r'\bw:w="([^"]*)"')
SPAN = regex(r'\bw:val="(\d+)"')


def has_control_characters(xml: str) -> bool:
    """Whether there are characters that :func:`resolve_control_characters` resolves."""
    return "\n" in xml or "\t" in xml or "\a" in xml or "\f" in xml


def resolve_control_characters(xml: str) -> str:
    r"""Replace tabs, line feeds, new paragraphs (``\a``) and new pages (``\f``) by WordprocessingML."""
    if not has_control_characters(xml):
        return xml
    from docxtpl import DocxTemplate

    resolved: str = DocxTemplate.resolve_listing(None, xml)
    return resolved.replace("\a", "\ufffd").replace("\f", "\ufffd")


def number_drawings(xml: str) -> str:
    """Number the drawings of a part: a loop repeats their ids."""
    numbers = count(FIRST_DRAWING_ID)
    return DRAWING_ID.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", xml)


def fit_marked_grids(xml: str) -> str:
    """Apply :func:`fit_grid` to the tables marked by :data:`VARYING_TABLE`."""
    while (start := xml.find(VARYING_TABLE)) >= 0:
        end = _end_of_table(xml, start)
        xml = xml[:start] + fit_grid(xml[start + len(VARYING_TABLE) : end]) + xml[end:]
    return xml


def map_tables(xml: str, change: Callable[[str], str]) -> str:
    """Replace every outermost table of *xml* by ``change(table)``."""
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


class _TableCount:
    """The counts of a table while it is read."""

    def __init__(self) -> None:
        self.grid: tuple[int, int] | None = None
        self.columns: list[str | None] = []
        self.cells = 0
        self.columns_spanned = 0
        self.max_cells = 0
        self.max_spanned = 0

    def end_row(self) -> None:
        self.max_cells = max(self.max_cells, self.cells)
        self.max_spanned = max(self.max_spanned, self.columns_spanned)
        self.cells = self.columns_spanned = 0


class _Replacement(NamedTuple):
    """A new text for a range of the XML; ordered by position."""

    start: int
    end: int
    xml: str


def fit_grid(xml: str) -> str:
    """Give a table, and the tables within it, a grid (17.4.48) with as many columns as the widest of its rows."""
    changes: list[_Replacement] = []
    tables: list[_TableCount] = []
    path: list[str] = []
    for tag in TABLE_TAG.finditer(xml):
        name = tag["name"]
        if tag["end"]:
            del path[-1:]
            _leave(name, tables, changes, tag)
            continue
        _enter(name, path, tables, tag)
        if not tag["empty"]:
            path.append(name)
    for change in sorted(changes, reverse=True):
        xml = xml[: change.start] + change.xml + xml[change.end :]
    return xml


def _enter(name: str, path: list[str], tables: list[_TableCount], tag: re.Match[str]) -> None:
    if name == "tbl":
        tables.append(_TableCount())
    elif not tables:
        return
    elif name == "tblGrid":
        tables[-1].grid = (tag.end(), tag.end())
    elif name == "gridCol" and path[-1:] == ["tblGrid"]:
        width = WIDTH.search(tag["rest"])
        tables[-1].columns.append(width[1] if width else None)
    elif name == "tc" and path[-1:] == ["tr"]:
        tables[-1].cells += 1
        tables[-1].columns_spanned += 1
    elif name == "gridSpan" and path[-3:] == ["tr", "tc", "tcPr"]:
        span = SPAN.search(tag["rest"])
        tables[-1].columns_spanned += int(span[1]) - 1 if span else 0


def _leave(name: str, tables: list[_TableCount], changes: list[_Replacement], tag: re.Match[str]) -> None:
    if not tables:
        return
    table = tables[-1]
    if name == "tr":
        table.end_row()
    elif name == "tblGrid" and table.grid:
        table.grid = (table.grid[0], tag.start())
    elif name == "tbl":
        tables.pop()
        before = table.columns
        after = _columns(before, table.max_cells, table.max_spanned)
        if table.grid and after != before:
            columns = "".join("<w:gridCol/>" if width is None else f'<w:gridCol w:w="{width}"/>' for width in after)
            changes.append(_Replacement(*table.grid, columns))


def _columns(columns: list[str | None], cells: int, columns_spanned: int) -> list[str | None]:
    """Return the widths for rows of *cells* cells that span *spans* columns; like docxtpl, keep the table's width."""
    columns = _with_more(columns, cells - len(columns))
    surplus = len(columns) - columns_spanned
    if surplus <= 0:
        return columns
    left, removed = columns[:-surplus], columns[-surplus:]
    extra = int(sum(map(_width_of, removed)) / len(left)) if left else 0
    widened: list[str | None] = [str(int(_width_of(width) + extra)) for width in left]
    return widened


def _with_more(columns: list[str | None], more: int) -> list[str | None]:
    width = sum(map(_width_of, columns))
    if more <= 0 or width <= 0:
        return columns
    before, after = width / len(columns), width / (len(columns) + more)
    return [*(str(int(_width_of(one) * after / before)) for one in columns), *[str(int(after))] * more]


def _width_of(width: str | None) -> float:
    try:
        return float(width or 0)
    except ValueError:
        return 0.0
