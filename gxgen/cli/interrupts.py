"""Ctrl-C, and being told to end by the system: the first lets a run finish what is being done, the second ends it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import click

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
    """Have the first signal stop a run, and the second raise KeyboardInterrupt."""
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption  # signals are not for other threads
        return

    def answer(number: int, _: FrameType | None) -> None:
        if interruption.signal:
            raise KeyboardInterrupt
        interruption.signal = number
        stop()
        with suppress(OSError, RuntimeError):  # nobody reads, or the signal came in the middle of another line
            click.echo(f"正在停止：做完手上的几份就结束（{SIGNALS[signal.Signals(number)]}）", err=True)

    before = {each: signal.signal(each, answer) for each in SIGNALS}
    try:
        yield interruption
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
