"""Workbooks in SpreadsheetML's own words (ISO/IEC 29500-1, 18): sheets, and cells with what they hold and show.

openpyxl refuses workbooks that spreadsheets open (an empty ``fill``, ISO's strict class), prints warnings, and joins
the struck and raised characters of a cell with the others; python-calamine knows neither fonts nor formats.  What is
needed of a workbook is small, so it is read here, row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import IO, NamedTuple

from lxml import etree

from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.unclear import FAINT, SHIFTED, STRUCK
from gxgen.published.readers.zip_package import DAMAGED, REPAIR, Package, Part

TEXT, NUMBER, BOOLEAN, ERROR, EMPTY = "text", "number", "boolean", "error", "empty"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
WHITE = ("FFFFFF", "FFFFFFFF", "00FFFFFF")
LARGEST_SERIAL = 2_958_465
"""The number of the last day that a spreadsheet knows."""
MOST_STRINGS = 2_000_000
OFF = ("0", "false")


class SheetCell(NamedTuple):
    """A cell as its sheet holds it."""

    row: int
    column: int
    """Both count from 1."""
    kind: str = EMPTY
    text: str = ""
    """Its characters, without those that are doubtful; of a number the digits that the file holds."""
    number: Decimal | None = None
    number_format: str = "General"
    doubtful: tuple[tuple[str, str], ...] = ()
    """Characters that are not certain to be text, by the reason."""
    has_formula: bool = False


class SheetRow(NamedTuple):
    """A row of a sheet."""

    number: int
    is_hidden: bool
    cells: tuple[SheetCell, ...]


class Area(NamedTuple):
    """Merged cells, by their outer rows and columns."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is one of them."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class _Format(NamedTuple):
    """A cell's format."""

    number_format: str = "General"
    doubt: str = ""


class _String(NamedTuple):
    """A text and its characters that are doubtful."""

    text: str
    doubtful: tuple[tuple[str, str], ...] = ()


class Workbook:
    """An open workbook.

    Raises:
        ReaderError: it is damaged.
    """

    def __init__(self, package: Package) -> None:
        self._main = package.main_part()
        self._package = package
        related = self._main.related
        self._formats = _formats(related["styles"].root(recover=True)) if "styles" in related else ()
        self.strings = _strings(package, related["sharedStrings"]) if "sharedStrings" in related else ()

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The visible sheets of cells, in order."""
        root = self._main.root()
        parts = {each.key: each.part for each in self._main.relationships if each.kind == "worksheet"}
        found = []
        for each in root.iter("{*}sheet"):
            key = next((value for name, value in each.attrib.items() if str(name).endswith("}id")), "")
            if str(key) in parts and each.get("state", "visible") == "visible":
                found.append(Sheet(self, each.get("name", ""), parts[str(key)]))
        return tuple(found)

    def open(self, part: Part) -> AbstractContextManager[IO[bytes]]:
        """A part to be read piece by piece."""
        return self._package.open(part.name)

    def format_of(self, number: str | None) -> _Format:
        """A cell's format by its number."""
        at = int(number) if number and number.isdecimal() and len(number) < len("1000000") else 0
        return self._formats[at] if at < len(self._formats) else _Format()


class Sheet:
    """A sheet of a workbook."""

    def __init__(self, book: Workbook, title: str, part: Part) -> None:
        self._book = book
        self._part = part
        self.title = title
        self.hidden_columns: set[int] = set()
        """Columns that are not shown; known when the first row has been read."""

    def rows(self) -> Iterator[SheetRow]:
        """The rows that the sheet has, one by one.

        Raises:
            ReaderError: it is damaged.
        """
        number = 0
        for element in self._elements("{*}col", "{*}row"):
            if element.tag.endswith("}col"):
                self._note_column(element)
                continue
            number = _positive(element.get("r"), number + 1)
            is_hidden = element.get("hidden", "0") not in OFF
            yield SheetRow(number, is_hidden, tuple(self._cells(element, number)))

    def merged(self) -> list[Area]:
        """The areas of merged cells."""
        found = []
        for element in self._elements("{*}mergeCell"):
            first, _, last = element.get("ref", "").partition(":")
            corners = [place for place in map(_place, (first, last or first)) if place]
            if len(corners) == len(("first", "last")):
                (top, left), (bottom, right) = corners
                found.append(Area(top, left, bottom, right))
        return found

    def _elements(self, *tags: str) -> Iterator[etree._Element]:
        try:
            with self._book.open(self._part) as file:
                for _, element in etree.iterparse(
                    file, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
                ):
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise ReaderError(DAMAGED, REPAIR) from error

    def _note_column(self, element: etree._Element) -> None:
        if element.get("hidden", "0") not in OFF or element.get("width") == "0":
            first, last = _positive(element.get("min"), 0), _positive(element.get("max"), 0)
            self.hidden_columns.update(range(first, min(last, 20_000) + 1))

    def _cells(self, row: etree._Element, number: int) -> Iterator[SheetCell]:
        space = row.tag[: row.tag.index("}") + 1]
        column = 0
        for each in row:
            if each.tag != f"{space}c":
                continue
            place = _place(each.get("r", ""))
            column = place[1] if place else column + 1
            yield self._cell(each, space, number, column)

    def _cell(self, cell: etree._Element, space: str, row: int, column: int) -> SheetCell:
        format_ = self._book.format_of(cell.get("s"))
        value = cell.findtext(f"{space}v") or None
        has_formula = cell.find(f"{space}f") is not None
        made = SheetCell(row, column, number_format=format_.number_format, has_formula=has_formula)
        kind = cell.get("t", "n")
        if kind == "s" and value is not None:
            at = _positive(value, 0)
            string = self._book.strings[at] if at < len(self._book.strings) else _String("")
            return _with_string(made, string, format_.doubt)
        if kind == "inlineStr":
            inline = cell.find(f"{space}is")
            return _with_string(made, _string(inline) if inline is not None else _String(""), format_.doubt)
        if value is None:
            return made
        if kind in ("str", "d"):
            return _with_string(made, _String(_unescaped(value)), format_.doubt)
        if kind in ("b", "e"):
            text = ("TRUE" if value.strip() == "1" else "FALSE") if kind == "b" else value
            return made._replace(kind=BOOLEAN if kind == "b" else ERROR, text=text)
        number = _decimal(value)
        if number is None:
            return made._replace(kind=ERROR, text=value)
        text = f"{number:f}" if abs(number.adjusted()) < len("123456789012345678901") else str(number)
        doubtful = ((format_.doubt, text),) if format_.doubt else ()
        return made._replace(kind=NUMBER, text=text, number=number, doubtful=doubtful)


def _with_string(made: SheetCell, string: _String, doubt: str) -> SheetCell:
    if doubt and string.text.strip():
        string = _String("", ((doubt, string.text), *string.doubtful))
    is_empty = not string.text and not string.doubtful
    return made._replace(kind=EMPTY if is_empty else TEXT, text=string.text, doubtful=string.doubtful)


def _strings(package: Package, part: Part) -> tuple[_String, ...]:
    found: list[_String] = []
    try:
        with package.open(part.name) as file:
            for _, item in etree.iterparse(
                file, events=("end",), tag="{*}si", resolve_entities=False, no_network=True, load_dtd=False
            ):
                found.append(_string(item))
                item.clear()
                while item.getprevious() is not None:
                    del item.getparent()[0]
                if len(found) > MOST_STRINGS:
                    raise ReaderError("工作簿展开后太大，不像报告", "核对文件")
    except etree.XMLSyntaxError as error:
        raise ReaderError(DAMAGED, REPAIR) from error
    return tuple(found)


def _string(item: etree._Element) -> _String:
    """A rich text (18.4.8); what is pronounced (``rPh``) is not part of it."""
    plain: list[str] = []
    doubtful: dict[str, str] = {}
    for each in item:
        name = etree.QName(each).localname if isinstance(each.tag, str) else ""
        if name == "t":
            plain.append(_unescaped(each.text or ""))
        elif name == "r":
            text = _unescaped("".join(piece.text or "" for piece in each.iterchildren("{*}t")))
            properties = next(each.iterchildren("{*}rPr"), None)
            doubt = _doubt(properties) if properties is not None and text.strip() else ""
            if doubt:
                doubtful[doubt] = doubtful.get(doubt, "") + text
            else:
                plain.append(text)
    return _String("".join(plain), tuple(doubtful.items()))


def _doubt(font: etree._Element) -> str:
    """Why characters in a font are not certain to be text; empty if they are."""
    for each in font:
        name = etree.QName(each).localname if isinstance(each.tag, str) else ""
        if name == "strike" and each.get("val", "1") not in OFF:
            return STRUCK
        if name == "vertAlign" and each.get("val") in ("superscript", "subscript"):
            return SHIFTED
    return ""


def _is_white(font: etree._Element) -> bool:
    colour = next(font.iterchildren("{*}color"), None)
    return colour is not None and colour.get("rgb", "").upper() in WHITE


def _formats(styles: etree._Element) -> tuple[_Format, ...]:
    """The formats that cells name by their number."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    own = {each.get("numFmtId", ""): each.get("formatCode", "General") for each in styles.iter("{*}numFmt")}
    fonts = [(_doubt(font), _is_white(font)) for font in _listed(styles, "fonts", "font")]
    fills = [
        any(True for _ in fill.iterchildren("{*}gradientFill")) or _is_filled(fill)
        for fill in _listed(styles, "fills", "fill")
    ]
    found = []
    for each in _listed(styles, "cellXfs", "xf"):
        number = each.get("numFmtId", "0")
        code = own.get(number) or (BUILTIN_FORMATS.get(int(number), "General") if number.isdecimal() else "General")
        font = _positive(each.get("fontId"), 0)
        fill = _positive(each.get("fillId"), 0)
        doubt, is_white = fonts[font] if font < len(fonts) else ("", False)
        if not doubt and is_white and not (fill < len(fills) and fills[fill]):
            doubt = FAINT
        found.append(_Format(code, doubt))
    return tuple(found)


def _listed(styles: etree._Element, group: str, name: str) -> list[etree._Element]:
    found = next(styles.iterchildren(f"{{*}}{group}"), None)
    return list(found.iterchildren(f"{{*}}{name}")) if found is not None else []


def _is_filled(fill: etree._Element) -> bool:
    pattern = next(fill.iterchildren("{*}patternFill"), None)
    if pattern is None or pattern.get("patternType", "none") == "none":
        return False
    colour = next(pattern.iterchildren("{*}fgColor"), None)
    return colour is None or colour.get("rgb", "").upper() not in WHITE


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: _character(int(found[1], 16)), text) if "_x" in text else text


def _character(code: int) -> str:
    """A character by its number; nothing for what no XML can hold, and for halves of characters."""
    return chr(code) if code in (0x9, 0xA) or (code >= ord(" ") and not 0xD800 <= code < 0xE000) else ""


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference like ``B7``."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _positive(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < len("12345678") else default


def _decimal(text: str) -> Decimal | None:
    """A number as a spreadsheet holds it, which is in binary."""
    try:
        number = Decimal(repr(float(text)))
    except (ValueError, InvalidOperation, OverflowError):
        return None
    if not number.is_finite():
        return None
    return Decimal(int(number)) if number == number.to_integral_value() and number.adjusted() < 16 else number


def date_shown(number: Decimal, number_format: str) -> str:
    """The day or time that a number stands for; empty where its format is none of dates."""
    if number_format == "General" or not _is_of_dates(number_format) or not 0 <= number <= LARGEST_SERIAL:
        return ""
    from openpyxl.utils.datetime import from_excel

    return str(from_excel(float(number)))


@lru_cache(maxsize=1000)
def _is_of_dates(number_format: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return is_date_format(number_format)
