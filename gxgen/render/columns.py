"""How wide a table's columns are, so that they hold their labels and figures; for paper and for plain text alike.

Lengths are whole numbers in any one unit (twentieths of a point, characters); *unit* is the width of half an em, which
is one Latin letter or half a Chinese character.  Widths include *overhead*: the part of a column that holds no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil

from gxgen.core.text import display_width
from gxgen.view import Cell, Frame, Grid, Role

NARROWEST = 6
"""Half ems: a row label breaks after three Chinese characters at the earliest."""
FULLEST = 2 / 3
"""How much of the rows it spans a label's lines may fill before its column is made wider."""


def column_widths(
    grid: Grid, total: int, *, unit: int, overhead: int, figure_room: int = 4, may_grow: bool = False
) -> tuple[int, ...]:
    """The widths of the grid's columns; they sum to *total* or a little less, so that equal columns are equal.

    Every figure has room for *figure_room* half ems at least.  Where the figures need more, the columns grow beyond
    *total* if they may.
    """
    narrow = {text for text in set(grid.figures) if display_width(text) <= figure_room}
    lengths = tuple(figure_room if text in narrow else display_width(text) for text in grid.figures)
    return _column_widths(grid.frame, lengths, total, unit, overhead, may_grow)


@lru_cache(maxsize=256)
def _column_widths(
    frame: Frame, lengths: Sequence[int], total: int, unit: int, overhead: int, may_grow: bool
) -> tuple[int, ...]:
    narrow, last = _label_needs(frame, unit, overhead)
    figures_need = _figures_need(frame, lengths, unit, overhead)
    if may_grow:
        total = max(total, sum(narrow) + min(last, NARROWEST * unit + overhead) + figures_need)
    room = total - sum(narrow) - figures_need
    labels = list(narrow)
    if frame.label_columns:
        even_share = total // (len(frame.weights) + 1)
        labels.append(max(NARROWEST * unit + overhead, min(max(last, even_share), room)))
    for_figures = total - sum(labels)
    surplus = for_figures % sum(frame.weights)
    if labels:
        labels[-1] += surplus
    return (*labels, *_apportioned(for_figures - surplus, frame.weights))


def _label_needs(frame: Frame, unit: int, overhead: int) -> tuple[list[int], int]:
    """What each label column needs: the outer ones wrapped over the rows they span, the last on one line."""
    heads = [cell for cell in frame.cells if cell.role is Role.ROW_HEAD and cell.columns == 1]

    def need(column: int, *, wrapped: bool) -> int:
        widths = [
            ceil(display_width(cell.text) / (max(int(cell.rows * FULLEST), 1) if wrapped else 1))
            for cell in heads
            if cell.column == column
        ]
        even = 2 * ceil(max(widths, default=0) / 2)
        return max(even, NARROWEST) * unit + overhead

    outer = [need(column, wrapped=True) for column in range(frame.label_columns - 1)]
    return outer, need(frame.label_columns - 1, wrapped=False) if frame.label_columns else 0


def _figures_need(frame: Frame, lengths: Sequence[int], unit: int, overhead: int) -> int:
    """The least width of all figure columns together in which each figure stays on one line."""
    figures = (cell for cell in frame.cells if cell.role is Role.FIGURE)
    return sum(frame.weights) * max(
        ceil((length * unit + overhead) / _share(frame, cell)) for cell, length in zip(figures, lengths, strict=True)
    )


def _share(frame: Frame, cell: Cell) -> int:
    first = cell.column - frame.label_columns
    return sum(frame.weights[first : first + cell.columns])


def _apportioned(width: int, weights: tuple[int, ...]) -> list[int]:
    """*width* divided by *weights* into whole numbers that sum to it."""
    edges = [width * edge // sum(weights) for edge in accumulate(weights, initial=0)]
    return [right - left for left, right in pairwise(edges)]
