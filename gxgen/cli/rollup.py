"""``gxgen rollup``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from gxgen.cli import EXIT_DONE, EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import (
    data_file_option,
    expect_option,
    format_option_of,
    pack_option,
    packs_option,
    paths_argument,
    year_option,
)
from gxgen.cli.formats import as_text, for_programs
from gxgen.cli.messages import ChineseCommand, option
from gxgen.core.codes import ROLLUP_ABSENT, ROLLUP_DOUBTFUL, ROLLUP_NOTHING
from gxgen.core.text import display_width
from gxgen.services.rollup.contributions import Contributions, SimilarCell
from gxgen.services.rollup.data_file import Written, write_sum
from gxgen.services.rollup.summing import RollupOutcome, RollupRequest, roll_up

AGENCY, FIGURE, PERCENT, FILE, TOTAL = "机关", "数", "占比", "数据文件", "合计"
MOST_LIKE = 12
"""Addresses that are offered instead of one that is none."""


def as_table(explained: Contributions) -> Iterator[str]:
    """Yield the cell, a line for each department (largest first), and how many have 0."""
    yield f"{explained.label}（{explained.address}）"
    rows = [(share.agency or "（未写机关）", share.figure, share.percent, share.file) for share in explained.shares]
    lines = [(AGENCY, FIGURE, PERCENT, FILE), *rows, (TOTAL, explained.total, "", "")]
    agency, figure, percent, _ = (max(map(display_width, column)) for column in zip(*lines, strict=True))
    for line in lines:
        cells = (_left(line[0], agency), _right(line[1], figure), _right(line[2], percent), line[3])
        yield f"  {'  '.join(cells)}".rstrip()
    if explained.nothing:
        yield f"  另有 {explained.nothing} 个机关是 0"


def as_json(explained: Contributions) -> str:
    """Return the same as JSON; figures are strings, so that no digit is lost."""
    answer = {
        "schema": 1,
        "address": explained.address,
        "label": explained.label,
        "total": explained.total,
        "contributors": [
            {"agency": share.agency, "file": share.file, "figure": share.figure} for share in explained.shares
        ],
        "zero": explained.nothing,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def not_an_address(name: str, alike: Sequence[SimilarCell]) -> str:
    """Return the message for a name that is no address."""
    if not alike:
        return f"--explain 后面要写一格的地址（见 docs/data-file.md），「{name}」不是"
    lines = [f"  {each.address}  {each.label}" for each in alike[:MOST_LIKE]]
    more = [f"  还有 {len(alike) - MOST_LIKE} 格"] if len(alike) > MOST_LIKE else []
    return "\n".join([f"--explain 后面要写一格的地址，「{name}」不是一格；是否想写：", *lines, *more])


def _left(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text


MOST_CHANGES = 20


@click.command(
    "rollup",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="汇总各机关的数据文件，逐格相加，写成政府的数据文件。PATH 是放着各机关数据文件的文件夹，或者数据文件。\n\n"
    "只加数字。已有的 FILE 要加 --force 才更新，也只换数字：文字和注释都留着。"
    "垂直管理的（vertical = true）不计入；有一份有错误就什么也不写。",
    short_help="汇总各机关的数据文件，写成政府的数据文件。",
)
@paths_argument
@data_file_option("写到这个数据文件。")
@option("--agency", default="", metavar="NAME", help="政府的名称；不写时用 FILE 里已有的。")
@year_option
@expect_option
@option("--explain", default="", metavar="ADDRESS", help="显示这一格由哪些机关的数加成，不写文件。")
@pack_option
@packs_option
@option("--force", is_flag=True, help="更新已有的 FILE 里的数字。")
@format_option_of(("text", "json"), "text（默认）或 json。")
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    agency: str,
    year: int,
    expect: tuple[str, ...] | None,
    explain: str,
    pack: str,
    packs: Path | None,
    force: bool,
    report_format: str,
) -> int:
    """``gxgen rollup``."""
    if output is None and not explain:
        raise click.BadParameter("没有写 -o：写明汇总成哪个数据文件，例如 -o county.toml", click.get_current_context())
    wanted = RollupRequest(paths, output, agency.strip(), year, expect or (), pack, packs)
    rolled = roll_up(wanted)
    if explain:
        return _explained(rolled, explain, report_format)
    written = write_sum(rolled, wanted, force=force) if rolled.report else None
    if written and written.problem:
        rolled = _with_problem(rolled, written)
    _tell(rolled, report_format)
    if written:
        _tell_written(rolled, wanted, written)
    return _exit_code(rolled)


def _with_problem(rolled: RollupOutcome, written: Written) -> RollupOutcome:
    from msgspec.structs import replace

    assert written.problem, "there is one"
    *others, last = rolled.results
    return replace(rolled, results=(*others, replace(last, findings=(*last.findings, written.problem))))


def _tell(rolled: RollupOutcome, report_format: str) -> None:
    if report_format == "json":
        click.echo(for_programs("json", rolled.results), nl=False)
        return
    for result in rolled.results:
        for line in as_text(result):
            click.echo(line, err=True)


def _tell_written(rolled: RollupOutcome, wanted: RollupRequest, written: Written) -> None:
    assert rolled.report, "something was written of it"
    for change in written.changes[:MOST_CHANGES]:
        click.echo(f"  {change.label}：{change.before} → {change.after}", err=True)
    if len(written.changes) > MOST_CHANGES:
        click.echo(f"  还有 {len(written.changes) - MOST_CHANGES} 格", err=True)
    if written.problem:
        return
    summed = f"汇总了 {len(rolled.counted)} 个机关{rolled.report.year}年的数字"
    if written.is_same:
        click.echo(f"{summed}，与 {wanted.target} 里的相同，不用改", err=True)
        return
    how = "写入" if written.is_new else f"有 {len(written.changes)} 格变化，文字和注释没有动，更新"
    click.echo(f"{summed}，{how} {wanted.target}", err=True)


def _exit_code(rolled: RollupOutcome) -> int:
    findings = [finding for result in rolled.results for finding in result.findings]
    if any(result.unreadable for result in rolled.results) or any(each.code is ROLLUP_NOTHING for each in findings):
        return EXIT_USAGE
    return (
        EXIT_ERRORS
        if any(each.is_error or each.code in (ROLLUP_ABSENT, ROLLUP_DOUBTFUL) for each in findings)
        else EXIT_DONE
    )


def _explained(rolled: RollupOutcome, name: str, report_format: str) -> int:
    """Print the contributions to a cell."""
    from gxgen.services.rollup.contributions import Contributions, explain

    if rolled.report is None:
        _tell(rolled, report_format)
        return _exit_code(rolled)
    explained = explain(rolled, name)
    if not isinstance(explained, Contributions):
        raise click.BadParameter(not_an_address(name, explained), click.get_current_context())
    if report_format == "json":
        click.echo(as_json(explained), nl=False)
        return EXIT_DONE
    for line in as_table(explained):
        click.echo(line)
    for result in rolled.results:
        for line in as_text(result):
            click.echo(line, err=True)
    return EXIT_DONE
