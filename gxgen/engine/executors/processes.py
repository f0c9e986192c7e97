"""Several processes of this machine, each at the end of a pipe of its own.

A pool with one queue for all does not survive the death of a process that holds its lock.  Here a process that dies
closes its own pipe and nothing else: what it was working on is known, and done again by another.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, cast

import msgspec

from gxgen.engine.executors.base import (
    CHUNK,
    Inline,
    Item,
    Outcome,
    ResultBuffer,
    Step,
    StopRequest,
    Task,
    Worker,
    tasks,
)

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess


MOST_WAITING = 64
"""Chunks for each process that may be done or under way while an earlier one is not."""
SECONDS_TO_END = 5


class _Process(msgspec.Struct, frozen=True):
    """A process, and this end of its pipe."""

    process: BaseProcess
    pipe: Connection[Any, Any]


def _context() -> SpawnContext | ForkServerContext:
    """Return the way of starting processes that inherit no threads, no open files and no memory."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gxgen.engine.build_worker"])
    return context


class Processes(Generic[Worker]):
    """Does the work in processes of this machine.

    Args:
        worker: what steps are applied to; every process gets a copy.
        count: how many processes.
    """

    def __init__(self, worker: Worker, count: int) -> None:
        self._context = _context()
        self._worker = worker
        self._count = count
        self._processes: list[_Process] = []

    def __enter__(self) -> Self:
        for _ in range(self._count):
            process = self._started()
            if process is None:
                break
            self._processes.append(process)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for each in self._processes:
            each.pipe.close()
            if kind:
                each.process.kill()
        for each in self._processes:
            each.process.join(SECONDS_TO_END)
            each.process.kill()
            each.process.join()

    def map(
        self, step: Step[Worker, Item, Outcome], items: Iterable[Item], stop: StopRequest
    ) -> Iterator[tuple[int, Outcome | None]]:
        """As :meth:`gxgen.engine.executors.Executor.map`; in this process if the system gives no other."""
        if self._processes:
            yield from _Pass(self, step, items, stop).results()
        else:
            yield from self.inline.map(step, items, stop)

    @property
    def inline(self) -> Inline[Worker]:
        """The same worker in this process."""
        return Inline(self._worker)

    @property
    def running(self) -> tuple[_Process, ...]:
        """The processes that there are now."""
        return tuple(self._processes)

    def replaced(self, dead: _Process) -> _Process | None:
        """Start a new process in the place of one that died; None if the system gives none."""
        dead.pipe.close()
        dead.process.kill()  # it may have closed its pipe and hang
        dead.process.join()
        self._processes.remove(dead)
        new = self._started()
        if new:
            self._processes.append(new)
        return new

    def _started(self) -> _Process | None:
        try:
            ours, theirs = self._context.Pipe()
        except OSError:  # too many files are open
            return None
        process = self._context.Process(target=_serve, args=(theirs, self._worker, _process_context()), daemon=True)
        try:
            with _sigint_blocked():
                process.start()
        except (OSError, EOFError):  # too many processes, no memory, or a system that allows none
            ours.close()
            return None
        finally:
            theirs.close()
        return _Process(process, ours)


class _Pass(Generic[Worker, Item, Outcome]):
    """One step applied to all items."""

    def __init__(
        self,
        processes: Processes[Worker],
        step: Step[Worker, Item, Outcome],
        items: Iterable[Item],
        stop: StopRequest,
    ) -> None:
        self._processes = processes
        self._step = step
        self._stop = stop
        self._new = tasks(items)
        self._again: deque[Task[Item]] = deque()
        self._idle = list(processes.running)
        self._busy: dict[Connection[Any, Any], tuple[_Process, Task[Item]]] = {}
        self._done = ResultBuffer[Outcome]()

    def results(self) -> Iterator[tuple[int, Outcome | None]]:
        """Yield the number of each item and its result, in order."""
        while self._assign():
            for pipe in cast("list[Connection[Any, Any]]", wait(self._busy)):
                self._receive(*self._busy.pop(pipe))
            yield from self._done.ready()
        while not (self._processes.running or self._stop.requested) and (task := self._next_task()):
            self._do_inline(task)
            yield from self._done.ready()
        yield from self._done.rest()

    def _assign(self) -> bool:
        """Give every idle process a task; return whether any process is busy."""
        while self._idle and not self._stop.requested:
            task = self._next_task()
            if task is None:
                break
            process = self._idle.pop()
            try:
                process.pipe.send((self._step, task.items))
            except OSError:
                self._died(process, task)
            else:
                self._busy[process.pipe] = (process, task)
        return bool(self._busy)

    def _next_task(self) -> Task[Item] | None:
        """Return the next items, unless too many results wait for an earlier one."""
        if self._again:
            return self._again.popleft()
        waiting = len(self._done) + sum(len(task.items) for _, task in self._busy.values())
        return next(self._new, None) if waiting < MOST_WAITING * CHUNK else None

    def _receive(self, process: _Process, task: Task[Item]) -> None:
        try:
            results = process.pipe.recv()
        except (EOFError, OSError):
            self._died(process, task)
        else:
            self._done.add(task.first, results)
            self._idle.append(process)

    def _died(self, process: _Process, task: Task[Item]) -> None:
        """Have a dead process's items done again: each alone, and one that was alone a second time."""
        if self._stop.requested:
            return
        new = self._processes.replaced(process)
        if new:
            self._idle.append(new)
        if task.is_retry:
            self._done.add(task.first, [None])
        else:
            self._again.extend(task.split(is_retry=len(task.items) == 1))

    def _do_inline(self, task: Task[Item]) -> None:
        """Do in this process what no other is left for, except items of which a process has died."""
        results = [None] if task.is_retry else self._processes.inline.results(self._step, task.items)
        self._done.add(task.first, results)


class _ProcessContext(msgspec.Struct, frozen=True):
    """Working folder and environment: the fork server that starts processes may have begun with others."""

    folder: str
    environment: dict[str, str]


@contextmanager
def _sigint_blocked() -> Iterator[None]:
    """Block SIGINT while worker processes start: Ctrl-C is for the command alone, which gets it afterwards."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # starting it later would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _process_context() -> _ProcessContext:
    try:
        folder = os.getcwd()  # noqa: PTH109  # Path.cwd() is the same
    except OSError:  # it has been removed
        folder = ""
    return _ProcessContext(folder, dict(os.environ))


def _serve(pipe: Connection[Any, Any], worker: object, context: _ProcessContext) -> None:
    """Work until the other end of the pipe is closed, or its process dies."""
    os.environ.clear()
    os.environ.update(context.environment)
    if context.folder:
        os.chdir(context.folder)
    for each in (signal.SIGINT, signal.SIGTERM):  # the command handles them
        signal.signal(each, signal.SIG_IGN)
    with suppress(EOFError, OSError, MemoryError):  # who starts anew has more memory
        while True:
            step, items = pipe.recv()
            pipe.send(step(worker, items))
