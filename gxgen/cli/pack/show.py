"""``gxgen pack show``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS
from gxgen.cli.common import packs_option
from gxgen.cli.messages import ChineseCommand
from gxgen.cli.pack.common import found, name_argument
from gxgen.services.pack.lookup import GXGEN, files, settings_in_force


@click.command(
    "show",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="列出模板包的每一项设置：值是什么，从哪个模板包来；模板文件用的是哪一个。\n\nNAME 是模板包的名字或文件夹。",
    short_help="列出模板包的设置，各从哪里来。",
)
@name_argument
@packs_option
def command(name: str, packs: Path | None) -> int:
    """``gxgen pack show``."""
    in_use = found(name, packs)
    pack = in_use.pack
    assert pack, "a pack that was found"
    click.echo(f"{pack.name}（{pack.title}）  {pack.folder}")
    if pack.lineage[1:]:
        click.echo(f"继承：{' → '.join(pack.lineage)}")
    click.echo("\n设置")
    for setting in settings_in_force(pack):
        origin = "不写时就是这样" if setting.origin == GXGEN else setting.origin
        click.echo(f"  {setting.key} = {setting.value}  # {origin}")
    click.echo("\n模板")
    for file, path in files(pack):
        click.echo(f"  {file}  # {path or '没有，用 gxgen 自带的版式'}")
    errors = sum(finding.is_error for finding in in_use.findings)
    if errors:
        click.echo(f"这个模板包有 {errors} 个错误，写错的设置没有列出，见 gxgen pack check {name}", err=True)
        return EXIT_ERRORS
    return EXIT_DONE
