"""``gxgen rollup``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.batch.rollup.data_file import Written, write_sum
from gxgen.batch.rollup.summing import RolledUp, Wanted, roll_up
from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import (
    data_file_option,
    expect_option,
    format_option_of,
    pack_option,
    packs_option,
    paths_argument,
    year_option,
)
from gxgen.cli.show import as_text, for_programs
from gxgen.cli.words import ChineseCommand, option
from gxgen.codes import ROLLUP_ABSENT, ROLLUP_DOUBTFUL, ROLLUP_NOTHING

MOST_CHANGES = 20


@click.command(
    "rollup",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="汇总各机关的数据文件，逐格相加，写成政府的数据文件。PATH 是放着各机关数据文件的文件夹，或者数据文件。\n\n"
    "只加数字。已有的 FILE 要加 --force 才更新，也只换数字：文字和注释都留着。"
    "垂直管理的（vertical = true）不计入；有一份有错误就什么也不写。",
    short_help="汇总各机关的数据文件，写成政府的数据文件。",
)
@paths_argument
@data_file_option("写到这个数据文件。")
@option("--agency", default="", metavar="NAME", help="政府的名称；不写时用 FILE 里已有的。")
@year_option
@expect_option
@option("--explain", default="", metavar="ADDRESS", help="显示这一格由哪些机关的数加成，不写文件。")
@pack_option
@packs_option
@option("--force", is_flag=True, help="更新已有的 FILE 里的数字。")
@format_option_of(("text", "json"), "text（默认）或 json。")
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    agency: str,
    year: int,
    expect: tuple[str, ...] | None,
    explain: str,
    pack: str,
    packs: Path | None,
    force: bool,
    report_format: str,
) -> int:
    """``gxgen rollup``."""
    if output is None and not explain:
        raise click.BadParameter("没有写 -o：写明汇总成哪个数据文件，例如 -o county.toml", click.get_current_context())
    wanted = Wanted(paths, output, agency.strip(), year, expect or (), pack, packs)
    rolled = roll_up(wanted)
    if explain:
        return _explained(rolled, explain, report_format)
    written = write_sum(rolled, wanted, force=force) if rolled.report else None
    if written and written.problem:
        rolled = _with_problem(rolled, written)
    _tell(rolled, report_format)
    if written:
        _tell_written(rolled, wanted, written)
    return _exit_code(rolled)


def _with_problem(rolled: RolledUp, written: Written) -> RolledUp:
    from dataclasses import replace

    assert written.problem, "there is one"
    *others, last = rolled.results
    return rolled._replace(results=(*others, replace(last, findings=(*last.findings, written.problem))))


def _tell(rolled: RolledUp, report_format: str) -> None:
    if report_format == "json":
        click.echo(for_programs("json", rolled.results), nl=False)
        return
    for result in rolled.results:
        for line in as_text(result):
            click.echo(line, err=True)


def _tell_written(rolled: RolledUp, wanted: Wanted, written: Written) -> None:
    assert rolled.report, "something was written of it"
    for change in written.changes[:MOST_CHANGES]:
        click.echo(f"  {change.label}：{change.before} → {change.after}", err=True)
    if len(written.changes) > MOST_CHANGES:
        click.echo(f"  还有 {len(written.changes) - MOST_CHANGES} 格", err=True)
    if written.problem:
        return
    summed = f"汇总了 {len(rolled.counted)} 个机关{rolled.report.year}年的数字"
    if written.is_same:
        click.echo(f"{summed}，与 {wanted.target} 里的相同，不用改", err=True)
        return
    how = "写入" if written.is_new else f"有 {len(written.changes)} 格变化，文字和注释没有动，更新"
    click.echo(f"{summed}，{how} {wanted.target}", err=True)


def _exit_code(rolled: RolledUp) -> int:
    findings = [finding for result in rolled.results for finding in result.findings]
    if any(result.unreadable for result in rolled.results) or any(each.code is ROLLUP_NOTHING for each in findings):
        return EXIT_USAGE
    return (
        EXIT_ERRORS
        if any(each.is_error or each.code in (ROLLUP_ABSENT, ROLLUP_DOUBTFUL) for each in findings)
        else EXIT_DONE
    )


def _explained(rolled: RolledUp, name: str, report_format: str) -> int:
    """Show who contributed to a cell."""
    from gxgen.batch.rollup.contributions import Explained, explain
    from gxgen.cli.contributions import as_json, as_table, not_an_address

    if rolled.report is None:
        _tell(rolled, report_format)
        return _exit_code(rolled)
    explained = explain(rolled, name)
    if not isinstance(explained, Explained):
        raise click.BadParameter(not_an_address(name, explained), click.get_current_context())
    if report_format == "json":
        click.echo(as_json(explained), nl=False)
        return EXIT_DONE
    for line in as_table(explained):
        click.echo(line)
    for result in rolled.results:
        for line in as_text(result):
            click.echo(line, err=True)
    return EXIT_DONE
