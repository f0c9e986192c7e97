"""The rows of a summary and the states of reports."""

from __future__ import annotations

import msgspec

from gxgen.engine.analysis import key_figure_labels

MISSING = "缺数据文件"
FAILED = "未写出"
WARNED = "有警告"
STATES = (MISSING, FAILED, WARNED, "已写出", "没有变化")
"""The most urgent first."""
ABSENT, UNREADABLE, WRONG, FAULTLESS = "缺报告", "读不出", "有错误", "没有问题"
STATES_OF_AUDITED = (ABSENT, UNREADABLE, WRONG, WARNED, FAULTLESS)
"""Of reports that were published by others."""
BAD = frozenset((MISSING, FAILED, ABSENT, UNREADABLE, WRONG))


class Row(msgspec.Struct, frozen=True):
    """One report, or an agency that has none."""

    state: str
    agency: str
    year: int = 0
    """0: not known."""
    errors: int = 0
    warnings: int = 0
    first: str = ""
    """The first thing that is wrong."""
    figures: tuple[str, ...] = ()
    """The form's key figures; none where the report could not be read."""
    source: str = ""
    files: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str | int, ...]:
        """The values below :func:`columns`, without the files."""
        year = self.year or ""
        return (
            self.state,
            self.agency,
            year,
            self.errors,
            self.warnings,
            self.first,
            *map(_number, self.figures or ("",) * len(key_figure_labels())),
            self.source,
        )


def _number(figure: str) -> str | int:
    return int(figure) if figure.isdecimal() else figure
