"""``gxgen import``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import (
    SOUGHT,
    Tally,
    packs_option,
    paths_argument,
    published_pack_option,
    reading_tally,
    year_option,
)
from gxgen.cli.formats import FOR_PROGRAMS, as_text, for_programs
from gxgen.cli.messages import ChineseCommand, option
from gxgen.cli.options import format_option
from gxgen.engine.received import find_received, not_read
from gxgen.engine.results import Options, Result
from gxgen.services.importing import import_reports, needs_a_person

WHY: Mapping[str, str] = {
    "read": "照印的读入",
    "blank is 0 by its total": "没有印数字，按合计只能是 0",
    "remark left out, confirmed by its total": "去掉说明读入，与合计相符",
    "place found by its total": "按合计认出是哪一格",
    "label repaired": "名称印错了，按前后各项认出",
    "its group is 0": "没有分项，所属的一项是 0",
}
"""Each kind of evidence in words."""


@click.command(
    "import",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="读入已发布的报告，写成数据文件。PATH 是 .docx、.xlsx、.pdf、网页（.html）、纯文本或 Markdown 文件，"
    "或者放着这些文件的文件夹（逐层查找）。装了 LibreOffice，还能读 .doc、.wps、.rtf、.odt、.xls、.et。\n\n"
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
@option("--explain", is_flag=True, help="逐个列出读入的数字在哪里、凭什么读入。")
@format_option
@published_pack_option
@packs_option
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    force: bool,
    year: int,
    blank_is_zero: bool,
    explain: bool,
    report_format: str,
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
        results.append(result)
        if report_format not in FOR_PROGRAMS:
            _show(result, explain=explain)
    if report_format in FOR_PROGRAMS:
        click.echo(for_programs(report_format, results), nl=False)
    click.echo(_tally(results), err=True)
    if found.passed_over:
        click.echo(not_read(found.passed_over), err=True)
    if any(result.unreadable for result in results):
        return EXIT_USAGE
    return EXIT_ERRORS if any(map(needs_a_person, results)) else EXIT_DONE


def _show(result: Result, *, explain: bool) -> None:
    for line in (*as_text(result), *(_explained(result) if explain else ())):
        click.echo(line, err=True)
    for path in result.written:
        click.echo(str(path))


def _explained(result: Result) -> Iterator[str]:
    """Why each figure was taken, in the order of the form."""
    for one in result.readings:
        place = f"{one.place}，" if one.place else ""
        yield f"  {one.address} = {one.figure}（{place}{WHY[one.evidence]}）"


def _tally(results: list[Result]) -> str:
    made = sum(bool(result.written) for result in results)
    doubtful = sum(bool(result.written) and needs_a_person(result) for result in results)
    failed = len(results) - made
    parts = [f"读入 {made} 份"] if made else []
    parts += [f"其中 {doubtful} 份有读不准的地方，请按提示补填"] if doubtful else []
    parts += [f"{failed} 份没有写出"] if failed else []
    read = reading_tally(results, "读入") if doubtful or failed else ""
    return "\n".join(filter(None, ("，".join(parts), read)))
