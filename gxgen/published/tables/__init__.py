"""All tables of a report: each recognised by its labels, its certain figures collected, the rest reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from msgspec import structs

from gxgen.core import codes
from gxgen.model import Figure
from gxgen.published.document import Block, Location, Paragraph, PrintedCell, Table
from gxgen.published.labels import fold, quoted
from gxgen.published.tables.cells import ReadingProblem
from gxgen.published.tables.evidence import Taken, Verdict, judged
from gxgen.published.tables.forms import Form, forms_of
from gxgen.published.tables.gridded import Found, read_grids
from gxgen.published.tables.hypotheses import Evidence, Row
from gxgen.published.tables.notes import confirmed_notes, missing_notes, unread_notes
from gxgen.published.tables.streamed import read_stream, start_of_table
from gxgen.spec import Address, Layout, Section, address_book, layouts

MOST_CELLS = 3000
"""Ten times the largest table of a form; a larger one is another's."""


class Figures(NamedTuple):
    """What the tables give."""

    figures: Mapping[Address, Figure]
    assertions: Mapping[Address, Figure]
    unread: frozenset[Address]
    problems: tuple[ReadingProblem, ...]
    cells: Mapping[Address, PrintedCell]
    """Where each of the figures and totals stands."""
    evidence: Mapping[Address, Evidence]
    """Why each of them was taken."""


class Tables:
    """Takes the sections' blocks one by one and keeps what their tables hold."""

    def __init__(self, layout: Layout, year: int, *, is_recognised: bool = False) -> None:
        self._layout = layout
        self._year = year
        self._is_recognised = is_recognised
        self._forms = forms_of(layout)
        self._others = tuple((other.name, forms_of(other)) for other in layouts() if other is not layout)
        self._grids: dict[str, list[Table]] = {}
        self._found: dict[str, list[Found]] = {}
        self._other_layouts: set[str] = set()

    def take(self, section: Section, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[ReadingProblem, ...]]:
        """Keep the tables of a section; what remains is its narrative.  Text after the table is reported as moved."""
        narrative: list[Block] = []
        moved: list[Paragraph] = []
        last: Form | None = None
        has_table = False
        for block in blocks:
            if isinstance(block, Paragraph):
                if self._is_caption(block):
                    continue
                narrative.append(block)
                if block.text.strip():
                    last = None
                    if has_table and not block.is_line:
                        moved.append(block)
                continue
            form = self._form_of(block, section) or self._continued(block, last)
            if form:
                self._grids.setdefault(form.section.key, []).append(block)
                last, has_table = form, True
            else:
                narrative.append(block)
        if has_table:
            return tuple(narrative), tuple(_moved(moved))
        return self._stream(section, tuple(narrative))

    def _is_caption(self, block: Paragraph) -> bool:
        """Whether a paragraph is a band of a table that has come apart."""
        return not block.is_line and any(form.is_frame(fold(block.words)) for form in self._forms)

    def _form_of(self, table: Table, section: Section) -> Form | None:
        """The form that a table has most labels of, that of its section before others; None where it has none."""
        if len(table.cells) > MOST_CELLS or table.height > MOST_CELLS:
            return None
        texts = [text for cell in table.cells if (text := fold(cell.text)) and not text.isdigit()]
        form, most = max(
            ((form, _labels(form, texts)) for form in self._forms),
            key=lambda counted: (counted[1], counted[0].section.key == section.key),
        )
        for name, others in self._others:
            if max(_labels(other, texts) for other in others) > most:
                self._other_layouts.add(name)
        return form if most else None

    def _continued(self, table: Table, last: Form | None) -> Form | None:
        """The form of the table before, where this one goes on with it: as wide, and no text between them."""
        if last is None or len(table.cells) > MOST_CELLS:
            return None
        before = self._grids[last.section.key][-1]
        return last if before.width == table.width and any(map(str.strip, table.texts())) else None

    def _stream(
        self, section: Section, blocks: tuple[Block, ...]
    ) -> tuple[tuple[Block, ...], tuple[ReadingProblem, ...]]:
        """Read a table of which only the text is left; the blocks before and after it."""
        form = next(form for form in self._forms if form.section.key == section.key)
        lines = tuple(block for block in blocks if isinstance(block, Paragraph) and block.is_line)
        if len(lines) < len(blocks):
            return blocks, ()
        start = start_of_table(lines, form)
        found = read_stream(lines[start:], form)
        if start < len(lines):
            self._found.setdefault(form.section.key, []).append(found)
        if not found.rows:
            self._other_layouts |= set(self._layouts_that_read(section, lines))
        after = [line for line in lines[start:] if found.text_after and line.line >= found.text_after]
        return (*blocks[:start], *after), tuple(_moved(after))

    def _layouts_that_read(self, section: Section, lines: tuple[Paragraph, ...]) -> Iterator[str]:
        """The other layouts whose table the lines are."""
        for name, forms in self._others:
            for form in forms:
                if form.section.key == section.key and read_stream(lines[start_of_table(lines, form) :], form).rows:
                    yield name

    def result(self) -> Figures:
        """Everything that was certain, and problems about everything else."""
        problems = [_other_layout(name) for name in sorted(self._other_layouts)]
        verdicts: list[Verdict] = []
        known: set[str] = set()
        for form in self._forms:
            found = self._found.get(form.section.key, [])
            tables = self._grids.get(form.section.key)
            if tables:
                found = [*found, read_grids(tables, form, self._year)]
            if found:
                known.add(form.section.key)
            rows = [structs.replace(row, is_recognised=self._is_recognised) for one in found for row in one.rows]
            problems += [problem for one in found for problem in one.problems]
            verdicts += judged(_once(rows, problems), address_book(self._layout))
        return self._figures(verdicts, problems, known)

    def _figures(self, verdicts: Iterable[Verdict], problems: list[ReadingProblem], known: set[str]) -> Figures:
        taken: dict[Address, Taken] = {}
        cells: dict[Address, PrintedCell] = {}
        verdicts = tuple(verdicts)
        for verdict in verdicts:
            taken |= {one.entry.address: one for one in verdict.taken}
            cells |= {one.entry.address: PrintedCell(one.location, one.text) for one in verdict.unread}
            cells |= {one.entry.address: PrintedCell(one.location, one.text) for one in verdict.taken}
        entries = address_book(self._layout).entries
        unread = frozenset(address for address in entries if address not in taken)
        notes = [*problems, *unread_notes(self._forms, verdicts), *confirmed_notes(verdicts)]
        notes += missing_notes(self._forms, unread, {address for note in notes for address in note.unread}, known)
        return Figures(
            MappingProxyType({at: one.figure for at, one in taken.items() if not one.entry.is_total}),
            MappingProxyType({at: one.figure for at, one in taken.items() if one.entry.is_total}),
            unread,
            tuple(notes),
            MappingProxyType(cells),
            MappingProxyType({at: one.evidence for at, one in taken.items()}),
        )


def _labels(form: Form, texts: Iterable[str]) -> int:
    """How many of a table's cells are labels of a form."""
    return sum(map(form.has_label, texts))


def _other_layout(name: str) -> ReadingProblem:
    message = f"表格像是 {name} 年版式的，与标题里的年度不符"
    return ReadingProblem(codes.IMPORT_LAYOUT, Location(), message, "year")


def _moved(blocks: list[Paragraph]) -> Iterator[ReadingProblem]:
    """One note of all paragraphs that stand after the table."""
    if blocks:
        count = f" {len(blocks)} 段" if len(blocks) > 1 else ""
        message = f"表格后面的{count}文字移到了表格前面：{quoted(blocks[0].text)}"
        yield ReadingProblem(codes.IMPORT_EXTRA, Location(line=blocks[0].line), message)


def _once(rows: list[Row], problems: list[ReadingProblem]) -> list[Row]:
    """One row for each of the form's; which of several is meant stays open, unless they are the same."""
    same: dict[Address, list[Row]] = {}
    for row in rows:
        same.setdefault(row.entries[0].address, []).append(row)
    kept: list[Row] = []
    for found in same.values():
        if len({tuple(slot.text.strip() for slot in row.slots) for row in found}) == 1:
            kept.append(next((row for row in found if row.is_aligned), found[0]))
            continue
        for row in found:
            unread = tuple(entry.address for entry in row.entries)
            message = f"这一行在表中出现了不止一次：{row.quoted}"
            where = row.entries[0].row.address
            problems.append(ReadingProblem(codes.IMPORT_ROW, row.location, message, where, unread=unread))
    return kept
