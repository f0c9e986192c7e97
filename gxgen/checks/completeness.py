"""What a report may not leave unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen import codes
from gxgen.compute import Completed
from gxgen.findings import Finding


def empty_sections(completed: Completed) -> Iterator[Finding]:
    """A section that is narrative only has narrative, unless the form gives a default (N-11)."""
    for section in completed.report.layout.sections:
        written = any(
            place.partition(".")[0] == section.key and text.strip() for place, text in completed.narrative.items()
        )
        unread = not completed.report.unread.isdisjoint(("narrative", f"narrative.{section.key}"))
        if not (section.table or section.default or written or unread):
            yield Finding(
                codes.EMPTY_SECTION,
                f"narrative.{section.key}",
                f"「{section.heading}」没有文字，报告中这一部分只有标题",
                f'在 [narrative] 中写 {section.key} = """……"""',
            )
