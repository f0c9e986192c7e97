"""Columns whose labels are missing, misprinted or displaced: known by their order where nothing else fits.

The form has its columns in one order.  Where the rows below a header have as many figures as the form has columns, no
label that is left contradicts the order, and the totals add up, each column can only be the form's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from gxgen.published.document import Cell
from gxgen.published.labels import OF_A_YEAR, Called, fold, is_label
from gxgen.published.tables.cells import content, is_plain_figure, looks_like_figure
from gxgen.published.tables.forms import Block, Form
from gxgen.published.tables.headers import Column, Header
from gxgen.spec import Head

SHARE_UNKNOWN = 3
"""One label in so many may be missing or illegible, where the columns have totals; none where they have not."""
Places = tuple[tuple[int, int], ...]
"""Where each column begins, and its width."""


def inferred(header: Header, rows: Sequence[Sequence[Cell]], block: Block, form: Form) -> Header | None:
    """The header of a block with its columns in the order of the form; None where that is not certain.

    Args:
        header: the header as its labels were read; some are missing, or its rows do not fill the width.
        rows: the cells of the rows below it.
        block: the block of the form that those rows belong to.
        form: the table of the form.
    """
    count = len(block.columns)
    places = _places(header, rows, count)
    if not places or (header.other_years and not header.at.keys() >= set(places)):
        return None
    known = _labels_in_place(header, block, form, places) if header.is_whole else _labels_in_order(header, block, form)
    if known is None:
        return None
    unknown = tuple(leaf.head.label for at, leaf in enumerate(block.columns) if at not in known)
    has_totals = any(leaf.head.is_total for leaf in block.columns)
    if len(unknown) > (count // SHARE_UNKNOWN if has_totals else 0):
        return None
    if unknown and not _adds_up([cells[-count:] for cells in rows if _has_figures(cells, count)], block):
        return None
    columns = tuple(
        Column(start, width, tuple(fold(head.label) for head in leaf.trail))
        for (start, width), leaf in zip(places, block.columns, strict=True)
    )
    called = tuple(Called(leaf) for leaf in block.columns)
    return Header(
        header.table,
        header.rows,
        columns,
        {block: called},
        other_years=header.other_years,
        is_inferred=True,
        unknown=unknown,
    )


def is_in_order(header: Header, block: Block, form: Form) -> bool:
    """Whether all labels of a header are there, in the order of the form: a missing one may have stood elsewhere."""
    return header.is_inferred or len(_labels_in_order(header, block, form) or ()) == len(block.columns)


def _places(header: Header, rows: Sequence[Sequence[Cell]], count: int) -> Places:
    """Where the figures of most rows stand, or the lowest labels of the header; empty where there are not *count*."""
    placed = Counter(
        tuple((cell.column, cell.columns) for cell in cells[-count:]) for cells in rows if _has_figures(cells, count)
    )
    with_figures = sum(any(is_plain_figure(cell.text) for cell in cells) for cells in rows)
    if placed:
        places, most = placed.most_common(1)[0]
        return places if 2 * most > with_figures else ()
    if len(header.columns) == count and header.is_whole:
        return tuple((column.start, column.width) for column in header.columns)
    return ()


def _has_figures(cells: Sequence[Cell], count: int) -> bool:
    """Whether a row has *count* figures or blanks after its labels, and no more figures than those."""
    before, figures = cells[: len(cells) - count], cells[-count:]
    return (
        len(figures) == count
        and all(not cell.text.strip() or looks_like_figure(cell.text) for cell in figures)
        and any(is_plain_figure(cell.text) for cell in figures)
        and not any(looks_like_figure(cell.text) for cell in before)
    )


def _labels_in_place(header: Header, block: Block, form: Form, places: Places) -> set[int] | None:
    """The columns of the form that have their label over them; None where another label stands over one."""
    found: set[int] = set()
    for cell in dict.fromkeys(cell for row in header.rows for cell in header.table.rows[row]):
        text = fold(cell.text)
        if not text or form.is_frame(text):
            continue
        below = [at for at, (start, _) in enumerate(places) if cell.column <= start < cell.column + cell.columns]
        trail = block.columns[below[0]].trail if below else ()
        if trail and is_label(trail[-1], text):
            start, width = places[below[0]]
            # A label over more than one figure of a row may be that of either, but for those of other years.
            if header.other_years or (cell.column == start and cell.columns <= width):
                found.add(below[0])
        elif not any(is_label(head, text) for head in trail) and (form.is_column_label(text) or OF_A_YEAR.search(text)):
            return None
    return found


def _labels_in_order(header: Header, block: Block, form: Form) -> set[int] | None:
    """The columns of the form whose label is in a header that has lost cells, so that the others are displaced.

    None where a label stands out of order, or speaks of a year.
    """
    groups = _groups(block)
    found: set[int] = set()
    for row in header.rows:
        last = -1
        for cell in header.table.rows[row]:
            text = fold(cell.text)
            if cell.row != row or not text or form.is_frame(text):
                continue
            leaves = [at for at, leaf in enumerate(block.columns) if is_label(leaf.head, text)]
            above = [at for head, at in groups.items() if is_label(head, text)]
            new = [at for at in leaves if at not in found]
            after = [at for at in new or leaves if at > last] or [at for at in above if at > last]
            if after and after[0] in leaves:
                found.add(after[0])
                last = after[0]
            elif after:
                last = after[0] - 1
            elif leaves or above or OF_A_YEAR.search(text):
                return None
    return found


def _groups(block: Block) -> Mapping[Head, int]:
    """The heads that stand over several columns, with the place of the first of them."""
    return {head: at for at, leaf in reversed(tuple(enumerate(block.columns))) for head in leaf.trail[:-1]}


def _adds_up(rows: Sequence[Sequence[Cell]], block: Block) -> bool:
    """Whether the totals of most rows are the sums of their figures, if the columns are in the order of the form."""
    at = {leaf.address: number for number, leaf in enumerate(block.columns)}
    sums = [(at[leaf.address], [at[part] for part in leaf.summands]) for leaf in block.columns if leaf.head.is_total]
    entries = block.entries_of(block.rows[0])
    right, wrong = 0, 0
    for cells in rows:
        found = [content(cell.text, entry).figure for cell, entry in zip(cells, entries, strict=True)]
        numbers = [figure for figure in found if isinstance(figure, int)]
        if len(numbers) < len(found):
            continue
        closes = all(numbers[total] == sum(numbers[part] for part in parts) for total, parts in sums)
        right, wrong = right + closes, wrong + (not closes)
    return right > wrong
