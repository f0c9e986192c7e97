"""Tables of a page by the rules that are drawn: where horizontal and vertical ones meet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from gxgen.published.document import Cell
from gxgen.published.readers.errors import ReaderError
from gxgen.published.readers.pdf_content import UNKNOWN, Box, Char, PageContent, Rule
from gxgen.published.readers.pdf_lines import Line, lines_of
from gxgen.published.readers.unclear import SHIFTED, STRUCK, in_cell

NEAR = 2.5
"""Points: rules closer than this are one, and rules that end so near to another meet it."""
MOST_RULES = 2000
"""Of a page, when pieces of one line have been joined; the table of applications has some sixty."""
SHORTEST = 3.0
"""Points of a rule, or of a line through a digit."""


class PdfCell(msgspec.Struct, frozen=True):
    """A cell by its edges, and the lines of text in it."""

    box: Box
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(line.text for line in self.lines)


class RuledTable(msgspec.Struct, frozen=True):
    """A table on one page or, put together, on several; boxes count downwards over all of them."""

    columns: tuple[float, ...]
    """Where columns begin and end."""
    rows: tuple[float, ...]
    cells: tuple[PdfCell, ...]

    @property
    def box(self) -> Box:
        """What it covers."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]


def ruled_tables(page: PageContent) -> tuple[list[RuledTable], list[Char], list[Rule]]:
    """The tables of a page; the characters outside them; and the lines that rule nothing."""
    horizontal, vertical = _joined(page.horizontal), _joined(page.vertical)
    if len(horizontal) + len(vertical) > MOST_RULES:
        raise ReaderError(f"第 {page.number} 页的线条太多，不像报告", "用阅读软件打开，另存为 .docx 再读")
    grids = [grid for group in _groups(horizontal, vertical) if (grid := _grid(*group))]
    used = {rule for grid in grids for rule in grid.rules}
    loose = [rule for rule in horizontal if rule not in used]
    inside: list[dict[int, list[Char]]] = [defaultdict(list) for _ in grids]
    outside: list[Char] = []
    for char in page.chars:
        for at, grid in enumerate(grids):
            area = grid.area_of(char.center, char.middle)
            if area is not None:
                inside[at][area].append(char)
                break
        else:
            outside.append(char)
    tables = [_table(grid, chars, loose) for grid, chars in zip(grids, inside, strict=True)]
    return tables, outside, loose


def _table(grid: _Grid, chars: dict[int, list[Char]], loose: list[Rule]) -> RuledTable:
    cells = (PdfCell(box, tuple(lines_of(chars.get(area, ()), loose))) for area, box in grid.boxes.items())
    return _without_slits(RuledTable(grid.columns, grid.rows, tuple(cells)))


def _without_slits(table: RuledTable) -> RuledTable:
    """The table without bands in which nothing stands and that are no row of their own.

    Where a page has moved the rows, a merged cell beside them may end a little higher or lower than they do.
    """
    heights = [line.baseline - line.size / 3 for cell in table.cells for line in cell.lines]
    for top, bottom in list(pairwise(table.rows))[::-1]:
        if any(top < height <= bottom for height in heights):
            continue
        within = [cell for cell in table.cells if cell.box[1] >= top and cell.box[3] <= bottom]
        width = sum(cell.box[2] - cell.box[0] for cell in within)
        if width < table.columns[-1] - table.columns[0] - NEAR:
            table = _closed(table, top, bottom)
    return table


def _closed(table: RuledTable, top: float, bottom: float) -> RuledTable:
    """The table with two edges made one."""
    cells = []
    for cell in table.cells:
        left, above, right, below = (top if side == bottom else side for side in cell.box)
        if below > above:
            cells.append(PdfCell((left, above, right, below), cell.lines))
    return RuledTable(table.columns, tuple(edge for edge in table.rows if edge != bottom), tuple(cells))


def cells_of(table: RuledTable) -> tuple[Cell, ...]:
    """The cells by row and column."""
    cells = []
    for cell in table.cells:
        left, top, right, bottom = cell.box
        row, column = nearest(table.rows, top), nearest(table.columns, left)
        height = max(nearest(table.rows, bottom) - row, 1)
        width = max(nearest(table.columns, right) - column, 1)
        cells.append(Cell(row, column, height, width, cell.text, unclear=_unclear(cell)))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _unclear(cell: PdfCell) -> str:
    doubtful = {
        STRUCK: "".join(line.struck for line in cell.lines),
        SHIFTED: "".join(line.shifted for line in cell.lines),
    }
    besides = ["认不出的字"] if UNKNOWN in cell.text else []
    return in_cell({kind: text for kind, text in doubtful.items() if text}, besides)


# Rules


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together, and what is too short for a rule left out."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules):
        if not levels or rule.at - levels[-1][-1].at > 1.0:
            levels.append([])
        levels[-1].append(rule)
    joined: list[Rule] = []
    for level in levels:
        at = sum(rule.at for rule in level) / len(level)
        start = end = None
        for rule in sorted(level, key=lambda rule: rule.start):
            if end is not None and start is not None and rule.start <= end + NEAR:
                end = max(end, rule.end)
            else:
                if start is not None and end is not None:
                    joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None and end is not None:
            joined.append(Rule(at, start, end))
    return [rule for rule in joined if rule.end - rule.start >= SHORTEST]


def _groups(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules that meet each other, directly or through others."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for one, across in enumerate(horizontal):
        for two, down in enumerate(vertical, len(horizontal)):
            if _meet(across, down):
                parents[root(one)] = root(two)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for one, across in enumerate(horizontal):
        groups[root(one)][0].append(across)
    for two, down in enumerate(vertical, len(horizontal)):
        groups[root(two)][1].append(down)
    return list(groups.values())


def _meet(across: Rule, down: Rule) -> bool:
    return across.start - NEAR <= down.at <= across.end + NEAR and down.start - NEAR <= across.at <= down.end + NEAR


class _Grid(msgspec.Struct, frozen=True):
    """The areas that rules enclose."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    areas: tuple[tuple[int, ...], ...]
    """For each place by row and column, the number of the area it belongs to."""
    boxes: dict[int, Box]
    rules: frozenset[Rule]

    def area_of(self, x: float, y: float) -> int | None:
        """The area at a point; None outside."""
        column, row = bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1
        if not (0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1):
            return None
        return self.areas[row][column]


def _grid(horizontal: list[Rule], vertical: list[Rule]) -> _Grid | None:
    """The table that rules which meet are; None for a frame, a line, or what encloses nothing."""
    if not horizontal or not vertical:
        return None
    columns = _edges([*(rule.at for rule in vertical), *_reach(horizontal)])
    rows = _edges([*(rule.at for rule in horizontal), *_reach(vertical)])
    if (len(columns) - 1) * (len(rows) - 1) < 2:
        return None
    areas = _rectangles(_areas(columns, rows, horizontal, vertical))
    boxes: dict[int, Box] = {}
    for row, numbers in enumerate(areas):
        for column, number in enumerate(numbers):
            place = columns[column], rows[row], columns[column + 1], rows[row + 1]
            known = boxes.get(number, place)
            boxes[number] = (*map(min, known[:2], place[:2]), *map(max, known[2:], place[2:]))  # type: ignore[assignment]
    if len(boxes) < 2:
        return None
    return _Grid(columns, rows, areas, boxes, frozenset((*horizontal, *vertical)))


def _reach(rules: list[Rule]) -> tuple[float, float]:
    """From where to where some rules reach: the edge of a table that has no rule there."""
    return min(rule.start for rule in rules), max(rule.end for rule in rules)


def _areas(
    columns: tuple[float, ...], rows: tuple[float, ...], horizontal: list[Rule], vertical: list[Rule]
) -> tuple[tuple[int, ...], ...]:
    """Number the places of the grid: those without a rule between them belong together."""
    width, height = len(columns) - 1, len(rows) - 1
    parents = list(range(width * height))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    below = _separated(rows, columns, horizontal)
    beside = _separated(columns, rows, vertical)
    for row in range(height):
        for column in range(width):
            if row + 1 < height and (row + 1, column) not in below:
                parents[root(row * width + column)] = root((row + 1) * width + column)
            if column + 1 < width and (column + 1, row) not in beside:
                parents[root(row * width + column)] = root(row * width + column + 1)
    return tuple(tuple(root(row * width + column) for column in range(width)) for row in range(height))


def _rectangles(areas: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """The areas with every one that is no rectangle, because a rule is missing, taken apart into such that are."""
    extents: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, numbers in enumerate(areas):
        for column, number in enumerate(numbers):
            extents[number, column].append(row)
    result = [list(numbers) for numbers in areas]
    count = 0
    for (number, column), rows in sorted(extents.items()):
        is_same = extents.get((number, column - 1)) == rows
        for at, row in enumerate(rows):
            if is_same:
                result[row][column] = result[row][column - 1]
            else:
                count += not at or rows[at - 1] != row - 1
                result[row][column] = count
    return tuple(map(tuple, result))


def _separated(levels: Sequence[float], steps: Sequence[float], rules: list[Rule]) -> set[tuple[int, int]]:
    """Which steps of which levels have a rule: more than half of the step is drawn."""
    found = set()
    for rule in rules:
        level = nearest(levels, rule.at)
        first = max(bisect_right(steps, rule.start) - 1, 0)
        for at, (start, end) in enumerate(pairwise(steps[first : bisect_left(steps, rule.end) + 1]), first):
            if min(rule.end, end) - max(rule.start, start) > (end - start) / 2:
                found.add((level, at))
    return found


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """Places in order, those that are near each other taken as one."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if not groups or place - groups[-1][-1] > NEAR:
            groups.append([])
        groups[-1].append(place)
    return tuple(sum(group) / len(group) for group in groups)


def nearest(edges: Sequence[float], place: float) -> int:
    """The number of the edge that is nearest to a place."""
    at = bisect_left(edges, place)
    if at == len(edges) or (at and place - edges[at - 1] < edges[at] - place):
        return at - 1
    return at
