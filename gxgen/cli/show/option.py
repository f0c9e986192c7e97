"""``--format``, for the commands that tell findings."""

from __future__ import annotations

import click

from gxgen.cli.show import FOR_PROGRAMS
from gxgen.cli.words import option

REPORT_FORMATS = ("text", *FOR_PROGRAMS)


def _report_format(_: click.Context, __: click.Parameter, value: str) -> str:
    if value not in REPORT_FORMATS:
        raise click.BadParameter(f"--format 不认识「{value}」，可写：{'、'.join(REPORT_FORMATS)}")
    return value


format_option = option(
    "--format",
    "report_format",
    default="text",
    metavar="FORMAT",
    callback=_report_format,
    help="text（默认，给人看）、json、sarif（给程序用）或 github（给 GitHub Actions 用）。",
)
