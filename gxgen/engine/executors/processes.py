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
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from gxgen.engine.executors import CHUNK, Inline, Stop, chunks

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess


MOST_WAITING = 64
"""Chunks for each process that may be done or under way while an earlier one is not."""
SECONDS_TO_END = 5


class _Task(NamedTuple):
    """Items that are worked on together."""

    first: int
    items: tuple[Any, ...]
    is_second_try: bool = False
    """Whether a process has died of its one item."""


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection[Any, Any]


def _context() -> SpawnContext | ForkServerContext:
    """Processes that start without anything of this one: no threads, no open files, nothing in memory."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gxgen.engine.build_worker"])
    return context


class Processes:
    """Does the work in processes of this machine.

    Args:
        work: what has the methods; every process gets a copy.
        count: how many processes.
    """

    def __init__(self, work: object, count: int) -> None:
        self._context = _context()
        self._work = work
        self._count = count
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        for _ in range(self._count):
            worker = self._started()
            if worker is None:
                break
            self._workers.append(worker)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.pipe.close()
            if kind:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join(SECONDS_TO_END)
            worker.process.kill()
            worker.process.join()

    def map(self, method: str, items: Iterable[Any], stop: Stop) -> Iterator[tuple[int, Any]]:
        """As :meth:`gxgen.engine.executors.Executor.map`; in this process if the system gives no other."""
        if self._workers:
            yield from _Run(self, method, items, stop).results()
        else:
            yield from self.here.map(method, items, stop)

    @property
    def here(self) -> Inline:
        """What does the same in this process."""
        return Inline(self._work)

    @property
    def workers(self) -> tuple[_Worker, ...]:
        """Those that are there now."""
        return tuple(self._workers)

    def replaced(self, worker: _Worker) -> _Worker | None:
        """A new process in the place of one that died; None if the system gives none."""
        worker.pipe.close()
        worker.process.kill()  # it may have closed its pipe and hang
        worker.process.join()
        self._workers.remove(worker)
        new = self._started()
        if new:
            self._workers.append(new)
        return new

    def _started(self) -> _Worker | None:
        try:
            ours, theirs = self._context.Pipe()
        except OSError:  # too many files are open
            return None
        process = self._context.Process(target=_serve, args=(theirs, self._work, _surroundings()), daemon=True)
        try:
            with _out_of_earshot():
                process.start()
        except (OSError, EOFError):  # too many processes, no memory, or a system that allows none
            ours.close()
            return None
        finally:
            theirs.close()
        return _Worker(process, ours)


class _Run:
    """One pass over items."""

    def __init__(self, processes: Processes, method: str, items: Iterable[Any], stop: Stop) -> None:
        self._processes = processes
        self._method = method
        self._stop = stop
        self._new = self._tasks(items)
        self._again: deque[_Task] = deque()
        self._idle = list(processes.workers)
        self._busy: dict[Connection[Any, Any], tuple[_Worker, _Task]] = {}
        self._done: dict[int, Any] = {}
        self._next = 0
        """The first item whose result has not been handed out."""

    def results(self) -> Iterator[tuple[int, Any]]:
        """The number of each item and its result, in order."""
        while self._give_out():
            for pipe in cast("list[Connection[Any, Any]]", wait(self._busy)):
                self._receive(*self._busy.pop(pipe))
            yield from self._in_order()
        while not (self._processes.workers or self._stop.requested) and (task := self._next_task()):
            self._do_here(task)
            yield from self._in_order()
        for number in sorted(self._done):  # after a stop there may be gaps
            yield number, self._done.pop(number)

    def _in_order(self) -> Iterator[tuple[int, Any]]:
        while self._next in self._done:
            yield self._next, self._done.pop(self._next)
            self._next += 1

    def _tasks(self, items: Iterable[Any]) -> Iterator[_Task]:
        first = 0
        for chunk in chunks(items, CHUNK):
            yield _Task(first, chunk)
            first += len(chunk)

    def _give_out(self) -> bool:
        """Give every idle process something to do; whether anything is being done."""
        while self._idle and not self._stop.requested:
            task = self._next_task()
            if task is None:
                break
            worker = self._idle.pop()
            try:
                worker.pipe.send((self._method, task.items))
            except OSError:
                self._died(worker, task)
            else:
                self._busy[worker.pipe] = (worker, task)
        return bool(self._busy)

    def _next_task(self) -> _Task | None:
        """The next items, unless too many results wait for an earlier one."""
        if self._again:
            return self._again.popleft()
        waiting = len(self._done) + sum(len(task.items) for _, task in self._busy.values())
        return next(self._new, None) if waiting < MOST_WAITING * CHUNK else None

    def _receive(self, worker: _Worker, task: _Task) -> None:
        try:
            results = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker, task)
        else:
            self._done |= dict(enumerate(results, start=task.first))
            self._idle.append(worker)

    def _died(self, worker: _Worker, task: _Task) -> None:
        """Have what a dead process was working on done again: each item alone, and one that was alone once more."""
        if self._stop.requested:
            return
        new = self._processes.replaced(worker)
        if new:
            self._idle.append(new)
        if task.is_second_try:
            self._done[task.first] = None
            return
        was_alone = len(task.items) == 1
        numbered = enumerate(task.items, start=task.first)
        self._again.extend(_Task(number, (item,), is_second_try=was_alone) for number, item in numbered)

    def _do_here(self, task: _Task) -> None:
        """Do in this process what no other is left for; but nothing of which one has died."""
        results = [None] if task.is_second_try else self._processes.here.results(self._method, task.items)
        self._done |= dict(enumerate(results, start=task.first))


class _Surroundings(NamedTuple):
    """What paths and settings are relative to; processes are started from one that may have begun elsewhere."""

    folder: str
    environment: dict[str, str]


@contextmanager
def _out_of_earshot() -> Iterator[None]:
    """Start processes that never hear Ctrl-C: it is for the one that talks to people, which hears it afterwards."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # whoever starts it would hear again at once
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _surroundings() -> _Surroundings:
    try:
        folder = os.getcwd()  # noqa: PTH109  # Path.cwd() is the same
    except OSError:  # it has been removed
        folder = ""
    return _Surroundings(folder, dict(os.environ))


def _serve(pipe: Connection[Any, Any], work: object, surroundings: _Surroundings) -> None:
    """Work until the other end of the pipe is closed, or its process dies."""
    os.environ.clear()
    os.environ.update(surroundings.environment)
    if surroundings.folder:
        os.chdir(surroundings.folder)
    for each in (signal.SIGINT, signal.SIGTERM):  # they are for the process that talks to people
        signal.signal(each, signal.SIG_IGN)
    with suppress(EOFError, OSError, MemoryError):  # who starts anew has more memory
        while True:
            method, items = pipe.recv()
            pipe.send(getattr(work, method)(items))
