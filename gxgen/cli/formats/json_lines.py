"""Results as JSON Lines: one object for each report, as soon as it is done."""

from __future__ import annotations

import json
from typing import Any

from gxgen.cli.formats.json_document import SCHEMA, record
from gxgen.engine.results import Result


def line(result: Result) -> bytes:
    """One report."""
    findings = [record(result, finding) for finding in result.findings if not finding.waiver]
    waived = [{**record(result, each), "reason": each.waiver} for each in result.findings if each.waiver]
    files = [*map(str, result.written), *map(str, result.kept)]
    return _line(result.state.value, str(result.path), result.agency, result.year or None, files, findings, waived)


def missing_line(agency: str) -> bytes:
    """An agency that has no data file."""
    return _line("missing", None, agency, None, [], [], [])


def _line(state: str, file: str | None, agency: str, year: int | None, files: list[str], *told: list[Any]) -> bytes:
    findings, waived = told
    answer = {
        "schema": SCHEMA,
        "state": state,
        "file": file,
        "agency": agency,
        "year": year,
        "files": files,
        "findings": findings,
        "waived": waived,
    }
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
