"""A table of many reports for programs: JSON with every figure and total under its address, no digit lost."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from gxgen.model import Figure, Money, printed
from gxgen.sheets.columns import PACK, VERTICAL, Row, columns_of

SCHEMA = 1
"""Counts up when a program that reads the file would have to change."""


class JsonWriter:
    """The file while it is being written."""

    def __init__(self) -> None:
        self._raw = io.BytesIO(f'{{\n  "schema": {SCHEMA},\n  "reports": ['.encode())
        self._raw.seek(0, io.SEEK_END)
        self._comma = ""

    def takes(self, row: Row) -> bool:  # noqa: ARG002  # reports of every form have a place
        """Whether a report can stand in the same table as those before it."""
        return True

    def add(self, row: Row) -> None:
        """Add a report."""
        columns = columns_of(row.layout)
        report, known = row.completed.report, (PACK, VERTICAL)
        who = {each.address: row.value(each) for each in columns if not each.entry and each.address not in known}
        form = {VERTICAL: report.vertical, PACK: report.pack, "form": row.layout.name}
        head = json.dumps({**who, **form}, ensure_ascii=False)[1:-1]
        figures = ", ".join(_figures(row))
        line = f'{self._comma}\n    {{{head}, "figures": {{{figures}}}}}'
        self._raw.write(line.encode("utf-8", "backslashreplace"))
        self._comma = ","

    def rendered(self) -> bytes:
        """The file's bytes."""
        self._raw.write(b"\n  ]\n}\n")
        return self._raw.getvalue()


def _figures(row: Row) -> Iterator[str]:
    for column in columns_of(row.layout):
        if column.entry:
            yield f'"{column.address}": {_number(row.completed.figure(column.address))}'


def _number(figure: Figure) -> str:
    """A figure as JSON; one with its own unit is a text."""
    return json.dumps(figure.text, ensure_ascii=False) if isinstance(figure, Money) else printed(figure)
