"""``gxgen check --fix``: a data file with its misspellings fixed and everything else left byte for byte as it was.

Only what was read with certainty is respelled.  Statements that are no TOML are replaced by their repaired text, then
single values by those that the reader took them for.  Values are exchanged where the syntax tree has them, so that
not a character beside them changes, and so that a file with errors elsewhere can be respelled as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from itertools import chain
from typing import Any

import msgspec
import tomli

from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.core.toml.encoding import as_saved, folded
from gxgen.core.toml.positions import Value
from gxgen.model import Figure, Report
from gxgen.source import Form, Reading, official, read_bytes
from gxgen.source.misspelt import as_toml
from gxgen.source.positions import values
from gxgen.source.syntax import parse
from gxgen.spec import Address, AddressBook, address_book

OF_SPELLING = (*codes.SPELLINGS, codes.READ_AS_OTHER)
"""What may be told of a file before it is respelled and not after."""


class FixedText(msgspec.Struct, frozen=True):
    """A file before and after the fix, as texts with their own line ends."""

    before: str
    after: str
    count: int
    """Findings of spelling that are no more."""
    saved_as: str = ""
    """How else than as plain UTF-8 it was saved; empty if it was not."""
    is_proven: bool = True
    """Whether both texts are read to the same report, with the same findings but those of spelling."""


def fix(raw: bytes, form: Form = official) -> FixedText | None:
    """Return a data file's bytes with misspellings fixed; None if there is nothing to fix, or no report."""
    reading = read_bytes(raw, form)
    if not reading.text or not reading.is_report:
        return None
    before, saved_as = as_saved(raw)
    lines, ends = _lines(before)
    assert "\n".join(lines) == reading.text == folded(before), "lines are those that were read"
    exchanges = list(_replacements(reading, reading.draft)) if reading.draft else []
    _repair(lines, reading, {value.line for value, _ in exchanges})
    _replace_values(lines, ends, reading, exchanges)
    after = "".join(chain.from_iterable(zip(lines, [*ends, ""], strict=True)))
    if after == before and not saved_as:
        return None
    reread = read_bytes(after.encode("utf-8"), form)
    count = len(_of_spelling(reading)) - len(_of_spelling(reread))
    return FixedText(before, after, count, saved_as, _is_same(reading, reread))


def _lines(text: str) -> tuple[list[str], list[str]]:
    """Return the lines of a text, and the line end after each but the last."""
    *ended, last = text.split("\n")
    lines = [line.removesuffix("\r") for line in ended]
    return [*lines, last], ["\r\n" if line.endswith("\r") else "\n" for line in ended]


def _repair(lines: list[str], reading: Reading, exchanged: Container[int]) -> None:
    """Replace broken statements whose repair is certain."""
    for statement in reading.repaired:
        if statement.is_certain and (not statement.is_raw or statement.line in exchanged):
            repaired = statement.text.split("\n")
            lines[statement.line : statement.line + len(repaired)] = repaired


# Values


def _replace_values(lines: list[str], ends: list[str], reading: Reading, exchanges: list[tuple[Value, str]]) -> None:
    """Replace misspelt values, from the last to the first."""
    doubtful = {
        line
        for statement in reading.repaired
        if not statement.is_certain
        for line in range(statement.line, statement.line + statement.text.count("\n") + 1)
    }
    for value, new in sorted(exchanges, key=lambda one: (one[0].line, one[0].column), reverse=True):
        if value.line not in doubtful:
            line = f"{lines[value.line][: value.column]}{new}{lines[value.last_line][value.end :]}"
            lines[value.line : value.last_line + 1] = [line]
            del ends[value.line : value.last_line]


def _replacements(reading: Reading, report: Report) -> Iterator[tuple[Value, str]]:
    """Yield misspelt values, each with its correct spelling."""
    told = {finding.address for finding in reading.findings if finding.code in codes.SPELLINGS and finding.address}
    book = address_book(report.layout)
    meant = {address: new for where in told for address, new in _correct_spelling(where, report, book).items()}
    for address, value in values(reading.legible, meant, book).items():
        if not _says(value.spelled, meant[address]):
            yield value, meant[address]


def _correct_spelling(where: Address, report: Report, book: AddressBook) -> dict[Address, str]:
    """Return the correct spelling of the value at an address, or of each number of a row."""
    if where == "year":
        return {where: str(report.year)}
    if where == "published":
        return {where: str(report.published)}
    read: dict[Address, Figure] = {**report.figures, **report.assertions}
    if where in read:
        return {where: as_toml(read[where])}
    row = [address for address in book.entries if address.rpartition(".")[0] == where and address in read]
    numbers = {address: as_toml(read[address]) for address in row}
    return {where: f"[{', '.join(numbers.values())}]", **numbers}


def _says(spelled: str, new: str) -> bool:
    """Whether a value is correct already, or a row whose numbers are replaced one by one."""
    old = _value(spelled)
    return isinstance(old, list) or (type(old), old) == (type(_value(new)), _value(new))


def _value(spelled: str) -> Any:
    return tomli.loads(f"x = {spelled}")["x"]


# Proof


def _is_same(before: Reading, after: Reading) -> bool:
    return _report(before) == _report(after) and _others(before) == _others(after)


def _report(reading: Reading) -> object:
    """Return all that a file says, figures digit for digit; the plain data where a missing year prevents a report."""
    if reading.draft is None:
        return parse(reading.legible).data
    return reading.draft, bool(reading.report), repr(sorted(reading.draft.figures.items()))


def _of_spelling(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.code in codes.SPELLINGS]


def _others(reading: Reading) -> Counter[tuple[str, str, str]]:
    """Return the findings besides spelling, without lines, which may have moved."""
    others = (finding for finding in reading.findings if finding.code not in OF_SPELLING)
    return Counter(
        (found.code.name, found.address, "" if found.code is codes.DUPLICATE else found.message) for found in others
    )
