"""What the commands of ``gxgen pack`` share."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.engine.packs import PackInUse
from gxgen.services.pack.lookup import find_named_pack, without_settings


def _name(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter(f"{parameter.make_metavar(_)} 是空的：写模板包的名字")
    return value


name_argument = click.argument("name", metavar="NAME", callback=_name)


def found(name: str, packs: Path | None) -> PackInUse:
    """The pack of a name or a folder.

    Raises:
        click.BadParameter: there is none.
    """
    in_use = find_named_pack(name, packs)
    if in_use.pack is None:
        folder = without_settings(name, packs)
        if folder:
            raise click.BadParameter(f"文件夹 {folder} 里没有 pack.toml，不是模板包；新建模板包用 gxgen pack new")
        (finding, *_) = in_use.findings
        raise click.BadParameter(f"{finding.message}。{finding.hint}")
    return in_use
