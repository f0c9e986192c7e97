"""Many reports: how time and memory grow, what a second process adds, and what a run takes in which little has changed.

    python benchmarks/many_reports.py [--counts 100,1000,10000] [--sample district_2024]

``gxgen build`` over so many data files, as whole processes, with one worker and with two in turn: wall time and
processor time for each report, and the peak memory of the largest worker.  Then runs in which nothing has changed, and
in which three files have.  Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MEASURED = """
import os, resource, sys
from gxgen.batch.executors.processes import Processes
from gxgen.cli import main

peaks, ticks = [], []
stop = Processes.__exit__

def peak(executor, *error):
    for worker in executor.workers:
        with open(f"/proc/{worker.process.pid}/status") as status:
            peaks.append(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")))
        with open(f"/proc/{worker.process.pid}/stat") as stat:
            ticks.extend(map(int, stat.read().rsplit(")", 1)[1].split()[11:13]))
    stop(executor, *error)

Processes.__exit__ = peak
try:
    main()
except SystemExit as end:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print("PEAKS", own, max(peaks, default=own), sum(ticks) / os.sysconf("SC_CLK_TCK"), file=sys.stderr)
    raise
"""
"""``gxgen`` that tells the peak memory, in KiB, of itself and of its largest worker (Linux)."""


class Measured(NamedTuple):
    """What one run took: seconds on the clock and of the processors, and KiB of memory."""

    wall: float
    processor: float
    own_peak: int
    worker_peak: int


def data_files(folder: Path, sample: Path, count: int) -> None:
    """Write as many data files as there shall be reports, each of an agency of its own."""
    text = sample.read_text("utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(count):
        below = folder / f"{number // 100:03}"
        below.mkdir(parents=True, exist_ok=True)
        own, found = re.subn(r'(?m)^agency *= *"([^"]*)"', rf'agency = "第{number}区\1"', text)
        assert found == 1, "a sample names its agency"
        (below / f"{number:06}.toml").write_text(own, "utf-8")


def gxgen(environment: dict[str, str], *arguments: str) -> Measured:
    """Run the command as a process of its own."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments], env=environment, capture_output=True, check=True, text=True
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    own, worker, of_workers = done.stderr.rsplit("PEAKS ", 1)[1].split()
    return Measured(wall, processor + float(of_workers), int(own), int(worker))


def growth(folder: Path, environment: dict[str, str], sample: Path, counts: list[int]) -> None:
    """Print how time and memory grow, and what runs take in which little or nothing has changed."""
    print(f"\n{'reports':>8}{'workers':>9}{'ms each':>10}{'CPU ms each':>13}{'of the first':>14}", end="")
    print(f"{'worker MiB':>12}{'main MiB':>10}{'1 to 2':>8}")
    first: dict[int, float] = {}
    for count in counts:
        data_files(folder / "in", sample, count)
        walls = {}
        for workers in (1, 2):
            shutil.rmtree(folder / "out", ignore_errors=True)
            arguments = ("build", str(folder / "in"), "-o", str(folder / "out"), "--force", "-j", str(workers))
            took = gxgen(environment, *arguments)
            walls[workers] = took.wall
            each = 1000 * took.wall / count
            first.setdefault(workers, each)
            print(f"{count:8}{workers:9}{each:10.2f}{1000 * took.processor / count:13.2f}", end="")
            print(f"{each / first[workers]:14.2f}{took.worker_peak / 1024:12.0f}{took.own_peak / 1024:10.0f}", end="")
            print(f"{walls[1] / walls[2]:8.2f}" if workers == 2 else "")
        again(folder, environment)


def again(folder: Path, environment: dict[str, str]) -> None:
    """Print what a second run takes, and a third after three data files have changed."""
    arguments = ("build", str(folder / "in"), "-o", str(folder / "out"))
    unchanged = gxgen(environment, *arguments).wall
    for number in range(3):
        path = next((folder / "in").rglob(f"{number:06}.toml"))
        path.write_text(path.read_text("utf-8") + "\n# mended\n", "utf-8")
    mended = gxgen(environment, *arguments).wall
    print(f"{'':8}  nothing changed: {unchanged:.2f} s; three files changed: {mended:.2f} s")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="gxgen build over many reports.")
    parser.add_argument("--counts", default="100,1000,10000")
    parser.add_argument("--sample", default="xingqing_science_industry_2023", help="a file of samples/")
    options = parser.parse_args()
    sample = ROOT / "samples" / f"{options.sample}.toml"
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"sample {options.sample}, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = os.environ | {"GXGEN_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
        growth(folder, environment, sample, [int(count) for count in options.counts.split(",")])


if __name__ == "__main__":
    main()
