"""``gxgen import``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import SOUGHT, Tally, packs_option, paths_argument, published_pack_option, year_option
from gxgen.cli.formats import as_text
from gxgen.cli.messages import ChineseCommand, option
from gxgen.engine.results import Options, Result
from gxgen.services.auditing import find_received, not_read
from gxgen.services.importing import import_reports, needs_a_person


@click.command(
    "import",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="读入已发布的报告，写成数据文件。PATH 是 .docx、.xlsx、.pdf、网页（.html）、纯文本或 Markdown 文件，"
    "或者放着这些文件的文件夹（逐层查找）。\n\n"
    "数据文件以机关和年份命名，写在报告旁边或 -o 指定的文件夹里，不会盖掉已有的文件。\n\n"
    "读不准的数字不读入，逐个列出，并在数据文件里用「待核」标出。\n\n"
    "一行一个机关的数字表（.xlsx、.csv，表头与 gxgen export 的相同，或者用表上的名称）也能读，每行写成一份数据文件。",
    short_help="读入已发布的报告，写成数据文件。",
)
@paths_argument
@option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path, readable=False), help="输出到这个文件夹。")
@option("--force", is_flag=True, help="盖掉已有的数据文件；由数字表读入的只换数字。")
@year_option
@option("--blank-is-zero", is_flag=True, help="数字表里的空格都当作 0。")
@published_pack_option
@packs_option
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    force: bool,
    year: int,
    blank_is_zero: bool,
    pack: str,
    packs: Path | None,
) -> int:
    """``gxgen import``."""
    found = find_received(paths)
    if not found.files:
        return Tally(strict=False).conclude("", SOUGHT)
    results = []
    options = Options(output, pack=pack, packs=packs, force=force)
    for result in import_reports(found.files, options, year=year, blank_is_zero=blank_is_zero):
        for line in as_text(result):
            click.echo(line, err=True)
        for path in result.written:
            click.echo(str(path))
        results.append(result)
    click.echo(_tally(results), err=True)
    if found.passed_over:
        click.echo(not_read(found.passed_over), err=True)
    if any(result.unreadable for result in results):
        return EXIT_USAGE
    return EXIT_ERRORS if any(map(needs_a_person, results)) else EXIT_DONE


def _tally(results: list[Result]) -> str:
    made = sum(bool(result.written) for result in results)
    doubtful = sum(bool(result.written) and needs_a_person(result) for result in results)
    failed = len(results) - made
    parts = [f"读入 {made} 份"] if made else []
    parts += [f"其中 {doubtful} 份有读不准的地方，请按提示补填"] if doubtful else []
    parts += [f"{failed} 份没有写出"] if failed else []
    return "，".join(parts)
