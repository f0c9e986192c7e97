"""The summary of a run: one row a report, for the office that collects them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from gxgen.core.findings import Finding, Severity
from gxgen.engine.analysis import key_figure_labels
from gxgen.engine.outputs import write
from gxgen.engine.results import Result, State
from gxgen.services.summary.rows import (
    ABSENT,
    BAD,
    FAILED,
    FAULTLESS,
    MISSING,
    STATES,
    STATES_OF_AUDITED,
    UNREADABLE,
    WARNED,
    WRONG,
    Row,
)

__all__ = [
    "ABSENT",
    "AUDITED",
    "BAD",
    "BUILT",
    "FAILED",
    "KINDS",
    "MISSING",
    "STATES",
    "WARNED",
    "Row",
    "audited_row_of",
    "columns",
    "row_of",
    "write_summary",
]

KINDS = (".html", ".xlsx", ".csv")
"""The suffixes of the files that a summary is written to."""
_ORDER = (*STATES_OF_AUDITED[:3], *STATES, FAULTLESS)


BUILT = ("数据文件", "生成的文件")
AUDITED = ("报告文件", "")
"""What a row calls its source and its files; nothing where there are none."""


def columns(files: tuple[str, str] = BUILT) -> tuple[str, ...]:
    """Return the column headings."""
    return ("状态", "机关", "年度", "错误", "警告", "首要问题", *key_figure_labels(), *filter(None, files))


def audited_row_of(result: Result) -> Row:
    """Return the row of an audited report."""
    row = row_of(result)
    state = WRONG if row.errors else WARNED if row.warnings else FAULTLESS
    return replace(row, state=UNREADABLE if result.unreadable else state)


def row_of(result: Result) -> Row:
    """Return the row of a report."""
    errors, warnings = result.count(Severity.ERROR), result.count(Severity.WARNING)
    counted = [finding for finding in result.findings if not finding.waiver]
    worst = [finding for finding in counted if finding.is_error] or counted
    return Row(
        _state(result, warnings),
        result.agency,
        result.year,
        errors,
        warnings,
        _said(worst[0]) if worst else "",
        result.key_figures,
        str(result.path),
        tuple(map(str, (*result.written, *result.kept))),
    )


def write_summary(path: Path, rows: Iterable[Row], files: tuple[str, str] = BUILT) -> Finding | None:
    """Write the rows, the most urgent first; return a finding if that fails."""
    ordered = sorted(rows, key=lambda row: _ORDER.index(row.state))
    rendered = _renderer(path.suffix.lower())
    return write({path: rendered(path, ordered, columns(files))})


def _renderer(suffix: str) -> Callable[[Path, Sequence[Row], Sequence[str]], bytes]:
    if suffix == ".html":
        from gxgen.services.summary import page

        return page.rendered
    if suffix == ".xlsx":
        from gxgen.services.summary import workbook

        return workbook.rendered
    from gxgen.services.summary import csv_table

    return csv_table.rendered


def _state(result: Result, warnings: int) -> str:
    if result.state is State.FAILED:
        return FAILED
    if warnings:
        return WARNED
    return STATES[-1] if result.state is State.UNCHANGED else STATES[-2]


def _said(finding: Finding) -> str:
    place = f"第 {finding.position.line} 行 " if finding.position and finding.position.length else ""
    return f"{finding.code.name} {place}{finding.message}"
