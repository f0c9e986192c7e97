"""A summary as comma-separated values, which Excel and WPS open in the right encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from pathlib import Path

from gxgen.services.summary.rows import Row
from gxgen.sheets.xlsx_writer import inert


def rendered(_: Path, rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Return the file's bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([*map(_plain, row.values), _plain("；".join(row.files))][: len(columns)] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8", "backslashreplace")


def _plain(value: str | int) -> str | int:
    return inert(value) if isinstance(value, str) else value
