"""Packs as their keepers name them: by name, or by the path of a folder; and all packs that can be found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gxgen.batch.packs import PackInUse, in_use
from gxgen.packs import SETTINGS_FILE, Pack, Place, folders_in, look_up, places
from gxgen.packs.inheriting import HTML, TEXT, WORD

FILES = (WORD, TEXT, HTML)
"""What a pack may hold besides its settings."""


class Listed(NamedTuple):
    """A pack as ``gxgen pack list`` shows it."""

    name: str
    title: str
    extends: str
    """Empty for the root."""
    folder: Path
    place: str
    """Where it was found, as a person calls it."""
    shadowed_by: Path | None
    """The pack of the same name that is used in its stead."""
    errors: int


def listed(packs: Path | None = None) -> Iterator[Listed]:
    """Every pack for data files of the current folder, what goes first first.

    Args:
        packs: a folder of packs besides the usual ones.
    """
    where = places(Path(), packs)
    first: dict[str, Path] = {}
    seen: set[Path] = set()
    for place in where:
        for folder in folders_in(place.folder):
            if folder.resolve() in seen:  # --packs may name one of the usual places
                continue
            seen.add(folder.resolve())
            found = look_up(folder.name, (place, *where))
            above = found.pack.lineage[1:2] if found.pack else ()
            title = found.pack.title if found.pack else ""
            errors = sum(finding.is_error for finding in found.findings)
            shadow = first.get(folder.name)
            first.setdefault(folder.name, folder)
            yield Listed(folder.name, title, "".join(above), folder, place.called, shadow, errors)


def of_keeper(named: str, packs: Path | None = None) -> PackInUse:
    """The pack that a keeper names, by its name or by the path of its folder, held against the forms.

    Args:
        named: what was typed.
        packs: a folder of packs besides the usual ones.
    """
    where = places(Path(), packs)
    path = Path(named)
    if _is_path(named) and _has_settings(path):
        folder = path.resolve()
        # As it was typed where that names the folder, so that messages say what the keeper knows.
        own = path.parent if path.name == folder.name else folder.parent
        return in_use(look_up(folder.name, (Place(own, str(own)), *where)))
    return in_use(look_up(named, where))


def without_settings(named: str, packs: Path | None = None) -> Path | None:
    """The folder of that name which lacks its settings, and so is not found as a pack."""
    folders = [Path(named)] if _is_path(named) else [place.folder / named for place in places(Path(), packs)]
    return next((folder for folder in folders if _is_folder(folder) and not _has_settings(folder)), None)


def holder(pack: Pack, file: str) -> Path | None:
    """The file of a pack's lineage that is used as one of :data:`FILES`; None for gxgen's own."""
    held = (pack.files[name].path.parent / file for name in pack.lineage if name in pack.files)
    return next((path for path in held if path.exists()), None)


def _is_path(named: str) -> bool:
    return any(mark in named for mark in "/\\.") and named not in ("", ".")


def _has_settings(folder: Path) -> bool:
    try:
        return (folder / SETTINGS_FILE).is_file()
    except (OSError, ValueError):  # a name that no folder can have
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
