"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxgen.core.findings import Finding, Severity
from gxgen.engine.results import Result

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTY = IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})
"""What has a meaning in a command, and how to write it as itself."""


def rendered(results: Iterable[Result]) -> str:
    """Return a workflow command for every finding that is not waived."""
    return "".join(
        f"{_command(result, finding)}\n" for result in results for finding in result.findings if not finding.waiver
    )


def _command(result: Result, finding: Finding) -> str:
    properties = ",".join(f"{key}={value.translate(IN_PROPERTY)}" for key, value in _properties(result, finding))
    message = "\n".join(part for part in (finding.full_message, finding.hint) if part)
    return f"::{LEVELS[finding.severity]} {properties}::{message.translate(IN_DATA)}"


def _properties(result: Result, finding: Finding) -> Iterator[tuple[str, str]]:
    yield "file", result.path.as_posix()
    position = finding.position
    if position and position.length:
        yield "line", str(position.line)
        yield "col", str(position.column)
        yield "endColumn", str(position.column + position.length)
    yield "title", finding.code.name
