"""Findings: problems as values, with code, address, place and wording."""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import NamedTuple

import msgspec
from msgspec.structs import replace


class Severity(StrEnum):
    """How bad a finding is; an error keeps the report from being written."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


BY_INITIAL = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}
"""The severity that the first letter of a code stands for."""


class Code(msgspec.Struct, frozen=True, cache_hash=True):
    """A kind of finding; its name never changes its meaning."""

    name: str
    """A letter for the severity and a number: ``E302``."""
    title: str
    rationale: str
    """The rule behind it."""
    remedy: str
    """What to do about it."""
    source: str = ""
    """The article or circular that the rule comes from; empty for a convention of gxgen's own."""
    supervisor_remedy: str = ""
    """What to do about it in a published report, where that differs from what the clerk does."""

    @property
    def severity(self) -> Severity:
        """The severity, unless a region pack changes it."""
        return BY_INITIAL[self.name[0]]


class Position(NamedTuple):
    """A place in a text file: line and column from 1, length in characters."""

    line: int
    column: int
    length: int = 1


class RelatedLocation(msgspec.Struct, frozen=True):
    """A place in another file that belongs to the finding."""

    address: str
    fallback_addresses: tuple[str, ...] = ()
    file: str = ""
    position: Position | None = None
    line: str = ""
    """The text of that line."""

    def __str__(self) -> str:
        at = self.position
        return f"{self.file}:{at.line}:{at.column}" if at and at.length else self.file


class Audience(Enum):
    """Whom a finding is worded for."""

    CLERK = auto()
    """Fills in the data file."""
    SUPERVISOR = auto()
    """Reviews reports that agencies have published."""
    PACK_KEEPER = auto()
    """Maintains a template pack that many agencies use."""


class Words(NamedTuple):
    """What a finding says."""

    message: str
    hint: str = ""
    """What to do about it; empty for the remedy of the code."""


class Parameters(msgspec.Struct, frozen=True):
    """The facts of a finding, worded for each audience by subclasses."""

    def for_clerk(self) -> Words:
        """Word the finding for a data file."""
        raise NotImplementedError

    def for_supervisor(self) -> Words:
        """Word the finding for a published report."""
        return self.for_clerk()

    def for_pack_keeper(self) -> Words:
        """Word the finding for a template pack."""
        return self.for_clerk()

    def words(self, audience: Audience) -> Words:
        """Word the finding for an audience."""
        match audience:
            case Audience.CLERK:
                return self.for_clerk()
            case Audience.SUPERVISOR:
                return self.for_supervisor()
            case Audience.PACK_KEEPER:
                return self.for_pack_keeper()


class Finding(msgspec.Struct, frozen=True):
    """One problem.

    ``address`` is the address in the data file; ``fallback_addresses`` are where to point if the file does not hold
    that address.  ``offset`` and ``length`` select characters of the text at ``address``.
    """

    code: Code
    address: str
    message: str
    hint: str = ""
    fallback_addresses: tuple[str, ...] = ()
    points_at_key: bool = False
    offset: int | None = None
    length: int = 1
    position: Position | None = None
    related: tuple[RelatedLocation, ...] = ()
    level: Severity | None = None
    """The severity that a region pack sets; None for that of the code."""
    waiver: str = ""
    """The agency's reason for leaving it so; a finding with a waiver is shown but not counted."""
    unread: tuple[str, ...] = ()
    """The addresses of the cells of a published report that were not read for this reason."""
    location: str = ""
    """Where the message says that it is in a published report's tables: 第 1 个表格第 2 行; empty where it does not."""
    parameters: Parameters | None = None
    """What the message and the hint were made from, as long as they may have to be made for another audience."""

    @classmethod
    def of(
        cls,
        code: Code,
        address: str,
        parameters: Parameters,
        *,
        fallback_addresses: tuple[str, ...] = (),
        offset: int | None = None,
        length: int = 1,
        related: tuple[RelatedLocation, ...] = (),
    ) -> Finding:
        """Make a finding from its facts, worded for the clerk until :meth:`told_to` rewords it."""
        message, hint = parameters.for_clerk()
        return cls(
            code,
            address,
            message,
            hint or code.remedy,
            fallback_addresses,
            offset=offset,
            length=length,
            related=related,
            parameters=parameters,
        )

    def told_to(self, audience: Audience) -> Finding:
        """Return the finding in its final words for an audience."""
        message, hint = self.parameters.words(audience) if self.parameters else (self.message, self.hint)
        hint = hint or (self.code.remedy if self.parameters else "")
        if audience is Audience.SUPERVISOR:
            hint = self.code.supervisor_remedy or hint
        return replace(self, message=message, hint=hint, parameters=None)

    @property
    def full_message(self) -> str:
        """The message followed by the places in other files."""
        return f"{self.message}（另见 {'、'.join(map(str, self.related))}）" if self.related else self.message

    @property
    def severity(self) -> Severity:
        """The severity that counts."""
        return self.level or self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether it keeps the report from being written."""
        return self.severity is Severity.ERROR
