"""Files that hold tables of many reports: workbooks, comma-separated values, and text pasted from either."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.core.toml.encoding import decode
from gxgen.published import LARGEST
from gxgen.sheets.reader import Table, table_of_values, tables_of_workbook
from gxgen.sheets.sources import SEPARATORS, NoWorkbookError

VALUES, WORKBOOK, TEXT = ".csv", ".xlsx", ".txt"
WORKBOOKS = (WORKBOOK, ".xlsm", ".xltx", ".xlsb", ".xls", ".xlt", ".et", ".ett", ".ods")
"""What they are called; what one of the latter holds may be a workbook of today all the same."""


def tables_in(path: Path, *, as_values: bool = False) -> Sequence[Table] | Finding | None:
    """The tables of many reports in a file; what is wrong with a file of values; None where it is something else.

    Args:
        path: the file.
        as_values: whether it is taken for a file of values, whatever it is called.
    """
    as_values = as_values or path.suffix.lower() == VALUES
    if not as_values and path.suffix.lower() not in WORKBOOKS:
        return None
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError):
        return None  # reading it as a report reports why
    if len(raw) > LARGEST:
        return None
    if as_values:
        return _tables_of_values(raw)
    try:
        return (raw.startswith(b"PK") and tables_of_workbook(raw)) or None
    except (NoWorkbookError, OSError, ValueError):
        return None
    except Exception:  # noqa: BLE001  # zipfile raises of every kind for a package that is not sound
        return None


def not_one_report(path: Path) -> Finding | None:
    """Return the finding on a table of many reports where one report is wanted; None if it is something else."""
    message = "这是多个机关的数字表，一行一个机关，不是一份报告"
    is_text = path.suffix.lower() == TEXT
    try:
        tables = tables_in(path, as_values=is_text)
    except csv.Error:
        return None
    if not tables or isinstance(tables, Finding):
        return None
    hint = "另存为 .csv 或 .xlsx，用 gxgen import 读" if is_text else "用 gxgen import 读，每个机关一份数据文件"
    return Finding(codes.IMPORT_NO_REPORT, "", message, hint)


def no_table() -> Finding:
    """Return the finding on a workbook that is no report, and no table whose header is certain."""
    message = "也不像一行一个机关的数字表：没有「机关」一列，或者各列的名称与表上的不一致"
    return Finding(codes.SHEET_HEADER, "", message, codes.SHEET_HEADER.remedy)


def _tables_of_values(raw: bytes) -> Sequence[Table] | Finding:
    text, findings = decode(raw)
    if text is None:
        return findings[0]
    for separator in SEPARATORS:
        table = table_of_values(text, separator)
        if table:
            return [table]
    return Finding(codes.SHEET_HEADER, "", codes.SHEET_HEADER.title, codes.SHEET_HEADER.remedy)
