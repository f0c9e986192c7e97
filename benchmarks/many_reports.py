"""Many reports: how time and memory grow, what a second process adds, and what a run takes in which little has changed.

    python benchmarks/many_reports.py [--counts 100,1000,10000] [--second 5000] [--rounds 3]

``gxgen build`` over so many data files (made_up.py), as whole processes, with one process and with two in turn: wall
time and processor time for each report beyond what starting takes, and the peak memory of the largest worker; with one
process that is the command itself.  The smallest count is measured as often as ``--rounds`` says, the others once, and
the median counts.  Then a run over reports made before, of which none has changed, and one of which three have.

The table is Markdown, as docs/measurements.md has it.  Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from made_up import environment, machine, write_data_files

MEASURED = """
import os, sys
from gxgen.engine.executors.processes import Processes
from gxgen.cli import main

def peak(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

def ticks(process):
    with open(f"/proc/{process}/stat") as stat:
        return sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:13]))

peaks, spent = [], []
stop = Processes.__exit__

def measured(executor, *error):
    workers = [worker.process.pid for worker in executor.workers]
    peaks.extend(map(peak, workers))
    spent.extend(map(ticks, workers))
    stop(executor, *error)

Processes.__exit__ = measured
try:
    main()
except SystemExit as end:
    own = os.getpid()
    spent.append(ticks(own))
    print("MEASURED", max(peaks, default=peak(own)), sum(spent) / os.sysconf("SC_CLK_TCK"), file=sys.stderr)
    raise
"""
"""``gxgen`` that tells the peak memory of its largest worker in KiB, and the processors' time of all in seconds."""
SLOWER, MORE_MEMORY, FASTER = 1.15, 20, 1.8
"""The bars: time of a report against the smallest count, MiB against the smallest count, two processes against one."""


class Took(NamedTuple):
    """What a run took: seconds on the clock and of the processors, and MiB of the largest worker."""

    wall: float
    processor: float
    peak: float


def gxgen(folder: Path, source: str, *arguments: str) -> Took:
    """Build as a process of its own."""
    command = [sys.executable, "-c", MEASURED, "build", str(folder / source), "-o", str(folder / f"{source}-out")]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, *arguments],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - start
    assert done.returncode == 0, done.stderr
    peak, processor = done.stderr.rsplit("MEASURED ", 1)[1].split()
    return Took(wall, float(processor), int(peak) / 1024)


def from_nothing(folder: Path, source: str, workers: int) -> Took:
    """Build into a new folder, remembering nothing of earlier runs."""
    shutil.rmtree(folder / f"{source}-out", ignore_errors=True)
    return gxgen(folder, source, "--force", "-j", str(workers))


def medians(runs: list[Took]) -> Took:
    """The median of each number."""
    return Took(*(statistics.median(numbers) for numbers in zip(*runs, strict=True)))


def growth(folder: Path, counts: list[int], rounds: int) -> dict[tuple[int, int], Took]:
    """Measure each count with one worker and two; what starting takes is measured with one report, and taken off."""
    measured: dict[tuple[int, int], Took] = {}
    write_data_files(folder / "1", 1)
    from_nothing(folder, "1", 1)
    start_up = medians([from_nothing(folder, "1", 1) for _ in range(rounds)])
    print(f"Starting takes {1000 * start_up.wall:.0f} ms.\n")
    print(
        "| Reports | Processes | ms each | Processor ms each | Time against the first | Memory, MiB | Two against one |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in counts:
        write_data_files(folder / str(count), count)
        runs = [
            [from_nothing(folder, str(count), workers) for workers in (1, 2)]
            for _ in range(rounds if count == counts[0] else 1)
        ]
        for workers in (1, 2):
            took = medians([run[workers - 1] for run in runs])
            wall, processor = ((took[clock] - start_up[clock]) / count for clock in (0, 1))
            each = Took(wall, processor, took.peak)
            measured[count, workers] = each
            first = each.wall / measured[counts[0], workers].wall
            gain = f"{measured[count, 1].wall / each.wall:.2f}" if workers == 2 else ""
            print(
                f"| {count} | {workers} | {1000 * each.wall:.2f} | {1000 * each.processor:.2f} "
                f"| {first:.2f} | {each.peak:.0f} | {gain} |",
                flush=True,
            )
        shutil.rmtree(folder / f"{count}-out")
    return measured


def verdicts(measured: dict[tuple[int, int], Took], counts: list[int]) -> Iterator[str]:
    """How the numbers stand to the bars."""
    least, most = counts[0], counts[-1]
    for workers in (1, 2):
        first, last = measured[least, workers], measured[most, workers]
        of = f"a report at {most} against {least}, processes: {workers}"
        yield verdict(f"time of {of}", last.wall / first.wall, at_most=SLOWER)
        yield verdict(f"processor time of {of}", last.processor / first.processor, at_most=SLOWER)
        yield verdict(f"MiB more of {of}", last.peak - first.peak, at_most=MORE_MEMORY)
    gain = measured[most, 1].wall / measured[most, 2].wall
    yield f"- two processes against one, {most} reports: {gain:.2f} (bar: at least {FASTER}) — {met(gain >= FASTER)}"


def verdict(what: str, number: float, *, at_most: float) -> str:
    """One line."""
    return f"- {what}: {number:.2f} (bar: at most {at_most}) — {met(number <= at_most)}"


def met(is_met: bool) -> str:
    """One word."""
    return "met" if is_met else "MISSED"


def again(folder: Path, count: int) -> None:
    """Print what a second run takes, and a third after three data files have changed."""
    source = f"again-{count}"
    write_data_files(folder / source, count)
    first = gxgen(folder, source).wall
    unchanged = min(gxgen(folder, source).wall for _ in range(3))
    times = []
    for turn in range(3):
        for path in sorted((folder / source).rglob("*.toml"))[turn : count : max(count // 3, 1)]:
            path.write_text(path.read_text("utf-8") + f"\n# mended {turn}\n", "utf-8")
        times.append(gxgen(folder, source).wall)
    print(f"\n{count} reports: the first run took {first:.1f} s, a second over the same {unchanged:.2f} s,")
    print(f"one after three data files had changed {min(times):.2f} s (the best of three each; all processors).")


def main() -> None:
    """Print the table and the verdicts."""
    parser = argparse.ArgumentParser(description="gxgen build over many reports.")
    parser.add_argument("--counts", default="100,1000,10000")
    parser.add_argument("--second", type=int, default=5000, help="reports of the run in which little has changed")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    counts = [int(count) for count in options.counts.split(",")]
    print(f"{machine()}; reports made of all samples.", flush=True)
    with TemporaryDirectory() as name:
        measured = growth(Path(name), counts, options.rounds)
        print("", *verdicts(measured, counts), sep="\n", flush=True)
        again(Path(name), options.second)


if __name__ == "__main__":
    main()
