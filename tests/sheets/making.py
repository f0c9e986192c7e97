"""Tables of many reports made for tests, by gxgen and by hand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from openpyxl import Workbook

from gxgen.compute import complete
from gxgen.engine.packs import Packs
from gxgen.model import Report
from gxgen.sheets.columns import Row
from gxgen.sheets.reader import RowReport, Table, TableOptions, row_reports, table_of_values, tables_of_workbook
from gxgen.spec import Layout

PACKS = Packs()


def form(year: int, pack: str) -> Layout | None:
    """The form of a shipped pack."""
    return PACKS.of(pack, Path()).form(year)


def exported(tables: Any, reports: Iterable[Report]) -> bytes:
    """The reports as a file of a kind."""
    for report in reports:
        tables.add(Row(complete(report), "x.toml"))
    raw = tables.rendered()
    assert isinstance(raw, bytes)
    return raw


def rows_of(tables: Sequence[Table], **how: Any) -> list[RowReport]:
    """What the rows of tables hold; that they hold a part of the form only is passed over."""
    rows = [row for table in tables for row in row_reports(table, TableOptions(form, **how))]
    return [replace(row, findings=tuple(each for each in row.findings if each.code.name != "W645")) for row in rows]


def read_workbook(raw: bytes, **how: Any) -> list[RowReport]:
    """What a workbook holds."""
    return rows_of(tables_of_workbook(raw), **how)


def read_values(raw: bytes, **how: Any) -> list[RowReport]:
    """What a file of values holds."""
    table = table_of_values(raw.decode("utf-8-sig"), ",")
    assert table
    return rows_of([table], **how)


def by_hand(lines: Sequence[Sequence[Any]], *merged: str) -> bytes:
    """A workbook with these rows and merged cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    for area in merged:
        sheet.merge_cells(area)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()
