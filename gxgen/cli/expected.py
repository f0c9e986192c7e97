"""``--expect``: which agencies are missing, and which are on no list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxgen.cli.terminal import echo
from gxgen.core.text import listed

MOST_NAMED = 20


def report_missing(expected: Sequence[str] | None, agencies: Iterable[str], what: str = "数据文件") -> tuple[str, ...]:
    """Print which agencies have no *what*, and which are not on the list; return the former.

    Args:
        expected: the agencies that ought to have one; None if not known.
        agencies: those that have one.
        what: a data file, or a report.
    """
    if expected is None:
        return ()
    from gxgen.engine.expected import compare_expected

    compared = compare_expected(expected, agencies)
    if compared.missing:
        echo(f"缺 {len(compared.missing)} 个机关的{what}：{listed(compared.missing, MOST_NAMED)}", err=True)
    if compared.unlisted:
        echo(f"{len(compared.unlisted)} 个机关不在名单上：{listed(compared.unlisted, MOST_NAMED)}", err=True)
    return compared.missing
