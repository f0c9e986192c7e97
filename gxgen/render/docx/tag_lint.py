"""Find every fault of a Word template's tags, each at its location as Word shows it.

The file is read as typed, before docxtpl sees it, because docxtpl silently mends, joins or drops some of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from gxgen.render.docx.package import TEMPLATED, parse_xml, unpack
from gxgen.render.docx.wordml import W
from gxgen.render.templating.tag_lint import KnownNames, Tag, TagFault, TagLinter

if TYPE_CHECKING:
    from lxml.etree import _Element


TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
OPENING = re.compile(r"\{\{|\{%|\{#")
CLOSING = re.compile(r"\}\}|%\}")
STANDS_FOR = re.compile(r"\{[{%#](tr|tc|p|r)\s")
SECTIONS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
"""The parts besides the body, in messages."""
LOOKALIKE = re.compile(
    r"(?:｛\s*[｛{%％#＃]|\{\s*[｛％＃]|\{\s+[{%#])[^\0]*?(?:[%％#＃]\s*[｝}]|[｝}]\s*[｝}]|$)"
    r"|[%％#＃]\s*｝|％\s*\}|｝\s*[｝}]|\}\s*｝"
)
"""Full-width braces, or braces with a space between them, in a paragraph whose tags are blanked out by NUL."""
MAX_QUOTE_LENGTH = 40


class _Unit(NamedTuple):
    word: str
    """The unit in messages."""
    measure: str
    """Its measure word in remedies."""


UNITS = {"p": _Unit("整段", "段"), "tr": _Unit("整行", "行"), "tc": _Unit("整格", "格")}
"""The units that docxtpl replaces by a tag, by the prefix of the tag."""


class _Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of a template: its words with the tags, its location in Word, and the table cell that holds it."""

    text: str
    location: str
    cell: _Element | None


def template_faults(raw: bytes, known: KnownNames | None) -> tuple[TagFault, ...]:
    """Return the faults of the tags of a .docx template, part by part, in reading order.

    Args:
        raw: the .docx file.
        known: the names that the template may use; None checks syntax only.

    Raises:
        TemplateError: the file itself cannot be used.
    """
    found: list[TagFault] = []
    for _, paragraphs in _read(raw):
        found += [fault for paragraph in paragraphs for fault in _half_tags(paragraph)]
        found += _lost_words(paragraphs, [list(_tags(paragraph)) for paragraph in paragraphs])
        found += TagLinter(known).faults(tag for paragraph in paragraphs for tag in _tags(paragraph))
    return tuple(found)


def template_tags(raw: bytes) -> tuple[Tag, ...]:
    """Return every tag of a .docx template, faulty or not.

    Raises:
        TemplateError: the file itself cannot be used.
    """
    return tuple(tag for _, paragraphs in _read(raw) for paragraph in paragraphs for tag in _tags(paragraph))


def template_lines(raw: bytes) -> tuple[tuple[str, str], ...]:
    """Return location and text of every paragraph of a .docx template that is not empty.

    Raises:
        TemplateError: the file itself cannot be used.
    """
    read = (paragraph for _, paragraphs in _read(raw) for paragraph in paragraphs)
    return tuple((paragraph.location, paragraph.text) for paragraph in read if paragraph.text.strip())


def _read(raw: bytes) -> Iterator[tuple[str, list[_Paragraph]]]:
    for name, content in unpack(raw).contents().items():
        if TEMPLATED.fullmatch(name):
            yield name, list(_paragraphs(parse_xml(content), _part(name)))


def _part(name: str) -> str:
    kind = re.sub(r"\d*\.xml$", "", name.removeprefix("word/"))
    return SECTIONS.get(kind, "")


def _tags(paragraph: _Paragraph) -> Iterator[Tag]:
    for found in TAG.finditer(paragraph.text):
        stands_for = STANDS_FOR.match(found[0])
        yield Tag(found[0], paragraph.location, paragraph.cell, stands_for[1] if stands_for else "")


def _half_tags(paragraph: _Paragraph) -> Iterator[TagFault]:
    """Find braces without their partners, and characters that only look like braces.

    docxtpl would take everything after an opening brace as the tag, and would print the others.
    """
    rest = TAG.sub(lambda found: "\0" * len(found[0]), paragraph.text)
    for pattern, message in ((OPENING, "标记没有写完整，缺右边的括号"), (CLOSING, "标记没有写完整，缺左边的括号")):
        for found in pattern.finditer(rest):
            start = found.start() if pattern is OPENING else max(found.end() - MAX_QUOTE_LENGTH, 0)
            end = start + MAX_QUOTE_LENGTH if pattern is OPENING else found.end()
            quoted = rest[start:end].replace("\0", "").strip()
            yield TagFault(paragraph.location, quoted, message, "一个标记写在同一段里，左右括号成对")
    yield from _lookalikes(paragraph.location, rest)


def _lookalikes(location: str, rest: str) -> Iterator[TagFault]:
    for found in LOOKALIKE.finditer(rest):
        quoted = found[0][:MAX_QUOTE_LENGTH].strip()
        yield TagFault(
            location, quoted, "括号是全角的，或者中间有空格，不会当作标记", "改成半角的 {{ }}、{% %}，括号之间不空格"
        )


def _lost_words(paragraphs: Sequence[_Paragraph], tags: Sequence[Sequence[Tag]]) -> Iterator[TagFault]:
    """Find words in a unit that a tag replaces: docxtpl drops them silently.

    Args:
        paragraphs: the paragraphs of a part, in their order.
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
            message = f"代表{unit.word}，同一{unit.measure}里的「{words[:MAX_QUOTE_LENGTH]}」会丢掉"
            yield TagFault(
                first.location, first.text, message, f"标记单独占一{unit.measure}，别的内容放在另一{unit.measure}"
            )


def _unit(letters: str, number: int, paragraph: _Paragraph) -> tuple[str, object]:
    """Identify the unit that a tag with the prefix *letters* in a paragraph replaces."""
    if letters == "p" or paragraph.cell is None:
        return letters, number
    return letters, paragraph.cell if letters == "tc" else next(paragraph.cell.iterancestors(f"{W}tr"), number)


def _paragraphs(root: _Element, part: str) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a part; those in tables are located by table, row and cell, others by number."""
    counter = _Counter()
    for paragraph in root.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        text = "".join(_texts(paragraph))
        if cell is None:
            counter.paragraphs += next(paragraph.iterancestors(f"{W}txbxContent"), None) is None
            location = f"第 {counter.paragraphs} 段"
        else:
            location = counter.cell(cell)
        if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
            location += "的文本框"
        yield _Paragraph(text, f"{part}{location}", cell)


def _texts(paragraph: _Element) -> Iterator[str]:
    """Yield a paragraph's own words, without those of paragraphs in a text box that it holds."""
    for words in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if next(words.iterancestors(f"{W}p"), None) is paragraph:
            yield (words.text or "") if words.tag == f"{W}t" else " "


class _Counter:
    """Counts paragraphs and tables."""

    def __init__(self) -> None:
        self.paragraphs = 0
        self._tables: dict[_Element, int] = {}

    def cell(self, cell: _Element) -> str:
        """Return a cell's location: the number of the table in the part, of the row in it, of the cell in the row."""
        row, table = cell.getparent(), next(cell.iterancestors(f"{W}tbl"), None)
        if row is None or table is None:
            return "表格"
        number = self._tables.setdefault(table, len(self._tables) + 1)
        rows = [each for each in table.iter(f"{W}tr") if next(each.iterancestors(f"{W}tbl"), None) is table]
        own_row = next(cell.iterancestors(f"{W}tr"), row)
        cells = [each for each in own_row.iter(f"{W}tc") if next(each.iterancestors(f"{W}tr"), None) is own_row]
        return f"第 {number} 个表格第 {rows.index(own_row) + 1} 行第 {cells.index(cell) + 1} 格"
