"""Duplicate keys and tables: reported with the line of the first, and read once."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import tomli

from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.source.recovery.messages import finding_at
from gxgen.source.recovery.repairs import parses
from gxgen.source.recovery.statements import Statement

MOST_DUPLICATES = 100
_KEY_WORD = re.compile(r"[\w-]+")
HINT = "合并到一处，或删去其中一处"


def without_duplicates(
    legible: list[str], statements: list[Statement]
) -> tuple[dict[str, Any], str, tuple[Finding, ...]]:
    """Return the data and text of statements that are TOML one by one, and the findings on duplicates.

    Args:
        legible: what is read of each statement.
        statements: the statements as typed.
    """
    legible, findings = list(legible), list[Finding]()
    while len(findings) < MOST_DUPLICATES:
        text = "\n".join(legible)
        try:
            return tomli.loads(text, parse_float=Decimal), text, tuple(findings)
        except tomli.TOMLDecodeError as error:
            index = max(i for i, statement in enumerate(statements) if statement.line < error.lineno)
        findings.append(_told(legible, statements, index))
        for at in range(index, _block_end(statements, index)):
            legible[at] = statements[at].blank
    return {}, "", tuple(findings)


def _told(legible: list[str], statements: list[Statement], index: int) -> Finding:
    statement, before = statements[index], _said_before(legible, statements, index)
    where = f"第 {statements[before].line + 1} 行" if before is not None else "前面"
    indent = len(statement.text) - len(statement.text.lstrip())
    return finding_at(statement.line, indent, f"这一项在{where}已经写过", HINT, codes.DUPLICATE)


def _said_before(legible: list[str], statements: list[Statement], index: int) -> int | None:
    """Return the first statement that conflicts with the one at *index*."""
    words = _KEY_WORD.findall(legible[index].partition("=")[0])
    for at in range(index):
        if not any(word in legible[at] for word in words):
            continue  # spares parsing it
        lines = [_header(statements, at), at, _header(statements, index), index]
        chosen = dict.fromkeys(line for line in lines if line is not None)  # a header of both stands once
        if not parses("\n".join(legible[line] for line in chosen)):
            return at
    return None


def _header(statements: list[Statement], index: int) -> int | None:
    """Return the table header that a statement stands below."""
    return next((at for at in range(index, -1, -1) if statements[at].is_header), None)


def _block_end(statements: list[Statement], index: int) -> int:
    """Return the index after a statement, or after the whole table of a header."""
    if not statements[index].is_header:
        return index + 1
    headers = (at for at in range(index + 1, len(statements)) if statements[at].is_header)
    return next(headers, len(statements))
