"""``gxgen export``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import (
    expect_option,
    optional_paths,
    pack_option,
    packs_option,
    report_missing,
    year_of,
    year_option,
)
from gxgen.cli.formats import as_text
from gxgen.cli.messages import ChineseCommand, option
from gxgen.core.codes import OUTPUT
from gxgen.services.exporting import KINDS, ExportRun


def _target(_: click.Context, __: click.Parameter, value: str | None) -> Path:
    path = Path(value or "")
    if path.suffix.lower() not in KINDS:
        wrong = f"写的是「{value}」" if value else "没有写"
        raise click.BadParameter(f"-o 后面要写以 {'、'.join(KINDS)} 结尾的文件名，{wrong}")
    return path


def _empty_year(_: click.Context, __: click.Parameter, value: str | None) -> int:
    return 0 if value is None else year_of(value, "--empty 后面")


@click.command(
    "export",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="把多份数据文件的全部数字和合计写成一张表，一行一个机关。PATH 是数据文件，或含有数据文件的文件夹。\n\n"
    "表头第一行是表上的名称，第二行是地址；改好的表可以用 gxgen import 读回。有错误的数据文件不写入，逐个列出。\n\n"
    "加 --empty 做一张空表，发给各机关填写。",
    short_help="把多份数据文件的数字写成一张表。",
)
@optional_paths
@option(
    "-o",
    "--output",
    metavar="FILE",
    callback=_target,
    help="写到这个文件：.xlsx（Excel、WPS）、.csv 或 .json。",
)
@year_option
@option("--empty", metavar="YEAR", callback=_empty_year, help="做一张这一年的空表，不读数据文件。")
@expect_option
@pack_option
@packs_option
def command(
    paths: tuple[Path, ...],
    output: Path,
    year: int,
    empty: int,
    expect: tuple[str, ...] | None,
    pack: str,
    packs: Path | None,
) -> int:
    """``gxgen export``."""
    if empty:
        return _empty(paths, output, empty, expect or (), pack, packs)
    if not paths:
        raise click.BadParameter("缺少参数 PATH...", click.get_current_context())
    export = ExportRun(paths, output, pack=pack, packs=packs, year=year)
    agencies, left_out, unreadable = [], 0, False
    for result in export.results():
        for line in as_text(result):
            click.echo(line, err=True)
        agencies.append(result.agency)
        left_out += bool(result.findings)
        unreadable |= result.unreadable
    missing = report_missing(expect, agencies)
    if not export.rows:
        click.echo("没有可以导出的数据文件", err=True)
        return EXIT_USAGE if unreadable or not left_out else EXIT_ERRORS
    problem = export.write()
    if problem:
        click.echo(f"{output}: {problem.code.name} {problem.message}\n  提示：{problem.hint}", err=True)
        return EXIT_ERRORS
    more = f"；{left_out} 份有错误，没有写入" if left_out else ""
    click.echo(f"{export.rows} 份报告的数字写入 {output}{more}", err=True)
    if unreadable:
        return EXIT_USAGE
    return EXIT_ERRORS if left_out or missing else EXIT_DONE


def _empty(
    paths: tuple[Path, ...], output: Path, year: int, agencies: tuple[str, ...], pack: str, packs: Path | None
) -> int:
    """Write an empty table to be filled in."""
    if paths:
        raise click.BadParameter("--empty 做空表，不读数据文件：不要写 PATH", click.get_current_context())
    if output.suffix.lower() != ".xlsx":
        raise click.BadParameter("空表只能做成 .xlsx", click.get_current_context())
    from gxgen.services.exporting import write_empty

    problem = write_empty(output, year, agencies, pack, packs)
    if problem:
        click.echo(f"gxgen：{problem.full_message}", err=True)
        return EXIT_ERRORS if problem.code is OUTPUT else EXIT_USAGE
    click.echo(f"{year} 年的空表写入 {output}", err=True)
    return EXIT_DONE
