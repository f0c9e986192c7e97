"""Where the work of a run is done: in this process, or in several of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

Item = TypeVar("Item")

CHUNK = 16
"""Items that travel together: enough for a disk to take their files at once, few enough to lose by a power cut."""


class Stop:
    """Whether somebody wants a run to end early; what is being done is then finished."""

    requested = False


class Executor(Protocol):
    """Does the work of a run.

    ``work`` is an object that every process has a copy of; its methods take a sequence of items and give as many
    results.  Items, results and the object itself have to be picklable.
    """

    def map(self, method: str, items: Iterable[Any], stop: Stop) -> Iterator[tuple[int, Any]]:
        """The number of each item and its result, in the order of the items whatever is done first.

        A result is None if the process that worked on the item alone died, and another one on a second try.  After a
        stop some items have no result.  Items are taken as results are, so that neither fills the memory.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the processes; those at work at once if there is an error."""
        ...


class Inline:
    """Does the work in this process."""

    def __init__(self, work: object) -> None:
        self._work = work

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, method: str, items: Iterable[Any], stop: Stop) -> Iterator[tuple[int, Any]]:
        """As :meth:`Executor.map`."""
        done = 0
        for chunk in chunks(items, CHUNK):
            if stop.requested:
                return
            yield from enumerate(self.results(method, chunk), start=done)
            done += len(chunk)

    def results(self, method: str, items: Sequence[Any]) -> Sequence[Any]:
        """Those of a few items; None for one that the memory does not suffice for even if it is alone."""
        function: Callable[[Sequence[Any]], Sequence[Any]] = getattr(self._work, method)
        try:
            return function(items)
        except MemoryError:
            return [None] if len(items) == 1 else [self.results(method, (item,))[0] for item in items]


def side_by_side(work: object, processes: int) -> Executor:
    """An executor of this machine; a single process is this one."""
    if processes < 2:
        return Inline(work)
    from gxgen.engine.executors.processes import Processes

    return Processes(work, processes)


def chunks(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in their order, several at a time."""
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk
