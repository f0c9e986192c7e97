"""The command ``gxgen`` and where its subcommands live."""

from __future__ import annotations

import click

from gxgen import __version__
from gxgen.cli.messages import ChineseGroup, option


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"gxgen {__version__}")
        ctx.exit()


@click.group(
    cls=ChineseGroup,
    homes={
        "做一份报告": {"new": "gxgen.cli.new", "check": "gxgen.cli.check", "build": "gxgen.cli.build"},
        "已有的报告": {"import": "gxgen.cli.import_", "audit": "gxgen.cli.audit", "diff": "gxgen.cli.diff"},
        "许多机关的数字": {"rollup": "gxgen.cli.rollup", "export": "gxgen.cli.export"},
        "说明和模板": {"explain": "gxgen.cli.explain", "schema": "gxgen.cli.schema", "pack": "gxgen.cli.pack"},
    },
    help="由数据文件生成政府信息公开工作年度报告。\n\n例如：gxgen build 2023.toml",
    subcommand_metavar="命令 …",
    options_metavar="[选项]",
)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="显示版本。")
def gxgen() -> None:
    """The command ``gxgen``."""
