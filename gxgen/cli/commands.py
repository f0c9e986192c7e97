"""The command ``gxgen`` and where its subcommands live."""

from __future__ import annotations

import click

from gxgen import __version__
from gxgen.cli.words import ChineseGroup, option


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"gxgen {__version__}")
        ctx.exit()


@click.group(
    cls=ChineseGroup,
    homes={
        "audit": "gxgen.cli.audit",
        "build": "gxgen.cli.build",
        "check": "gxgen.cli.check",
        "diff": "gxgen.cli.diff",
        "explain": "gxgen.cli.explain",
        "export": "gxgen.cli.export",
        "import": "gxgen.cli.import_",
        "new": "gxgen.cli.new",
        "pack": "gxgen.cli.pack",
        "rollup": "gxgen.cli.rollup",
        "schema": "gxgen.cli.schema",
    },
    help="由数据文件生成政府信息公开工作年度报告。\n\n例如：gxgen build 2023.toml",
    subcommand_metavar="命令 …",
    options_metavar="[选项]",
)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="显示版本。")
def gxgen() -> None:
    """The command ``gxgen``."""
