"""What the tables of a report must show, worked out a second time, and the same read back from a drawn table.

Both sides use nothing of gxgen but the header trees as they are written down: no address book, no computed total, no
grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gxgen.model import Figure, Money, Report
from gxgen.spec import Address, Head, Table
from gxgen.spec.vocabulary import Crosstab

Trail = tuple[Head, ...]
"""A row or column of figures: its header cells from the outermost in."""


@dataclass(frozen=True)
class Shown:
    """A figure as printed, under the labels that stand beside and above it."""

    row: tuple[str, ...]
    column: tuple[str, ...]
    figure: str


@dataclass(frozen=True, eq=False)
class Box:
    """A cell of a table that was read back; a merged one is the same object wherever it reaches."""

    text: str


Rectangle = tuple[tuple[Box, ...], ...]
"""A table that was read back: a cell for every row and column of its grid."""


def trails(heads: tuple[Head, ...], above: Trail = ()) -> Iterator[Trail]:
    """The leaves of a header tree."""
    for head in heads:
        if head.children:
            yield from trails(head.children, (*above, head))
        else:
            yield (*above, head)


def expected(report: Report) -> list[list[Shown]]:
    """What each table of *report* must show, in reading order."""
    return [
        [shown for block in table.blocks for shown in _expected_of_block(block, report.figures)]
        for _, table in report.layout.tables
    ]


def read_back(report: Report, rectangles: list[Rectangle]) -> list[list[Shown]]:
    """What tables that were read back show; of the form only the number of rows and columns is used."""
    forms = [table for _, table in report.layout.tables]
    assert len(rectangles) == len(forms), "one table for each of the form's"
    return [list(_read_table(form, rectangle)) for form, rectangle in zip(forms, rectangles, strict=True)]


def distinct(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """The boxes of a row or column, a merged one once."""
    return tuple(dict.fromkeys(boxes))


def _labels(trail: Trail) -> tuple[str, ...]:
    return tuple(head.label for head in trail if head.label)


def _expected_of_block(block: Crosstab, figures: Mapping[Address, Figure]) -> Iterator[Shown]:
    for row in trails(block.rows):
        for column in trails(block.columns):
            summands = [
                figures.get(address_of(block, one_row, one_column), 0)
                for one_row in summands_of(row, block.rows)
                for one_column in summands_of(column, block.columns)
            ]
            yield Shown(_labels(row), _labels(column), _printed(summands))


def summands_of(trail: Trail, top: tuple[Head, ...]) -> list[Trail]:
    """The leaves that a leaf stands for: a total, for every figure under the same parent."""
    if not trail[-1].is_total:
        return [trail]
    siblings = trail[-2].children if len(trail) > 1 else top
    return [leaf for leaf in trails(siblings, trail[:-1]) if not leaf[-1].is_total]


def address_of(block: Crosstab, row: Trail, column: Trail) -> Address:
    """The address of the cell in which a row and a column meet."""
    return ".".join(key for key in (block.key, *(head.key for head in (*row, *column))) if key)


def _printed(summands: list[Figure]) -> str:
    match summands:
        case [Decimal() as amount]:
            return format(amount, "f")
        case [Money() as money]:
            return money.text
        case _:
            return str(sum(int(str(figure)) for figure in summands))


def _read_table(form: Table, rectangle: Rectangle) -> Iterator[Shown]:
    top = 0
    for block in form.blocks:
        if block.caption:
            assert [box.text for box in distinct(rectangle[top])] == [block.caption], "a band across the table"
            top += 1
        header = max(len(trail) for trail in trails(block.columns))
        rows = len(list(trails(block.rows)))
        yield from _read_block(block, rectangle[top : top + header], rectangle[top + header : top + header + rows])
        top += header + rows
    assert top == len(rectangle), "the table has the form's rows and no more"


def _read_block(block: Crosstab, header: Rectangle, body: Rectangle) -> Iterator[Shown]:
    figure_columns = len(list(trails(block.columns)))
    for row in body:
        boxes = distinct(row)
        labels = tuple(box.text for box in boxes[:-figure_columns])
        for figure in boxes[-figure_columns:]:
            above = distinct(tuple(line[row.index(figure)] for line in header))
            yield Shown(labels, tuple(box.text for box in above), figure.text)
