"""``gxgen pack list``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE
from gxgen.cli.common import packs_option
from gxgen.cli.messages import ChineseCommand
from gxgen.core.text import display_width
from gxgen.services.pack.lookup import ListedPack, list_packs

HEADS = ("名字", "名称", "继承", "位置", "")


@click.command(
    "list",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="列出当前文件夹的数据文件能用的模板包，先找到的在前。",
    short_help="列出能用的模板包。",
)
@packs_option
def command(packs: Path | None) -> int:
    """``gxgen pack list``."""
    rows = [HEADS, *(_row(pack) for pack in list_packs(packs))]
    widths = [max(display_width(row[column]) for row in rows) for column in range(len(HEADS))]
    for row in rows:
        cells = (f"{cell}{' ' * (width - display_width(cell))}" for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    return EXIT_DONE


def _row(pack: ListedPack) -> tuple[str, ...]:
    remarks = [f"不用：同名的 {pack.shadowed_by} 在前"] if pack.shadowed_by else []
    remarks += [f"有 {pack.errors} 个错误，见 gxgen pack check {pack.folder}"] if pack.errors else []
    return pack.name, pack.title, pack.extends or "—", str(pack.folder), "；".join(remarks)
