"""Where packs lie, and which folder a name means."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from gxgen.core.user_folders import Kind, user_folder
from gxgen.packs.settings import is_pack_name

SETTINGS_FILE = "pack.toml"
FOLDER = "templates"
SWITCH = "GXGEN_CONFIG"
"""Environment variable: the folder of the user's own settings instead of the system's, or ``off``."""
_NAMED = r"""(?m)^[ \t]*name[ \t]*=[ \t]*["']([^"'\n]*)["']"""


class Place(NamedTuple):
    """A folder of packs, and what to call it."""

    folder: Path
    called: str


def places(beside: Path, packs: Path | None = None) -> tuple[Place, ...]:
    """Where packs are looked for, what goes first first.

    Args:
        beside: the folder of the data file.
        packs: a folder of packs that somebody names.
    """
    named = (Place(packs, str(packs)),) if packs else ()
    users = user_packs()
    called = f"用户设置文件夹 {users}" if users and _is_there(users) else "用户设置文件夹（没有模板包）"
    own = (Place(users, called),) if users else ()
    return (Place(beside / FOLDER, f"数据文件旁的 {FOLDER}"), *named, *own, Place(shipped(), "gxgen 自带的"))


def shipped() -> Path:
    """The folder of the packs that come with gxgen: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parent / FOLDER


def user_packs() -> Path | None:
    """The folder of packs in the user's configuration folder; None where there can be none."""
    chosen = os.environ.get(SWITCH)
    if chosen == "off":
        return None
    folder = Path(chosen) if chosen else user_folder(Kind.CONFIG)
    return folder / FOLDER if folder else None


def folder_of(name: str, where: tuple[Place, ...]) -> Path | None:
    """The folder of the pack *name*; the first place that has one goes before the others."""
    folders = (place.folder / name for place in where)
    return next((folder for folder in folders if _is_there(folder / SETTINGS_FILE)), None)


def known(where: tuple[Place, ...]) -> tuple[str, ...]:
    """The names of all packs that can be found."""
    return tuple(sorted({folder.name for place in where for folder in folders_in(place.folder)}))


def not_found(name: str, where: tuple[Place, ...]) -> tuple[str, str]:
    """What to say where no place has a pack *name*: the message and the remedy."""
    from difflib import get_close_matches

    if not is_pack_name(name):
        return f"模板包的名字「{name}」不对", "名字只用字母、数字、汉字、下划线和连字符"
    message, looked = f"找不到模板包「{name}」", f"找过{'、'.join(place.called for place in where)}"
    misnamed = [folder for place in where for folder in folders_in(place.folder) if name_written(folder) == name]
    if misnamed:
        return (
            message,
            f"{misnamed[0] / SETTINGS_FILE} 写着这个名字，但文件夹叫「{misnamed[0].name}」，须改成一样；{looked}",
        )
    names = known(where)
    nearest = next(iter(get_close_matches(name, names, n=1)), "")
    asked = f"是否想写 {nearest}？" if nearest else f"现有：{'、'.join(names)}；也可放在数据文件旁的 {FOLDER}/{name}/。"
    return message, f"{asked}{looked}"


def of_the_same_name(folder: Path) -> Path | None:
    """Another pack of the same place whose pack.toml claims the name of this one."""
    others = (other for other in folders_in(folder.parent) if other.name != folder.name)
    return next((other for other in others if name_written(other) == folder.name), None)


def name_written(folder: Path) -> str:
    """The name that a pack.toml gives itself; empty if it gives none."""
    try:
        text = (folder / SETTINGS_FILE).read_bytes().decode("utf-8", "ignore")
    except OSError:
        return ""
    found = re.search(_NAMED, text)
    return found[1] if found else ""


def folders_in(place: Path) -> tuple[Path, ...]:
    """The folders of a place that are packs, in the order of their names."""
    with suppress(OSError):
        return tuple(sorted(settings.parent for settings in place.glob(f"*/{SETTINGS_FILE}")))
    return ()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or a folder that may not be looked into
        return False
