"""Several machines, through a scheduler of dask.distributed.

The scheduler knows which workers there are, gives a task that was with a dead one to another, and says in the end that
a task has killed several.  What it cannot know is whose fault that was: whatever was with the same worker is suspected
as well.  So tasks that were with dead workers are tried again report by report, each alone on the whole cluster.
"""

from __future__ import annotations

import logging
import pkgutil
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from gxgen import __version__
from gxgen.core.errors import ClusterError
from gxgen.core.text import listed
from gxgen.engine.build_worker import BuildWorker
from gxgen.engine.cluster.worker import SYSTEM, ClusterBuilder, build_submission
from gxgen.engine.executors import CHUNK, Item, Outcome, ResultBuffer, Step, StopRequest, Task, tasks
from gxgen.engine.pipeline import Job
from gxgen.engine.pipeline import Outcome as BuildOutcome

if TYPE_CHECKING:
    from distributed import Client, Future


MISSING_EXTRA = '--cluster 要另装 Dask：pip install "gxgen[cluster]"'
SECONDS_TO_CONNECT = 10
SECONDS_TO_END = 5
MOST_WAITING = 64
"""Chunks that may be done or under way while an earlier one is not, besides those that keep the workers busy."""
EACH = 2
"""Chunks for each thread of the cluster: the next one is there when one is done."""
COUNTED_EVERY = 32
"""Chunks, after which the workers are counted again."""
MOST_NAMED = 3
TALKERS = ("distributed", "tornado")
AGAIN = "写好的报告都是完整的；恢复以后再运行一次，就接着做"


class Cluster:
    """Does the work on other machines.

    Args:
        address: of the scheduler.
        builder: packs what workers need, and writes what they build.
    """

    def __init__(self, address: str, builder: ClusterBuilder) -> None:
        self._address = address
        self._builder = builder
        self._stack = ExitStack()
        self._packs: dict[bytes, Future[Any]] = {}
        self._sent = self._threads = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(_quiet())  # around all that Dask does
            self._client = self._connected()
            stack.callback(self._close)
            self._refuse_others()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._packs.clear()
        self._stack.close()

    def map(
        self, step: Step[BuildWorker, Item, Outcome], items: Iterable[Item], stop: StopRequest
    ) -> Iterator[tuple[int, Outcome | None]]:
        """As :meth:`gxgen.engine.executors.Executor.map`; only reports are built on the cluster.

        Raises:
            ClusterError: the scheduler is lost, or a worker has another gxgen.
        """
        if step is BuildWorker.build:
            jobs = cast("Iterable[Job]", items)
            yield from cast("Iterator[tuple[int, Outcome | None]]", _Pass(self, self._builder, jobs, stop).results())
        else:
            yield from self._builder.local.map(step, items, stop)

    @property
    def most_under_way(self) -> int:
        """How many chunks keep the cluster busy, as it is now."""
        if self._sent % COUNTED_EVERY == 0:
            try:
                self._threads = sum(self._client.nthreads().values())
            except Exception as error:
                raise self.lost() from error
        return EACH * max(self._threads, 1)

    def submit(self, content: bytes, packs: Mapping[bytes, bytes]) -> Future[Any]:
        """Have the reports of a submission built."""
        self._sent += 1
        sent = {digest.hex(): self._pack(digest, raw) for digest, raw in packs.items()}
        return self._client.submit(build_submission, __version__, SYSTEM, content, sent, pure=False)

    def lost(self) -> ClusterError:
        """Return the error of a scheduler that no longer answers."""
        return ClusterError(f"与集群的调度器「{self._address}」断了联系", AGAIN)

    def _pack(self, digest: bytes, raw: bytes) -> Future[Any]:
        """A pack on the cluster.  It is a task, not scattered data: if all that have it die, it is made again."""
        known = self._packs.get(digest)
        if known is None or known.status == "error":
            self._packs[digest] = self._client.submit(bytes, raw, pure=False)
        return self._packs[digest]

    def _connected(self) -> Client:
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterError(MISSING_EXTRA) from error
        try:
            return Client(self._address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except Exception as error:
            hint = "核对 --cluster 后面的地址（例如 tcp://10.0.0.5:8786），看调度器是否开着、网络是否通"
            raise ClusterError(f"连不上集群的调度器「{self._address}」", hint) from error

    def _refuse_others(self) -> None:
        """See that every worker has the gxgen that is here; one that comes later is asked with its first task."""
        with suppress(TimeoutError):  # they may be just starting
            self._client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        try:
            found = self._client.run(pkgutil.resolve_name, "gxgen:__version__", on_error="return")
        except Exception as error:
            raise self.lost() from error
        if not found:
            hint = f"在各台机器上启动：dask worker {self._address}"
            raise ClusterError(f"集群「{self._address}」上没有工作进程", hint)
        others = {worker: version for worker, version in found.items() if version != __version__}
        if others:
            names = [f"{worker}（{_version(version)}）" for worker, version in others.items()]
            raise ClusterError(
                f"{len(others)} 个工作进程上的 gxgen 与这里的 {__version__} 不同：{listed(names, MOST_NAMED)}",
                SAME_VERSION,
            )

    def _close(self) -> None:
        with suppress(Exception):  # it may have gone
            self._client.cancel(list(self._client.futures), force=True)
        with suppress(Exception):
            self._client.close(timeout=SECONDS_TO_END)


SAME_VERSION = f"在每台机器上装同一版本，再启动工作进程：pip install gxgen=={__version__}"


class _Pass:
    """All jobs of a run, built on the cluster."""

    def __init__(self, cluster: Cluster, builder: ClusterBuilder, jobs: Iterable[Job], stop: StopRequest) -> None:
        self._cluster = cluster
        self._builder = builder
        self._stop = stop
        self._new = tasks(jobs)
        self._suspects: deque[Task[Job]] = deque()
        self._under_way: dict[str, Task[Job]] = {}
        self._ended: SimpleQueue[Future[Any]] = SimpleQueue()
        self._futures: dict[str, Future[Any]] = {}
        self._done = ResultBuffer[BuildOutcome]()

    def results(self) -> Iterator[tuple[int, BuildOutcome | None]]:
        """Yield the number of each job and its outcome, in order."""
        while (is_done_here := self._submit()) or self._under_way:
            if not is_done_here:
                self._receive(self._next_ended())
            yield from self._done.ready()
        yield from self._done.rest()

    def _submit(self) -> bool:
        """Keep the cluster busy; return whether a task was done here, because nothing of it has to be built."""
        while not self._stop.requested and (task := self._next_task()):
            submission = self._builder.submission(task.items)
            if submission is None:
                self._done.add(task.first, self._builder.received(task.items))
                return True
            future = self._cluster.submit(submission.content, submission.packs)
            self._under_way[future.key], self._futures[future.key] = task, future
            future.add_done_callback(self._ended.put)
        return False

    def _next_task(self) -> Task[Job] | None:
        if self._suspects or any(task.is_retry for task in self._under_way.values()):
            # Alone, so that nothing else can be what kills the worker.
            return self._suspects.popleft() if not self._under_way else None
        most = self._cluster.most_under_way
        waiting = len(self._done) + sum(len(task.items) for task in self._under_way.values())
        if len(self._under_way) >= most or waiting >= (MOST_WAITING + most) * CHUNK:
            return None
        return next(self._new, None)

    def _next_ended(self) -> Future[Any]:
        while True:
            with suppress(Empty):
                return self._ended.get(timeout=1)  # some systems let no Ctrl-C through to a wait without end

    def _receive(self, future: Future[Any]) -> None:
        task = self._under_way.pop(future.key)
        del self._futures[future.key]
        answer = self._answer(future)
        if answer is not None:
            self._done.add(task.first, self._builder.received(task.items, answer))
        elif task.is_retry:
            self._done.add(task.first, [None])
        else:
            self._suspects.extend(task.split(is_retry=True))

    def _answer(self, future: Future[Any]) -> bytes | None:
        """What came back; None from a worker that died, as did those after it."""
        from distributed import KilledWorker

        try:
            answer: bytes | str = future.result()
        except KilledWorker:
            return None
        except Exception as error:
            if future.status == "error":
                message = f"集群上的工作进程出错：{type(error).__name__} {error}"
                raise ClusterError(message, SAME_VERSION) from error
            raise self._cluster.lost() from error
        if isinstance(answer, str):
            raise ClusterError(answer, SAME_VERSION)
        return answer


def _version(found: object) -> str:
    return found if isinstance(found, str) else "没有装 gxgen"


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence Dask's loggers and warnings: gxgen reports what matters in its own messages."""
    with suppress(ImportError):
        import distributed  # noqa: F401  # its loggers are set when it is loaded
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict) if name.startswith(TALKERS)]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in before:
            logger.setLevel(level)
