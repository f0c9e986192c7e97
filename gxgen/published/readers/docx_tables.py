"""Tables of WordprocessingML (ISO/IEC 29500-1, 17.4 and 17.7.6): cells at their columns, formats of table styles.

Most cells are plain text; those are read in one walk, without a look at properties that decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from lxml import etree

from gxgen.published.readers.cell_layout import MOST_COLUMNS
from gxgen.published.readers.docx_numbering import Numbering
from gxgen.published.readers.docx_runs import NOT_SHOWN, TEXT, Context, W, children
from gxgen.published.readers.docx_styles import PLAIN, VAL, WHITE, Styles, is_on, is_shading

P, TBL, TR, TC = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
GRID_SPAN, V_MERGE, H_MERGE, SHADING, CELL_DELETED = (
    f"{W}{name}" for name in ("gridSpan", "vMerge", "hMerge", "shd", "cellDel")
)
STYLE, SIZE, COLOUR = f"{W}pStyle", f"{W}sz", f"{W}color"
WITH_EFFECT = (STYLE, SIZE, COLOUR)
"""Elements whose value decides whether text is certain."""
WITHOUT_EFFECT = frozenset(
    W + name
    for name in (
        *("tc", "tcPr", "tcW", "vAlign", "noWrap", "hideMark", "tcMar", "tcFitText", "textDirection", "shd"),
        *("tcBorders", "top", "left", "start", "bottom", "right", "end", "insideH", "insideV", "tl2br", "tr2bl"),
        *("pPr", "jc", "spacing", "ind", "keepNext", "keepLines", "widowControl", "adjustRightInd", "snapToGrid"),
        *("autoSpaceDE", "autoSpaceDN", "wordWrap", "kinsoku", "textAlignment", "overflowPunct", "topLinePunct"),
        *("bidi", "suppressAutoHyphens", "contextualSpacing", "outlineLvl", "pBdr", "tabs", "rPr", "r"),
        *("rFonts", "szCs", "b", "bCs", "i", "iCs", "u", "kern", "lang", "w", "fitText", "bookmarkStart"),
        *("bookmarkEnd", "proofErr", "lastRenderedPageBreak", "suppressLineNumbers", "divId", "cnfStyle", "noProof"),
    )
)
"""Elements of a cell that do not decide what is text in it."""
OF_TABLE = frozenset(
    W + name
    for name in (
        *("tblPr", "tblStyle", "tblW", "tblInd", "tblLayout", "tblLook", "tblBorders", "tblCellMar", "tblGrid"),
        *("gridCol", "tblpPr", "tblOverlap", "tblCellSpacing", "tr", "trPr", "trHeight", "cantSplit", "tblHeader"),
        *("gridBefore", "gridAfter", "wBefore", "wAfter"),
    )
)
PLAIN_TABLE = frozenset((*WITHOUT_EFFECT, *OF_TABLE, *WITH_EFFECT, TEXT, P, GRID_SPAN, V_MERGE))
ROW_PROPERTIES = f"{W}trPr"
SPANS = (GRID_SPAN, V_MERGE)
OF_CELL = frozenset((GRID_SPAN, V_MERGE, H_MERGE, SHADING, CELL_DELETED))
LOOK_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
EDGES = {"firstRow": "firstRow", "lastRow": "lastRow", "firstColumn": "firstCol", "lastColumn": "lastCol"}
"""Names of the edges in ``w:tblLook`` and in ``w:tblStylePr``, the weakest first."""
CORNERS = {
    "nwCell": {"firstRow", "firstColumn"},
    "neCell": {"firstRow", "lastColumn"},
    "swCell": {"lastRow", "firstColumn"},
    "seCell": {"lastRow", "lastColumn"},
}
FEWEST_COLUMNS = 2
FEWEST_CELLS = 8
"""Of a table with figures of its own; a smaller one with tables in it only arranges them."""


class GridCell(NamedTuple):
    """A cell of a row, with those that ``w:hMerge`` joins to it."""

    elements: list[etree._Element]
    at: int
    """Which cell of its row it is, from 0."""
    column: int
    columns: int
    merge: str
    """The value of ``w:vMerge``; empty where the cell has none."""
    is_shaded: bool = False
    text: str | None = None
    """What :func:`_plain_cell` has read."""


class Grids:
    """Reads rows of tables into cells at their columns."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._plain_styles: dict[tuple[str, str], bool] = {}

    def of(self, table: etree._Element) -> tuple[list[list[GridCell]], Formats]:
        """The cells of each row that is shown, and what the table's style says of them."""
        rows = [row for row in children(table) if row.tag == TR and not _is_row_gone(row)]
        formats = Formats(self._styles, table.find(f"{W}tblPr"), len(rows))
        formats.is_plain = self._is_plain_table(table, formats.style)
        return [self._grid_cells(row, formats) for row in rows], formats

    def _grid_cells(self, row: etree._Element, formats: Formats) -> list[GridCell]:
        """The cells of a row at their columns; ``w:hMerge`` joins a cell to the one before it."""
        properties = row.find(ROW_PROPERTIES)
        column = _number(properties.find(f"{W}gridBefore") if properties is not None else None, 0)
        found: list[GridCell] = []
        for cell in children(row):
            if cell.tag != TC:
                continue
            plain = self._plain_cell(cell, formats, len(found), column)
            if plain:
                found.append(plain)
                column += plain.columns
                continue
            about = {each.tag: each for each in _properties(cell) if each.tag in OF_CELL}
            if CELL_DELETED in about:
                continue
            columns = max(_number(about.get(GRID_SPAN), 1), 1)
            if H_MERGE in about and about[H_MERGE].get(VAL) != "restart" and found:
                last = found[-1]
                found[-1] = last._replace(elements=[*last.elements, cell], columns=last.columns + columns)
            else:
                merge = about[V_MERGE].get(VAL, "continue") if V_MERGE in about else ""
                is_shaded = SHADING in about and is_shading(about[SHADING])
                found.append(GridCell([cell], len(found), column, columns, merge, is_shaded))
            column += columns
        return found

    def _is_plain_table(self, table: etree._Element, style: str | None) -> bool:
        """Whether all cells of a table can be read by :func:`_plain_cell` without a look at what else is in them."""
        if style is None or not PLAIN_TABLE.issuperset({each.tag for each in table.iterdescendants()}):
            return False
        values = {(each.tag, each.get(VAL, "")) for each in table.iter(*WITH_EFFECT)}
        return all(self._has_no_effect(tag, value, style) for tag, value in values)

    def _plain_cell(self, cell: etree._Element, formats: Formats, at: int, column: int) -> GridCell | None:
        """Read a cell of plain runs in one walk; None if it has anything that asks for more.

        Args:
            cell: the element ``w:tc``.
            formats: those of its table.
            at: which cell of its row it is, from 0.
            column: where it begins.
        """
        if not formats.is_plain and (formats.style is None or not self._is_plain_table(cell, formats.style)):
            return None
        text: list[str] = []
        columns, merge = 1, ""
        for each in cell.iter(P, TEXT, *SPANS):
            tag = each.tag
            if tag == TEXT:
                text.append(each.text or "")
            elif tag == GRID_SPAN:
                columns = max(_number(each, 1), 1)
            elif tag == V_MERGE:
                merge = each.get(VAL, "continue")
            else:
                text.append("\n")
        return GridCell([cell], at, column, columns, merge, text="".join(text).translate(NOT_SHOWN)[1:])

    def _has_no_effect(self, tag: object, value: str, table: str) -> bool:
        """Whether a style, a size or a colour leaves text certain."""
        if tag == STYLE:
            return self._is_plain(value, table)
        return len(value) >= len("10") if tag == SIZE else value.upper() != WHITE

    def _is_plain(self, style: str, table: str) -> bool:
        """Whether text of a paragraph style in a table of a style is certain and has no number."""
        key = (style, table)
        if key not in self._plain_styles:
            look = self._styles.look({}, style, table, ())
            is_certain = msgspec.structs.replace(look, is_bold=False) == PLAIN
            self._plain_styles[key] = is_certain and not self._numbering.is_numbered(style)
        return self._plain_styles[key]


def _is_row_gone(row: etree._Element) -> bool:
    properties = row.find(ROW_PROPERTIES)
    if properties is None:
        return False
    hidden = properties.find(f"{W}hidden")
    return properties.find(f"{W}del") is not None or (hidden is not None and is_on(hidden.get(VAL, "true")))


def _properties(cell: etree._Element) -> etree._Element | tuple[()]:
    properties = cell.find(f"{W}tcPr")
    return properties if properties is not None else ()


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(VAL, "") if element is not None else ""
    is_number = value.isascii() and value.isdigit() and len(value) < len("10000")
    return min(int(value), MOST_COLUMNS) if is_number else default


def paragraphs_in(elements: list[etree._Element]) -> Iterator[etree._Element]:
    """The paragraphs of a cell, with those of tables in it."""
    for element in elements:
        for child in children(element):
            if child.tag == P:
                yield child
            elif child.tag in (TBL, TR, TC):
                yield from paragraphs_in([child])


def arranges(table: etree._Element, grid: list[list[GridCell]]) -> bool:
    """Whether a table arranges others: one in it has many cells, or few of its own cells have text."""
    if table.find(f".//{TBL}") is None:
        return False
    if any(sum(1 for _ in inner.iter(TC)) >= FEWEST_CELLS for inner in table.iterdescendants(TBL)):
        return True
    own = [cell for row in grid for cell in row if all(each.find(f".//{TBL}") is None for each in cell.elements)]
    return sum(any(True for each in cell.elements for _ in each.iter(TEXT)) for cell in own) < FEWEST_CELLS


def cells_with_text(table: etree._Element) -> int:
    """How many cells of a table have text."""
    return sum(any(text.text for text in cell.iter(TEXT)) for cell in table.iter(TC))


class Formats:
    """What a table's style says of the characters in its cells (17.7.6)."""

    def __init__(self, styles: Styles, properties: etree._Element | None, height: int) -> None:
        named = properties.find(f"{W}tblStyle") if properties is not None else None
        style = named.get(VAL, "") if named is not None else ""
        self._everywhere = Context("", style)
        self.style = None if styles.has_conditions(style) else style
        """The table's style; None where it formats characters of some rows or columns otherwise than of others."""
        self.is_plain = False
        """Whether nothing in the table is but plain text."""
        self._height = height
        self._look = _table_look(properties) if self.style is None else None
        self.shades = styles.is_shaded(style)

    def context(self, row: int, cell: GridCell, width: int) -> Context:
        """The styles of a cell's text."""
        if self._look is None:
            return self._everywhere
        return self._everywhere._replace(conditions=tuple(self._conditions(row, cell.at, width, self._look)))

    def _conditions(self, row: int, column: int, width: int, look: frozenset[str]) -> Iterator[str]:
        edges = {
            "firstRow": row == 0,
            "lastRow": row == self._height - 1,
            "firstColumn": column == 0,
            "lastColumn": column == width - 1,
        }
        on = {name for name, is_there in edges.items() if is_there and name in look}
        if "noVBand" not in look and not on & {"firstColumn", "lastColumn"}:
            yield "band2Vert" if (column - ("firstColumn" in look)) % 2 else "band1Vert"
        if "noHBand" not in look and not on & {"firstRow", "lastRow"}:
            yield "band2Horz" if (row - ("firstRow" in look)) % 2 else "band1Horz"
        for name, format_ in EDGES.items():
            if name in on:
                yield format_
        for corner, names in CORNERS.items():
            if on >= names:
                yield corner


def _table_look(properties: etree._Element | None) -> frozenset[str]:
    """The conditional formats that a table asks for (``w:tblLook``), and the bands that it does not want."""
    look = properties.find(f"{W}tblLook") if properties is not None else None
    if look is None:
        return frozenset(("noHBand", "noVBand"))
    try:
        bits = int(look.get(VAL, "0"), 16)
    except ValueError:
        bits = 0
    return frozenset(
        name for name, bit in LOOK_BITS.items() if is_on(look.get(f"{W}{name}", "1" if bits & bit else "0"))
    )
