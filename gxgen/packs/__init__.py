"""Region packs: folders in ``templates/`` that say how a region's reports look.

A pack holds ``pack.toml`` (its name, its title, the look of its tables) and ``report.docx``, the Word template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from gxgen.errors import PackError

SETTINGS = "pack.toml"
WORD_TEMPLATE = "report.docx"
NAME = re.compile(r"[\w-]+")
LIKE_NATIONAL = "照 national 的 pack.toml 改正"
COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Pack:
    """One pack, read.  Equal packs make equal documents."""

    name: str
    title: str
    folder: Path
    word_template: bytes
    band_fill: str
    """The colour of the 第二十条 bands as RRGGBB; empty where the pack sets none."""


def find_pack(name: str, beside: Path) -> Pack:
    """The pack *name*: from ``templates/`` in the folder *beside*, else from the ones that come with gxgen.

    Raises:
        PackError: there is none of that name, or it cannot be read.
    """
    if not NAME.fullmatch(name):
        raise PackError(f"模板包的名字「{name}」不对", "名字只用字母、数字、汉字、下划线和连字符")
    places = (beside / "templates", _shipped())
    for templates in places:
        if _is_file(templates / name / SETTINGS):
            return _read((templates / name).resolve())
    known = sorted({settings.parent.name for templates in places for settings in templates.glob(f"*/{SETTINGS}")})
    raise PackError(f"找不到模板包「{name}」", f"现有：{'、'.join(known)}；也可放在数据文件旁的 templates/{name}/")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, or a folder that may not be looked into
        return False


def _shipped() -> Path:
    """The folder of the packs that come with gxgen: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def _read(folder: Path) -> Pack:
    settings = _settings(folder / SETTINGS)
    table, title = settings.get("table", {}), settings.get("title", folder.name)
    if not isinstance(table, dict) or not isinstance(title, str):
        raise PackError(f"{folder / SETTINGS} 的 title 应是文字，table 应是一组设置", LIKE_NATIONAL)
    fill = table.get("band_fill", "")
    if not isinstance(fill, str) or (fill and not COLOUR.fullmatch(fill)):
        raise PackError(f"{folder / SETTINGS} 的 band_fill 不是颜色", '写成六位十六进制，例如 "C6D9F1"')
    return Pack(
        name=folder.name,
        title=title,
        folder=folder,
        word_template=_bytes(folder / WORD_TEMPLATE),
        band_fill=fill,
    )


def _settings(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(_bytes(path).decode("utf-8-sig"))
    except tomli.TOMLDecodeError as error:
        raise PackError(f"{path} 不是有效的 TOML 文件（第 {error.lineno} 行）", LIKE_NATIONAL) from error
    except ValueError as error:
        raise PackError(f"{path} 不是有效的 TOML 文件（不是 UTF-8 编码）", LIKE_NATIONAL) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackError(f"模板包里的 {path.name} 读不出：{path}", "把文件放回模板包的文件夹，或核对权限") from error
