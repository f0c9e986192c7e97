"""A table as HTML itself defines it (HTML Living Standard, 4.9.12): its slots, and which cells head which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

Slot = tuple[int, int]
"""Column and row."""


@dataclass(frozen=True, eq=False)
class HtmlCell:
    """A cell with its place; *group* is the row group that it stands in."""

    element: Element
    x: int
    y: int
    width: int
    height: int
    group: Element

    @property
    def is_head(self) -> bool:
        """Whether it is a ``th``."""
        return self.element.tag == "th"

    @property
    def text(self) -> str:
        """What it shows."""
        return "".join(self.element.itertext())

    @property
    def scope(self) -> str:
        """Its ``scope``, which every head must give."""
        return self.element.get("scope", "")

    def slots(self) -> Iterator[Slot]:
        """The slots that it covers."""
        return ((x, y) for y in range(self.y, self.y + self.height) for x in range(self.x, self.x + self.width))


@dataclass(frozen=True)
class HtmlTable:
    """A table read: its cells in reading order, and the cell in each slot."""

    cells: tuple[HtmlCell, ...]
    slots: dict[Slot, HtmlCell]
    column_groups: tuple[range, ...]

    @property
    def width(self) -> int:
        """Its columns."""
        return 1 + max(x for x, _ in self.slots)

    @property
    def height(self) -> int:
        """Its rows."""
        return 1 + max(y for _, y in self.slots)

    def heads(self, cell: HtmlCell, *, by_scope: bool = False) -> list[HtmlCell]:
        """The heads of a cell: those that its ``headers`` name, else (or *by_scope*) those that ``scope`` gives."""
        names = cell.element.get("headers")
        if names is not None and not by_scope:
            by_id = {other.element.get("id"): other for other in self.cells}
            return [by_id[name] for name in names.split()]
        found = [head for y in range(cell.y, cell.y + cell.height) for head in self._scan(cell, cell.x, y, -1, 0)]
        found += [head for x in range(cell.x, cell.x + cell.width) for head in self._scan(cell, x, cell.y, 0, -1)]
        found += [head for head in self.cells if self._heads_group(head, cell)]
        return [head for head in dict.fromkeys(found) if head is not cell and head.text]

    def _scan(self, principal: HtmlCell, x: int, y: int, dx: int, dy: int) -> Iterator[HtmlCell]:
        """The internal algorithm for scanning and assigning header cells: from a slot to the left, or upwards."""
        in_block = principal.is_head
        block = [principal] if in_block else []
        opaque: list[HtmlCell] = []
        while (x := x + dx) >= 0 and (y := y + dy) >= 0:
            cell = self.slots[x, y]
            if cell.is_head:
                in_block = True
                block.append(cell)
                same = (
                    ((other.x, other.width) == (cell.x, cell.width) for other in opaque)
                    if dx == 0
                    else ((other.y, other.height) == (cell.y, cell.height) for other in opaque)
                )
                if not any(same) and cell.scope == ("col" if dx == 0 else "row"):
                    yield cell
            elif in_block:
                in_block = False
                opaque += block
                block = []

    def _heads_group(self, head: HtmlCell, cell: HtmlCell) -> bool:
        if head.x >= cell.x + cell.width or head.y >= cell.y + cell.height:
            return False
        if head.scope == "rowgroup":
            return head.group is cell.group
        return head.scope == "colgroup" and any(head.x in group and cell.x in group for group in self.column_groups)


def read_table(table: Element) -> HtmlTable:
    """The algorithm for forming a table, which here must find no overlap, no gap, and no cell out of its group."""
    cells: list[HtmlCell] = []
    slots: dict[Slot, HtmlCell] = {}
    y = 0
    for group in (child for child in table if child.tag in {"thead", "tbody", "tfoot"}):
        end = y + len(group)
        for row in group:
            x = 0
            for element in row:
                while (x, y) in slots:
                    x += 1
                width, height = int(element.get("colspan", "1")), int(element.get("rowspan", "1"))
                cell = HtmlCell(element, x, y, width, height, group)
                assert y + height <= end, f"「{cell.text}」 reaches out of its row group"
                assert slots.keys().isdisjoint(cell.slots()), f"「{cell.text}」 lies over another cell"
                slots |= dict.fromkeys(cell.slots(), cell)
                cells.append(cell)
            y += 1
    read = HtmlTable(tuple(cells), slots, tuple(_column_groups(table)))
    assert len(slots) == read.width * read.height, "the table has a gap"
    assert [x for group in read.column_groups for x in group] == list(range(read.width)), "every column is declared"
    return read


def _column_groups(table: Element) -> Iterator[range]:
    start = 0
    for group in table.iter("colgroup"):
        yield range(start, start + len(group))
        start += len(group)
