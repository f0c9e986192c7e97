"""Every fault of a Word template's tags, each with its place as Word shows it.

The file is read as it was typed, before docxtpl sees it: what docxtpl would silently mend, join or lose is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gxgen.render.docx.package import unpack
from gxgen.render.docx.template import TEMPLATED, parse
from gxgen.render.templating.tag_lint import Known, Tag, TagFault, TagReader

if TYPE_CHECKING:
    from lxml.etree import _Element


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOOKALIKE = re.compile(
    r"(?:｛\s*[｛{%％#＃]|\{\s*[｛％＃]|\{\s+[{%#])[^\0]*?(?:[%％#＃]\s*[｝}]|[｝}]\s*[｝}]|$)"
    r"|[%％#＃]\s*｝|％\s*\}|｝\s*[｝}]|\}\s*｝"
)
"""Full-width braces, or ones with a space between them."""
LONGEST_QUOTE = 40


class _Unit(NamedTuple):
    word: str
    measure: str
    """How the remedy counts it."""


UNITS = {"p": _Unit("整段", "段"), "tr": _Unit("整行", "行"), "tc": _Unit("整格", "格")}
"""What a tag with these letters stands for: docxtpl replaces all of it by the tag."""


class Paragraph(Protocol):
    """A paragraph of a template."""

    @property
    def text(self) -> str:
        """Its words, tags included."""

    @property
    def place(self) -> str:
        """Where it is, as Word shows it."""

    @property
    def cell(self) -> _Element | None:
        """The table cell that it stands in."""


def lookalikes(place: str, rest: str) -> Iterator[TagFault]:
    """What looks like a tag and would be printed as it stands.

    Args:
        place: where the paragraph is.
        rest: the paragraph, its tags blanked out by NUL.
    """
    for found in LOOKALIKE.finditer(rest):
        quoted = found[0][:LONGEST_QUOTE].strip()
        yield TagFault(
            place, quoted, "括号是全角的，或者中间有空格，不会当作标记", "改成半角的 {{ }}、{% %}，括号之间不空格"
        )


def lost_words(paragraphs: Sequence[Paragraph], tags: Sequence[Sequence[Tag]]) -> Iterator[TagFault]:
    """Words that stand where a tag stands for everything; docxtpl drops them without a word.

    Args:
        paragraphs: those of a part, in their order.
        tags: the tags of each.
    """
    units: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for number, paragraph in enumerate(paragraphs):
        for letters in UNITS:
            units[_unit(letters, number, paragraph)].append(number)
    for number, own in enumerate(tags):
        first = next((tag for tag in own if tag.stands_for in UNITS), None)
        if first is None:
            continue
        there = units[_unit(first.stands_for, number, paragraphs[number])]
        words = "".join(paragraphs[each].text for each in there).replace(first.text, "", 1).strip()
        if words:
            unit = UNITS[first.stands_for]
            message = f"代表{unit.word}，同一{unit.measure}里的「{words[:LONGEST_QUOTE]}」会丢掉"
            yield TagFault(
                first.place, first.text, message, f"标记单独占一{unit.measure}，别的内容放在另一{unit.measure}"
            )


def _unit(letters: str, number: int, paragraph: Paragraph) -> tuple[str, object]:
    """What a tag with these letters in a paragraph stands for."""
    if letters == "p" or paragraph.cell is None:
        return letters, number
    return letters, paragraph.cell if letters == "tc" else next(paragraph.cell.iterancestors(f"{W}tr"), number)


TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
OPENING = re.compile(r"\{\{|\{%|\{#")
CLOSING = re.compile(r"\}\}|%\}")
STANDS_FOR = re.compile(r"\{[{%#](tr|tc|p|r)\s")
SECTIONS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


class _Paragraph(NamedTuple):
    text: str
    place: str
    cell: _Element | None


def template_faults(raw: bytes, known: Known | None) -> tuple[TagFault, ...]:
    """What is wrong with the tags of a .docx template, part by part, in the order of the page.

    Args:
        raw: the .docx file.
        known: the names that a template may use; None looks only at how the tags are written.

    Raises:
        TemplateError: the file itself cannot be used.
    """
    found: list[TagFault] = []
    for _, paragraphs in _read(raw):
        found += [fault for paragraph in paragraphs for fault in _half_tags(paragraph)]
        found += lost_words(paragraphs, [list(_tags(paragraph)) for paragraph in paragraphs])
        found += TagReader(known).faults(tag for paragraph in paragraphs for tag in _tags(paragraph))
    return tuple(found)


def template_tags(raw: bytes) -> tuple[Tag, ...]:
    """Every tag of a .docx template with its place, whether or not anything is wrong with it.

    Raises:
        TemplateError: the file itself cannot be used.
    """
    return tuple(tag for _, paragraphs in _read(raw) for paragraph in paragraphs for tag in _tags(paragraph))


def template_lines(raw: bytes) -> tuple[tuple[str, str], ...]:
    """Every paragraph of a .docx template that is not empty: its place and its text.

    Raises:
        TemplateError: the file itself cannot be used.
    """
    read = (paragraph for _, paragraphs in _read(raw) for paragraph in paragraphs)
    return tuple((paragraph.place, paragraph.text) for paragraph in read if paragraph.text.strip())


def _read(raw: bytes) -> Iterator[tuple[str, list[_Paragraph]]]:
    for name, content in unpack(raw).contents().items():
        if TEMPLATED.fullmatch(name):
            yield name, list(_paragraphs(parse(content), _part(name)))


def _part(name: str) -> str:
    kind = re.sub(r"\d*\.xml$", "", name.removeprefix("word/"))
    return SECTIONS.get(kind, "")


def _tags(paragraph: _Paragraph) -> Iterator[Tag]:
    for found in TAG.finditer(paragraph.text):
        stands_for = STANDS_FOR.match(found[0])
        yield Tag(found[0], paragraph.place, paragraph.cell, stands_for[1] if stands_for else "")


def _half_tags(paragraph: _Paragraph) -> Iterator[TagFault]:
    """Braces that make no tag: without their partners docxtpl would take all that follows, others it would print."""
    rest = TAG.sub(lambda found: "\0" * len(found[0]), paragraph.text)
    for pattern, message in ((OPENING, "标记没有写完整，缺右边的括号"), (CLOSING, "标记没有写完整，缺左边的括号")):
        for found in pattern.finditer(rest):
            start = found.start() if pattern is OPENING else max(found.end() - LONGEST_QUOTE, 0)
            end = start + LONGEST_QUOTE if pattern is OPENING else found.end()
            quoted = rest[start:end].replace("\0", "").strip()
            yield TagFault(paragraph.place, quoted, message, "一个标记写在同一段里，左右括号成对")
    yield from lookalikes(paragraph.place, rest)


def _paragraphs(root: _Element, part: str) -> Iterator[_Paragraph]:
    """The paragraphs of a part; those of tables are counted by table, row and cell, the others through the part."""
    counted = _Counts()
    for paragraph in root.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        text = "".join(_texts(paragraph))
        if cell is None:
            counted.paragraphs += next(paragraph.iterancestors(f"{W}txbxContent"), None) is None
            place = f"第 {counted.paragraphs} 段"
        else:
            place = counted.cell(cell)
        if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
            place += "的文本框"
        yield _Paragraph(text, f"{part}{place}", cell)


def _texts(paragraph: _Element) -> Iterator[str]:
    """A paragraph's own words: those of a text box in it are other paragraphs'."""
    for words in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if next(words.iterancestors(f"{W}p"), None) is paragraph:
            yield (words.text or "") if words.tag == f"{W}t" else " "


class _Counts:
    """How far the counting has come."""

    def __init__(self) -> None:
        self.paragraphs = 0
        self._tables: dict[_Element, int] = {}

    def cell(self, cell: _Element) -> str:
        """Where a cell is: the table's number in the part, and the row and cell in the table."""
        row, table = cell.getparent(), next(cell.iterancestors(f"{W}tbl"), None)
        if row is None or table is None:
            return "表格"
        number = self._tables.setdefault(table, len(self._tables) + 1)
        rows = [each for each in table.iter(f"{W}tr") if next(each.iterancestors(f"{W}tbl"), None) is table]
        own_row = next(cell.iterancestors(f"{W}tr"), row)
        cells = [each for each in own_row.iter(f"{W}tc") if next(each.iterancestors(f"{W}tr"), None) is own_row]
        return f"第 {number} 个表格第 {rows.index(own_row) + 1} 行第 {cells.index(cell) + 1} 格"
