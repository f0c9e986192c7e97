"""Where the work of a run is done: in this process, in several of this machine, or on a cluster.

An executor holds a *worker* and applies *steps* to it.  A step is a function of the worker and some items, in practice
an unbound method of the worker's class (``BuildWorker.build``), so that it pickles by its name and keeps its types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

import msgspec

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Worker = TypeVar("Worker")
Worker_co = TypeVar("Worker_co", covariant=True)

Step = Callable[[Worker, Sequence[Item]], Sequence[Outcome]]
"""Takes a worker and items, and gives as many results in the same order."""

CHUNK = 16
"""Items that travel together: enough for a disk to take their files at once, few enough to lose by a power cut."""


class StopRequest:
    """Set when a run should end early; what is being done is then finished."""

    requested = False


class Executor(Protocol[Worker_co]):
    """Applies steps to a worker, of which every process has a copy.

    The worker, the items and the results have to be picklable.
    """

    def map(
        self, step: Callable[[Worker_co, Sequence[Item]], Sequence[Outcome]], items: Iterable[Item], stop: StopRequest
    ) -> Iterator[tuple[int, Outcome | None]]:
        """Yield the number of each item and its result, in the order of the items whatever is done first.

        A result is None if the process that worked on the item alone died, and another one on a second try.  After a
        stop some items have no result.  Items are taken as results are, so that neither fills the memory.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the processes; those at work at once if there is an error."""
        ...


class Inline(Generic[Worker]):
    """Does the work in this process."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(
        self, step: Step[Worker, Item, Outcome], items: Iterable[Item], stop: StopRequest
    ) -> Iterator[tuple[int, Outcome | None]]:
        """As :meth:`Executor.map`."""
        for task in tasks(items):
            if stop.requested:
                return
            yield from enumerate(self.results(step, task.items), start=task.first)

    def results(self, step: Step[Worker, Item, Outcome], items: Sequence[Item]) -> Sequence[Outcome | None]:
        """Return the results of a few items; None for one that exhausts the memory even when it is alone."""
        try:
            return step(self._worker, items)
        except MemoryError:
            return [None] if len(items) == 1 else [self.results(step, (item,))[0] for item in items]


class Task(msgspec.Struct, Generic[Item], frozen=True):
    """Consecutive items that are worked on together."""

    first: int
    """The number of the first item."""
    items: tuple[Item, ...]
    is_retry: bool = False
    """Whether processes may have died of these items; they are then tried alone, and only once more."""

    def split(self, *, is_retry: bool) -> Iterator[Task[Item]]:
        """Yield a task for each item alone, to find the one that kills its process."""
        for number, item in enumerate(self.items, start=self.first):
            yield Task(number, (item,), is_retry=is_retry)


def tasks(items: Iterable[Item]) -> Iterator[Task[Item]]:
    """Yield the items in their order, a chunk at a time."""
    rest, first = iter(items), 0
    while chunk := tuple(islice(rest, CHUNK)):
        yield Task(first, chunk)
        first += len(chunk)


class ResultBuffer(Generic[Outcome]):
    """Puts results that arrive in any order back into the order of their items."""

    def __init__(self) -> None:
        self._results: dict[int, Outcome | None] = {}
        self._next = 0
        """The first item whose result has not been handed out."""

    def __len__(self) -> int:
        """Return how many results wait for an earlier one."""
        return len(self._results)

    def add(self, first: int, results: Iterable[Outcome | None]) -> None:
        """Add the results of consecutive items."""
        self._results |= dict(enumerate(results, start=first))

    def ready(self) -> Iterator[tuple[int, Outcome | None]]:
        """Yield the results that no earlier one is missing for."""
        while self._next in self._results:
            yield self._next, self._results.pop(self._next)
            self._next += 1

    def rest(self) -> Iterator[tuple[int, Outcome | None]]:
        """Yield all that is left, in order; after a stop there may be gaps."""
        for number in sorted(self._results):
            yield number, self._results.pop(number)
