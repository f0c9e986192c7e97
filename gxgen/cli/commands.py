"""The commands and their options."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from gxgen import __version__
from gxgen.batch import FORMATS, Options, Result, build, check
from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.show import as_json, as_text
from gxgen.cli.words import ChineseCommand, ChineseGroup
from gxgen.findings import Severity

MOST_FOLDERS = 3
REPORT_FORMATS = ("text", "json")


def _paths(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    if "" in value:
        raise click.BadParameter("PATH 是空的：写上数据文件或文件夹的名字")
    return tuple(map(Path, value))


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...", callback=_paths)
strict_option = click.option("--strict", is_flag=True, help="有警告也算不合格。")


@click.group(
    cls=ChineseGroup,
    help="由数据文件生成政府信息公开工作年度报告。\n\n例如：gxgen build 2023.toml",
    subcommand_metavar="命令 …",
    options_metavar="[选项]",
)
@click.version_option(__version__, "--version", message="gxgen %(version)s", help="显示版本。")
def gxgen() -> None:
    """The command ``gxgen``."""


def _report_format(_: click.Context, __: click.Parameter, value: str) -> str:
    if value not in REPORT_FORMATS:
        raise click.BadParameter(f"--format 不认识「{value}」，可写：{'、'.join(REPORT_FORMATS)}")
    return value


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(f"--to 不认识格式「{'、'.join(unknown) or value}」，可写：{','.join(FORMATS)}")
    return names


@gxgen.command(
    "build",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="生成报告。PATH 是数据文件，或含有数据文件的文件夹（逐层查找 *.toml）。\n\n"
    "文件以报告标题命名，写在数据文件旁边或 -o 指定的文件夹里。\n\n有错误的报告不会写出。",
    short_help="由数据文件生成 Word 文档和纯文本。",
)
@paths_argument
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path, readable=False), help="输出到这个文件夹。"
)
@click.option(
    "--to",
    "formats",
    default=",".join(FORMATS),
    metavar="FORMATS",
    callback=_formats,
    help="格式：docx,txt（默认两种都要）。",
)
@click.option("--pack", default="", metavar="NAME", help="改用这个模板包。")
@strict_option
def build_command(
    paths: tuple[Path, ...], output: Path | None, formats: tuple[str, ...], pack: str, strict: bool
) -> int:
    """``gxgen build``."""
    results = []
    for result in build(paths, Options(output, formats, pack, strict)):
        for line in as_text(result):
            click.echo(line, err=True)
        for path in result.written:
            click.echo(str(path))
        results.append(result)
    made = [result for result in results if result.written]
    if made:
        click.echo(f"完成：{len(made)} 份报告写入{_folders(made)}", err=True)
    return _conclude(results, strict=strict, verb="未写出")


@gxgen.command(
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
def check_command(paths: tuple[Path, ...], report_format: str, strict: bool) -> int:
    """``gxgen check``."""
    results = list(check(paths))
    if report_format == "json":
        click.echo(as_json(results), nl=False)
    elif results:
        for result in results:
            for line in as_text(result):
                click.echo(line)
        click.echo(_tally(results), err=True)
    return _conclude(results, strict=strict, verb="不合格")


def _folders(made: Iterable[Result]) -> str:
    folders = sorted({path.parent for result in made for path in result.written})
    if folders == [Path()]:
        return "当前文件夹"
    return f" {'、'.join(map(str, folders[:MOST_FOLDERS]))}{' 等' if len(folders) > MOST_FOLDERS else ''}"


def _tally(results: list[Result]) -> str:
    bad = sum(bool(result.findings) for result in results)
    return f"检查了 {len(results)} 份，{f'{bad} 份有问题' if bad else '没有发现问题'}"


def _conclude(results: Iterable[Result], *, strict: bool, verb: str) -> int:
    """Say how many failed, and with which exit code to end."""
    results = list(results)
    if not results:
        click.echo("没有找到数据文件（含 year 的 *.toml）", err=True)
        return EXIT_USAGE
    failed = [result for result in results if result.fails(strict=strict)]
    if failed:
        errors, warnings = (
            sum(result.count(severity) for result in failed) for severity in (Severity.ERROR, Severity.WARNING)
        )
        click.echo(f"{len(failed)} 份{verb}：{errors} 个错误，{warnings} 个警告", err=True)
    if any(result.unreadable for result in results):
        return EXIT_USAGE
    return EXIT_ERRORS if failed else EXIT_DONE
