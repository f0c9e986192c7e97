"""The columns of a table of many reports: who, then every cell of the form by its address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Protocol

import msgspec

from gxgen.compute import Completed
from gxgen.model import DEFAULT_PACK, Figure
from gxgen.spec import Address, Entry, Layout, address_book, layout_for

AGENCY, YEAR, FILE, VERTICAL, PACK = "agency", "year", "file", "vertical", "pack"
LABELS: Mapping[str, str] = {
    AGENCY: "机关",
    YEAR: "年度",
    FILE: "文件",
    VERTICAL: "垂直管理",
    PACK: "模板包",
}
"""The columns that say whose report a row is, by what stands in the row of addresses."""


YES, NO = "是", "否"


class Column(msgspec.Struct, frozen=True):
    """One column."""

    address: Address
    """What stands in the row of addresses: that of a cell, or one of :data:`LABELS`."""
    labels: tuple[str, ...]
    """The official labels from the outermost in."""
    entry: Entry | None = None
    """The cell of the form."""

    @property
    def group(self) -> tuple[str, ...]:
        """What its neighbours share: the labels of its row in the form."""
        return self.labels[: len(self.entry.row.labels)] if self.entry else ()


class Row(msgspec.Struct, frozen=True):
    """A report, and the file that it comes from."""

    completed: Completed
    file: str

    @property
    def layout(self) -> Layout:
        """Its form."""
        return self.completed.report.layout

    def value(self, column: Column) -> Figure | str:
        """What stands in a column."""
        report = self.completed.report
        if column.entry:
            return self.completed.figure(column.address)
        pack = report.pack if report.pack != DEFAULT_PACK else ""
        vertical = YES if report.vertical else ""
        who: Mapping[str, int | str] = {
            AGENCY: report.agency,
            YEAR: report.year,
            FILE: self.file,
            VERTICAL: vertical,
            PACK: pack,
        }
        return who[column.address]


def is_official(layout: Layout) -> bool:
    """Whether a form has the cells of the circular and no more."""
    official = layout_for(layout.first_year)
    return official is not None and form_key(official) == form_key(layout)


@cache
def form_key(layout: Layout) -> tuple[Address, ...]:
    """Equal for forms with the same cells, however a pack words their headings."""
    return tuple(address_book(layout).entries)


@cache
def columns_of(layout: Layout) -> tuple[Column, ...]:
    """The columns for reports of a form; the pack is named where it adds cells."""
    keys = (AGENCY, YEAR, FILE, VERTICAL) if is_official(layout) else (AGENCY, YEAR, FILE, VERTICAL, PACK)
    who = (Column(key, (LABELS[key],)) for key in keys)
    return (*who, *_cells(layout))


def _cells(layout: Layout) -> Iterator[Column]:
    for address, entry in address_book(layout).entries.items():
        yield Column(address, tuple(filter(None, (*entry.row.labels, *entry.column.labels))), entry)


class TableWriter(Protocol):
    """A table file while it is being written, one report a row."""

    def takes(self, row: Row) -> bool:
        """Whether a report can stand in the same table as those before it."""
        ...

    def add(self, row: Row) -> None:
        """Add a report."""
        ...

    def rendered(self) -> bytes:
        """Return the file's bytes."""
        ...
