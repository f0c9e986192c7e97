"""Compute the widths of a table's columns so that they hold labels and figures, on paper and in plain text alike.

Lengths are integers in any one unit (twips, parts of an em, characters); *unit* is the width of half an em in it, that
is, of a Latin letter or half a Chinese character.  Widths include *overhead*, the part of a column without text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil

from gxgen.core.text import display_width
from gxgen.view import Cell, Frame, Grid, Role

MIN_LABEL_WIDTH = 6
"""Half ems: a row label breaks after three Chinese characters at the earliest."""
MAX_FILL = 2 / 3
"""The share of the rows it spans that a label's lines may fill before its column is made wider."""


def column_widths(
    grid: Grid, total: int, *, unit: int, overhead: int, figure_room: int = 4, may_grow: bool = False
) -> tuple[int, ...]:
    """Return the widths of the grid's columns; they sum to *total*, or a little less so that equal columns are equal.

    Args:
        grid: the table.
        total: its width.
        unit: the width of half an em.
        overhead: the part of each column without text.
        figure_room: the half ems that every figure has room for.
        may_grow: whether the table may become wider than *total* where its figures need it.
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
        total = max(total, sum(narrow) + min(last, MIN_LABEL_WIDTH * unit + overhead) + figures_need)
    room = total - sum(narrow) - figures_need
    labels = list(narrow)
    if frame.label_columns:
        even_share = total // (len(frame.weights) + 1)
        labels.append(max(MIN_LABEL_WIDTH * unit + overhead, min(max(last, even_share), room)))
    for_figures = total - sum(labels)
    surplus = for_figures % sum(frame.weights)
    if labels:
        labels[-1] += surplus
    return (*labels, *_apportioned(for_figures - surplus, frame.weights))


def _label_needs(frame: Frame, unit: int, overhead: int) -> tuple[list[int], int]:
    """Return what each label column needs: the outer ones with labels wrapped over their rows, the last on one line."""
    heads = [cell for cell in frame.cells if cell.role is Role.ROW_HEAD and cell.columns == 1]

    def need(column: int, *, wrapped: bool) -> int:
        widths = [
            ceil(display_width(cell.text) / (max(int(cell.rows * MAX_FILL), 1) if wrapped else 1))
            for cell in heads
            if cell.column == column
        ]
        even = 2 * ceil(max(widths, default=0) / 2)
        return max(even, MIN_LABEL_WIDTH) * unit + overhead

    outer = [need(column, wrapped=True) for column in range(frame.label_columns - 1)]
    return outer, need(frame.label_columns - 1, wrapped=False) if frame.label_columns else 0


def _figures_need(frame: Frame, lengths: Sequence[int], unit: int, overhead: int) -> int:
    """Return the least width of all figure columns together in which each figure stays on one line."""
    figures = (cell for cell in frame.cells if cell.role is Role.FIGURE)
    return sum(frame.weights) * max(
        ceil((length * unit + overhead) / _share(frame, cell)) for cell, length in zip(figures, lengths, strict=True)
    )


def _share(frame: Frame, cell: Cell) -> int:
    first = cell.column - frame.label_columns
    return sum(frame.weights[first : first + cell.columns])


def _apportioned(width: int, weights: tuple[int, ...]) -> list[int]:
    """Divide *width* by *weights* into integers that sum to it."""
    edges = [width * edge // sum(weights) for edge in accumulate(weights, initial=0)]
    return [right - left for left, right in pairwise(edges)]
