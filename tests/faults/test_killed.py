"""Processes that are killed at any moment leave whole files, and the next run completes the work."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.running import assert_whole, build, ended, eventually, files, fill, started, workers_of

pytestmark = pytest.mark.slow

COUNT = 64
"""Data files: enough for two processes."""
TURNS, KILLS = 5, 10


class Undisturbed(NamedTuple):
    """Two folders of data files, of the same reports with different texts, and what comes of them."""

    folders: tuple[str, str]
    made: tuple[dict[str, bytes], dict[str, bytes]]
    seconds: float
    """What the slower of the two runs took."""


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """What runs make that nobody kills."""
    desk = tmp_path_factory.mktemp("undisturbed")
    folders = (str(desk / "old"), str(desk / "new"))
    seconds = []
    for folder, how in zip(folders, ("平稳有序", "扎实推进"), strict=True):
        fill(folder, COUNT, how)
        start = time.monotonic()
        assert build(folder, "-o", f"{folder} made", "-j2", cache="off").code == 0
        seconds.append(time.monotonic() - start)
    return Undisturbed(folders, (files(f"{folders[0]} made"), files(f"{folders[1]} made")), max(seconds))


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_run_that_is_killed(desk: Path, undisturbed: Undisturbed, turn: int) -> None:
    """Its workers go away by themselves; every file is whole; the next run completes the work and leaves no drafts."""
    moments = random.Random(turn)  # noqa: S311  # the same moments each time
    for kill in range(KILLS):
        with started(undisturbed.folders[kill % 2], "-o", "out", "--force", f"-j{1 + (turn + kill) % 2}") as running:
            time.sleep(moments.uniform(0, undisturbed.seconds))
            running.kill()
            ended(running)
        assert_whole("out", *undisturbed.made)
    last = build(undisturbed.folders[1], "-o", "out", "-j2")
    assert last.code == 0, last.err
    assert files("out") == undisturbed.made[1]
    assert build(undisturbed.folders[1], "-o", "out").lines == []


@pytest.mark.skipif(sys.platform != "linux", reason="which processes are a run's is read from /proc")
@pytest.mark.parametrize("turn", range(TURNS))
def test_workers_that_are_killed(desk: Path, undisturbed: Undisturbed, turn: int) -> None:
    """Each costs no more than the reports that two have died of, which are told; all others are made."""
    moments = random.Random(turn)  # noqa: S311  # the same moments each time
    killed: set[int] = set()
    while len(killed) < KILLS:
        with started(undisturbed.folders[len(killed) % 2], "-o", "out", "--force", "-j2") as running:
            eventually(lambda: bool(workers_of(running.pid)) or running.poll() is not None)
            for _ in range(2):
                time.sleep(moments.uniform(0, 0.3))
                workers = sorted(workers_of(running.pid) - killed)
                if workers:  # the run may have ended
                    killed.add(worker := moments.choice(workers))
                    with suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
            told = ended(running)
        lost = told.err.count(": E603 ")
        assert (told.code, len(told.lines)) == (1 if lost else 0, 2 * (COUNT - lost)), told.err
        assert_whole("out", *undisturbed.made)
    assert build(undisturbed.folders[1], "-o", "out", "-j2").code == 0
    assert files("out") == undisturbed.made[1]
