"""The command ``gxgen`` and where its subcommands live."""

from __future__ import annotations

import click

from gxgen import __version__
from gxgen.cli.words import ChineseGroup


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
@click.version_option(__version__, "--version", message="gxgen %(version)s", help="显示版本。")
def gxgen() -> None:
    """The command ``gxgen``."""
