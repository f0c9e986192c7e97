"""How far a run has come: a bar on a terminal, now and then a line otherwise."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

MANY = 50
"""Reports; fewer are done before a bar could be read."""
SECONDS_BETWEEN_LINES = 10


class Progress:
    """Counts reports, and shows it if there are many."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = self._told = time.monotonic()
        self.done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def advance(self, total: int | None) -> None:
        """One report more is done, of so many."""
        self.done += 1
        if total is None or total < MANY:
            return
        if self.done == 1 and sys.stderr.isatty():
            self._begin(total)
        if self._bar and self._task is not None:
            rate = self.done / max(time.monotonic() - self._started, 0.001)
            self._bar.update(self._task, completed=self.done, description=f"{self.done}/{total} 每秒 {rate:.0f} 份")
        elif time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            click.echo(told(self.done, total, self._told - self._started), err=True)

    def _begin(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (BarColumn(), TextColumn("{task.description}"), TextColumn("还需"), TimeRemainingColumn())
        # What goes to standard output passes through the bar only where both are the terminal.
        terminal, shared = Console(stderr=True), sys.stdout.isatty()
        bar = Progress(*columns, console=terminal, transient=True, redirect_stdout=shared)
        self._bar = self._stack.enter_context(bar)
        self._task = self._bar.add_task("", total=total)


def told(done: int, total: int, seconds: float) -> str:
    """How far a run has come, how fast it is, and how long it will take."""
    rate = done / seconds if seconds else 0.0
    left = f"，每秒 {rate:.0f} 份，还需约 {(total - done) / rate:.0f} 秒" if rate else ""
    return f"已完成 {done}/{total}{left}"
