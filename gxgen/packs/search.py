"""Search for the folder of a pack by its name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from gxgen.core.user_folders import Kind, user_folder
from gxgen.packs.settings import is_pack_name

SETTINGS_FILE = "pack.toml"
FOLDER = "templates"
SWITCH = "GXGEN_CONFIG"
"""Environment variable: the folder of the user's own settings instead of the system's default, or ``off``."""
_NAMED = r"""(?m)^[ \t]*name[ \t]*=[ \t]*["']([^"'\n]*)["']"""


class SearchFolder(msgspec.Struct, frozen=True):
    """A folder that is searched for packs, and its name in messages."""

    folder: Path
    label: str


def search_folders(beside: Path, packs: Path | None = None) -> tuple[SearchFolder, ...]:
    """Return the folders that are searched for packs; earlier ones take precedence.

    Args:
        beside: the folder of the data file.
        packs: a further folder of packs.
    """
    named = (SearchFolder(packs, str(packs)),) if packs else ()
    users = user_packs()
    label = f"用户设置文件夹 {users}" if users and _is_there(users) else "用户设置文件夹（没有模板包）"
    own = (SearchFolder(users, label),) if users else ()
    of_data_file = SearchFolder(beside / FOLDER, f"数据文件旁的 {FOLDER}")
    return (of_data_file, *named, *own, SearchFolder(shipped(), "gxgen 自带的"))


def shipped() -> Path:
    """Return the folder of the packs that come with gxgen: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parent / FOLDER


def user_packs() -> Path | None:
    """Return the folder of packs in the user's configuration folder; None where there is no such folder."""
    chosen = os.environ.get(SWITCH)
    if chosen == "off":
        return None
    folder = Path(chosen) if chosen else user_folder(Kind.CONFIG)
    return folder / FOLDER if folder else None


def folder_of(name: str, searched: tuple[SearchFolder, ...]) -> Path | None:
    """Return the folder of the pack *name* in the first search folder that has it."""
    folders = (each.folder / name for each in searched)
    return next((folder for folder in folders if _is_there(folder / SETTINGS_FILE)), None)


def known_names(searched: tuple[SearchFolder, ...]) -> tuple[str, ...]:
    """Return the names of all packs that can be found."""
    return tuple(sorted({folder.name for folder in _pack_folders(searched)}))


def not_found(name: str, searched: tuple[SearchFolder, ...]) -> tuple[str, str]:
    """Return message and remedy for a pack *name* that is not found."""
    from difflib import get_close_matches

    if not is_pack_name(name):
        return f"模板包的名字「{name}」不对", "名字只用字母、数字、汉字、下划线和连字符"
    message, looked = f"找不到模板包「{name}」", f"找过{'、'.join(each.label for each in searched)}"
    misnamed = [
        folder
        for search_folder in searched
        for folder in folders_in(search_folder.folder)
        if declared_name(folder) == name
    ]
    if misnamed:
        return (
            message,
            f"{misnamed[0] / SETTINGS_FILE} 写着这个名字，但文件夹叫「{misnamed[0].name}」，须改成一样；{looked}",
        )
    names = known_names(searched)
    nearest = next(iter(get_close_matches(name, names, n=1)), "")
    asked = f"是否想写 {nearest}？" if nearest else f"现有：{'、'.join(names)}；也可放在数据文件旁的 {FOLDER}/{name}/。"
    return message, f"{asked}{looked}"


def folder_claiming_name(folder: Path) -> Path | None:
    """Return another folder beside this one whose pack.toml declares this folder's name."""
    others = (other for other in folders_in(folder.parent) if other.name != folder.name)
    return next((other for other in others if declared_name(other) == folder.name), None)


def declared_name(folder: Path) -> str:
    """Return the name that a pack.toml declares; empty if it declares none."""
    try:
        text = (folder / SETTINGS_FILE).read_bytes().decode("utf-8", "ignore")
    except OSError:
        return ""
    found = re.search(_NAMED, text)
    return found[1] if found else ""


def _pack_folders(searched: tuple[SearchFolder, ...]) -> Iterator[Path]:
    for each in searched:
        yield from folders_in(each.folder)


def folders_in(folder: Path) -> tuple[Path, ...]:
    """Return the folders in a folder that are packs, in the order of their names."""
    with suppress(OSError):
        return tuple(sorted(settings.parent for settings in folder.glob(f"*/{SETTINGS_FILE}")))
    return ()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or a folder that may not be read
        return False
