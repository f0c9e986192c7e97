"""Word documents, in WordprocessingML's own words (ISO/IEC 29500-1, 17): paragraphs and tables of the body.

Comments, tracked deletions and hidden text are not part of the report; headers, footers, notes, and characters that
are struck out, raised or lowered are left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice
from typing import NamedTuple

import msgspec
from lxml import etree

from gxgen.published.document import Block, Cell, Omission, Pages, Paragraph, Table
from gxgen.published.readers.bold import Piece, with_bold
from gxgen.published.readers.docx_numbering import Numbering
from gxgen.published.readers.docx_runs import BOX, RUN, TEXT, Context, Run, Runs, V, W, certain, children
from gxgen.published.readers.docx_styles import PLAIN, VAL, Styles, is_on, is_shading
from gxgen.published.readers.docx_tables import (
    FEWEST_COLUMNS,
    TBL,
    Formats,
    GridCell,
    Grids,
    P,
    arranges,
    cells_with_text,
    paragraphs_in,
)
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.unclear import in_cell
from gxgen.published.readers.zip_package import Part, open_package

PARAGRAPH_PROPERTIES, ALT_CHUNK = f"{W}pPr", f"{W}altChunk"
GONE = tuple(f"{W}{name}" for name in ("vanish", "specVanish", "del", "moveFrom"))
TEXT_PATH = f"{V}textpath"
"""Text drawn as a picture (WordArt)."""
MOST_PARAGRAPHS = 100_000
"""Of a document, with those in cells; a report has a few hundred."""
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


def read(raw: bytes) -> Pages:
    """Read a .docx file, or a macro-enabled one or a template of the same form.

    Raises:
        ReaderError: it is damaged or too large, or its text is in other files.
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
    if sum(1 for _ in islice(root.iter(P), MOST_PARAGRAPHS + 1)) > MOST_PARAGRAPHS:
        raise ReaderError("文档的段落太多，不像报告", "核对文件")
    reader = _Reader(root, Styles(styles), lists)
    blocks = tuple(reader.blocks(body))
    if not any(isinstance(block, Table) or block.text.strip() for block in blocks):
        _refuse_without_text(body)
    return Pages(blocks, omissions=(*reader.omissions, *margins))


def _root(part: Part | None) -> etree._Element | None:
    """The root of a part that a document can be read without: none where it cannot be read."""
    try:
        return part.root(recover=True) if part else None
    except ReaderError:
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
        raise ReaderError(message, "用 Word 打开，另存为 .docx 再读")
    if any(True for _ in body.iter(*PICTURES)):
        raise ReaderError("文档里只有图片，没有文字", "图片里的文字要先用文字识别软件转成文档")


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


class _Reader:
    """Reads a document from its first paragraph to its last."""

    def __init__(self, root: etree._Element, styles: Styles, lists: etree._Element | None) -> None:
        self._styles = styles
        self._numbering = Numbering(lists, styles)
        self._runs = Runs(root, styles)
        self._tables = count(1)
        self._has_boxes = any(True for _ in root.iter(BOX, TEXT_PATH))
        self._grids = Grids(styles, self._numbering)
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
        grid, formats = self._grids.of(table)
        if max(map(len, grid), default=0) < FEWEST_COLUMNS or arranges(table, grid):
            for at, row in enumerate(grid):
                for cell in row:
                    below = _Below(formats.context(at, cell, len(row)), formats.shades or cell.is_shaded)
                    for element in cell.elements:
                        yield from self.blocks(element, below)
            return
        yield Table(tuple(self._merged(grid, formats)), next(self._tables))

    def _merged(self, grid: list[list[GridCell]], formats: Formats) -> list[Cell]:
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

    def _text(self, cell: GridCell, context: Context, *, on_shading: bool) -> tuple[str, str]:
        """The text of a cell, a line for each paragraph, and why it is not certain."""
        runs: list[Run] = []
        besides: list[str] = []
        for paragraph in paragraphs_in(cell.elements):
            line = self._line(paragraph, context)
            if line.number and line.runs:
                runs.append(Run(line.number, PLAIN))
            runs += line.runs
            if not line.goes_on:
                runs.append(Run("\n", PLAIN))
            besides += [f"文本框「{text}」" for box in line.boxes if (text := _text_in_box(box))]
        kept, doubtful = certain(runs, on_shading=on_shading or cell.is_shaded)
        if any(cells_with_text(table) > 1 for element in cell.elements for table in element.iter(TBL)):
            besides.append("另一个表格")
        return "".join(run.text for run in kept).rstrip("\n"), in_cell(doubtful, besides)


def _is_gone(mark: etree._Element) -> bool:
    """Whether the mark at a paragraph's end is hidden or deleted, so that the next one goes on in the same line."""
    return any(each.tag in GONE and is_on(each.get(VAL, "true")) for each in mark)


def _is_shaded(properties: etree._Element | None) -> bool:
    shading = properties.find(f"{W}shd") if properties is not None else None
    return shading is not None and is_shading(shading)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes and the texts drawn as pictures that are anchored in a paragraph."""
    for run in children(paragraph):
        if run.tag == RUN and not _is_on_in(run, "vanish"):
            for drawing in children(run):
                yield from drawing.iter(BOX, TEXT_PATH)


def _is_on_in(run: etree._Element, name: str) -> bool:
    """Whether a run itself sets an on/off property."""
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and is_on(found.get(VAL, "true"))


def _text_in_box(box: etree._Element) -> str:
    return "".join(each.text or "" for each in box.iter(TEXT)).strip() or box.get("string", "")
