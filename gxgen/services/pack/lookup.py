"""Packs as their keepers name them: by name, or by the path of a folder; and all packs that can be found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from gxgen.engine.packs import PackInUse, in_use
from gxgen.packs import SETTINGS_FILE, Pack, Place, folders_in, look_up, places
from gxgen.packs.inheritance import HTML, TEXT, WORD
from gxgen.packs.settings import SETTINGS

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


def find_named_pack(named: str, packs: Path | None = None) -> PackInUse:
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


GXGEN = "gxgen"
"""Where a value comes from that no pack sets."""
PLAIN = ("title_lines", "topics", "page_number")
TABLES = ("headings", "texts", "table", "severity", "wording", "values")


class Shown(NamedTuple):
    """One setting in force."""

    key: str
    value: str
    """As pack.toml writes it."""
    origin: str
    """The pack that sets it; :data:`GXGEN` for what stands where no pack does."""


def shown(pack: Pack) -> Iterator[Shown]:
    """Every setting in force, in the order in which a keeper reads about them."""
    for key in PLAIN:
        yield Shown(key, written(getattr(pack, key)), pack.origins.get(key, GXGEN))
    for number, row in enumerate(pack.rows):
        value = f"{{ after = {written(row.after)}, key = {written(row.key)}, label = {written(row.label)} }}"
        yield Shown(f"rows[{number}]", value, row.pack)
    for style, attributes in pack.styles.items():
        for name, attribute in attributes.items():
            key = f"styles.{style}.{name}"
            yield Shown(key, written(attribute), pack.origins.get(key, GXGEN))
    for table in TABLES:
        yield from _of_table(pack, table)


def _of_table(pack: Pack, table: str) -> Iterator[Shown]:
    values = dict(getattr(pack, table))
    for name, value in values.items():
        yield Shown(f"{table}.{name}", written(value), pack.origins.get(f"{table}.{name}", GXGEN))
    for setting in SETTINGS:
        group, _, name = setting.key.partition(".")
        if group == table and setting.default not in (None, "") and name not in values:
            yield Shown(setting.key, written(setting.default), GXGEN)


def files(pack: Pack) -> Iterator[tuple[str, str]]:
    """Each template with the path of the file that is used; gxgen's own has none."""
    for name in FILES:
        path = holder(pack, name)
        yield name, str(path) if path else ""


def written(value: object) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    # A basic string of TOML escapes as JSON does; DEL, which JSON leaves alone, cannot be in a pack.
    return json.dumps(str(value), ensure_ascii=False)
