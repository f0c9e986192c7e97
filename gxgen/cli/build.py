"""``gxgen build``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.batch import DEFAULTS, FORMATS, Options
from gxgen.cli import EXIT_USAGE
from gxgen.cli.common import (
    against_option,
    cluster_option,
    departments_option,
    expect_option,
    format_option_of,
    jobs_option,
    pack_option,
    packs_option,
    paths_argument,
    refuse_departments_of_several,
    refuse_jobs_of_cluster,
    strict_option,
    summary_option,
)
from gxgen.cli.streams import tell
from gxgen.cli.words import ChineseCommand, option
from gxgen.errors import ClusterError


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
    "文件以报告标题命名，写在数据文件旁边或 -o 指定的文件夹里。\n\n有错误的报告不会写出；"
    "一次做许多份时，没有变化的不重做。",
    short_help="由数据文件生成 Word 文档、纯文本或网页。",
)
@paths_argument
@option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path, readable=False), help="输出到这个文件夹。")
@option(
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
@jobs_option
@cluster_option
@option("--force", is_flag=True, help="没有变化的也重做。")
@expect_option
@summary_option
@format_option_of(("text", "json"), "text（默认，给人看）或 json（给程序用，每份报告一行）。")
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    formats: tuple[str, ...],
    pack: str,
    packs: Path | None,
    against: Path | None,
    departments: Path | None,
    strict: bool,
    jobs: int,
    cluster: str,
    force: bool,
    expect: tuple[str, ...] | None,
    summary: Path | None,
    report_format: str,
) -> int:
    """``gxgen build``."""
    from gxgen.cli.building import Building

    refuse_departments_of_several(paths, departments)
    refuse_jobs_of_cluster(cluster)
    options = Options(
        output, formats, pack, strict, against, departments, packs, jobs, cluster, only_changed=True, force=force
    )
    building = Building(paths, options, expected=expect, summary=summary, as_json=report_format == "json")
    try:
        return building.run()
    except ClusterError as error:
        tell(f"gxgen：{error.message}{f'；{error.hint}' if error.hint else ''}", err=True)
        return EXIT_USAGE
