"""``gxgen check``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from gxgen.cli.common import (
    against_option,
    conclude,
    departments_option,
    pack_option,
    packs_option,
    paths_argument,
    refuse_departments_of_several,
    strict_option,
)
from gxgen.cli.formats import FOR_PROGRAMS, as_text, for_programs
from gxgen.cli.messages import ChineseCommand, option
from gxgen.cli.options import Prefixes, Selection, format_option, ignore_option, select_option
from gxgen.core.codes import SPELLINGS
from gxgen.core.findings import Finding, Severity
from gxgen.engine.results import Options, Result
from gxgen.services.building import check

if TYPE_CHECKING:
    from gxgen.services.explaining import Statement

MOST_CELLS = 3
"""Cells of a sum that are named one by one."""


@click.command(
    "check",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="检查数据文件。PATH 是数据文件，或含有数据文件的文件夹。\n\n不加 --fix 不写任何文件。",
    short_help="检查数据文件；加 --fix 还把写法改规范。",
)
@paths_argument
@format_option
@option("--fix", is_flag=True, help="把不规范的写法就地改好（只改写法，不改数字和文字），再检查。")
@option("--diff", is_flag=True, help="显示 --fix 会改什么；不同时加 --fix 就不写文件。")
@option("--explain-text", is_flag=True, help="逐句显示正文里哪些数字与表中哪一格核对过，结果如何，哪些没有核对。")
@pack_option
@packs_option
@against_option
@departments_option
@select_option
@ignore_option
@strict_option
def command(
    paths: tuple[Path, ...],
    report_format: str,
    fix: bool,
    diff: bool,
    explain_text: bool,
    pack: str,
    packs: Path | None,
    against: Path | None,
    departments: Path | None,
    select: Prefixes,
    ignore: Prefixes,
    strict: bool,
) -> int:
    """``gxgen check``."""
    refuse_departments_of_several(paths, departments)
    _refuse_two_outputs("--diff", diff, report_format)
    _refuse_two_outputs("--explain-text", explain_text, report_format)
    selection = Selection(select, ignore)
    options = Options(pack=pack, against=against, departments=departments, packs=packs)
    problems = _fixed(paths, options, write=fix, show=diff) if fix or diff else {}
    if explain_text:
        _show_explanations(paths, options)
    results = [_with_problem(result, problems) for result in check(paths, options)]
    listed, counted = list(map(selection.listed, results)), list(map(selection.counted, results))
    if report_format in FOR_PROGRAMS:
        click.echo(for_programs(report_format, listed), nl=False)
    else:
        for result in listed:
            for line in as_text(result):
                click.echo(line, err=diff)  # a diff may be on its way into another program
        if results:
            click.echo(_tally(counted), err=True)
    if not (fix or diff) and any(map(_is_misspelt, listed)):
        click.echo("不规范的写法可以用 gxgen check --fix 改好（先用 --diff 看看会改什么）", err=True)
    unlisted = sum(map(_errors, counted)) - sum(map(_errors, listed))
    if unlisted:
        click.echo(f"另有 {unlisted} 个错误不在 --select 之列，没有列出", err=True)
    return conclude(counted, strict=strict, verb="不合格")


def _refuse_two_outputs(name: str, is_given: bool, report_format: str) -> None:
    if is_given and report_format in FOR_PROGRAMS:
        raise click.BadParameter(f"{name} 和 --format {report_format} 都要用标准输出，不能一起写")


def _show_explanations(paths: Iterable[Path], options: Options) -> None:
    """Show every sentence of the texts that states a figure, with what became of it."""
    from itertools import groupby

    from gxgen.services.explaining import explain_texts

    for explanation in explain_texts(paths, options):
        click.echo(f"{explanation.path}：")
        if explanation.layout is None:
            click.echo("  文件读不出来，正文没有核对")
        elif not explanation.statements:
            click.echo("  正文里没有可以与表格核对的数字")
        for (place, sentence), statements in groupby(explanation.statements, lambda each: (each.place, each.sentence)):
            click.echo(f"  {explanation.heading(place)}　{sentence}")
            for each in statements:
                click.echo(f"    {_explained(each)}")


def _explained(statement: Statement) -> str:
    """One statement, the figures it was held against, and the verdict."""
    if not statement.meaning:
        return f"「{statement.phrase}」：{statement.verdict.value}"
    table = f"，表中 {' 或 '.join(statement.figures)}" if statement.cells else ""
    cells = f"（{' + '.join(statement.cells)}）" if 0 < len(statement.cells) <= MOST_CELLS else ""
    return f"「{statement.phrase}」→ {statement.meaning}{cells}{table}：{statement.verdict.value}"


def _fixed(paths: Iterable[Path], options: Options, *, write: bool, show: bool) -> Mapping[Path, Finding]:
    """Show and write fixes; return the findings on files that could not be written."""
    from gxgen.engine.packs import Packs
    from gxgen.services.fixing import fixes, write_fix

    problems: dict[Path, Finding] = {}
    for fix in fixes(paths, Packs(options.pack, options.packs).form):
        if show:
            click.echo(fix.diff().encode("utf-8", "backslashreplace"), nl=False)
        if show and fix.respelling.saved_as and not write:
            click.echo(f"{fix.path}：现存为 {fix.respelling.saved_as}，要改存为 UTF-8", err=True)
        problem = write_fix(fix) if write else None
        if problem:
            problems[fix.path] = problem
        elif write:
            done = [f"改好了 {fix.respelling.count} 处写法"] if fix.respelling.count else []
            done += [f"由 {fix.respelling.saved_as} 改存为 UTF-8"] if fix.respelling.saved_as else []
            click.echo(f"{fix.path}：{'，'.join(done)}", err=True)
    return problems


def _with_problem(result: Result, problems: Mapping[Path, Finding]) -> Result:
    problem = problems.get(result.path)
    return replace(result, findings=(problem, *result.findings)) if problem else result


def _is_misspelt(result: Result) -> bool:
    return any(finding.code in SPELLINGS for finding in result.findings)


def _errors(result: Result) -> int:
    return result.count(Severity.ERROR)


def _tally(results: list[Result]) -> str:
    bad = sum(any(not finding.waiver for finding in result.findings) for result in results)
    waived = sum(bool(finding.waiver) for result in results for finding in result.findings)
    found = f"{bad} 份有问题" if bad else "没有发现问题"
    return f"检查了 {len(results)} 份，{found}{f'，{waived} 个问题已豁免' if waived else ''}"
