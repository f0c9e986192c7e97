"""``gxgen check``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.batch import Options, Result, check
from gxgen.cli.common import (
    against_option,
    conclude,
    departments_option,
    paths_argument,
    refuse_departments_of_several,
    strict_option,
)
from gxgen.cli.selection import Prefixes, Selection, ignore_option, select_option
from gxgen.cli.show import FOR_PROGRAMS, as_text, for_programs
from gxgen.cli.words import ChineseCommand
from gxgen.findings import Severity

REPORT_FORMATS = ("text", *FOR_PROGRAMS)


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
    help="text（默认，给人看）、json、sarif（给程序用）或 github（给 GitHub Actions 用）。",
)
@against_option
@departments_option
@select_option
@ignore_option
@strict_option
def command(
    paths: tuple[Path, ...],
    report_format: str,
    against: Path | None,
    departments: Path | None,
    select: Prefixes,
    ignore: Prefixes,
    strict: bool,
) -> int:
    """``gxgen check``."""
    refuse_departments_of_several(paths, departments)
    selection = Selection(select, ignore)
    results = list(check(paths, Options(against=against, departments=departments)))
    listed, counted = list(map(selection.listed, results)), list(map(selection.counted, results))
    if report_format in FOR_PROGRAMS:
        click.echo(for_programs(report_format, listed), nl=False)
    else:
        for result in listed:
            for line in as_text(result):
                click.echo(line)
        if results:
            click.echo(_tally(counted), err=True)
    unlisted = sum(map(_errors, counted)) - sum(map(_errors, listed))
    if unlisted:
        click.echo(f"另有 {unlisted} 个错误不在 --select 之列，没有列出", err=True)
    return conclude(counted, strict=strict, verb="不合格")


def _errors(result: Result) -> int:
    return result.count(Severity.ERROR)


def _tally(results: list[Result]) -> str:
    bad = sum(any(not finding.waiver for finding in result.findings) for result in results)
    waived = sum(bool(finding.waiver) for result in results for finding in result.findings)
    found = f"{bad} 份有问题" if bad else "没有发现问题"
    return f"检查了 {len(results)} 份，{found}{f'，{waived} 个问题已豁免' if waived else ''}"
