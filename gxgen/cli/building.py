"""What ``gxgen build`` tells while it runs, and at its end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from gxgen.batch import Options, Result, Run, State
from gxgen.cli import EXIT_ERRORS, EXIT_INTERRUPTED, EXIT_USAGE
from gxgen.cli.common import Tally
from gxgen.cli.progress import Progress
from gxgen.cli.show import as_text
from gxgen.cli.summary_file import SummaryFile

MOST_FOLDERS = 3
MANY = 20
"""Reports, of which those that failed are listed once more at the end; or names that one line holds."""


class Building:
    """One run.

    Args:
        paths: data files and folders.
        options: how reports are to be built.
        expected: the agencies that ought to have a report, if somebody says which.
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
        """Build, and tell; the exit code."""
        with Progress() as progress, _interruptible(self._run):
            for result in self._run:
                self._tell(result)
                self._count(result)
                progress.advance(self._run.total)
        for note in self._run.notes:
            click.echo(note, err=True)
        return self._conclude()

    def _tell(self, result: Result) -> None:
        if self._as_json:
            from gxgen.cli.show.lines import line

            click.echo(line(result), nl=False)
            return
        for line_of_text in as_text(result):
            click.echo(line_of_text, err=True)
        for path in result.written:
            click.echo(str(path))

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
        done = self._tally.count
        if self._run.total is None or done < self._run.total:
            left = f"做完 {done} 份，还有 {self._run.total - done} 份没有做" if self._run.total else "还没有开始做"
            click.echo(f"已中止：{left}；再运行一次就接着做", err=True)
            return EXIT_INTERRUPTED
        if self._written:
            also = f"，{self._unchanged} 份没有变化" if self._unchanged else ""
            click.echo(f"完成：{self._written} 份报告写入{_named(self._folders)}{also}", err=True)
        elif self._unchanged:
            click.echo(f"{self._unchanged} 份报告没有变化，不用重做（要重做就加 --force）", err=True)
        code = self._tally.conclude("未写出")
        if done > MANY and self._failed:
            more = self._tally.failed - len(self._failed)
            click.echo("\n".join(["未写出的：", *self._failed, *([f"  另有 {more} 份"] if more else [])]), err=True)
        if self._lacks_some() and not code:
            code = EXIT_ERRORS
        return EXIT_USAGE if self._summary and not self._summary.written() else code

    def _lacks_some(self) -> bool:
        """Tell which agencies are missing; whether any is."""
        if self._expected is None:
            return False
        from gxgen.batch.expected import compared

        missing, unlisted = compared(self._expected, self._agencies)
        if missing:
            click.echo(f"缺 {len(missing)} 个机关的数据文件：{_listed(missing)}", err=True)
        if unlisted:
            click.echo(f"{len(unlisted)} 个机关不在名单上：{_listed(unlisted)}", err=True)
        for agency in missing:
            if self._summary:
                self._summary.add_missing(agency)
            if self._as_json:
                from gxgen.cli.show.lines import missing_line

                click.echo(missing_line(agency), nl=False)
        return bool(missing)


@contextmanager
def _interruptible(run: Run) -> Iterator[None]:
    """Let Ctrl-C end a run after what is being done; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        run.stop()
        click.echo("正在停止：做完手上的几份就结束（再按一次 Ctrl-C 立即结束）", err=True)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _named(folders: set[Path]) -> str:
    if folders == {Path()}:
        return "当前文件夹"
    names = sorted(map(str, folders))
    return f" {'、'.join(names[:MOST_FOLDERS])}{' 等' if len(names) > MOST_FOLDERS else ''}"


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:MANY]) + (" 等" if len(names) > MANY else "")
