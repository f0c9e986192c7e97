"""TOML text to plain data.

A statement that cannot be parsed is told, blanked and passed over, so that the rest of the file is still looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import tomli

from gxgen import codes
from gxgen.findings import Finding

MOST_SLIPS = 100


@dataclass(frozen=True)
class Parsed:
    """The data of a TOML text, everything that is not TOML in it, and the text with that blanked."""

    data: dict[str, Any]
    slips: tuple[Finding, ...]
    legible: str


def parse(text: str) -> Parsed:
    """Parse a TOML text as far as it can be."""
    lines = text.split("\n")
    findings: list[Finding] = []
    while len(findings) < MOST_SLIPS:
        try:
            legible = "\n".join(lines)
            return Parsed(tomli.loads(legible, parse_float=Decimal), tuple(findings), legible)
        except tomli.TOMLDecodeError as error:
            from gxgen.source.slips import explain

            finding, passed_over = explain(lines, error)
            findings.append(finding)
            if not passed_over or not any(lines[at].strip() for at in passed_over):
                break
            for at in passed_over:
                lines[at] = ""
        except (ValueError, RecursionError):
            findings.append(Finding(codes.SYNTAX, "", "文件中有过长的数字或层数过多的括号", "删去这样的内容"))
            break
    return Parsed({}, tuple(findings), "")
