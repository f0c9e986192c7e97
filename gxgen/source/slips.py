"""A file that is not TOML: every broken statement told, and what can be read of the rest.

A broken statement is mended by the fewest repairs that make it TOML; what they do is what was wrong with it.  Where
none will do, it is said in plain words what the parser missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import tomli

from gxgen import codes
from gxgen.findings import Code, Finding, Position
from gxgen.source.complaints import complaint
from gxgen.source.keys import keys_called
from gxgen.source.repairs import Mended, mend, parses
from gxgen.source.statements import Statement, cut
from gxgen.source.syntax import ILLEGIBLE, MendedLines, Parsed

MOST_SLIPS = 100
LONGEST_LINE = 120
"""Bytes of a mended line that is shown whole: forty Chinese characters, or a row of the form with all its keys."""
AROUND = 15
"""Characters shown on either side of the place in a longer one."""


@dataclass(frozen=True)
class _Part:
    """A statement as typed, what is told of it, and the text to read in its place."""

    statement: Statement
    legible: str
    findings: tuple[Finding, ...] = ()
    mended: Mended | None = None
    is_year: bool = False


def salvage(text: str) -> Parsed:
    """Read a text that is not TOML as far as it can be."""
    parts: list[_Part] = []
    slips: list[Finding] = []
    for part in _parts(text):
        parts.append(part)
        slips += part.findings
        if len(slips) >= MOST_SLIPS:
            return Parsed({}, tuple(slips[:MOST_SLIPS]), "")
    data, legible, duplicates = _without_duplicates([part.legible for part in parts], [p.statement for p in parts])
    if any(part.is_year and not part.mended for part in parts):
        data.setdefault("year", ILLEGIBLE)
    mended = tuple(
        MendedLines(part.statement.line, part.mended.text, part.mended.is_certain) for part in parts if part.mended
    )
    return Parsed(data, (*slips, *duplicates), legible, mended)


def _parts(text: str) -> Iterator[_Part]:
    """The statements, each looked at by itself; what stands below a header that is lost is told but not read."""
    is_lost, is_top = False, True
    for statement in cut(text):
        is_lost, is_top = is_lost and not statement.is_header, is_top and not statement.is_header
        if parses(statement.text):
            yield _Part(statement, statement.blank if is_lost else statement.text)
            continue
        mended = mend(statement.text)
        findings = _of_repairs(statement, mended) if mended else (_of_parser(statement),)
        is_year = is_top and _names_year(mended.text if mended else statement.text)
        read = mended and (is_year or (statement.is_header and mended.is_certain))
        is_lost = is_lost or (statement.is_header and not read)
        yield _Part(statement, mended.text if mended and read else statement.blank, findings, mended, is_year)


def _names_year(text: str) -> bool:
    words = text.replace("=", " ").replace("＝", " ").replace(":", " ").replace("：", " ").split(maxsplit=1)
    return bool(words) and (words[0] == "year" or "year" in keys_called(words[0]))


# What repairs tell


def _of_repairs(statement: Statement, mended: Mended) -> tuple[Finding, ...]:
    """One finding for every line that had to be mended."""
    lines = groupby(sorted(_faults(statement, mended), key=lambda fault: fault.at), key=lambda fault: fault.line)
    return tuple(_of_line(statement, mended, line, list(faults)) for line, faults in lines)


@dataclass(frozen=True)
class _Fault:
    """An edit that was needed: where in the statement as typed, and what to say of it."""

    at: int
    line: int
    kind: str
    message: str
    hint: str
    goes_on: bool
    """Whether it is mended in another line than it is told of."""


def _faults(statement: Statement, mended: Mended) -> Iterator[_Fault]:
    for depth, step in enumerate(mended.steps):
        typed = _before(statement, mended, depth)
        for edit in step.edits:
            at = mended.typed_at(depth, edit.place)
            old, new = edit.about or typed[edit.start : edit.end], edit.new
            words = {"old": old.strip(" ") or old, "new": new.strip(" ") or new}
            yield _Fault(
                at,
                statement.text.count("\n", 0, at),
                step.repair.name,
                step.repair.message.format(**words),
                step.repair.hint.format(**words),
                typed.count("\n", 0, edit.start) != typed.count("\n", 0, edit.place),
            )


def _before(statement: Statement, mended: Mended, depth: int) -> str:
    """The statement as the step of this depth found it."""
    before = Mended(statement.text)
    for step in mended.steps[:depth]:
        before = before.after(step)
    return before.text


def _of_line(statement: Statement, mended: Mended, line: int, faults: list[_Fault]) -> Finding:
    messages: dict[str, str] = {}
    for fault in faults:
        messages.setdefault(fault.kind, fault.message)  # the first of its kind in the line stands for all
    first = faults[0].at
    column = first - (statement.text.rfind("\n", 0, first) + 1)
    typed, meant = (text.split("\n")[line] for text in (statement.text, mended.text))
    hint = next((fault.hint for fault in faults if fault.hint and (fault.goes_on or _look_alike(typed, meant))), "")
    hint = hint or f"写成：{_around(meant, column)}"
    return _finding(statement.line + line, column, "；".join(messages.values()), hint)


def _look_alike(typed: str, meant: str) -> bool:
    return "".join(char for char in typed if char.isprintable()) == meant


def _around(line: str, column: int) -> str:
    """The mended line, or the part of a long one that was mended."""
    if len(line.encode()) <= LONGEST_LINE:
        return line.strip()
    start, end = max(column - AROUND, 0), column + AROUND
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


# What the parser tells


def _of_parser(statement: Statement) -> Finding:
    """What is wrong with a statement for which no repair will do."""
    try:
        tomli.loads(statement.text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        found = complaint(statement.text, error.msg, min(error.pos, len(statement.text)))
    except (ValueError, ArithmeticError, RecursionError):
        return _finding(statement.line, 0, "这一行有过长的数字或层数过多的括号", "删去这样的内容")
    line = statement.text.count("\n", 0, found.at)
    column = found.at - (statement.text.rfind("\n", 0, found.at) + 1)
    return _finding(statement.line + line, column, found.message, found.hint, found.code)


def _without_duplicates(
    legible: list[str], statements: list[Statement]
) -> tuple[dict[str, Any], str, tuple[Finding, ...]]:
    """The data of statements that are TOML each by itself, less those that say something again."""
    findings: list[Finding] = []
    while len(findings) < MOST_SLIPS:
        text = "\n".join(legible)
        try:
            return tomli.loads(text, parse_float=Decimal), text, tuple(findings)
        except tomli.TOMLDecodeError as error:
            index = max(i for i, statement in enumerate(statements) if statement.line < error.lineno)
        statement = statements[index]
        indent = len(statement.text) - len(statement.text.lstrip())
        found = complaint(legible[index], "twice", indent)
        findings.append(_finding(statement.line, indent, found.message, found.hint, found.code))
        for at in range(index, _block_end(statements, index)):
            legible[at] = statements[at].blank
    return {}, "", tuple(findings)


def _block_end(statements: list[Statement], index: int) -> int:
    """Past the statement, and below a header past everything up to the next."""
    if not statements[index].is_header:
        return index + 1
    headers = (at for at in range(index + 1, len(statements)) if statements[at].is_header)
    return next(headers, len(statements))


def _finding(line: int, column: int, message: str, hint: str, code: Code = codes.SYNTAX) -> Finding:
    return Finding(code, "", message, hint, position=Position(line + 1, column + 1))
