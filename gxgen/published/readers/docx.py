"""Word documents, in WordprocessingML's own words (ISO/IEC 29500-1, 17): paragraphs and tables of the body.

Comments, tracked deletions and hidden text are not part of the report; headers, footers, notes, and characters that
are struck out, raised or lowered are left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import msgspec
from lxml import etree

from gxgen.published.document import Block, Cell, Omission, Pages, Paragraph, Table
from gxgen.published.readers.bold import Piece, with_bold
from gxgen.published.readers.cell_layout import MOST_COLUMNS
from gxgen.published.readers.docx_numbering import Numbering
from gxgen.published.readers.docx_runs import BOX, NOT_SHOWN, RUN, TEXT, Context, Run, Runs, V, W, certain, children
from gxgen.published.readers.docx_styles import PLAIN, WHITE, Styles, is_on, is_shading
from gxgen.published.readers.errors import CarrierError
from gxgen.published.readers.unclear import in_cell
from gxgen.published.readers.zip_package import Part, open_package

VAL = f"{W}val"
P, TBL, TR, TC, ALT_CHUNK = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "altChunk"))
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
ROW_PROPERTIES, PARAGRAPH_PROPERTIES = f"{W}trPr", f"{W}pPr"
SPANS = (GRID_SPAN, V_MERGE)
OF_CELL = frozenset((GRID_SPAN, V_MERGE, H_MERGE, SHADING, CELL_DELETED))
GONE = tuple(f"{W}{name}" for name in ("vanish", "specVanish", "del", "moveFrom"))
TEXT_PATH = f"{V}textpath"
"""Text drawn as a picture (WordArt)."""
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
EMBEDDED = "嵌入的文件"
IN_MARGINS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
"""What stands outside of the body, by the kind of the relationship to it."""
PAGE_NUMBER = re.compile(r"[\s\d\-—–―－·.第页共/]*")
PICTURES = tuple(
    f"{{{name}}}{tag}"
    for name, tag in (
        ("http://schemas.openxmlformats.org/drawingml/2006/main", "blip"),
        ("urn:schemas-microsoft-com:vml", "imagedata"),
    )
)
FEWEST_COLUMNS = 2
FEWEST_CELLS = 8
"""Of a table with figures of its own; a smaller one with tables in it only arranges them."""


def read(raw: bytes) -> Pages:
    """Read a .docx file, or a macro-enabled one or a template of the same form.

    Raises:
        CarrierError: it is damaged or too large, or its text is in other files.
    """
    with open_package(raw) as package:
        main = package.main_part()
        root = main.root()
        related = main.related
        lists, styles = (_root(related.get(kind)) for kind in ("numbering", "styles"))
        margins = list(_outside_of_body(main))
    body = root.find(f"{W}body")
    if body is None:
        return Pages((), omissions=tuple(margins))
    reader = _Reader(root, Styles(styles), lists)
    blocks = tuple(reader.blocks(body))
    if not any(isinstance(block, Table) or block.text.strip() for block in blocks):
        _refuse_without_text(body)
    return Pages(blocks, omissions=(*reader.omissions, *margins))


def _root(part: Part | None) -> etree._Element | None:
    """The root of a part that a document can be read without: none where it cannot be read."""
    try:
        return part.root(recover=True) if part else None
    except CarrierError:
        return None


def _outside_of_body(main: Part) -> Iterator[Omission]:
    """The texts of headers, footers and notes, each once."""
    seen = set()
    for each in main.relationships:
        kind = each.kind
        if kind not in IN_MARGINS:
            continue
        root = _root(each.part)
        text = "".join(piece.text or "" for piece in root.iter(TEXT)).strip() if root is not None else ""
        if (kind, text) not in seen and not PAGE_NUMBER.fullmatch(text):
            seen.add((kind, text))
            yield Omission(IN_MARGINS[kind], text, len(text))


def _refuse_without_text(body: etree._Element) -> None:
    if body.find(f".//{ALT_CHUNK}") is not None:
        message = "正文是嵌在里面的另一个文件（altChunk），要由 Word 打开才并入文档"
        raise CarrierError(message, "用 Word 打开，另存为 .docx 再读")
    if any(True for _ in body.iter(*PICTURES)):
        raise CarrierError("文档里只有图片，没有文字", "图片里的文字要先用文字识别软件转成文档")


class _Below(msgspec.Struct, frozen=True):
    """The table that text stands in: its style, whether that shades cells, and the formats of the cell."""

    context: Context = Context()
    on_shading: bool = False


class _Line(NamedTuple):
    """A paragraph read: its runs, its number, and whether the next one goes on in the same line."""

    runs: list[Run]
    number: str
    goes_on: bool
    boxes: list[etree._Element]


class _GridCell(NamedTuple):
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


class _Reader:
    """Reads a document from its first paragraph to its last."""

    def __init__(self, root: etree._Element, styles: Styles, lists: etree._Element | None) -> None:
        self._styles = styles
        self._numbering = Numbering(lists, styles)
        self._runs = Runs(root, styles)
        self._tables = count(1)
        self._has_boxes = any(True for _ in root.iter(BOX, TEXT_PATH))
        self._plain_styles: dict[tuple[str, str], bool] = {}
        self.omissions: list[Omission] = []

    def blocks(self, parent: etree._Element, below: _Below | None = None) -> Iterator[Block]:
        """The paragraphs and tables below an element."""
        below = below or _Below()
        waiting: list[Run] = []
        for child in children(parent):
            if child.tag == P:
                line = self._line(child, below.context)
                waiting += line.runs
                if not line.goes_on:
                    yield self._paragraph(
                        waiting, line.number, below.on_shading or _is_shaded(child.find(PARAGRAPH_PROPERTIES))
                    )
                    waiting = []
                yield from (block for box in line.boxes for block in self._in_box(box))
            elif child.tag == TBL:
                yield from (self._paragraph(each, "", below.on_shading) for each in (waiting,) if each)
                waiting = []
                yield from self._table(child)
            elif child.tag == ALT_CHUNK:
                self.omissions.append(Omission(EMBEDDED, "", 0))
        yield from (self._paragraph(each, "", below.on_shading) for each in (waiting,) if each)

    # Paragraphs

    def _line(self, paragraph: etree._Element, context: Context) -> _Line:
        properties = paragraph.find(PARAGRAPH_PROPERTIES)
        style, goes_on = "", False
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            style = named.get(VAL, "") if named is not None else ""
            mark = properties.find(f"{W}rPr")
            goes_on = mark is not None and _is_gone(mark)
        runs = list(self._runs.of(paragraph, context._replace(paragraph=style)))
        boxes = list(_boxes(paragraph)) if self._has_boxes else []
        return _Line(runs, self._numbering.number_of(properties, style), goes_on, boxes)

    def _paragraph(self, runs: list[Run], number: str, on_shading: bool) -> Paragraph:
        """A paragraph; pieces in bold stand in ``**``, as a data file writes them."""
        kept, doubtful = certain(runs, on_shading=on_shading)
        self.omissions += [Omission(kind, text, len(text)) for kind, text in doubtful.items()]
        return Paragraph(with_bold([Piece(run.text, run.look.is_bold) for run in kept]), number=number)

    def _in_box(self, box: etree._Element) -> Iterator[Block]:
        """The text box that is anchored in a paragraph: Word shows what is in it, so it is read, after it."""
        if box.tag == BOX:
            around, self._runs = self._runs, Runs(box, self._styles)
            yield from list(self.blocks(box, _Below(on_shading=True)))
            self._runs = around
        else:
            yield Paragraph(box.get("string", ""))

    # Tables

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """A table; of one that only arranges others or a single column of text, what is in it."""
        rows = [row for row in children(table) if row.tag == TR and not _is_row_gone(row)]
        formats = _Formats(self._styles, table.find(f"{W}tblPr"), len(rows))
        formats.is_plain = self._is_plain_table(table, formats.style)
        grid = [self._grid_cells(row, formats) for row in rows]
        if max(map(len, grid), default=0) < FEWEST_COLUMNS or _arranges(table, grid):
            for at, row in enumerate(grid):
                for cell in row:
                    below = _Below(formats.context(at, cell, len(row)), formats.shades or cell.is_shaded)
                    for element in cell.elements:
                        yield from self.blocks(element, below)
            return
        yield Table(tuple(self._merged(grid, formats)), next(self._tables))

    def _grid_cells(self, row: etree._Element, formats: _Formats) -> list[_GridCell]:
        """The cells of a row at their columns; ``w:hMerge`` joins a cell to the one before it."""
        properties = row.find(ROW_PROPERTIES)
        column = _number(properties.find(f"{W}gridBefore") if properties is not None else None, 0)
        found: list[_GridCell] = []
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
                found.append(_GridCell([cell], len(found), column, columns, merge, is_shaded))
            column += columns
        return found

    def _is_plain_table(self, table: etree._Element, style: str | None) -> bool:
        """Whether all cells of a table can be read by :func:`_plain_cell` without a look at what else is in them."""
        if style is None or not PLAIN_TABLE.issuperset({each.tag for each in table.iterdescendants()}):
            return False
        values = {(each.tag, each.get(VAL, "")) for each in table.iter(*WITH_EFFECT)}
        return all(self._has_no_effect(tag, value, style) for tag, value in values)

    def _plain_cell(self, cell: etree._Element, formats: _Formats, at: int, column: int) -> _GridCell | None:
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
        return _GridCell([cell], at, column, columns, merge, text="".join(text).translate(NOT_SHOWN)[1:])

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

    def _merged(self, grid: list[list[_GridCell]], formats: _Formats) -> list[Cell]:
        """The cells with their places; ``vMerge`` continues the cell above that begins and ends at the same columns."""
        found: list[Cell] = []
        above: dict[tuple[int, int], int] = {}
        for at, row in enumerate(grid):
            open_here: dict[tuple[int, int], int] = {}
            for cell in row:
                place = (cell.column, cell.columns)
                extends = above.get(place) if cell.merge and cell.merge != "restart" else None
                if extends is None:
                    extends = len(found)
                    text, unclear = cell.text, ""
                    if text is None or self._runs.is_in_field:
                        text, unclear = self._text(cell, formats.context(at, cell, len(row)), on_shading=formats.shades)
                    found.append(Cell(at, cell.column, 1, cell.columns, text, unclear=unclear))
                else:
                    found[extends] = found[extends]._replace(rows=found[extends].rows + 1)
                if cell.merge:
                    open_here[place] = extends
            above = open_here
        return found

    def _text(self, cell: _GridCell, context: Context, *, on_shading: bool) -> tuple[str, str]:
        """The text of a cell, a line for each paragraph, and why it is not certain."""
        runs: list[Run] = []
        besides: list[str] = []
        for paragraph in _paragraphs(cell.elements):
            line = self._line(paragraph, context)
            if line.number and line.runs:
                runs.append(Run(line.number, PLAIN))
            runs += line.runs
            if not line.goes_on:
                runs.append(Run("\n", PLAIN))
            besides += [f"文本框「{text}」" for box in line.boxes if (text := _text_in_box(box))]
        kept, doubtful = certain(runs, on_shading=on_shading or cell.is_shaded)
        if any(_cells_with_text(table) > 1 for element in cell.elements for table in element.iter(TBL)):
            besides.append("另一个表格")
        return "".join(run.text for run in kept).rstrip("\n"), in_cell(doubtful, besides)


def _is_gone(mark: etree._Element) -> bool:
    """Whether the mark at a paragraph's end is hidden or deleted, so that the next one goes on in the same line."""
    return any(each.tag in GONE and is_on(each.get(VAL, "true")) for each in mark)


def _is_row_gone(row: etree._Element) -> bool:
    properties = row.find(ROW_PROPERTIES)
    if properties is None:
        return False
    hidden = properties.find(f"{W}hidden")
    return properties.find(f"{W}del") is not None or (hidden is not None and is_on(hidden.get(VAL, "true")))


def _is_shaded(properties: etree._Element | None) -> bool:
    shading = properties.find(f"{W}shd") if properties is not None else None
    return shading is not None and is_shading(shading)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes and the texts drawn as pictures that are anchored in a paragraph."""
    for run in children(paragraph):
        if run.tag == RUN and not is_on_in(run, "vanish"):
            for drawing in children(run):
                yield from drawing.iter(BOX, TEXT_PATH)


def is_on_in(run: etree._Element, name: str) -> bool:
    """Whether a run itself sets an on/off property."""
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and is_on(found.get(VAL, "true"))


def _text_in_box(box: etree._Element) -> str:
    return "".join(each.text or "" for each in box.iter(TEXT)).strip() or box.get("string", "")


# Tables


def _properties(cell: etree._Element) -> etree._Element | tuple[()]:
    properties = cell.find(f"{W}tcPr")
    return properties if properties is not None else ()


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(VAL, "") if element is not None else ""
    is_number = value.isascii() and value.isdigit() and len(value) < len("10000")
    return min(int(value), MOST_COLUMNS) if is_number else default


def _paragraphs(elements: list[etree._Element]) -> Iterator[etree._Element]:
    """The paragraphs of a cell, with those of tables in it."""
    for element in elements:
        for child in children(element):
            if child.tag == P:
                yield child
            elif child.tag in (TBL, TR, TC):
                yield from _paragraphs([child])


def _arranges(table: etree._Element, grid: list[list[_GridCell]]) -> bool:
    """Whether a table arranges others: one in it has many cells, or few of its own cells have text."""
    if table.find(f".//{TBL}") is None:
        return False
    if any(sum(1 for _ in inner.iter(TC)) >= FEWEST_CELLS for inner in table.iterdescendants(TBL)):
        return True
    own = [cell for row in grid for cell in row if all(each.find(f".//{TBL}") is None for each in cell.elements)]
    return sum(any(True for each in cell.elements for _ in each.iter(TEXT)) for cell in own) < FEWEST_CELLS


def _cells_with_text(table: etree._Element) -> int:
    return sum(any(text.text for text in cell.iter(TEXT)) for cell in table.iter(TC))


class _Formats:
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

    def context(self, row: int, cell: _GridCell, width: int) -> Context:
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
