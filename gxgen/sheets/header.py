"""The header of a table of many reports: which column is which.

A row of addresses says it outright.  Without one, the labels above a column, merged or not, have to lead to one cell of
the form and to no other; a column of which that is not certain is reported and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec
from msgspec import field

from gxgen.published.labels import fold, is_label
from gxgen.sheets.columns import AGENCY, FILE, LABELS, PACK, VERTICAL, YEAR
from gxgen.sheets.sources import Line, Sheet
from gxgen.spec import Entry, Head, Layout, address_book, entries, layouts

ADDRESS = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
WORDS = {
    AGENCY: ("机关", "机关名称", "单位", "单位名称", "部门", "部门名称", "填报单位", "报送单位", "填报机关"),
    YEAR: ("年度", "年份", "报告年度", "年"),
    FILE: ("文件", "数据文件"),
    VERTICAL: ("垂直管理", "是否垂直管理", "垂管"),
    PACK: ("模板包",),
}
"""What the columns that say whose report a row is may be headed with."""
REMARKS = ("序号", "备注", "说明", "联系人", "联系电话", "电话", "填表人", "审核人", "签字")
"""Columns that hold no figures."""
IS_CERTAIN = 2
"""Columns of figures that a header by labels has to have, so that nothing else is taken for one."""


class Heading(msgspec.Struct, frozen=True):
    """What stands above one column."""

    column: int
    labels: tuple[str, ...]
    """From the outermost in; an address alone where there is a row of addresses."""

    @property
    def printed(self) -> str:
        """As a message names it."""
        return "—".join(self.labels)


class Header(msgspec.Struct, frozen=True, eq=False):
    """The header of one sheet."""

    last_row: int
    who: Mapping[str, int]
    """The columns that say whose report a row is."""
    headings: Sequence[Heading]
    """All other columns with anything above them."""
    by_address: bool
    _entries: dict[Layout, Mapping[int, Entry]] = field(default_factory=dict)
    _missing: dict[Layout, Sequence[Entry]] = field(default_factory=dict)

    def entries(self, layout: Layout) -> Mapping[int, Entry]:
        """The cells of a form by the columns they stand in."""
        if layout not in self._entries:
            self._entries[layout] = {
                heading.column: entry for heading in self.headings if (entry := self._entry(heading, layout))
            }
        return self._entries[layout]

    def missing(self, layout: Layout) -> Sequence[Entry]:
        """The figures of a form, no totals, that stand in no column."""
        if layout not in self._missing:
            there = {entry.address for entry in self.entries(layout).values()}
            every = address_book(layout).entries.values()
            self._missing[layout] = [each for each in every if not each.is_total and each.address not in there]
        return self._missing[layout]

    def _entry(self, heading: Heading, layout: Layout) -> Entry | None:
        if self.by_address:
            return address_book(layout).entries.get(heading.labels[-1])
        return entry_labelled(heading.labels, layout)


def header_by_address(lines: Iterable[Line]) -> Header | None:
    """The header that a row of addresses ends."""
    for line in lines:
        found = {cell.column: cell.text.strip() for cell in line if cell.text.strip()}
        if AGENCY in found.values() and any(map(ADDRESS.fullmatch, found.values())):
            who = {text: column for column, text in reversed(found.items()) if text in LABELS}
            rest = [Heading(column, (text,)) for column, text in found.items() if text not in LABELS]
            return Header(line[0].row, who, rest, by_address=True)
    return None


def header_by_labels(sheet: Sheet, lines: Sequence[Line]) -> Header | None:
    """The header that ends where the column of agencies begins."""
    texts = _expanded(sheet, lines)
    for row, column in sorted(texts):
        if _who(texts[row, column]) == AGENCY:
            last = _last_row(row, column, sheet, texts)
            headings = _headings(texts, last)
            who = {key: each.column for each in reversed(headings) if (key := _who(each.labels[-1]))}
            rest = [each for each in headings if each.column not in who.values()]
            header = Header(last, {**who, AGENCY: column}, rest, by_address=False)
            return header if _is_certain(header, texts, column) else None
    return None


def _expanded(sheet: Sheet, lines: Sequence[Line]) -> dict[tuple[int, int], str]:
    """The texts by row and column, those of merged cells wherever they reach."""
    texts = {(cell.row, cell.column): cell.text.strip() for line in lines for cell in line if cell.text.strip()}
    end = max((row for row, _ in texts), default=0)
    for top, left, bottom, right in sheet.merged:
        text = texts.get((top, left))
        if text:
            texts |= {(row, at): text for row in range(top, min(bottom, end) + 1) for at in range(left, right + 1)}
    return texts


def _last_row(row: int, column: int, sheet: Sheet, texts: Mapping[tuple[int, int], str]) -> int:
    """The last row of the header: the cell that heads the agencies may be merged, or have nothing below it."""
    merged = [bottom for top, left, bottom, right in sheet.merged if top <= row <= bottom and left <= column <= right]
    below = sorted(at for at, where in texts if where == column and at > max([row, *merged]))
    return below[0] - 1 if below else max([row, *merged])


def _headings(texts: Mapping[tuple[int, int], str], last: int) -> list[Heading]:
    """What stands above each column; a title over the whole table is none of it."""
    columns = sorted({column for row, column in texts if row <= last})
    titles = {
        row
        for row in range(1, last + 1)
        if len({texts.get((row, column)) for column in columns} - {None}) == 1 and len(columns) > 1
    }
    headings = []
    for column in columns:
        stacked = (texts[row, column] for row in range(1, last + 1) if row not in titles and (row, column) in texts)
        labels = [part.strip() for text in stacked for part in re.split(r"\n|—", text) if part.strip()]
        once = [label for at, label in enumerate(labels) if not at or labels[at - 1] != label]
        if once:
            headings.append(Heading(column, tuple(once)))
    return headings


def _is_certain(header: Header, texts: Mapping[tuple[int, int], str], column: int) -> bool:
    """Whether this is a table of many reports: labels in its header, and agencies, no labels, below."""
    below = [text for (row, at), text in texts.items() if at == column and row > header.last_row]
    if any(_heads_called(layout, fold(text)) for layout in layouts() for text in below):
        return False
    return any(len(header.entries(layout)) >= IS_CERTAIN for layout in layouts())


def _who(text: str) -> str:
    return next((key for key, words in WORDS.items() if fold(text) in words), "")


# Labels


def entry_labelled(labels: Sequence[str], layout: Layout) -> Entry | None:
    """The one cell that labels lead to, from the outermost in; they may leave levels out, but name no other."""
    topics = {fold(topic.label) for section in layout.sections for topic in section.topics}
    # 主动公开 or 依申请公开 above its columns says nothing that their own labels have to leave open.
    meant = [_heads_called(layout, folded) for label in labels if (folded := fold(label)) not in topics]
    found = [entry for entry, chain in _chains(layout) if _leads(meant, chain)]
    return found[0] if len(found) == 1 else None


@cache
def _chains(layout: Layout) -> Sequence[tuple[Entry, tuple[Head, ...]]]:
    """Every cell with the heads above it: its section, its row's, its column's."""
    sections = [(Head(section.heading, aliases=section.variants), table) for section, table in layout.tables]
    return [
        (entry, (section, *entry.row.trail, *entry.column.trail))
        for section, table in sections
        for entry in entries(table)
    ]


@cache
def _heads(layout: Layout) -> Sequence[Head]:
    found = {id(head): head for _, chain in _chains(layout) for head in chain if head.label}
    return tuple(found.values())


@cache
def _heads_called(layout: Layout, folded: str) -> frozenset[int]:
    """The heads that a label may be, by identity: comparing them would compare all below them."""
    return frozenset(id(head) for head in _heads(layout) if is_label(head, folded))


def _leads(meant: Sequence[frozenset[int]], chain: Sequence[Head]) -> bool:
    rest = iter(chain)
    return bool(meant) and all(any(id(head) in heads for head in rest) for heads in meant)


def is_remark(heading: Heading) -> bool:
    """Whether a column holds no figures."""
    return fold(heading.labels[-1]) in REMARKS
