"""``gxgen pack check``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS
from gxgen.cli.common import packs_option, strict_option
from gxgen.cli.formats import FOR_PROGRAMS, as_text, for_programs
from gxgen.cli.messages import ChineseCommand, option
from gxgen.cli.options import format_option
from gxgen.cli.pack.common import found, name_argument
from gxgen.core.findings import Severity
from gxgen.engine.packs import PackInUse
from gxgen.services.pack.check import CheckedPack, check_pack


@click.command(
    "check",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="检查模板包：设置和模板里写错的地方一次指出；再试填几份报告（全是零的、每个数都不同的、文字古怪的，各种版式、"
    "各种格式），读回来逐项核对。\n\nNAME 是模板包的名字或文件夹。不写任何文件。",
    short_help="检查模板包，并试填报告逐项核对。",
)
@name_argument
@format_option
@option("--against", default="", metavar="OTHER", help="还列出与另一个模板包（名字或文件夹）的不同。")
@packs_option
@strict_option
def command(name: str, report_format: str, against: str, packs: Path | None, strict: bool) -> int:
    """``gxgen pack check``."""
    if against and report_format in FOR_PROGRAMS:
        raise click.BadParameter(f"--against 和 --format {report_format} 都要用标准输出，不能一起写")
    in_use = found(name, packs)
    other = found(against, packs) if against else None
    checked = check_pack(in_use)
    if report_format in FOR_PROGRAMS:
        click.echo(for_programs(report_format, checked.results), nl=False)
    else:
        for result in checked.results:
            for line in as_text(result):
                click.echo(line)
    if other:
        _show_changes(in_use, other)
    click.echo(_summary(in_use, checked), err=True)
    for remark in checked.unchecked:
        click.echo(remark, err=True)
    return EXIT_ERRORS if any(result.fails(strict=strict) for result in checked.results) else EXIT_DONE


def _show_changes(in_use: PackInUse, other: PackInUse) -> None:
    from gxgen.services.pack.changes import changes

    click.echo("\n".join(changes(in_use, other)))


def _summary(in_use: PackInUse, checked: CheckedPack) -> str:
    assert in_use.pack, "a pack that was found"
    errors, warnings = (
        sum(result.count(severity) for result in checked.results) for severity in (Severity.ERROR, Severity.WARNING)
    )
    found_wrong = f"{errors} 个错误，{warnings} 个警告" if errors or warnings else "没有发现问题"
    return f"检查了模板包 {in_use.pack.name}，试填了 {checked.reports} 份报告：{found_wrong}"
