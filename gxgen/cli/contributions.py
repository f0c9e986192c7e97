"""What ``gxgen rollup --explain`` shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from gxgen.batch.rollup.contributions import Alike, Explained
from gxgen.widths import display_width

AGENCY, FIGURE, PERCENT, FILE, TOTAL = "机关", "数", "占比", "数据文件", "合计"
MOST_LIKE = 12
"""Addresses that are offered instead of one that is none."""


def as_table(explained: Explained) -> Iterator[str]:
    """The cell, then a line for each department, the largest first, then how many have 0."""
    yield f"{explained.label}（{explained.address}）"
    rows = [(share.agency or "（未写机关）", share.figure, share.percent, share.file) for share in explained.shares]
    lines = [(AGENCY, FIGURE, PERCENT, FILE), *rows, (TOTAL, explained.total, "", "")]
    agency, figure, percent, _ = (max(map(display_width, column)) for column in zip(*lines, strict=True))
    for line in lines:
        cells = (_left(line[0], agency), _right(line[1], figure), _right(line[2], percent), line[3])
        yield f"  {'  '.join(cells)}".rstrip()
    if explained.nothing:
        yield f"  另有 {explained.nothing} 个机关是 0"


def as_json(explained: Explained) -> str:
    """The same for programs; figures are texts, so that no digit is lost."""
    answer = {
        "schema": 1,
        "address": explained.address,
        "label": explained.label,
        "total": explained.total,
        "contributors": [
            {"agency": share.agency, "file": share.file, "figure": share.figure} for share in explained.shares
        ],
        "zero": explained.nothing,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def not_an_address(name: str, alike: Sequence[Alike]) -> str:
    """What to say of a name that is no address."""
    if not alike:
        return f"--explain 后面要写一格的地址（见 docs/data-file.md），「{name}」不是"
    lines = [f"  {each.address}  {each.label}" for each in alike[:MOST_LIKE]]
    more = [f"  还有 {len(alike) - MOST_LIKE} 格"] if len(alike) > MOST_LIKE else []
    return "\n".join([f"--explain 后面要写一格的地址，「{name}」不是一格；是否想写：", *lines, *more])


def _left(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text
