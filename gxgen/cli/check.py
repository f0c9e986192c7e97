"""``gxgen check``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.batch import Result, check
from gxgen.cli.common import conclude, paths_argument, strict_option
from gxgen.cli.show import as_json, as_text
from gxgen.cli.words import ChineseCommand

REPORT_FORMATS = ("text", "json")


def _report_format(_: click.Context, __: click.Parameter, value: str) -> str:
    if value not in REPORT_FORMATS:
        raise click.BadParameter(f"--format 不认识「{value}」，可写：{'、'.join(REPORT_FORMATS)}")
    return value


@click.command(
    "check",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="检查数据文件，不写任何文件。PATH 是数据文件，或含有数据文件的文件夹。",
    short_help="检查数据文件，不写任何文件。",
)
@paths_argument
@click.option(
    "--format",
    "report_format",
    default="text",
    metavar="FORMAT",
    callback=_report_format,
    help="text（默认，给人看）或 json（给程序用）。",
)
@strict_option
def command(paths: tuple[Path, ...], report_format: str, strict: bool) -> int:
    """``gxgen check``."""
    results = list(check(paths))
    if report_format == "json":
        click.echo(as_json(results), nl=False)
    elif results:
        for result in results:
            for line in as_text(result):
                click.echo(line)
        click.echo(_tally(results), err=True)
    return conclude(results, strict=strict, verb="不合格")


def _tally(results: list[Result]) -> str:
    bad = sum(bool(result.findings) for result in results)
    return f"检查了 {len(results)} 份，{f'{bad} 份有问题' if bad else '没有发现问题'}"
