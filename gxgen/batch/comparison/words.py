"""Copies in words: asked, not said, because a text may have come from one desk for good reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gxgen import codes
from gxgen.compare.copied import COMMON, Kind, Whose
from gxgen.findings import Finding

MOST_NAMED = 4
NAMELESS = "没有写机关名称的，先看是不是同一个机关的报告"


def asked(kind: Kind, share: float, whose: Whose, others: Sequence[tuple[Whose, Path]]) -> Finding:
    """What to ask about a report.

    Args:
        kind: whose text it repeats.
        share: how much of it; of several, the most.
        whose: the report.
        others: the reports that it repeats, the most alike first.
    """
    percent = f"{int(share * 100)}%"
    if kind is Kind.LAST_YEARS:
        (last, path), *_ = others
        message = f"{whose.year}年的正文有 {percent} 与{last.year}年的报告（{path.name}）逐字相同，是否只换了数字？"
        return Finding(codes.LEFT_FROM_LAST_YEAR, "narrative", message, codes.LEFT_FROM_LAST_YEAR.mend)
    named = "、".join(f"{_named(other)}（{path.name}）" for other, path in others[:MOST_NAMED])
    more = f"等 {len(others)} 份" if len(others) > MOST_NAMED else ""
    message = f"{_named(whose)}的正文有 {percent} 与{named}{more}逐字相同，是否照抄？"
    if not whose.agency or not all(other.agency for other, _ in others):
        message += NAMELESS
    return Finding(codes.COPIED_FROM_OTHER, "narrative", message, codes.COPIED_FROM_OTHER.mend)


def asked_of_many(share: float, whose: Whose) -> Finding:
    """What to ask about a text that very many agencies have."""
    message = (
        f"{_named(whose)}的正文有 {int(share * 100)}% 的文字，另外 {COMMON} 个以上机关也这样写，是否用了同一份范本？"
    )
    return Finding(codes.COPIED_FROM_OTHER, "narrative", message, codes.COPIED_FROM_OTHER.mend)


def _named(whose: Whose) -> str:
    return f"{whose.agency or '没有写名称的机关'}{whose.year}年"
