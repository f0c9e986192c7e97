"""A pack with all that it inherits, and the ``pack.toml`` files that findings point into."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import field

from gxgen.core import codes
from gxgen.core.findings import Code, Finding, Parameters, RelatedLocation, Words

if TYPE_CHECKING:
    from gxgen.core.toml.positions import TomlPositions


ROOT = "national"
"""The pack that all others inherit from."""
SettingPath = tuple[str | int, ...]
"""The keys that lead to a setting, as in ``("styles", "报告正文", "size")`` and ``("rows", 0, "label")``."""
Value = str | int | Decimal
"""The types of a pack's own values."""


class SettingProblem(Parameters, frozen=True):
    """The parameters of a finding on a pack's settings."""

    pack: str
    message: str
    hint: str

    def for_clerk(self) -> Words:
        """Name the pack: the clerk has chosen it, and may not know what is in it."""
        return Words(f"模板包「{self.pack}」：{self.message}", self.hint)

    def for_pack_keeper(self) -> Words:
        """Leave the pack's name out: the finding is shown in its own file."""
        return Words(self.message, self.hint)


class SettingsFile(msgspec.Struct, frozen=True):
    """One ``pack.toml``, as findings point into it."""

    pack: str
    path: Path
    text: str = ""

    def location(
        self, setting: SettingPath, *, points_at_key: bool = False, offset: int | None = None, length: int = 1
    ) -> RelatedLocation:
        """Return the location of a setting, or of part of its text."""
        places = _positions(self.text)
        position = places.of(setting, points_at_key=points_at_key, offset=offset, length=length) if setting else None
        line = places.line(position) if position else ""
        return RelatedLocation(dotted(setting), file=str(self.path), position=position, line=line)

    def finding(
        self,
        setting: SettingPath,
        message: str,
        hint: str,
        code: Code = codes.PACK_SETTINGS,
        *,
        points_at_key: bool = False,
    ) -> Finding:
        """Return a finding on a setting: at the key ``pack`` of the data file, with this file as related location."""
        there = self.location(setting, points_at_key=points_at_key)
        return Finding.of(code, "pack", SettingProblem(self.pack, message, hint), related=(there,))


@lru_cache(maxsize=16)
def _positions(text: str) -> TomlPositions:
    from gxgen.core.toml.positions import TomlPositions

    return TomlPositions(text)


def dotted(setting: SettingPath) -> str:
    """Return a setting's name in messages: ``rows[0].label``."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in setting)
    return name.removeprefix(".")


class ExtraRow(msgspec.Struct, frozen=True):
    """A row that a pack adds to a table."""

    after: str
    """The address of the row that it follows."""
    key: str
    label: str
    pack: str
    """The pack of the lineage that adds it."""
    number: int
    """Its index among the rows of that pack, from 0."""


def _none() -> Mapping[str, str]:
    return {}


class Pack(msgspec.Struct, frozen=True, eq=False):
    """A pack with all that it inherits; one object in a run, so that caches go by identity."""

    name: str
    title: str
    folder: Path
    lineage: tuple[str, ...]
    """Itself first, the root last."""
    word_template: bytes
    text_template: str = ""
    """Empty: gxgen's own plain text."""
    html_template: str = ""
    """Empty: gxgen's own page."""
    rows: tuple[ExtraRow, ...] = ()
    headings: Mapping[str, str] = field(default_factory=_none)
    """Headings without their numerals, by section."""
    texts: Mapping[str, str] = field(default_factory=_none)
    """Stock texts by their place in the narrative: ``preamble``, ``overview.active``."""
    title_lines: str = "auto"
    """``auto``, ``one`` or ``two``."""
    topics: str = "own_line"
    """``own_line``, ``run_in`` or ``colon``."""
    page_number: str = "dash"
    """``dash``, ``plain``, ``of_total`` or ``none``."""
    styles: Mapping[str, Mapping[str, Value | bool]] = field(default_factory=dict)
    """By style name: font, latin_font, size, bold, colour, line_spacing, space_before, space_after; lengths in pt."""
    table: Mapping[str, Value] = field(default_factory=dict)
    """band_fill, header_fill, rule_colour, rule_width, row_height, dense_row_height; lengths in pt."""
    severity: Mapping[str, str] = field(default_factory=_none)
    """By code: ``error``, ``warning``, ``info`` or ``off``."""
    wording: Mapping[str, str] = field(default_factory=_none)
    values: Mapping[str, Value] = field(default_factory=dict)
    """The pack's own, for its templates."""
    origins: Mapping[str, str] = field(default_factory=_none)
    """Which pack of the lineage each setting comes from, by the setting's dotted name."""
    files: Mapping[str, SettingsFile] = field(default_factory=dict)
    """The settings of every pack of the lineage."""

    def written_at(
        self, setting: SettingPath, *, points_at_key: bool = False, offset: int | None = None, length: int = 1
    ) -> RelatedLocation:
        """Return the location of a setting in the lineage."""
        pack, path = self._source(setting)
        return self.files[pack].location(path, points_at_key=points_at_key, offset=offset, length=length)

    def finding(self, setting: SettingPath, message: str, hint: str, *, points_at_key: bool = False) -> Finding:
        """Return a finding on a setting, at its location in the lineage."""
        pack, path = self._source(setting)
        return self.files[pack].finding(path, message, hint, points_at_key=points_at_key)

    def _source(self, setting: SettingPath) -> tuple[str, SettingPath]:
        if setting[0] == "rows" and isinstance(setting[1], int):
            row = self.rows[setting[1]]
            return row.pack, ("rows", row.number, *setting[2:])
        return self.origins[dotted(setting)], setting
