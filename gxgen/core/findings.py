"""Problems as values: severity, code, place and wording."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

MOST_NAMED = 10
"""Names that one message lists."""


class Severity(StrEnum):
    """How bad a finding is: an error keeps the report from being written."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(NamedTuple):
    """A kind of finding, stable over versions."""

    name: str
    severity: Severity
    title: str
    why: str
    """The rule and its source."""
    mend: str
    source: str = ""
    """The article or circular that the rule comes from; empty for a convention of gxgen's own."""

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as a name: every process has the codes."""
        from gxgen.core.codes import named

        return (named, (self.name,)) if named(self.name) is self else (Code, tuple(self))


class Position(NamedTuple):
    """A place in a text file: line and column count from 1, in characters; *length* characters are meant."""

    line: int
    column: int
    length: int = 1


class Elsewhere(msgspec.Struct, frozen=True):
    """A place in another file that a finding is about as well."""

    where: str
    near: tuple[str, ...] = ()
    file: str = ""
    position: Position | None = None
    line: str = ""
    """The line of the file, for showing it."""

    def __str__(self) -> str:
        at = self.position
        return f"{self.file}:{at.line}:{at.column}" if at and at.length else self.file


class Finding(msgspec.Struct, frozen=True):
    """One problem.

    ``where`` is the address in the data file; ``near`` lists other addresses worth pointing at when the file does not
    hold that one.  ``offset`` and ``length`` mean a part of the text that stands at ``where``.
    """

    code: Code
    where: str
    message: str
    hint: str = ""
    near: tuple[str, ...] = ()
    at_key: bool = False
    offset: int | None = None
    length: int = 1
    position: Position | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    level: Severity | None = None
    """How bad a region pack says it is; None: as bad as its code."""
    waiver: str = ""
    """Why the agency stands by what was found; a finding with a waiver is shown, but does not count."""
    unread: tuple[str, ...] = ()
    """The addresses of the cells of a published report that were not read for this reason."""

    @property
    def full_message(self) -> str:
        """The message with the places in other files that it is about."""
        return f"{self.message}（另见 {'、'.join(map(str, self.elsewhere))}）" if self.elsewhere else self.message

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.level or self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether the report must not be written."""
        return self.severity is Severity.ERROR


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Names as a message gives them: the first, and whether there are more."""
    return "、".join(names[:most]) + (" 等" if len(names) > most else "")
