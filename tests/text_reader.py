"""A reader of reports in plain text that shares nothing with what writes them: it goes by the lines on the page."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from tests.forms import Box, Rectangle

INDENT = "\u3000\u3000"


@dataclass(frozen=True)
class TextFile:
    """What a text file shows."""

    lines: tuple[str, ...]
    """Everything outside tables, without indentation; empty lines left out."""
    drawings: tuple[tuple[str, ...], ...]
    """The tables as lines."""

    @property
    def tables(self) -> list[Rectangle]:
        """The tables as cells."""
        return [read_drawing(drawing) for drawing in self.drawings]


def read_text(raw: bytes) -> TextFile:
    """Read the bytes of a report in plain text: a line that begins with a rule belongs to a table."""
    lines: list[str] = []
    drawings: list[list[str]] = []
    drawing = False
    for number, line in enumerate(raw.decode("utf-8").split("\n")):
        ruled = number > 0 and line.startswith(("+", "|"))
        if ruled and not drawing:
            drawings.append([])
        if ruled:
            drawings[-1].append(line)
        elif line:
            lines.append(line.strip(" ") if number == 0 else line.removeprefix(INDENT))
        drawing = ruled
    return TextFile(tuple(lines), tuple(map(tuple, drawings)))


def columns(text: str) -> list[str]:
    """The text column by column: a wide character takes two, the second of which is empty."""
    found: list[str] = []
    for char in text:
        found += [char, ""] if unicodedata.east_asian_width(char) in "WF" else [char]
    return found


def read_drawing(drawing: tuple[str, ...]) -> Rectangle:
    """The cells of a table drawn with ``+``, ``-`` and ``|``."""
    page = [columns(line) for line in drawing]
    widths = {len(line) for line in page}
    assert len(widths) == 1, f"lines of different width: {sorted(widths)}"
    rules = [y for y, line in enumerate(page) if "+" in line]
    edges = sorted({x for y in rules for x, char in enumerate(page[y]) if char == "+"})
    boxes: dict[tuple[int, int, int, int], Box] = {}
    return tuple(
        tuple(_box(page, _extent(page, rules, edges, row, column), boxes) for column in range(len(edges) - 1))
        for row in range(len(rules) - 1)
    )


def _extent(
    page: list[list[str]], rules: list[int], edges: list[int], row: int, column: int
) -> tuple[int, int, int, int]:
    """Left, top, right and bottom rule of the cell over a place of the grid: as far as no rule is drawn."""

    def ruled_right(at: int) -> bool:
        return page[rules[row] + 1][edges[at]] == "|"

    def ruled_below(at: int) -> bool:
        return page[rules[at]][edges[column] + 1] == "-"

    left = next(at for at in range(column, -1, -1) if ruled_right(at))
    right = next(at for at in range(column + 1, len(edges)) if ruled_right(at))
    top = next(at for at in range(row, -1, -1) if ruled_below(at))
    bottom = next(at for at in range(row + 1, len(rules)) if ruled_below(at))
    return edges[left], rules[top], edges[right], rules[bottom]


def _box(page: list[list[str]], extent: tuple[int, int, int, int], boxes: dict[tuple[int, int, int, int], Box]) -> Box:
    left, top, right, bottom = extent
    assert all(page[y][x] in "|+" for y in range(top, bottom + 1) for x in (left, right)), "a cell is closed"
    assert all(page[y][x] in "-+" for y in (top, bottom) for x in range(left, right + 1)), "a cell is closed"
    text = "".join("".join(page[y][left + 1 : right]).strip() for y in range(top + 1, bottom))
    return boxes.setdefault(extent, Box(text))


def is_tiled(rectangle: Rectangle) -> bool:
    """Whether every merged cell is a rectangle without a gap."""
    places: dict[Box, list[tuple[int, int]]] = {}
    for y, row in enumerate(rectangle):
        for x, box in enumerate(row):
            places.setdefault(box, []).append((y, x))
    return all(_is_block(found) for found in places.values())


def _is_block(places: list[tuple[int, int]]) -> bool:
    tops, lefts = ({place[axis] for place in places} for axis in (0, 1))
    return len(places) == len(tops) * len(lefts) and all(
        b - a == 1 for side in (tops, lefts) for a, b in pairwise(sorted(side))
    )
