"""``gxgen pack``: commands for the keeper of a region's template pack."""

from __future__ import annotations

import click

from gxgen.cli.messages import ChineseGroup


@click.group(
    "pack",
    cls=ChineseGroup,
    homes={
        "命令": {
            "list": "gxgen.cli.pack.listing",
            "new": "gxgen.cli.pack.new",
            "check": "gxgen.cli.pack.check",
            "show": "gxgen.cli.pack.show",
        }
    },
    help="列出、新建、检查地区模板包。\n\n例如：gxgen pack new NAME，用 Word 改好模板，再 gxgen pack check NAME",
    short_help="列出、新建、检查地区模板包。",
    subcommand_metavar="命令 …",
    options_metavar="[选项]",
)
def command() -> None:
    """``gxgen pack``."""
