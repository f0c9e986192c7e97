"""Tables of which only the text is left: cells between tabs or strokes, columns of figures, one cell a line.

Which cell stands under which is gone, so cells are counted: labels have to come in full and in the order of the form,
and a row has to have exactly as many figures as the form has columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxgen.core import codes
from gxgen.published.document import Location, Paragraph
from gxgen.published.labels import Called, fold, misprinted_in_full, quoted, spelling_of
from gxgen.published.narrative import PAGE_NUMBER
from gxgen.published.tables.cells import ReadingProblem
from gxgen.published.tables.forms import Block, Form
from gxgen.published.tables.gridded import MISPRINT, MISPRINTED, Found
from gxgen.published.tables.hypotheses import Evidence, Row, Slot
from gxgen.published.tables.lines import Line, header_length, is_header_start, may_begin, taken_apart
from gxgen.published.tables.notes import merged_by_cause
from gxgen.spec.addresses import Leaf

GOES_ON = re.compile(r"\s*[.．、，,)）]")
"""How a label goes on whose number stands on the line before: ``3`` and ``.其他``."""

MOST_LINES = 3000
MOST_LABELS = 120
"""Lines of labels without a figure among them; the header of 四 has some sixty, one character a line."""


def start_of_table(lines: tuple[Paragraph, ...], form: Form) -> int:
    """The line where the table's header begins; how many lines there are if none does."""
    for at, line in enumerate(lines):
        words = fold(taken_apart(line).label)
        if not words or not may_begin(form, words):
            continue
        following = "".join(fold(taken_apart(after).label) for after in lines[at + 1 : at + 60])
        if is_header_start(form, words, following):
            return at
    return len(lines)


def read_stream(lines: tuple[Paragraph, ...], form: Form) -> Found:
    """Read the lines from the table's start as the table *form*."""
    reader = _StreamReader(form)
    kept: list[Line] = []
    for paragraph in _with_whole_headers(lines[:MOST_LINES], form):
        if PAGE_NUMBER.fullmatch(paragraph.text.strip()):
            location, quote = Location(line=paragraph.line), f"「{quoted(paragraph.text)}」"
            reader.found.problems.append(ReadingProblem(codes.IMPORT_EXTRA, location, "页码没有读入", quote=quote))
        else:
            line = taken_apart(paragraph)
            kept += [line] if line.label or line.figures else []
    at = 0
    while at < len(kept):
        following = kept[at + 1] if at + 1 < len(kept) else None
        at += 2 if reader.take(kept[at], following) else 1
    reader.end()
    reader.found.problems = list(merged_by_cause(reader.found.problems))
    return reader.found


def _with_whole_headers(lines: Sequence[Paragraph], form: Form) -> Iterator[Paragraph]:
    """The lines, with a column's label put together that goes on below itself, at the same tab."""
    kept = list(lines)
    last = -1
    for at, line in enumerate(kept):
        cells = line.words.strip("\r\n").split("\t")
        named = [number for number, cell in enumerate(cells) if cell.strip()]
        if last >= 0 and len(named) == 1 and named[0] > 0:
            above = kept[last].words.strip("\r\n").split("\t")
            number = named[0]
            if number < len(above) and form.is_column_label(fold(above[number] + cells[number])):
                above[number] += cells[number]
                kept[last] = kept[last]._replace(text="\t".join(above))
                kept[at] = line._replace(text="")
                continue
        last = at if named else last
    return iter(kept)


class _Pending(NamedTuple):
    text: str
    number: int


class _StreamReader:
    """Collects labels until figures come, then asks which row that was."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._labels: list[_Pending] = []
        self._single: list[Line] = []
        self._blocks: tuple[Block, ...] = ()
        """Whose header has been read last."""
        self._uncertain: list[Row] = []
        """Rows with a figure a line and no sum to go by: a page number would look the same."""
        self._is_alone_throughout = True
        """Whether all rows without a sum have a figure a line."""
        self._has_more = False
        """Whether a row without a sum has twice the figures that the form has columns: two years stand side by side."""
        self._gaps: list[tuple[Row, int]] = []
        """Rows without a sum, each with the empty cells before its figures."""
        self._has_number_alone = False
        """Whether a number stands between rows that may be a figure, or the number of a page."""
        self._has_row_unnamed = False
        """Whether figures were left out that have no label, so that of a table without labels none is certain."""
        self._below_label: Row | None = None
        """The row read last, if its figures stand on one line below its label."""
        self._misprinted: set[str] = set()
        """The rows whose label is misprinted."""
        self.found = Found()

    def take(self, line: Line, following: Line | None = None) -> bool:
        """Read one line; whether the line that follows belongs to its label and is read with it."""
        if line.label:
            number = self._single.pop().figures[0] if self._single and GOES_ON.match(line.label) else ""
            self._flush()
            self._labels.append(_Pending(fold(number + line.label), line.number))
            if len(self._labels) > MOST_LABELS:
                self._extra(self._labels.pop(0))
        if not line.figures:
            return False
        if len(line.figures) == 1 and self._width() != 1:
            self._single.append(line)
            return False
        self._flush()
        rest = following.label if following and not following.figures else ""
        return self._row([line], fold(rest))

    def end(self) -> None:
        """Read what is left."""
        self._flush()
        self._rows_at_the_end()
        if self._uncertain and not (self._is_complete() and self._is_alone_throughout):
            for row in self._uncertain:
                self._leave_out(row, "数字一格一行，而表格不完整，可能夹着页码")
        if self._has_row_unnamed and not self._form.rows:
            for row in list(self.found.rows):
                self._leave_out(row, "表格里还有别的数字，不知道哪一行才是")
        usual = Counter(gap for _, gap in self._gaps).most_common(1)
        for row, gap in self._gaps:
            if self._has_more:
                self._leave_out(row, "别的行数字比表格的列多，可能是两年并列，不知道是哪一年的")
            elif gap != usual[0][0]:
                self._leave_out(row, "数字前面的空格比别的行多或少，可能错了位")

    def _leave_out(self, row: Row, reason: str) -> None:
        if row not in self.found.rows:
            return
        self.found.rows.remove(row)
        entry = row.entries[0]
        cause = f"「{entry.row.printed}」{reason}"
        self.found.problems.append(
            ReadingProblem(codes.IMPORT_ROW, row.location, cause, entry.row.address, quote=row.quoted)
        )

    def _rows_at_the_end(self) -> None:
        """Read the labels after the last figures: rows without figures, or text that follows the table."""
        labels = self._after_headers(self._labels)
        empty = list(self._rows_without_figures(labels))
        self.found.rows += empty
        for pending in labels if not empty else ():
            self._extra(pending)

    def _is_complete(self) -> bool:
        """Whether every row of the form has been read once, and nothing is left over."""
        read = [row.entries[0].row.address for row in self.found.rows]
        wanted = [leaf.address for leaf in self._form.rows]
        is_whole = sorted(read) == sorted(wanted) and not self._has_number_alone
        return is_whole and all(one.code is codes.IMPORT_EXTRA for one in self.found.problems)

    def _flush(self) -> None:
        if self._single:
            lines, self._single = self._single, []
            self._row(lines)

    def _width(self) -> int:
        """How many figures the row has whose label has just been read; 0 where it is not known."""
        block, leaf, _ = self._labelled(keep=True)
        return len(block.columns) if block and leaf else 0

    def _row(self, lines: list[Line], rest: str = "") -> bool:
        """Read a row's figures; whether *rest*, the label on the line after them, belongs to it."""
        is_longer = False
        is_other = any(_row_pattern(leaf).fullmatch(rest) for leaf in self._form.rows)
        if rest and self._labels and not is_other and not self._labelled(keep=True)[1]:
            self._labels.append(_Pending(rest, lines[-1].number))
            is_longer = self._labelled(keep=True, is_exact=True)[1] is not None
            if not is_longer:
                self._labels.pop()
        block, leaf, reason = self._labelled(keep=False)
        figures = [figure for line in lines for figure in line.figures]
        location = Location(line=lines[0].number)
        if not block or not leaf:
            self._unnamed(figures, reason, location)
            return is_longer
        entries = block.entries_of(leaf)
        has_totals = any(entry.is_total for entry in entries)
        self._has_more |= len(figures) >= 2 * len(block.columns) and not has_totals
        if len(figures) > len(block.columns) and set(figures) == {"0"}:
            figures = figures[: len(block.columns)]  # whichever of them is one too many, each column has a 0
        problem = self._problem(lines)
        if problem:
            words = "｜".join(figure or "（空）" for figure in figures)
            name = quoted(leaf.printed or block.crosstab.caption or self._form.section.heading)
            unread = tuple(entry.address for entry in entries)
            self.found.problems.append(
                ReadingProblem(codes.IMPORT_ROW, location, f"「{name}」{problem}", block.where(leaf), unread, words)
            )
            return is_longer
        places = [Location(line=line.number) for line in lines for _ in line.figures]
        slots = tuple(Slot((), text, at) for text, at in zip(figures, places, strict=False))
        is_misprinted = leaf.address in self._misprinted
        evidence = Evidence.LABEL_REPAIRED if is_misprinted else Evidence.READ
        row = Row(entries, slots, location, is_aligned=False, is_delimited=len(lines) == 1, evidence=evidence)
        self.found.rows.append(row)
        self._below_label = row if len(lines) == 1 and len(figures) > 1 and not lines[0].label else None
        if has_totals or len(figures) != len(block.columns):
            return is_longer
        if all(len(line.figures) == 1 and not line.label for line in lines):
            self._uncertain.append(row)
        else:
            self._is_alone_throughout = False
            self._gaps.append((row, lines[0].gap))
        return is_longer

    def _unnamed(self, figures: list[str], reason: str, location: Location) -> None:
        """Report figures without a label; a number alone between rows is none of the table's."""
        words = "｜".join(figure or "（空）" for figure in figures)
        if not reason and len(figures) == 1:
            self._has_number_alone = True
            cause = "表格里多出一个数字，没有读入"
            self.found.problems.append(ReadingProblem(codes.IMPORT_EXTRA, location, cause, quote=words))
        else:
            if not reason and self._below_label:
                self._leave_out(self._below_label, "名称下面有两行数字，不知道是哪一行的")
            self._has_row_unnamed = True
            cause = reason or "这些数字前面没有项目名称"
            self.found.problems.append(ReadingProblem(codes.IMPORT_LABEL, location, cause, quote=words))

    def _problem(self, lines: list[Line]) -> str:
        if any(line.blanks_inside for line in lines):
            return "行中有空格，不知道缺的是哪一格"
        gaps = {after.number - before.number for before, after in pairwise(lines)}
        if len(gaps) > 1:
            return "数字一格一行，但行距不一，可能夹着页码"
        return ""

    # Labels

    def _labelled(self, *, keep: bool, is_exact: bool = False) -> tuple[Block | None, Leaf | None, str]:
        """The row that the labels read so far lead to, a header before it taken into account."""
        labels, blocks = list(self._labels), self._blocks
        empty: list[Row] = []
        result = self._resolve(labels, empty, keep=keep, is_exact=is_exact)
        if keep:
            self._blocks = blocks
        else:
            self._labels = []
            self.found.rows += empty
        return result

    def _resolve(
        self, labels: list[_Pending], empty: list[Row], *, keep: bool, is_exact: bool
    ) -> tuple[Block | None, Leaf | None, str]:
        count, labels = len(labels), self._after_headers(labels)
        is_below_header = len(labels) < count
        if not self._form.rows:
            return (
                (self._blocks[0], self._blocks[0].rows[0], "")
                if self._blocks and not labels
                else (None, None, self._unknown(labels))
            )
        for start in range(len(labels)):
            block, leaf = self._called("".join(pending.text for pending in labels[start:]))
            if not leaf or not block:
                continue
            before = list(self._rows_without_figures(labels[:start]))
            if start and not before:
                break
            empty += before
            self.found.labels += 0 if keep else 1
            return block, leaf, ""
        misprinted = None if is_exact else self._misprinted_row("".join(pending.text for pending in labels))
        if misprinted:
            block, called = misprinted
            if not keep:
                location = Location(line=labels[0].number)
                self._misprinted.add(called.leaf.address)
                quote = MISPRINT.format(*map(quoted, called.misprints[0]))
                self.found.problems.append(
                    ReadingProblem(codes.MISPRINTED_LABEL, location, MISPRINTED, called.leaf.address, quote=quote)
                )
            return block, called.leaf, ""
        if is_below_header:
            self._blocks = ()  # its columns are parted once more, in words that the form does not have
        return None, None, self._unknown(labels)

    def _unknown(self, labels: list[_Pending]) -> str:
        words = "".join(pending.text for pending in labels)
        return f"认不出这一行的名称「{quoted(words)}」" if words else ""

    def _after_headers(self, labels: list[_Pending]) -> list[_Pending]:
        """The labels after the last header among them; a header begins and ends with a line."""
        for start in range(len(labels)):
            for block_run in self._header_at(labels[start:]):
                blocks, used = block_run
                self._blocks = blocks
                self.found.labels += 1
                # What stands before a header and is no row has been reported as a row without figures, or is lost.
                return labels[start + used :] if used < len(labels) - start else []
        return labels

    def _header_at(self, labels: list[_Pending]) -> Iterator[tuple[tuple[Block, ...], int]]:
        for used in range(len(labels), 0, -1):
            words = "".join(pending.text for pending in labels[:used])
            blocks = tuple(block for block in self._form.blocks if header_length(block, words) == len(words))
            if words and blocks:  # a line of quotation marks alone is folded to nothing, and no header
                yield blocks, used

    def _misprinted_row(self, words: str) -> tuple[Block, Called] | None:
        """The one row that is called so but for a misprint, after all rows read so far."""
        order = {leaf.address: at for at, leaf in enumerate(self._form.rows)}
        last = max((order.get(row.entries[0].row.address, -1) for row in self.found.rows), default=-1)
        found = [
            (block, called)
            for block in self._blocks
            for leaf in block.rows
            if order.get(leaf.address, -1) > last and (called := misprinted_in_full(leaf, words))
        ]
        return found[0] if len(found) == 1 else None

    def _called(self, words: str) -> tuple[Block | None, Leaf | None]:
        """The one row that is called so, with or without the heads beside it, in a block whose header was read."""
        found = [(block, leaf) for block in self._blocks for leaf in block.rows if _row_pattern(leaf).fullmatch(words)]
        return found[0] if len(found) == 1 else (None, None)

    def _rows_without_figures(self, labels: list[_Pending]) -> Iterator[Row]:
        """Rows that have a label and no figure; nothing unless the labels are all of such rows."""
        rest = list(labels)
        found: list[Row] = []
        while rest:
            for end in range(len(rest), 0, -1):
                block, leaf = self._called("".join(pending.text for pending in rest[:end]))
                if block and leaf:
                    location = Location(line=rest[0].number)
                    found.append(Row(block.entries_of(leaf), (), location, is_aligned=False))
                    rest = rest[end:]
                    break
            else:
                return
        yield from found

    def _extra(self, pending: _Pending) -> None:
        last = self._form.entries[-1].row.address
        if any(row.entries[0].row.address == last for row in self.found.rows):
            self.found.text_after = self.found.text_after or pending.number
            return
        location, quote = Location(line=pending.number), quoted(pending.text)
        self.found.problems.append(
            ReadingProblem(codes.IMPORT_EXTRA, location, "表格后面还有文字，没有读入", quote=quote)
        )


def _row_pattern(leaf: Leaf) -> re.Pattern[str]:
    above = "".join(f"(?:{spelling_of(head)})?" for head in leaf.trail[:-1])
    return re.compile(above + spelling_of(leaf.head))
