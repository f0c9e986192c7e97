"""TOML text to plain data.

A statement that cannot be parsed is told, blanked and passed over, so that the rest of the file is still looked at.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import tomli

from gxgen import codes
from gxgen.findings import Finding

MOST_SLIPS = 100


def parse(text: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The data of a TOML text and everything that is not TOML in it."""
    lines = text.split("\n")
    findings: list[Finding] = []
    while len(findings) < MOST_SLIPS:
        try:
            return tomli.loads("\n".join(lines), parse_float=Decimal), tuple(findings)
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
    return {}, tuple(findings)
