"""``gxgen pack new``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS
from gxgen.cli.common import packs_option
from gxgen.cli.messages import ChineseCommand, option
from gxgen.cli.pack.common import found, name_argument
from gxgen.services.pack.new import DEFAULT_PARENT, create, unfit_name


@click.command(
    "new",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="新建模板包：一个可以用 Word 打开来改的文件夹 templates/NAME，里面有使用说明。\n\n已有的文件夹不会覆盖。",
    short_help="新建模板包，用 Word 就能改。",
)
@name_argument
@option("--extends", default=DEFAULT_PARENT, metavar="NAME", help=f"继承这个模板包（默认 {DEFAULT_PARENT}）。")
@packs_option
@option(
    "-o",
    "--output",
    default="templates",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="放在这个文件夹里：DIR/NAME（默认 templates）。",
)
def command(name: str, extends: str, packs: Path | None, output: Path) -> int:
    """``gxgen pack new``."""
    if unfit := unfit_name(name):
        raise click.BadParameter(unfit)
    in_use = found(extends, packs)
    assert in_use.pack, "a pack that was found"
    if any(finding.is_error for finding in in_use.findings):
        raise click.BadParameter(f"要继承的模板包「{extends}」有错误，先改正：gxgen pack check {extends}")
    written, problem = create(name, in_use.pack, output)
    if problem:
        click.echo(f"gxgen：{problem.message}\n  提示：{problem.hint}", err=True)
        return EXIT_ERRORS
    for path in written:
        click.echo(str(path))
    click.echo(f"建好了。先看 {written[-1].name}，改好 {written[1].name} 后运行：gxgen pack check {name}", err=True)
    return EXIT_DONE
