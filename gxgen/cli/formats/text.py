"""Findings as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.core.findings import Position
from gxgen.core.text import display_width
from gxgen.engine.results import Result

LONGEST_EXCERPT = 76
"""Columns of a source line that are shown around a finding."""


def as_text(result: Result) -> Iterator[str]:
    """Yield each finding: place, code and message, the source line with carets, and the remedy.

    One that is waived has the reason for that instead.
    """
    for finding in result.findings:
        position = finding.position
        place = f"{result.path}:{position.line}:{position.column}" if position and position.length else str(result.path)
        yield f"{_printable(place)}: {finding.code.name} {_printable(finding.message)}"
        if finding.waiver:
            yield f"  已豁免：{_printable(finding.waiver)}"
            continue
        if position and position.length and position.line in result.lines:
            yield from _excerpt(result.lines[position.line], position)
        for other in finding.related:
            yield f"  另见 {_printable(str(other))}"
            if other.position and other.position.length:
                yield from _excerpt(other.line, other.position)
        if finding.hint:
            yield f"  提示：{_printable(finding.hint)}"


def _printable(text: str) -> str:
    """Replace control and invisible characters, one for one, so that columns stay."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def _excerpt(line: str, position: Position) -> Iterator[str]:
    """Yield the source line and a line of carets; Chinese characters take two columns."""
    line = _printable(line)
    start, end = position.column - 1, position.column - 1 + position.length
    if display_width(line) > LONGEST_EXCERPT:
        first = max(start - LONGEST_EXCERPT // 4, 0)
        shown = line[first : first + LONGEST_EXCERPT // 2]
        prefix, suffix = ("…" if first else ""), ("…" if first + LONGEST_EXCERPT // 2 < len(line) else "")
        line, start, end = prefix + shown + suffix, start - first + len(prefix), end - first + len(prefix)
    gutter = f"{position.line:>5} | "
    carets = max(display_width(line[start:end]), 1)
    yield f"{gutter}{line}"
    yield f"{' ' * (len(gutter) - 2)}| {' ' * display_width(line[:start])}{'^' * carets}"
