"""Tables that go on over a page: put together as one."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from gxgen.published.narrative import HEAD
from gxgen.published.readers.pdf_tables import NEAR, PdfCell, RuledTable, nearest

CONTINUED = re.compile(r"[（(]?(?:续上?表|接上[表页]|续)[一二三四\d]?[）)]?[:：]?")
"""A line that stands between the two parts."""
FIGURE = re.compile(r"[\d.,+—/-]+(?:件|元|万元)?")
NARROW = 2.5
"""Ems: a cell no wider than this holds a label that runs downwards."""
FULL = 1.3
"""Ems that a full line leaves in its cell."""


def continued(above: RuledTable, below: RuledTable) -> RuledTable | None:
    """One table of two that follow each other over a page; None if they are two.

    They have the same outer edges.  A header that is printed again is left out; a label or a row that the page has
    broken in two is put together.
    """
    across = above.columns[0] - below.columns[0]
    if abs(above.columns[-1] - below.columns[-1] - across) > 2 * NEAR:
        across = 0.0
        if not (_within(below, above) or _within(above, below)):
            return None
    below = _moved(below, across, 0.0)
    columns = _with(above.columns, below.columns)
    below = _without_header(above, below)
    below = _moved(below, 0.0, above.rows[-1] - below.rows[0])
    return _sewn(above, below, columns)


def _within(inner: RuledTable, outer: RuledTable) -> bool:
    """Whether a part ends at edges of the other: a cell over many rows has no lines on a page without its ends."""
    return all(
        any(abs(edge - other) <= NEAR for other in outer.columns) for edge in (inner.columns[0], inner.columns[-1])
    ) and any(abs(inner.columns[at] - outer.columns[at]) <= NEAR for at in (0, -1))


def trimmed(table: RuledTable, *, is_end: bool) -> RuledTable:
    """A part, as it is on its page, without the strips at the break of the page in which nothing stands."""
    rows = table.rows
    heights = [line.baseline for cell in table.cells for line in cell.lines]
    while len(rows) > 2 and not any(
        (rows[-2] < height <= rows[-1]) if is_end else (rows[0] < height <= rows[1]) for height in heights
    ):
        rows = rows[:-1] if is_end else rows[1:]
    if rows == table.rows:
        return table
    cells = []
    for cell in table.cells:
        left, top, right, bottom = cell.box
        top, bottom = max(top, rows[0]), min(bottom, rows[-1])
        if bottom - top > NEAR:
            cells.append(msgspec.structs.replace(cell, box=(left, top, right, bottom)))
    return RuledTable(table.columns, rows, tuple(cells))


def _moved(table: RuledTable, across: float, down: float) -> RuledTable:
    cells = (
        msgspec.structs.replace(
            cell, box=(cell.box[0] + across, cell.box[1] + down, cell.box[2] + across, cell.box[3] + down)
        )
        for cell in table.cells
    )
    return RuledTable(
        tuple(edge + across for edge in table.columns), tuple(edge + down for edge in table.rows), tuple(cells)
    )


def _with(known: tuple[float, ...], others: Iterable[float]) -> tuple[float, ...]:
    new = (edge for edge in others if all(abs(edge - one) > NEAR for one in known))
    return tuple(sorted((*known, *new)))


def _without_header(above: RuledTable, below: RuledTable) -> RuledTable:
    """The lower part without the rows that begin the upper part, too."""
    for count in range(min(len(above.rows), len(below.rows)) - 2, 0, -1):
        header = _head(above, count)
        if header and header == _head(below, count):
            cells = tuple(cell for cell in below.cells if nearest(below.rows, cell.box[1]) >= count)
            return RuledTable(below.columns, below.rows[count:], cells)
    return below


def _head(table: RuledTable, count: int) -> frozenset[tuple[int, int, int, int, str]] | None:
    """The first rows by their cells; None if a cell reaches below them, or all are empty."""
    cells = [cell for cell in table.cells if nearest(table.rows, cell.box[1]) < count]
    if any(nearest(table.rows, cell.box[3]) > count for cell in cells) or not any(cell.lines for cell in cells):
        return None
    left = table.columns[0]
    return frozenset(
        (
            round((cell.box[0] - left) / NEAR / 2),
            round((cell.box[2] - left) / NEAR / 2),
            nearest(table.rows, cell.box[1]),
            nearest(table.rows, cell.box[3]),
            "".join(cell.text.split()),
        )
        for cell in cells
    )


def _sewn(above: RuledTable, below: RuledTable, columns: tuple[float, ...]) -> RuledTable:
    """The two parts with what the page has broken put together."""
    seam = above.rows[-1]
    last, first = above.rows[-2], below.rows[1]
    pairs = [
        (upper, lower)
        for upper in above.cells
        for lower in below.cells
        if abs(upper.box[3] - seam) <= NEAR
        and abs(lower.box[1] - seam) <= NEAR
        and abs(upper.box[0] - lower.box[0]) <= NEAR
        and abs(upper.box[2] - lower.box[2]) <= NEAR
    ]
    single = [(one, two) for one, two in pairs if one.box[1] >= last - NEAR and two.box[3] <= first + NEAR]
    spanning = [pair for pair in pairs if pair not in single]
    merged: dict[PdfCell, PdfCell] = {}
    gone: set[PdfCell] = set()
    rows = (*above.rows, *below.rows[1:])
    is_broken = len(pairs) == sum(abs(cell.box[1] - seam) <= NEAR for cell in below.cells) and _is_broken_row(single)
    if is_broken:
        rows = tuple(edge for edge in rows if edge != seam)
    for upper, lower in pairs if is_broken else [pair for pair in spanning if _is_one_label(*pair)]:
        merged[upper] = PdfCell((*upper.box[:3], lower.box[3]), (*upper.lines, *lower.lines))
        gone.add(lower)
    cells = (
        *(_reaching(merged.get(cell, cell), seam, below) for cell in above.cells),
        *(cell for cell in below.cells if cell not in gone),
    )
    return RuledTable(columns, rows, cells)


def _reaching(cell: PdfCell, seam: float, below: RuledTable) -> PdfCell:
    """A cell above made to reach down beside a part that does not have its column."""
    left, top, right, bottom = cell.box
    is_beside = right <= below.columns[0] + NEAR or left >= below.columns[-1] - NEAR
    if is_beside and abs(bottom - seam) <= NEAR:
        return msgspec.structs.replace(cell, box=(left, top, right, below.rows[-1]))
    return cell


def _is_one_label(upper: PdfCell, lower: PdfCell) -> bool:
    """Whether two cells over several rows are one that the page has broken: one is empty, or its text goes on."""
    return not upper.lines or not lower.lines or _text_goes_on(upper, lower)


def _text_goes_on(upper: PdfCell, lower: PdfCell) -> bool:
    """Whether the text of the upper cell ends in a full line and that of the lower does not begin an item."""
    if not upper.lines or not lower.lines:
        return False
    last = upper.lines[-1]
    is_narrow = upper.box[2] - upper.box[0] <= NARROW * last.size
    is_full = upper.box[2] - last.right <= FULL * last.size
    begins = lower.lines[0].text
    is_words = not FIGURE.fullmatch(last.text) and not FIGURE.fullmatch(begins)
    return is_words and (is_narrow or is_full) and not HEAD.match(begins)


def _is_broken_row(pairs: list[tuple[PdfCell, PdfCell]]) -> bool:
    """Whether the last row above and the first one below are one: each cell's text is in one of them, or goes on."""
    if not pairs or not any(upper.lines for upper, _ in pairs):
        return False
    going_on = [_text_goes_on(upper, lower) for upper, lower in pairs]
    if any(
        upper.lines and lower.lines and not goes_on for (upper, lower), goes_on in zip(pairs, going_on, strict=True)
    ):
        return False
    if not any(lower.lines for _, lower in pairs):
        return any(not upper.lines for upper, _ in pairs)
    return any(going_on) or any(upper.lines and not lower.lines for upper, lower in pairs[:1])
