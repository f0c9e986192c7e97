"""``gxgen new``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import data_file_option, pack_option, packs_option, year_of
from gxgen.cli.formats import as_text
from gxgen.cli.messages import ChineseCommand, option
from gxgen.core.findings import Severity
from gxgen.engine.results import Result
from gxgen.services.new_year import NewYearRequest, begin_year


def _year(_: click.Context, __: click.Parameter, value: str) -> int:
    return year_of(value, "YEAR ")


def _agency(_: click.Context, __: click.Parameter, value: str) -> str:
    if not value.isprintable():
        raise click.BadParameter("--agency 后面写机关名称，写在一行内")
    return value.strip()


@click.command(
    "new",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="写一份新的数据文件。YEAR 是报告年度。\n\n"
    "所有项目都在里面，旁边是表上的名称；用得着的去掉行首的 #，填上数字。文件以机关和年份命名，不会盖掉已有的文件。\n\n"
    "--from 接着上一年的报告写：结转的数字带过来，文字照抄，写着年份和数字的地方用「待改」标出。",
    short_help="写一份新的数据文件，可以接着上一年的写。",
)
@click.argument("year", metavar="YEAR", callback=_year)
@option("--agency", default="", metavar="NAME", callback=_agency, help="机关名称。")
@option(
    "--from",
    "last",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="上一年的数据文件，或者已发布的报告（.docx、.pdf、网页、纯文本等）。",
)
@pack_option
@packs_option
@data_file_option("写到这个文件。")
@option("--force", is_flag=True, help="盖掉已有的数据文件。")
def command(
    year: int, agency: str, last: Path | None, pack: str, packs: Path | None, output: Path | None, force: bool
) -> int:
    """``gxgen new``."""
    result = begin_year(NewYearRequest(year, agency, pack, packs, last, output, force))
    for line in as_text(result):
        click.echo(line, err=True)
    for path in result.written:
        click.echo(str(path))
    if not result.written:
        click.echo("没有写出数据文件", err=True)
    return _exit_code(result)


def _exit_code(result: Result) -> int:
    if result.unreadable:
        return EXIT_USAGE
    needs_a_person = any(finding.code.severity is not Severity.INFO for finding in result.findings)
    return EXIT_ERRORS if needs_a_person or not result.written else EXIT_DONE
