"""A table of many reports of one form as comma-separated values, which Excel and WPS open in the right encoding."""

from __future__ import annotations

import codecs
import csv
import io

from gxgen.model import printed
from gxgen.sheets.columns import Row, columns_of, form_key
from gxgen.sheets.xlsx_writer import inert
from gxgen.spec import Layout


class CsvWriter:
    """The file while it is being written."""

    def __init__(self) -> None:
        self._text = io.StringIO()
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self.layout: Layout | None = None
        """The form that its columns are of."""

    def takes(self, row: Row) -> bool:
        """Whether a report is of the form of those before it."""
        return self.layout is None or form_key(self.layout) == form_key(row.layout)

    def add(self, row: Row) -> None:
        """Add a report."""
        columns = columns_of(row.layout)
        if self.layout is None:
            self.layout = row.layout
            self._writer.writerow("—".join(column.labels) for column in columns)
            self._writer.writerow(column.address for column in columns)
        values = (row.value(column) for column in columns)
        self._writer.writerow(inert(value) if isinstance(value, str) else printed(value) for value in values)

    def rendered(self) -> bytes:
        """The file's bytes."""
        return codecs.BOM_UTF8 + self._text.getvalue().encode("utf-8", "backslashreplace")
