"""Region packs: folders in ``templates/`` that say how a region's reports look and read.

A pack holds ``pack.toml``; ``report.docx``, ``report.txt.j2``, ``report.html.j2`` and every setting that it does not
have come from the pack that it extends, at the root from ``national``.
"""

from __future__ import annotations

from pathlib import Path

from gxgen.core.errors import PackError
from gxgen.packs.finding import SETTINGS_FILE, SWITCH, Place, folders_in, places
from gxgen.packs.inheritance import PackLookup, look_up
from gxgen.packs.pack import ROOT, ExtraRow, Pack, SettingPath, SettingsFile

__all__ = [
    "ROOT",
    "SETTINGS_FILE",
    "SWITCH",
    "ExtraRow",
    "Pack",
    "PackLookup",
    "Place",
    "SettingPath",
    "SettingsFile",
    "find_pack",
    "folders_in",
    "look_up",
    "places",
]


def find_pack(name: str, beside: Path, packs: Path | None = None) -> Pack:
    """The pack *name*, without a fault.

    Args:
        name: the folder's name.
        beside: the folder of the data file.
        packs: a folder of packs that somebody names.

    Raises:
        PackError: there is none of that name, or it cannot be used.
    """
    found = look_up(name, places(beside, packs))
    errors = [finding for finding in found.findings if finding.is_error]
    if errors or found.pack is None:
        raise PackError(errors[0].full_message, errors[0].hint)
    return found.pack
