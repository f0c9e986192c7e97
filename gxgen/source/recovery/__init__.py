"""Recovery of a file that is not TOML: statement by statement, repaired where the repair is certain, else reported.

A broken statement is repaired by the fewest repairs that make it TOML; what they do is what was wrong with it.  Where
nothing else can have been meant, the repaired statement is read; any other is an error and is passed over.  Where no
repair will do, it is said in plain words what the parser missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from gxgen.core.findings import Finding
from gxgen.source.keys import keys_called
from gxgen.source.parsed import ILLEGIBLE, Parsed, RepairedLines
from gxgen.source.recovery.duplicates import without_duplicates
from gxgen.source.recovery.messages import parser_finding, repair_findings, too_many_errors
from gxgen.source.recovery.repairs import Repaired, parses, repair
from gxgen.source.recovery.statements import Statement, cut

MAX_ERRORS = 100
"""Maximum errors reported; a file with more is no data file."""
MAX_REPAIRED = 1000
GOES_ON = ("texts", "trailing")
"""Repairs to what may be the first line of something longer."""


class _ParsedStatement(msgspec.Struct, frozen=True):
    """A statement as typed and, if it was broken, as repaired."""

    statement: Statement
    is_broken: bool = False
    repaired: Repaired | None = None
    is_certain: bool = False
    """Whether nothing else can have been meant."""

    @property
    def is_lost(self) -> bool:
        """Whether the statement cannot be read."""
        return self.is_broken and not self.is_certain

    @property
    def is_empty(self) -> bool:
        """Whether the statement is only a comment."""
        return self.statement.text.lstrip()[:1] in ("", "#")

    @property
    def finding(self) -> tuple[Finding, ...]:
        """The finding on the statement."""
        if not self.is_broken:
            return ()
        statement, repaired = self.statement, self.repaired
        return (
            repair_findings(statement, repaired, is_certain=self.is_certain)
            if repaired
            else (parser_finding(statement),)
        )


def recover(text: str) -> Parsed:
    """Read a text that is not TOML as far as possible."""
    parts = list(_parts(text))
    findings = [finding for part in parts for finding in part.finding]
    if sum(part.is_lost for part in parts) >= MAX_ERRORS:
        return Parsed({}, tuple(finding for finding in findings if finding.is_error)[:MAX_ERRORS], "")
    if sum(part.is_broken for part in parts) >= MAX_REPAIRED:
        return Parsed({}, (too_many_errors(parts[-1].statement),), "")
    read, is_year_lost = _legible(parts)
    data, legible, duplicates = without_duplicates(read, [part.statement for part in parts])
    if is_year_lost:
        data.setdefault("year", ILLEGIBLE)
    return Parsed(data, (*findings, *duplicates), legible, tuple(_repaired_lines(parts)))


def _parts(text: str) -> Iterator[_ParsedStatement]:
    """Yield the statements, each parsed by itself, until too many are broken."""
    lost = broken = 0
    looked_at: list[_ParsedStatement] = []
    for statement in cut(text):
        part = _part(statement)
        looked_at.append(part)
        lost, broken = lost + part.is_lost, broken + part.is_broken
        if lost >= MAX_ERRORS or broken >= MAX_REPAIRED:
            break
    following = {id(part): after for part, after in pairwise(part for part in looked_at if not part.is_empty)}
    for part in looked_at:
        after = following.get(id(part))
        yield replace(part, is_certain=False) if after and _goes_on(part, after) else part


def _part(statement: Statement) -> _ParsedStatement:
    if parses(statement.text):
        return _ParsedStatement(statement)
    repaired = repair(statement.text)
    return _ParsedStatement(
        statement, is_broken=True, repaired=repaired, is_certain=repaired is not None and repaired.is_certain
    )


def _goes_on(part: _ParsedStatement, after: _ParsedStatement) -> bool:
    """Whether a repaired statement may continue in the next one, which is nothing by itself."""
    repairs = part.repaired.steps if part.repaired and part.is_certain else ()
    return after.is_lost and any(step.repair.name in GOES_ON for step in repairs)


def _legible(parts: list[_ParsedStatement]) -> tuple[list[str], bool]:
    """Return what is read of each part, and whether a year is given that cannot be read.

    What stands below a header that is lost is not read.  A year is, however doubtful: it chooses the form.
    """
    read: list[str] = []
    is_lost, is_top, is_year_lost = False, True, False
    for part in parts:
        statement, repaired = part.statement, part.repaired
        is_lost, is_top = is_lost and not statement.is_header, is_top and not statement.is_header
        if not part.is_broken:
            read.append(statement.blank if is_lost else statement.text)
            continue
        is_year = is_top and _names_year(repaired.text if repaired else statement.text)
        is_year_lost = is_year_lost or (is_year and not repaired)
        is_read = repaired and (is_year or part.is_certain) and not is_lost
        is_lost = is_lost or (statement.is_header and not is_read)
        read.append(repaired.text if repaired and is_read else statement.blank)
    return read, is_year_lost


def _names_year(text: str) -> bool:
    words = text.replace("=", " ").replace("＝", " ").replace(":", " ").replace("：", " ").split(maxsplit=1)
    return bool(words) and (words[0] == "year" or "year" in keys_called(words[0]))


def _repaired_lines(parts: list[_ParsedStatement]) -> Iterator[RepairedLines]:
    for part in parts:
        if part.repaired:
            statement, repaired = part.statement, part.repaired
            is_raw = any(step.repair.name == "pasted" for step in repaired.steps)
            yield RepairedLines(
                statement.line, statement.text, repaired.text, part.is_certain, repaired.typed_offset, is_raw
            )
