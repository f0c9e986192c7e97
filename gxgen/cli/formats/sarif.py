"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gxgen import __version__
from gxgen.core.codes import CODES
from gxgen.core.findings import Code, Finding, Position, Severity
from gxgen.engine.results import Result

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Record = dict[str, Any]


def rendered(results: Iterable[Result]) -> str:
    """All findings as the log of one run."""
    run = {
        "tool": {"driver": {"name": "gxgen", "version": __version__, "rules": [_rule(code) for code in CODES]}},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, finding) for result in results for finding in result.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: Code) -> Record:
    source = f"（{code.source}）" if code.source else ""
    return {
        "id": code.name,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": f"{code.rationale}{source}"},
        "help": {"text": code.remedy},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
    }


def _result(result: Result, finding: Finding) -> Record:
    text = "\n".join(part for part in (finding.full_message, finding.hint) if part)
    waived = [{"kind": "inSource", "justification": finding.waiver}] if finding.waiver else []
    related = [_location(Path(other.file), other.position, other.address) for other in finding.related]
    return {
        "ruleId": finding.code.name,
        "ruleIndex": CODES.index(finding.code),
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(result.path, finding.position, finding.address)],
        **({"relatedLocations": related} if related else {}),
        "suppressions": waived,
    }


def _location(path: Path, position: Position | None, where: str) -> Record:
    physical: Record = {"artifactLocation": {"uri": _uri(path)}}
    if position and position.length:
        physical["region"] = {
            "startLine": position.line,
            "startColumn": position.column,
            "endColumn": position.column + position.length,
        }
    logical = {"logicalLocations": [{"fullyQualifiedName": where}]} if where else {}
    return {"physicalLocation": physical, **logical}


def _uri(path: Path) -> str:
    """A file as a URI: relative as it was given, else of the scheme ``file``."""
    quoted = quote(path.as_posix(), safe="/", errors="surrogatepass")
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}" if path.is_absolute() else quoted
