"""``gxgen schema``."""

from __future__ import annotations

from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS
from gxgen.cli.common import pack_option, packs_option, year_of
from gxgen.cli.messages import ChineseCommand, option
from gxgen.engine.outputs import write
from gxgen.services.schemas import schema_for


def _year(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    return None if value is None else year_of(value, "YEAR ")


def _schema(year: int | None, pack: str, packs: Path | None) -> bytes:
    """The schema of a year's data files.

    Raises:
        click.BadParameter: the year has no form, or something is wrong with the pack.
    """
    schema, findings = schema_for(year, pack, packs)
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        raise click.BadParameter("\n".join(f"{error.full_message}。{error.hint}" for error in errors))
    if schema is None:
        raise click.BadParameter(f"{year} 年没有对应的版式")
    return schema


@click.command(
    "schema",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="写出数据文件的 JSON Schema，供编辑器补全键名、显示表上的项目名称。YEAR 是报告年度，不写就用最新的版式。\n\n"
    "在数据文件第一行写 #:schema 和这个文件的路径，编辑器就会用上。",
    short_help="写出数据文件的 JSON Schema，供编辑器使用。",
)
@click.argument("year", metavar="[YEAR]", required=False, callback=_year)
@pack_option
@packs_option
@option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="写到这个文件，不写就显示出来。")
def command(year: int | None, pack: str, packs: Path | None, output: Path | None) -> int:
    """``gxgen schema``."""
    schema = _schema(year, pack, packs)
    if output is None:
        click.echo(schema, nl=False)
        return EXIT_DONE
    problem = write({output: schema})
    if problem:
        click.echo(f"gxgen：{problem.message}", err=True)
        return EXIT_ERRORS
    click.echo(str(output))
    return EXIT_DONE
