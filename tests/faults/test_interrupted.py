"""Ctrl-C, being told to end, and readers that go away."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest

from gxgen.cli.terminal import is_unread
from tests.faults.running import SIGNALLED, Told, build, ended, eventually, files, fill, started

pytestmark = pytest.mark.slow

COUNT = 96


def interrupted(moment: float, sign: signal.Signals, *arguments: str) -> Told:
    """A run that gets a signal at a moment, and all its processes with it, as from a terminal."""
    with started(*arguments, command=SIGNALLED) as running:
        assert running.stderr
        assert running.stderr.readline() == b"here\n"
        time.sleep(moment)
        os.killpg(running.pid, sign)
        return ended(running)


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_signal_at_any_moment_ends_a_run_well(desk: Path, sign: signal.Signals, code: int, jobs: str) -> None:
    """What was done is told and stands, nothing else does, and the next run does the rest."""
    fill("in", COUNT)
    start = time.monotonic()
    build("in", "-o", "whole", jobs)
    longest = time.monotonic() - start
    whole = files("whole")
    moments = random.Random(jobs + sign.name)  # noqa: S311  # the same moments each time
    for turn in range(4):
        out = f"out{turn}"
        told = interrupted(moments.uniform(0, longest), sign, "in", "-o", out, jobs)
        if told.code in (0, -signal.SIGTERM):  # it was done already, or has not yet begun
            continue
        assert told.code == code, told.err
        done = re.search(r"已中止：做完 (\d+) 份，还有 (\d+) 份没有做；再运行一次就接着做\n$", told.err)
        assert done or not told.lines
        assert done or re.search("已中止(。|：还没有开始做；再运行一次就接着做)\n$", told.err), told.err
        if done:
            assert int(done[1]) + int(done[2]) == COUNT
            assert len(told.lines) == 2 * int(done[1])
            assert not told.lines or f"完成：{done[1]} 份报告写入 {out}\n" in told.err
        made = files(out) if Path(out).exists() else {}
        assert sorted(f"{out}/{name}" for name in made) == sorted(told.lines)
        assert made.items() <= whole.items()
        assert build("in", "-o", out, jobs).code == 0
        assert files(out) == whole


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_second_ctrl_c_ends_a_run_at_once(desk: Path, jobs: str) -> None:
    """Even one that waits for somebody to read; every file that stands is whole."""
    fill("in", COUNT * 4)
    with started("in", "-o", "out", jobs, "--format", "json") as running:
        assert running.stdout
        assert running.stderr
        running.stdout.read(1)
        os.set_blocking(running.stdout.fileno(), False)
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr.readline().decode().startswith("正在停止：")
        os.killpg(running.pid, signal.SIGINT)
        eventually(lambda: running.poll() is not None)
        assert running.returncode == 130
        err = running.stderr.read().decode()
    assert "Traceback" not in err
    assert not [name for name in files("out") if name.startswith(".gxgen-")]


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_readers_that_go_away_cost_no_report(desk: Path, jobs: str, stream: str) -> None:
    """``gxgen build … | head`` makes all reports, and ends as it would have."""
    fill("in", COUNT)
    Path("in", "0000.toml").write_text("year = 2023\n", "utf-8")  # of which there is something to tell at once
    with started("in", "-o", "out", jobs) as running:
        reader = getattr(running, stream)
        reader.readline()
        reader.close()
        setattr(running, stream, None)
        told = ended(running)
    assert told.code == 0
    assert len(files("out")) == 2 * COUNT


def test_who_reads_no_more_is_known_by_the_error() -> None:
    """A full disk is something else."""
    assert is_unread(BrokenPipeError())
    assert not is_unread(OSError(28, "No space left on device"))
