"""Find packs by name or by the path of a folder, list all packs, and list the settings in force."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec

from gxgen.engine.packs import PackInUse, in_use
from gxgen.packs import SETTINGS_FILE, Pack, SearchFolder, folders_in, look_up, search_folders
from gxgen.packs.inheritance import HTML, TEXT, WORD
from gxgen.packs.settings import SETTINGS

FILES = (WORD, TEXT, HTML)
"""The templates that a pack may hold."""


class ListedPack(msgspec.Struct, frozen=True):
    """A pack in the output of ``gxgen pack list``."""

    name: str
    title: str
    extends: str
    """Empty for the root."""
    folder: Path
    search_folder: str
    """The search folder that holds it, as messages name it."""
    shadowed_by: Path | None
    """The folder of the pack of the same name that takes precedence."""
    errors: int


def list_packs(packs: Path | None = None) -> Iterator[ListedPack]:
    """Yield every pack for data files of the current folder, in order of precedence.

    Args:
        packs: a folder of packs besides the usual ones.
    """
    searched = search_folders(Path(), packs)
    first: dict[str, Path] = {}
    seen: set[Path] = set()
    for search_folder in searched:
        for folder in folders_in(search_folder.folder):
            if folder.resolve() in seen:  # --packs may name one of the usual places
                continue
            seen.add(folder.resolve())
            found = look_up(folder.name, (search_folder, *searched))
            above = found.pack.lineage[1:2] if found.pack else ()
            title = found.pack.title if found.pack else ""
            errors = sum(finding.is_error for finding in found.findings)
            shadow = first.get(folder.name)
            first.setdefault(folder.name, folder)
            yield ListedPack(folder.name, title, "".join(above), folder, search_folder.label, shadow, errors)


def find_named_pack(named: str, packs: Path | None = None) -> PackInUse:
    """Find a pack by its name or by the path of its folder, and apply it to the forms.

    Args:
        named: what was typed.
        packs: a folder of packs besides the usual ones.
    """
    searched = search_folders(Path(), packs)
    path = Path(named)
    if _is_path(named) and _has_settings(path):
        folder = path.resolve()
        # As it was typed where that names the folder, so that messages say what the keeper knows.
        own = path.parent if path.name == folder.name else folder.parent
        return in_use(look_up(folder.name, (SearchFolder(own, str(own)), *searched)))
    return in_use(look_up(named, searched))


def without_settings(named: str, packs: Path | None = None) -> Path | None:
    """Return the folder of that name which has no pack.toml, and so is not found as a pack."""
    folders = [Path(named)] if _is_path(named) else [each.folder / named for each in search_folders(Path(), packs)]
    return next((folder for folder in folders if _is_folder(folder) and not _has_settings(folder)), None)


def template_file(pack: Pack, file: str) -> Path | None:
    """Return the file of a pack's lineage that is used as one of :data:`FILES`; None where none has it."""
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
"""The origin of defaults."""
PLAIN = ("title_lines", "topics", "page_number")
TABLES = ("headings", "texts", "table", "severity", "wording", "values")


class SettingInForce(msgspec.Struct, frozen=True):
    """A setting in force."""

    key: str
    value: str
    """As a TOML literal."""
    origin: str
    """The pack that sets it; :data:`GXGEN` for a default."""


def settings_in_force(pack: Pack) -> Iterator[SettingInForce]:
    """Yield every setting in force, in the order of the documentation."""
    for key in PLAIN:
        yield SettingInForce(key, toml_literal(getattr(pack, key)), pack.origins.get(key, GXGEN))
    for number, row in enumerate(pack.rows):
        value = (
            f"{{ after = {toml_literal(row.after)}, key = {toml_literal(row.key)}, label = {toml_literal(row.label)} }}"
        )
        yield SettingInForce(f"rows[{number}]", value, row.pack)
    for style, attributes in pack.styles.items():
        for name, attribute in attributes.items():
            key = f"styles.{style}.{name}"
            yield SettingInForce(key, toml_literal(attribute), pack.origins.get(key, GXGEN))
    for table in TABLES:
        yield from _of_table(pack, table)


def _of_table(pack: Pack, table: str) -> Iterator[SettingInForce]:
    values = dict(getattr(pack, table))
    for name, value in values.items():
        yield SettingInForce(f"{table}.{name}", toml_literal(value), pack.origins.get(f"{table}.{name}", GXGEN))
    for setting in SETTINGS:
        group, _, name = setting.key.partition(".")
        if group == table and setting.default not in (None, "") and name not in values:
            yield SettingInForce(setting.key, toml_literal(setting.default), GXGEN)


def files(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield each template with the path of the file that is used; empty for gxgen's own."""
    for name in FILES:
        path = template_file(pack, name)
        yield name, str(path) if path else ""


def toml_literal(value: object) -> str:
    """Write a value as a TOML literal on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    # A basic string of TOML escapes as JSON does; DEL, which JSON leaves alone, cannot be in a pack.
    return json.dumps(str(value), ensure_ascii=False)
