"""The terminal: output that survives a closed pipe, interruption by signals, and progress."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self, TextIO

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


def echo(message: str | bytes, *, err: bool = False, nl: bool = True) -> None:
    """Print to stdout; a closed pipe (``gxgen build … | head``) ends nothing."""
    try:
        click.echo(message, nl=nl, err=err)
    except OSError as error:
        if not is_unread(error):
            raise
        silence(sys.stderr if err else sys.stdout)


def is_unread(error: OSError) -> bool:
    """Whether a stream cannot be written because its reader has gone."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def silence(stream: TextIO) -> None:
    """Redirect a stream to the null device: its buffer would fail again when Python shuts down."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


SIGNALS = {signal.SIGINT: "再按一次 Ctrl-C 立即结束", signal.SIGTERM: "再来一次就立即结束"}
"""What is answered, and what another one does."""
OF_SIGNALS = 128
"""Exit codes of programs that a signal has ended begin above this one: 130 after Ctrl-C, 143 after SIGTERM."""


class Interruption:
    """Whether a run has been interrupted, and by which signal."""

    signal = 0

    @property
    def code(self) -> int:
        """The exit code that says so."""
        return OF_SIGNALS + (self.signal or signal.SIGINT)


@contextmanager
def interruptible(stop: Callable[[], None]) -> Iterator[Interruption]:
    """Let the first signal stop a run, and the second raise KeyboardInterrupt."""
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption  # signals are not for other threads
        return

    def answer(number: int, _: FrameType | None) -> None:
        if interruption.signal:
            raise KeyboardInterrupt
        interruption.signal = number
        stop()
        with suppress(OSError, RuntimeError):  # the pipe is closed, or the signal came in the middle of another line
            click.echo(f"正在停止：做完手上的几份就结束（{SIGNALS[signal.Signals(number)]}）", err=True)

    before = {each: signal.signal(each, answer) for each in SIGNALS}
    try:
        yield interruption
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


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
        """Count one more report of a total."""
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
            click.echo(progress_text(self.done, total, self._told - self._started), err=True)

    def _begin(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (BarColumn(), TextColumn("{task.description}"), TextColumn("还需"), TimeRemainingColumn())
        # What goes to standard output passes through the bar only where both are the terminal.
        terminal, shared = Console(stderr=True), sys.stdout.isatty()
        bar = Progress(*columns, console=terminal, transient=True, redirect_stdout=shared)
        self._bar = self._stack.enter_context(bar)
        self._task = self._bar.add_task("", total=total)


def progress_text(done: int, total: int, seconds: float) -> str:
    """Return progress, rate and remaining time as text."""
    rate = done / seconds if seconds else 0.0
    left = f"，每秒 {rate:.0f} 份，还需约 {(total - done) / rate:.0f} 秒" if rate else ""
    return f"已完成 {done}/{total}{left}"
