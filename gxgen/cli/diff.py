"""``gxgen diff``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import (
    format_option_of,
    jobs_option,
    packs_option,
    paths_argument,
    published_pack_option,
    strict_option,
)
from gxgen.cli.formats import as_text, for_programs
from gxgen.cli.messages import ChineseCommand, option
from gxgen.core.codes import COPIED_FROM_OTHER, LEFT_FROM_LAST_YEAR
from gxgen.core.findings import Severity
from gxgen.engine.file_access import is_folder
from gxgen.engine.results import Options, Result

ASKED = (COPIED_FROM_OTHER, LEFT_FROM_LAST_YEAR)


@click.command(
    "diff",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="比较两份报告：两年的、两稿的，或者两个机关的。PATH 是数据文件，或者已发布的报告。\n\n"
    "列出不同的数字、增减和百分比，改动的文字，以及后一份有多少文字与前一份逐字相同（不计数字和年份）。\n\n"
    "PATH 是文件夹，或者多于两份时，找出其中文字雷同的报告：照抄别的机关的，照抄本机关上一年的。\n\n"
    "雷同是警告，加 --strict 才使退出码为 1。",
    short_help="比较两份报告，或者找出文字雷同的报告。",
)
@paths_argument
@option("--all", "show_all", is_flag=True, help="没有变化的数字和文字也列出。")
@format_option_of(("text", "json"), "text（默认）或 json。")
@published_pack_option
@packs_option
@jobs_option
@strict_option
def command(
    paths: tuple[Path, ...],
    show_all: bool,
    report_format: str,
    pack: str,
    packs: Path | None,
    jobs: int,
    strict: bool,
) -> int:
    """``gxgen diff``."""
    folders = [path for path in paths if is_folder(path)]
    options = Options(pack=pack, packs=packs, jobs=jobs)
    if len(paths) == 2 and not folders:
        return _two(paths, options, report_format, show_all=show_all, strict=strict)
    if len(paths) == 1 and not folders:
        raise click.BadParameter("要写两份报告，或者一个文件夹", click.get_current_context())
    return _many(paths, options, report_format, strict=strict)


def _two(paths: Sequence[Path], options: Options, report_format: str, *, show_all: bool, strict: bool) -> int:
    from gxgen.engine.packs import Packs
    from gxgen.services.diff import compare_files

    before, after = paths
    compared = compare_files(before, after, Packs(options.pack, options.packs), options.pack)
    if report_format == "json" and compared.comparison:
        from gxgen.cli.comparison import as_json

        click.echo(as_json(compared.results, compared.comparison), nl=False)
    elif report_format == "json":
        click.echo(for_programs("json", compared.results), nl=False)
    else:
        _tell(compared.results)
    if compared.comparison and report_format == "text":
        from gxgen.cli.comparison import lines

        for line in lines(compared.results, compared.comparison, show_all=show_all):
            click.echo(line)
    return _exit_code(compared.results, strict=strict)


def _many(paths: Sequence[Path], options: Options, report_format: str, *, strict: bool) -> int:
    from gxgen.services.diff import CopySearch

    copying = CopySearch(paths, options)
    if len(copying.files) < 2:
        click.echo(f"找到 {len(copying.files)} 份报告，没有可以比较的", err=True)
        return EXIT_USAGE
    results = copying.results()
    if report_format == "json":
        click.echo(for_programs("json", results), nl=False)
    else:
        for result in results:
            for line in as_text(result):
                click.echo(line)
    others, own = (
        sum(any(finding.code is code for finding in result.findings) for result in results) for code in ASKED
    )
    unread = sum(any(finding.is_error for finding in result.findings) for result in results)
    said = [f"{others} 份与别的机关雷同"] if others else []
    said += [f"{own} 份大部分是上一年的原文"] if own else []
    said += [f"{unread} 份没有读出"] if unread else []
    click.echo(f"比较了 {len(copying.files)} 份报告的文字，{'，'.join(said) or '没有发现雷同'}", err=True)
    return _exit_code(results, strict=strict)


def _tell(results: Iterable[Result]) -> None:
    """Print the findings on the files; doubts in reading them are only counted."""
    for result in results:
        told = tuple(finding for finding in result.findings if finding.is_error or finding.code in ASKED)
        for line in as_text(replace(result, findings=told)):
            click.echo(line, err=True)
        doubts = len(result.findings) - len(told) - result.count(Severity.INFO)
        if doubts:
            click.echo(
                f"{result.path} 另有 {doubts} 个警告没有列出，用 gxgen check（数据文件）或 gxgen audit（报告）看",
                err=True,
            )


def _exit_code(results: Sequence[Result], *, strict: bool) -> int:
    if any(result.unreadable for result in results):
        return EXIT_USAGE
    return EXIT_ERRORS if any(result.fails(strict=strict) for result in results) else EXIT_DONE
