"""``gxgen audit``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxgen.cli import EXIT_ERRORS
from gxgen.cli.common import (
    SOUGHT,
    Tally,
    expect_option,
    jobs_option,
    packs_option,
    paths_argument,
    published_pack_option,
    reading_tally,
    report_missing,
    strict_option,
    summary_option,
)
from gxgen.cli.formats import FOR_PROGRAMS, as_text, for_programs
from gxgen.cli.messages import ChineseCommand, option
from gxgen.cli.options import Prefixes, Selection, format_option, ignore_option, select_option
from gxgen.cli.summary_file import SummaryFile
from gxgen.cli.terminal import Progress
from gxgen.core.codes import is_unread
from gxgen.engine.received import not_read
from gxgen.engine.results import Options, Result

if TYPE_CHECKING:
    from gxgen.services.auditing import AuditedReport, AuditRun


def _against(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    if not value or Path(value).is_dir():
        raise click.BadParameter("--against 后面要写上一年的一份报告或数据文件")
    return Path(value)


@click.command(
    "audit",
    cls=ChineseCommand,
    options_metavar="[选项]",
    help="审核已发布或收到的报告：读出文字和表格，逐份列出问题。PATH 是报告，或含有报告的文件夹（逐层查找）："
    ".docx、.xlsx、.pdf、网页（.html）、纯文本和 Markdown；"
    "装了 LibreOffice，还有 .doc、.wps、.rtf、.odt、.xls、.et。\n\n"
    "不写任何文件。两年的报告都在的，还核对两年之间的衔接。\n\n"
    "有错误、或者有读不准的地方，退出码为 1；有文件读不出，为 2。",
    short_help="审核收到的报告，列出每份的问题。",
)
@paths_argument
@format_option
@option("--against", metavar="FILE", callback=_against, help="与上一年的报告或数据文件核对；不写时在这次的报告里找。")
@published_pack_option
@packs_option
@select_option
@ignore_option
@strict_option
@jobs_option
@expect_option
@summary_option
def command(
    paths: tuple[Path, ...],
    report_format: str,
    against: Path | None,
    pack: str,
    packs: Path | None,
    select: Prefixes,
    ignore: Prefixes,
    strict: bool,
    jobs: int,
    expect: tuple[str, ...] | None,
    summary: Path | None,
) -> int:
    """``gxgen audit``."""
    from gxgen.services.auditing import AuditRun, was_read_whole

    audit = AuditRun(paths, Options(pack=pack, packs=packs, against=against, jobs=jobs), besides=(summary,))
    selection = Selection(select, ignore)
    results = [selection.counted(result) for result in audit.compared(_read(audit))]
    listed = list(map(selection.listed, results))
    _tell(listed, report_format)
    hidden = sum(map(_count_unread, results)) - sum(map(_count_unread, listed))
    if hidden:
        click.echo(f"另有 {hidden} 处没有读出来，不在 --select 之列，没有列出", err=True)
    if audit.passed_over:
        click.echo(not_read(audit.passed_over), err=True)
    missing = report_missing(expect, [result.agency for result in results], "报告")
    code = _concluded(results, strict=strict)
    if not code and (missing or not all(map(was_read_whole, results))):
        code = EXIT_ERRORS
    is_summed_up = not summary or _summed_up(summary, results, missing)
    return code if is_summed_up else code or EXIT_ERRORS


def _read(audit: AuditRun) -> list[AuditedReport]:
    found: list[AuditedReport] = []
    with Progress() as progress:
        for one in audit.audited():
            found.append(one)
            progress.advance(len(audit.files))
    return found


def _tell(listed: Sequence[Result], report_format: str) -> None:
    if report_format in FOR_PROGRAMS:
        click.echo(for_programs(report_format, listed), nl=False)
        return
    for result in listed:
        for line in as_text(result):
            click.echo(line)


def _concluded(results: Sequence[Result], *, strict: bool) -> int:
    """Print how many reports were audited, with what outcome; return the exit code."""
    tally = Tally(strict=strict, of_all=True)
    for result in results:
        tally.add(result)
    if results:
        unreadable = sum(result.unreadable for result in results)
        bad = sum(bool(result.findings) for result in results) - unreadable
        parts = [f"审核了 {len(results)} 份"]
        parts += [f"{bad} 份有问题"] if bad else []
        parts += [f"{unreadable} 份读不出"] if unreadable else []
        click.echo("，".join([*parts, *([] if bad or unreadable else ["没有发现问题"])]), err=True)
    code = tally.conclude("不合格", SOUGHT)
    read = reading_tally(results, "检查")
    if read:
        click.echo(read, err=True)
    return code


def _count_unread(result: Result) -> int:
    return sum(map(is_unread, result.findings))


def _summed_up(path: Path, results: Sequence[Result], missing: Sequence[str]) -> bool:
    summary = SummaryFile(path, audited=True)
    for result in results:
        summary.add(result)
    for agency in missing:
        summary.add_missing(agency)
    return summary.written()
