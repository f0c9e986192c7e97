"""Runs that the system gives less than they want: memory, threads, processes, open files."""

from __future__ import annotations

import resource

import pytest

from tests.faults.running import build, files, fill

pytestmark = pytest.mark.slow

COUNT = 60
LITTLE = (
    (resource.RLIMIT_AS, 200 << 20),  # not enough for the threads that wait for the disk
    (resource.RLIMIT_NOFILE, 25),  # not enough for a process's pipes and the drafts of its reports
)


@pytest.mark.parametrize(("what", "limit"), LITTLE, ids=["memory", "files"])
@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_run_with_little_of_something(desk: object, what: int, limit: int, jobs: str) -> None:
    """Each report is made as without the limit, or told; the next run makes the rest."""
    fill("in", COUNT)
    told = build("in", "-o", "out", jobs, before=lambda: resource.setrlimit(what, (limit, limit)))
    failed = told.err.count(": E603 ") + told.err.count(": E601 ")
    assert (told.code, len(told.lines)) == (1 if failed else 0, 2 * (COUNT - failed)), told.err
    assert len(build("in", "-o", "out", jobs).lines) == 2 * failed
    assert len(files("out")) == 2 * COUNT
