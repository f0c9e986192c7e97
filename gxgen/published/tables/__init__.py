"""All tables of a report: each recognised by its labels, its certain figures collected, the rest told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from gxgen.core import codes
from gxgen.model import Figure
from gxgen.published.document import Block, Paragraph, Place, Spot, Table
from gxgen.published.labels import fold, quoted
from gxgen.published.tables.cells import Complaint, Mark, why_unread
from gxgen.published.tables.forms import Form, forms_of
from gxgen.published.tables.gridded import Found, read_grid
from gxgen.published.tables.rows import Doubt, Reading, Row, judged
from gxgen.published.tables.streamed import read_stream, start_of_table
from gxgen.spec import Address, Entry, Layout, Section, address_book, layouts

MOST_CELLS = 3000
"""Ten times the largest table of a form; a larger one is another's."""


class Figures(NamedTuple):
    """What the tables give."""

    figures: Mapping[Address, Figure]
    assertions: Mapping[Address, Figure]
    unread: frozenset[Address]
    complaints: tuple[Complaint, ...]
    cells: Mapping[Address, Spot]
    """Where each of the figures and totals stands."""


class Tables:
    """Takes the sections' blocks one by one and keeps what their tables hold."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._forms = forms_of(layout)
        self._found: dict[str, list[Found]] = {}
        self._other_layouts: set[str] = set()

    def take(self, section: Section, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Complaint, ...]]:
        """Read the tables of a section; what remains is its narrative.  Text after the table is told to have moved."""
        narrative: list[Block] = []
        complaints: list[Complaint] = []
        has_table = False
        for block in blocks:
            if isinstance(block, Paragraph) and self._is_caption(block):
                continue
            if isinstance(block, Paragraph):
                narrative.append(block)
                if has_table and block.text.strip() and not block.is_line:
                    complaints.append(_moved(block))
            elif self._grid(block):
                has_table = True
            else:
                narrative.append(block)
        if has_table:
            return tuple(narrative), tuple(complaints)
        return self._stream(section, tuple(narrative)), ()

    def _is_caption(self, block: Paragraph) -> bool:
        """Whether a paragraph is a band of a table that has come apart."""
        return not block.is_line and any(form.is_frame(fold(block.words)) for form in self._forms)

    def _grid(self, table: Table) -> bool:
        """Read a table as the form that it has most labels of; False where it has none."""
        if len(table.cells) > MOST_CELLS or table.height > MOST_CELLS:
            return False
        readings = [(form, read_grid(table, form)) for form in self._forms]
        form, found = max(readings, key=lambda reading: (reading[1].labels, len(reading[1].rows)))
        self._note_layout(table, found.labels)
        if found.labels:
            self._add(form, found)
        return bool(found.labels)

    def _stream(self, section: Section, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Read a table of which only the text is left; the blocks before it."""
        form = next(form for form in self._forms if form.section is section)
        lines = tuple(block for block in blocks if isinstance(block, Paragraph) and block.is_line)
        if len(lines) < len(blocks):
            return blocks
        start = start_of_table(lines, form)
        found = read_stream(lines[start:], form)
        if start < len(lines):
            self._add(form, found)
        if not found.rows:
            self._other_layouts |= set(self._layouts_that_read(section, lines))
        return blocks[:start]

    def _layouts_that_read(self, section: Section, lines: tuple[Paragraph, ...]) -> Iterator[str]:
        """The other layouts whose table the lines are."""
        for other in layouts():
            for form in forms_of(other) if other is not self._layout else ():
                if form.section.key == section.key and read_stream(lines[start_of_table(lines, form) :], form).rows:
                    yield other.name

    def _add(self, form: Form, found: Found) -> None:
        self._found.setdefault(form.section.key, []).append(found)

    def _note_layout(self, table: Table, labels: int) -> None:
        """Remember another layout that a table has more labels of."""
        for other in layouts():
            if other is not self._layout:
                most = max(read_grid(table, form).labels for form in forms_of(other))
                if most > labels:
                    self._other_layouts.add(other.name)

    def result(self) -> Figures:
        """Everything that was certain, and complaints about everything else."""
        readings: list[Reading] = []
        complaints: list[Complaint] = []
        for name in sorted(self._other_layouts):
            message = f"表格像是 {name} 年版式的，与标题里的年度不符"
            complaints.append(Complaint(codes.IMPORT_LAYOUT, Place(), message, "year"))
        for form in self._forms:
            found = self._found.get(form.section.key, [])
            rows = [row for one in found for row in one.rows]
            complaints += [complaint for one in found for complaint in one.complaints]
            for outcome in judged(_once(rows, complaints), address_book(self._layout)):
                if isinstance(outcome, Doubt):
                    complaints.append(_doubted(outcome))
                else:
                    readings += outcome.readings
        return self._figures(readings, complaints)

    def _figures(self, readings: list[Reading], complaints: list[Complaint]) -> Figures:
        figures: dict[Address, Figure] = {}
        assertions: dict[Address, Figure] = {}
        cells: dict[Address, Spot] = {}
        for entry, found, place in readings:
            cells[entry.address] = Spot(place, found.text)
            if found.figure is None:
                complaints.append(_unread(entry, found.mark, why_unread(found), found.text, place))
            else:
                (assertions if entry.is_total else figures)[entry.address] = found.figure
        entries = address_book(self._layout).entries.values()
        unread = frozenset(
            entry.address for entry in entries if entry.address not in figures and entry.address not in assertions
        )
        complaints += _missing(self._forms, unread, {complaint.where for complaint in complaints}, self._found)
        return Figures(
            MappingProxyType(figures), MappingProxyType(assertions), unread, tuple(complaints), MappingProxyType(cells)
        )


def _moved(block: Paragraph) -> Complaint:
    message = f"表格后面的文字移到了表格前面：{quoted(block.text)}"
    return Complaint(codes.IMPORT_EXTRA, Place(line=block.line), message)


def _once(rows: list[Row], complaints: list[Complaint]) -> list[Row]:
    """The rows that give each cell once; rows that give a cell again leave it open which is meant."""
    counts = Counter(entry.address for row in rows for entry in row.entries)
    kept = [row for row in rows if all(counts[entry.address] == 1 for entry in row.entries)]
    for row in rows:
        if row not in kept:
            where = row.entries[0].row.address
            message = f"这一行在表中出现了不止一次：{row.quoted}"
            complaints.append(Complaint(codes.IMPORT_ROW, row.place, message, where))
    return kept


def _doubted(doubt: Doubt) -> Complaint:
    row = doubt.row
    name = row.entries[0].row.printed
    message = f"{f'「{name}」' if name else ''}{doubt.reason}：{row.quoted}"
    return Complaint(codes.IMPORT_ROW, row.place, message, row.entries[0].row.address or row.entries[0].address)


def _unread(entry: Entry, mark: Mark, why: str, text: str, place: Place) -> Complaint:
    shown = "" if mark is Mark.BLANK else f"：「{quoted(text)}」"
    return Complaint(codes.IMPORT_CELL, place, f"{entry.printed}，{why}{shown}", entry.address)


def _missing(
    forms: tuple[Form, ...], unread: frozenset[Address], told: set[Address], found: Mapping[str, object]
) -> Iterator[Complaint]:
    """The rows of which something is missing that nothing has been said of."""
    for form in forms:
        if form.section.key not in found:
            message = f"没有找到「{form.section.heading}」的表格"
            yield Complaint(codes.IMPORT_MISSING, Place(), message, form.section.key)
            continue
        for block in form.blocks:
            for row in block.rows:
                left = [
                    entry for entry in block.entries_of(row) if entry.address in unread and entry.address not in told
                ]
                where = row.address or (left[0].address if left else "")
                if left and where not in told:
                    message = _what_is_missing(left, block.entries_of(row))
                    yield Complaint(codes.IMPORT_MISSING, Place(), message, where)


def _what_is_missing(left: list[Entry], whole: tuple[Entry, ...]) -> str:
    row = left[0].row.printed
    if len(left) == len(whole):
        return f"没有读到「{row}」这一行" if row else "没有读到表中的数字"
    columns = "、".join(f"「{entry.column.printed}」" for entry in left)
    return f"{f'「{row}」行' if row else ''}没有读到{columns}"
