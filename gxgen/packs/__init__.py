"""Region packs: folders in ``templates/`` with the settings and templates of a region's reports.

A pack holds ``pack.toml``, and may hold ``report.docx``, ``report.txt.j2`` and ``report.html.j2``.  It inherits every
setting and file that it does not have from the pack that it extends, in the end from ``national``.
"""

from __future__ import annotations

from pathlib import Path

from gxgen.core.errors import PackError
from gxgen.packs.inheritance import PackLookup, look_up
from gxgen.packs.pack import ROOT, ExtraRow, Pack, SettingPath, SettingsFile
from gxgen.packs.search import SETTINGS_FILE, SWITCH, SearchFolder, folders_in, search_folders

__all__ = [
    "ROOT",
    "SETTINGS_FILE",
    "SWITCH",
    "ExtraRow",
    "Pack",
    "PackLookup",
    "SearchFolder",
    "SettingPath",
    "SettingsFile",
    "find_pack",
    "folders_in",
    "look_up",
    "search_folders",
]


def find_pack(name: str, beside: Path, packs: Path | None = None) -> Pack:
    """Return the pack *name*, if nothing is wrong with it.

    Args:
        name: the folder's name.
        beside: the folder of the data file.
        packs: a further folder of packs.

    Raises:
        PackError: no pack has that name, or it cannot be used.
    """
    found = look_up(name, search_folders(beside, packs))
    errors = [finding for finding in found.findings if finding.is_error]
    if errors or found.pack is None:
        raise PackError(errors[0].full_message, errors[0].hint)
    return found.pack
