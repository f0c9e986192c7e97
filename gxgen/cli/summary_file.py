"""``--summary``: one line a report, written at the end of a run."""

from __future__ import annotations

from pathlib import Path

from gxgen.cli.terminal import echo
from gxgen.engine.results import Result


class SummaryFile:
    """Collects the rows of a summary; loads the writer only if a summary is asked for.

    Args:
        path: the file.
        audited: whether the reports are others', and nothing is made of them.
    """

    def __init__(self, path: Path, *, audited: bool = False) -> None:
        from gxgen.services import summary

        self._path = path
        self._module = summary
        self._row_of = summary.audited_row_of if audited else summary.row_of
        self._files = summary.AUDITED if audited else summary.BUILT
        self._missing = summary.ABSENT if audited else summary.MISSING
        self._rows: list[summary.Row] = []

    def add(self, result: Result) -> None:
        """Add the line of a report."""
        self._rows.append(self._row_of(result))

    def add_missing(self, agency: str) -> None:
        """Add the line of an agency that has no report."""
        self._rows.append(self._module.Row(self._missing, agency))

    def written(self) -> bool:
        """Write the summary; return whether that succeeded."""
        problem = self._module.write_summary(self._path, self._rows, self._files)
        if problem:
            echo(f"{self._path}: {problem.code.name} {problem.message}\n  提示：{problem.hint}", err=True)
        else:
            echo(f"汇总表写入 {self._path}", err=True)
        return problem is None
