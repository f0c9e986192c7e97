"""``gxgen build``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gxgen.cli import EXIT_ERRORS, EXIT_USAGE
from gxgen.cli.common import (
    Tally,
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
    report_missing,
    strict_option,
    summary_option,
)
from gxgen.cli.formats import as_text
from gxgen.cli.messages import ChineseCommand, option
from gxgen.cli.summary_file import SummaryFile
from gxgen.cli.terminal import Progress, echo, interruptible
from gxgen.core.errors import ClusterError
from gxgen.engine.formats import FORMATS
from gxgen.engine.results import DEFAULTS, Options, Result, State
from gxgen.engine.run import Run

MOST_FOLDERS = 3
MANY = 20
"""Reports, of which those that failed are listed once more at the end; or names that one line holds."""


class BuildCommand:
    """One run.

    Args:
        paths: data files and folders.
        options: how reports are to be built.
        expected: the agencies that ought to have a report, if known.
        summary: the file for one line a report, if there is to be one.
        as_json: whether a program reads the results.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        options: Options,
        *,
        expected: Sequence[str] | None,
        summary: Path | None,
        as_json: bool,
    ) -> None:
        self._run = Run(paths, options, write=True)
        self._expected = expected
        self._summary = SummaryFile(summary) if summary else None
        self._as_json = as_json
        self._tally = Tally(strict=options.strict)
        self._written = self._unchanged = 0
        self._folders: set[Path] = set()
        self._agencies: list[str] = []
        self._failed: list[str] = []

    def run(self) -> int:
        """Build and report; return the exit code."""
        with Progress() as progress, interruptible(self._run.stop) as interruption:
            for result in self._run:
                self._tell(result)
                self._count(result)
                progress.advance(self._run.total)
        for note in self._run.notes:
            echo(note, err=True)
        total, done = self._run.total, self._tally.count
        if total is not None and done == total:
            return self._conclude()
        if done:
            self._tell_counts()
        left = f"做完 {done} 份，还有 {total - done} 份没有做" if total else "还没有开始做"
        echo(f"已中止：{left}{'，没有写汇总表' if self._summary else ''}；再运行一次就接着做", err=True)
        return interruption.code

    def _tell(self, result: Result) -> None:
        if self._as_json:
            from gxgen.cli.formats.json_lines import line

            echo(line(result), nl=False)
            return
        for line_of_text in as_text(result):
            echo(line_of_text, err=True)
        for path in result.written:
            echo(str(path))

    def _count(self, result: Result) -> None:
        self._tally.add(result)
        self._written += result.state is State.WRITTEN
        self._unchanged += result.state is State.UNCHANGED
        self._folders |= {path.parent for path in result.written}
        if result.state is State.FAILED and len(self._failed) < MANY:
            first = next((finding for finding in result.findings if finding.is_error), None)
            self._failed.append(f"  {result.path}{f'：{first.code.name} {first.code.title}' if first else ''}")
        if self._expected is not None:
            self._agencies.append(result.agency)
        if self._summary:
            self._summary.add(result)

    def _conclude(self) -> int:
        """Report the end of a run; return the exit code."""
        code = self._tell_counts()
        if self._lacks_some() and not code:
            code = EXIT_ERRORS
        is_summed_up = not self._summary or self._summary.written()
        return code if is_summed_up else code or EXIT_ERRORS

    def _tell_counts(self) -> int:
        """Print how many reports were written and which failed; return the exit code."""
        if self._written:
            also = f"，{self._unchanged} 份没有变化" if self._unchanged else ""
            echo(f"完成：{self._written} 份报告写入{_named(self._folders)}{also}", err=True)
        elif self._unchanged:
            echo(f"{self._unchanged} 份报告没有变化，不用重做（要重做就加 --force）", err=True)
        code = self._tally.conclude("未写出")
        if self._tally.count > MANY and self._failed:
            more = self._tally.failed - len(self._failed)
            echo("\n".join(["未写出的：", *self._failed, *([f"  另有 {more} 份"] if more else [])]), err=True)
        return code

    def _lacks_some(self) -> bool:
        """Print which agencies are missing; return whether any is."""
        if self._expected is None:
            return False
        missing = report_missing(self._expected, self._agencies)
        for agency in missing:
            if self._summary:
                self._summary.add_missing(agency)
            if self._as_json:
                from gxgen.cli.formats.json_lines import missing_line

                echo(missing_line(agency), nl=False)
        return bool(missing)


def _named(folders: set[Path]) -> str:
    if folders == {Path()}:
        return "当前文件夹"
    names = sorted(map(str, folders))
    return f" {'、'.join(names[:MOST_FOLDERS])}{' 等' if len(names) > MOST_FOLDERS else ''}"


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
    refuse_departments_of_several(paths, departments)
    refuse_jobs_of_cluster(cluster)
    options = Options(
        output, formats, pack, strict, against, departments, packs, jobs, cluster, only_changed=True, force=force
    )
    building = BuildCommand(paths, options, expected=expect, summary=summary, as_json=report_format == "json")
    try:
        return building.run()
    except ClusterError as error:
        echo(f"gxgen：{error.message}{f'；{error.hint}' if error.hint else ''}", err=True)
        return EXIT_USAGE
