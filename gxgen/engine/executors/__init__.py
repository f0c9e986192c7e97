"""Executors: where the work of a run is done (:mod:`gxgen.engine.executors.base`)."""

from __future__ import annotations

from gxgen.engine.executors.base import (
    CHUNK,
    Executor,
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

__all__ = [
    "CHUNK",
    "Executor",
    "Inline",
    "Item",
    "Outcome",
    "ResultBuffer",
    "Step",
    "StopRequest",
    "Task",
    "Worker",
    "executor_for",
    "tasks",
]


def executor_for(worker: Worker, processes: int) -> Executor[Worker]:
    """Return an executor of this machine; a single process is this one."""
    if processes < 2:
        return Inline(worker)
    from gxgen.engine.executors.processes import Processes

    return Processes(worker, processes)
