"""``gxgen build``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from gxgen.batch import DEFAULTS, FORMATS, Options, Result, build
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
from gxgen.cli.show import as_text
from gxgen.cli.words import ChineseCommand

MOST_FOLDERS = 3


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(f"--to 不认识格式「{'、'.join(unknown) or value}」，可写：{','.join(FORMATS)}")
    return names


@click.command(
    "build",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="生成报告。PATH 是数据文件，或含有数据文件的文件夹（逐层查找 *.toml）。\n\n"
    "文件以报告标题命名，写在数据文件旁边或 -o 指定的文件夹里。\n\n有错误的报告不会写出。",
    short_help="由数据文件生成 Word 文档、纯文本或网页。",
)
@paths_argument
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(path_type=Path, readable=False), help="输出到这个文件夹。"
)
@click.option(
    "--to",
    "formats",
    default=",".join(DEFAULTS.formats),
    metavar="FORMATS",
    callback=_formats,
    help="格式：docx、txt、html，可写几种，用逗号隔开（默认 docx,txt）。",
)
@pack_option
@packs_option
@against_option
@departments_option
@strict_option
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    formats: tuple[str, ...],
    pack: str,
    packs: Path | None,
    against: Path | None,
    departments: Path | None,
    strict: bool,
) -> int:
    """``gxgen build``."""
    refuse_departments_of_several(paths, departments)
    results = []
    for result in build(paths, Options(output, formats, pack, strict, against, departments, packs)):
        for line in as_text(result):
            click.echo(line, err=True)
        for path in result.written:
            click.echo(str(path))
        results.append(result)
    made = [result for result in results if result.written]
    if made:
        click.echo(f"完成：{len(made)} 份报告写入{_folders(made)}", err=True)
    return conclude(results, strict=strict, verb="未写出")


def _folders(made: Iterable[Result]) -> str:
    folders = sorted({path.parent for result in made for path in result.written})
    if folders == [Path()]:
        return "当前文件夹"
    return f" {'、'.join(map(str, folders[:MOST_FOLDERS]))}{' 等' if len(folders) > MOST_FOLDERS else ''}"
