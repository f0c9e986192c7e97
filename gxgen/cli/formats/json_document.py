"""Findings as JSON: the contract of ``docs/findings.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gxgen.core.findings import Finding, Position
from gxgen.engine.results import FigureReading, Result

SCHEMA = 1
"""Counts up when a program that reads the records would have to change."""


def rendered(results: Iterable[Result]) -> str:
    """Return all findings as one JSON object; waived ones are listed apart, so that counts are right."""
    results = tuple(results)
    told = [(result, finding) for result in results for finding in result.findings]
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "findings": [record(*one) for one in told if not one[1].waiver],
        "waived": [{**record(*one), "reason": one[1].waiver} for one in told if one[1].waiver],
    }
    readings = [_reading(result, one) for result in results for one in result.readings]
    if readings:
        answer["figures"] = readings
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _reading(result: Result, one: FigureReading) -> dict[str, Any]:
    return {"file": str(result.path), "where": one.address, "figure": one.figure, "evidence": one.evidence}


def record(result: Result, finding: Finding) -> dict[str, Any]:
    """One finding, key by key in the order of the contract."""
    position = finding.position or Position(1, 1)
    unread = {"unread": list(finding.unread)} if finding.unread else {}
    return {
        "file": str(result.path),
        "line": position.line,
        "column": position.column,
        "severity": finding.severity.value,
        "code": finding.code.name,
        "where": finding.address,
        "message": finding.full_message,
        "hint": finding.hint,
        **unread,
    }
