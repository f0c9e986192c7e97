"""What several commands share: the paths they take, ``--strict``, and how a run ends."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from gxgen.batch import Result
from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.findings import Severity


def _paths(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    if "" in value:
        raise click.BadParameter("PATH 是空的：写上数据文件或文件夹的名字")
    return tuple(map(Path, value))


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...", callback=_paths)
strict_option = click.option("--strict", is_flag=True, help="有警告也算不合格。")


def conclude(results: Iterable[Result], *, strict: bool, verb: str) -> int:
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
