"""Reports damaged as real ones are: tables of a printed report, broken in many ways and set in several formats.

A damage leaves a trace that a reader of the page could see: an empty cell, a row too short, a sum that is wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import TypeVar

from gxgen.compute import Completed
from gxgen.model import printed
from gxgen.spec import entries
from gxgen.view import Role, frame_of

NOTES = ("（注：含下属单位）", "（其中修订{n}件）", "①", "件次", " *", "（见附件）")
NOTHING = ("", "/", "-", "—", "／", "　")
RESPELLED = (
    ("（", "("),
    ("）", ")"),
    ("“", '"'),
    ("”", '"'),
    (".", "．"),
    (".", "、"),
    ("、", "，"),
    ("第", "第 "),
    ("项", " 项"),
)
PAGE_MARKS = ("— 4 —", "- 3 -", "第 2 页", "第 2 页 共 6 页", "某某县科学技术局")
EXTRA_ROWS = ("其他主动公开文件", "合计", "备注", "政府信息公开指南", "")


@dataclass
class Box:
    """A cell being damaged."""

    row: int
    column: int
    rows: int
    columns: int
    role: Role
    text: str
    hidden: str = ""
    """Text before its own that nobody sees."""
    struck: str = ""
    """Text after its own that is struck out."""
    raised: str = ""
    """Text after its own that is raised."""
    is_shaded: bool = False
    """Whether it has a background."""
    is_bold: bool = False
    is_joined: bool = False
    """Whether it holds what stood in several columns."""
    is_moved: bool = False
    """Whether its column stands elsewhere than in the form: without this label nobody could tell."""
    address: str = ""
    """The figure of the report that stands in it; empty where none does that a reader could tell from the page."""
    shown: str = ""
    """That figure, as it was printed before anything was damaged."""

    @property
    def is_figure(self) -> bool:
        """Whether a figure stands in it."""
        return self.role is Role.FIGURE


THIS_YEAR, LAST_YEAR = "{this}", "{last}"
"""Stand for the year of the report and the one before."""
Thing = TypeVar("Thing")
Boxes = list[list[Box]]
"""Row by row; a cell over several rows stands in its first."""


def tables_of(completed: Completed) -> list[tuple[str, Boxes]]:
    """The tables of a report by their headings, whole."""
    found = []
    for section, table in completed.report.layout.tables:
        figures = iter(entries(table))
        frame = frame_of(table)
        rows: Boxes = [[] for _ in range(frame.rows)]
        for cell in frame.cells:
            box = Box(cell.row, cell.column, cell.rows, cell.columns, cell.role, cell.text)
            if cell.role is Role.FIGURE:
                box.address = next(figures).address
                box.text = box.shown = printed(completed.figure(box.address))
            rows[cell.row].append(box)
        found.append((section.heading, rows))
    return found


# Damages: each takes the rows of one table and changes them in place


def break_labels(rows: Boxes, random: Random) -> None:
    """Labels over several lines, at times one character a line."""
    for box in labels(rows):
        if random.random() < 0.3:
            every = random.choice((1, 2, 4, 7))
            box.text = "\n".join(box.text[at : at + every] for at in range(0, len(box.text), every))


def respell_labels(rows: Boxes, random: Random) -> None:
    """Brackets narrow or wide, numbers with other marks, spaces within, straight quotes."""
    for box in labels(rows):
        for before, after in RESPELLED:
            if random.random() < 0.2:
                box.text = box.text.replace(before, after)


def blank_zeros(rows: Boxes, random: Random) -> None:
    """Zeros left empty, or struck out: all of them, or some."""
    share, sign = random.choice((1.0, 0.5, 0.1)), random.choice(NOTHING)
    for box in figures(rows):
        if box.text == "0" and random.random() < share:
            box.text = sign


def blank_figures(rows: Boxes, random: Random) -> None:
    """Any figure left empty."""
    for box in some([box for box in figures(rows) if box.text.strip()], random, 3):
        box.text = random.choice(NOTHING)


def shift_row(rows: Boxes, random: Random) -> None:
    """The figures of a row moved to one side, an empty cell where the first or the last was."""
    for row in some(rows_of_figures(rows), random, 2):
        boxes = [box for box in row if box.is_figure]
        texts = [box.text for box in boxes]
        by, filler = random.choice((1, -1, 2, -2)), random.choice(("", "", "0"))
        moved = _moved(texts, by, filler)
        if filler and not _has_wrong_sum(moved):
            # Nobody could tell any more that this row has slipped.
            moved = _moved(texts, by, "")
        for box, text in zip(boxes, moved, strict=True):
            box.text = text


def _moved(texts: list[str], by: int, filler: str) -> list[str]:
    gap = [filler] * abs(by)
    return (gap + texts)[: len(texts)] if by > 0 else (texts + gap)[-len(texts) :]


def _has_wrong_sum(texts: list[str]) -> bool:
    """Whether a total of a row of 三 or 四 can be seen to be wrong; the rows of 二, which have none, are shorter."""
    if len(texts) in (14, 30):  # two years side by side
        return all(_has_wrong_sum(texts[first::2]) for first in (0, 1))
    size = {7: 7, 15: 5}.get(len(texts), 0)
    parts = [texts[at : at + size] for at in range(0, len(texts), size)] if size else []
    whole = [list(map(int, part)) for part in parts if all(text.isdecimal() for text in part)]
    return any(sum(part[:-1]) != part[-1] for part in whole)


def turn_row(rows: Boxes, random: Random) -> None:
    """The last figure of a row of 三 or 四 moved to its front."""
    for row in some([row for row in rows_of_figures(rows) if sum(box.is_figure for box in row) > 4], random, 1):
        boxes = [box for box in row if box.is_figure]
        texts = [box.text for box in boxes]
        turned = [texts[-1], *texts[:-1]]
        for box, text in zip(boxes, turned if _has_wrong_sum(turned) else texts, strict=True):
            box.text = text


def drop_cells(rows: Boxes, random: Random) -> None:
    """A cell gone, what follows moved up."""
    for row in some([row for row in rows if row], random, 3):
        kept = [box for box in row if not box.is_moved]
        if kept:
            gone = random.choice(kept)
            row[:] = [box for box in row if box is not gone]


def merge_columns(rows: Boxes, random: Random) -> None:
    """Two cells of a row made one: their texts together, or the first alone."""
    for row in some(rows, random, 3):
        neighbours = [at for at, (left, right) in enumerate(pairwise(row)) if _are_neighbours(left, right)]
        for at in some(neighbours, random, 1) if neighbours else ():
            joint = random.choice((" ", "", "\n"))
            row[at].text = random.choice((row[at].text + joint + row[at + 1].text, row[at].text + " "))
            row[at].columns += row[at + 1].columns
            row[at].is_joined = True
            row.pop(at + 1)


def _are_neighbours(left: Box, right: Box) -> bool:
    is_moved = left.is_moved or right.is_moved
    return left.column + left.columns == right.column and left.rows == right.rows and not is_moved


def merge_rows(rows: Boxes, random: Random) -> None:
    """A figure's cell drawn down over the one below."""
    for above, below in some(list(pairwise(rows)), random, 2):
        shape = {(box.column, box.columns): box for box in below if box.rows == 1}
        pairs = [(box, shape[box.column, box.columns]) for box in above if (box.column, box.columns) in shape]
        for upper, lower in random.sample(pairs, 1) if pairs else ():
            if upper.rows == 1:
                upper.rows = 2
                below.remove(lower)


def add_notes(rows: Boxes, random: Random) -> None:
    """A remark written into a cell."""
    for box in some([box for row in rows for box in row], random, 4):
        box.text += random.choice(NOTES).replace("{n}", str(random.randrange(1, 20)))


def spoil_labels(rows: Boxes, random: Random) -> None:
    """A label with a word too few or too many, or none at all."""
    for box in some([box for box in labels(rows) if not box.is_moved], random, 2):
        cut = random.randrange(len(box.text) + 1) if box.text else 0
        box.text = random.choice(("", box.text[:cut] + box.text[cut + 1 :], box.text + "情况"))


def lose_merges(rows: Boxes, random: Random) -> None:
    """Merged labels come apart: the text in the first cell, the others empty."""
    for row in list(rows):
        for box in list(row):
            if not box.is_figure and box.rows * box.columns > 1 and random.random() < 0.4:
                _take_apart(rows, box)


def _take_apart(rows: Boxes, box: Box) -> None:
    for y in range(box.row, box.row + box.rows):
        for x in range(box.column, box.column + box.columns):
            if (y, x) != (box.row, box.column):
                rows[y].append(Box(y, x, 1, 1, box.role, ""))
        rows[y].sort(key=lambda one: one.column)
    box.rows = box.columns = 1


def add_rows(rows: Boxes, random: Random) -> None:
    """A row more, with figures or a remark, or a row twice."""
    places = [at for at in range(1, len(rows)) if _can_part(rows, at)]
    for at in sorted(some(places, random, 2), reverse=True):
        row = rows[at - 1]
        twin = [replace(box) for box in row if box.rows == 1]
        if random.random() < 0.7:
            for box in twin:
                box.address = ""
                box.text = str(random.randrange(20)) if box.is_figure else random.choice(EXTRA_ROWS)
        rows.insert(at, twin)
        _number(rows)


def _can_part(rows: Boxes, at: int) -> bool:
    """Whether no cell reaches from the rows before *at* into it, and the row before fills the width."""
    return not any(box.row + box.rows > at for row in rows[:at] for box in row)


def drop_rows(rows: Boxes, random: Random) -> None:
    """A row gone."""
    flat = [at for at in range(len(rows)) if all(box.rows == 1 for box in rows[at])]
    for at in sorted(some(flat, random, 2), reverse=True):
        if len(rows) > 1 and _can_part(rows, at) and _can_part(rows, at + 1):
            rows.pop(at)
            _number(rows)


def _number(rows: Boxes) -> None:
    for at, row in enumerate(rows):
        for box in row:
            box.row = at


def split_row(rows: Boxes, random: Random) -> None:
    """The label of a row on one row, its figures on the next."""
    places = [at for at in range(len(rows)) if rows[at] and _can_part(rows, at) and _can_part(rows, at + 1)]
    for at in some(places, random, 1):
        row = rows[at]
        if any(box.is_figure for box in row) and any(not box.is_figure for box in row):
            upper = [replace(box, text="" if box.is_figure else box.text) for box in row]
            lower = [replace(box, text=box.text if box.is_figure else "") for box in row]
            rows[at : at + 1] = [upper, lower]
            _number(rows)


# Damages that leave every figure where its labels say: however they are set, they are read or told


def group_digits(rows: Boxes, random: Random) -> None:
    """Thousands set apart by commas, narrow or wide."""
    comma = random.choice(",，")
    for box in figures(rows):
        if box.text.isdecimal() and len(box.text) > 3 and random.random() < 0.7:
            box.text = f"{int(box.text):,}".replace(",", comma)


def widen_digits(rows: Boxes, random: Random) -> None:
    """Digits as wide as Chinese characters, and spaces that keep lines from breaking around them."""
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    for box in figures(rows):
        if random.random() < 0.4:
            box.text = random.choice(("", "\xa0", " ")) + box.text.translate(wide) + random.choice(("", "\xa0", "件"))


def exchange_rows(rows: Boxes, random: Random) -> None:
    """Two rows in the other order, labels and all."""
    flat = [at for at in range(len(rows) - 1) if _is_flat(rows, at) and _is_flat(rows, at + 1)]
    alike = [at for at in flat if _shape(rows[at]) == _shape(rows[at + 1])]
    for at in some(alike, random, 1):
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
        _number(rows)


def _is_flat(rows: Boxes, at: int) -> bool:
    return bool(rows[at]) and all(box.rows == 1 for box in rows[at])


def _shape(row: list[Box]) -> list[tuple[int, int, Role]]:
    return [(box.column, box.columns, box.role) for box in row]


def exchange_columns(rows: Boxes, random: Random) -> None:
    """Two columns in the other order, labels and all."""
    edges = {(box.column, box.columns) for box in figures(rows)}
    pairs = [(left, right) for left in edges for right in edges if left[0] + left[1] == right[0]]
    pairs = [(left, right) for left, right in pairs if not _straddled(rows, left, right)]
    for left, right in some(sorted(pairs), random, 1):
        for row in rows:
            for box in row:
                if (box.column, box.columns) == left:
                    box.column += right[1]
                    box.is_moved = not box.is_figure
                elif (box.column, box.columns) == right:
                    box.column -= left[1]
                    box.is_moved = not box.is_figure
            row.sort(key=lambda box: box.column)


def _straddled(rows: Boxes, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two columns cannot be exchanged: a cell covers part of them, or holds both, or one has no label."""
    places = {(box.column, box.columns) for box in labels(rows) if box.text.strip()}
    if not {left, right} <= places:
        return True
    start, middle, end = left[0], right[0], right[0] + right[1]
    for row in rows:
        for box in row:
            is_one = (box.column, box.columns) in (left, right)
            is_whole = box.column <= start and box.column + box.columns >= end
            is_outside = box.column + box.columns <= start or box.column >= end
            if not (is_one or is_whole or is_outside) or (is_whole and box.is_joined):
                return True
    return left[0] >= middle


def two_years(rows: Boxes, random: Random) -> None:
    """Last year's figures beside this year's, with or without a row that says so."""
    is_first, is_named = random.random() < 0.5, random.random() < 0.7
    years = random.choice((("本年", "上年"), ("今年", "去年"), (f"{THIS_YEAR}年", f"{LAST_YEAR}年")))
    for row in rows:
        doubled: list[Box] = []
        for box in row:
            wide = replace(box, column=box.column * 2, columns=box.columns * 2)
            if not box.is_figure:
                doubled.append(wide)
                continue
            other = random.choice(("0", box.text, str(random.randrange(30))))
            this = replace(wide, columns=box.columns, address=box.address if is_named else "")
            last = replace(this, text=other, address="")
            last.column += 0 if not is_first else box.columns
            this.column += 0 if is_first else box.columns
            doubled += (this, last) if is_first else (last, this)
        row[:] = doubled
    if is_named:
        _name_years(rows, years if is_first else years[::-1])


def _name_years(rows: Boxes, years: tuple[str, str]) -> None:
    at = 0
    while at < len(rows):
        is_first_of_block = rows[at] and any(box.is_figure for box in rows[at])
        is_first_of_block = is_first_of_block and (at == 0 or not any(box.is_figure for box in rows[at - 1]))
        if is_first_of_block and _can_part(rows, at):
            names = [replace(box, role=Role.COLUMN_HEAD, rows=1, text="", address="") for box in rows[at]]
            parted = [name for box, name in zip(rows[at], names, strict=True) if box.is_figure]
            for number, name in enumerate(parted):
                name.text = years[number % 2]
            rows.insert(at, names)
            _number(rows)
            at += 1
        at += 1


def repeat_header(rows: Boxes, random: Random) -> None:
    """The header once more in the middle of the table, as at the top of a page."""
    first = next((at for at, row in enumerate(rows) if any(box.is_figure for box in row)), 0)
    places = [at for at in range(first + 1, len(rows)) if _can_part(rows, at)]
    if first and places and _can_part(rows, first):
        at = random.choice(places)
        rows[at:at] = [[replace(box) for box in row] for row in rows[:first]]
        _number(rows)


def break_row(rows: Boxes, random: Random) -> None:
    """A row that goes on over the page: the end of its label stands alone on the next."""
    places = [at for at in range(len(rows)) if _is_flat(rows, at) and any(box.is_figure for box in rows[at])]
    for at in some(places, random, 2):
        long = [box for box in rows[at] if not box.is_figure and len(box.text) > 3]
        if not long:
            continue
        label = long[-1]
        cut = random.randrange(1, len(label.text))
        rest = [replace(box, text=box.text[cut:] if box is label else "") for box in rows[at]]
        label.text = label.text[:cut]
        rows.insert(at + 1, rest)
        _number(rows)
        return


def hide_digits(rows: Boxes, random: Random) -> None:
    """Digits that do not show, before a figure."""
    for box in some(figures(rows), random, 3):
        box.hidden = str(random.randrange(1, 100))


def strike_digits(rows: Boxes, random: Random) -> None:
    """Digits struck out, after a figure."""
    for box in some(figures(rows), random, 3):
        box.struck = str(random.randrange(1, 100))


def misprint_labels(rows: Boxes, random: Random) -> None:
    """A character of a label doubled, left out, replaced, or exchanged with the next."""
    for box in some([box for box in labels(rows) if len(box.text) > 3], random, 2):
        at = random.randrange(len(box.text) - 1)
        one, two = box.text[at], box.text[at + 1]
        box.text = box.text[:at] + random.choice((one + one + two, two, f"某{two}", two + one)) + box.text[at + 2 :]


def part_labels(rows: Boxes, random: Random) -> None:
    """A row broken by the end of a page: half its label above, half of it below with the figures."""
    places = [at for at in range(len(rows)) if _can_part(rows, at) and _can_part(rows, at + 1) and _is_flat(rows, at)]
    for at in some([at for at in places if any(box.is_figure for box in rows[at])], random, 1):
        long = [box for box in rows[at] if not box.is_figure and len(box.text) > 3]
        for label in long[-1:]:
            cut = random.randrange(1, len(label.text))
            head = [replace(box, text=box.text[:cut] if box is label else "") for box in rows[at]]
            label.text = label.text[cut:]
            rows.insert(at, head)
            _number(rows)


def glue_digits(rows: Boxes, random: Random) -> None:
    """The figures of a row run together in one cell: 8100009."""
    for row in some(rows_of_figures(rows), random, 2):
        boxes = [box for box in row if box.is_figure]
        if len(boxes) > 1 and all(box.text.isdecimal() for box in boxes):
            boxes[0].text = "".join(box.text for box in boxes)
            boxes[0].columns = sum(box.columns for box in boxes)
            boxes[0].is_joined = True
            row[:] = [box for box in row if not any(box is other for other in boxes[1:])]


def raise_marks(rows: Boxes, random: Random) -> None:
    """The mark of a footnote, raised, after a figure."""
    for box in some(figures(rows), random, 3):
        box.raised = str(random.randrange(1, 10))


def shade_cells(rows: Boxes, random: Random) -> None:
    """Cells with a background: every second row, or some cells."""
    share = random.choice((0.2, 1.0))
    for row in rows[random.randrange(2) :: 2]:
        for box in row:
            box.is_shaded = random.random() < share


def embolden(rows: Boxes, random: Random) -> None:
    """Cells in bold: the labels, or some cells."""
    for box in random.choice((labels(rows), [box for row in rows for box in row])):
        box.is_bold = random.random() < 0.7


def number_pages(rows: Boxes, random: Random) -> None:
    """What stands at the foot or head of a page, in a row of its own across the table."""
    places = [at for at in range(1, len(rows) + 1) if at == len(rows) or _can_part(rows, at)]
    width = max((box.column + box.columns for row in rows for box in row), default=1)
    for at in some(places, random, 1):
        text = random.choice(PAGE_MARKS)
        rows.insert(at, [Box(at, 0, 1, width, Role.ROW_HEAD, text)])
        _number(rows)


DAMAGES: tuple[Callable[[Boxes, Random], None], ...] = (
    break_labels,
    respell_labels,
    blank_zeros,
    blank_figures,
    shift_row,
    turn_row,
    drop_cells,
    merge_columns,
    merge_rows,
    add_notes,
    spoil_labels,
    lose_merges,
    add_rows,
    drop_rows,
    split_row,
    group_digits,
    widen_digits,
    exchange_rows,
    exchange_columns,
    two_years,
    repeat_header,
    break_row,
    hide_digits,
    strike_digits,
    misprint_labels,
    part_labels,
    glue_digits,
    raise_marks,
    shade_cells,
    embolden,
    number_pages,
)


def in_two(tables: list[tuple[str, Boxes]], random: Random) -> list[tuple[str, Boxes]]:
    """The tables, one of them in two as where a page ends: the second with the header, or without."""
    at = random.randrange(len(tables))
    heading, rows = tables[at]
    first = next((at for at, row in enumerate(rows) if any(box.is_figure for box in row)), 0)
    places = [place for place in range(first + 1, len(rows)) if _can_part(rows, place)]
    if not places:
        return tables
    place = random.choice(places)
    header = [[replace(box) for box in row] for row in rows[:first]] if random.random() < 0.7 else []
    above, below = rows[:place], [*header, *rows[place:]]
    _number(above)
    _number(below)
    return [*tables[:at], (heading, above), ("", below), *tables[at + 1 :]]


def damaged(rows: Boxes, random: Random, year: int = 2023) -> list[str]:
    """Break a table of the report of a year in up to three ways; which."""
    chosen = random.sample(DAMAGES, random.choice((0, 1, 1, 2, 3)))
    for damage in chosen:
        damage(rows, random)
    for box in labels(rows):
        box.text = box.text.replace(THIS_YEAR, str(year)).replace(LAST_YEAR, str(year - 1))
    return [damage.__name__ for damage in chosen]


def still_printed(rows: Boxes) -> Iterator[str]:
    """The addresses of the figures that can still be seen in a table: printed as they were, alone in their cell."""
    for box in figures(rows):
        if box.address and _digits(box.text) == _digits(box.shown) and not box.struck and not box.raised:
            yield box.address


def _digits(text: str) -> str:
    """A figure without what may be set around it and between its digits."""
    return "".join(unicodedata.normalize("NFKC", text).replace(",", "").removesuffix("件").split())


def labels(rows: Boxes) -> list[Box]:
    """The cells of labels."""
    return [box for row in rows for box in row if not box.is_figure]


def figures(rows: Boxes) -> list[Box]:
    """The cells of figures."""
    return [box for row in rows for box in row if box.is_figure]


def rows_of_figures(rows: Boxes) -> Boxes:
    """The rows that have figures."""
    return [row for row in rows if any(box.is_figure for box in row)]


def some(things: list[Thing], random: Random, most: int) -> list[Thing]:
    """Up to *most* of them."""
    return random.sample(things, min(len(things), random.randrange(1, most + 1)))
