"""The sum of many bureaus: time and memory of ``gxgen rollup``, and of checking what comes of it.

    python benchmarks/rollup.py [--count 10000] [--sample xingqing_science_industry_2023]

Writes so many data files with random balanced figures and the texts of a sample, sums them with ``gxgen rollup`` as a
process of its own on one processor, holds the figures against a sum of this script's own, and has
``gxgen check`` compare it with them.  Bars: 10 000 bureaus in 30 s and 300 MB.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from gxgen.model import Report
from gxgen.source import read
from gxgen.source.writer import data_file
from gxgen.spec import Kind, address_book

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEBIBYTES = 30.0, 300.0
MEASURED = """
import os, resource, sys
from gxgen.cli import main
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
try:
    main()
finally:
    peak = resource.getrusage(resource.RUSAGE_SELF)
    unit = 1 if sys.platform == "darwin" else 1024
    print("MEASURED", peak.ru_maxrss * unit, peak.ru_utime + peak.ru_stime, file=sys.stderr)
"""
"""``gxgen`` on one processor, that tells its own peak memory in bytes and its processor time."""


class Took(NamedTuple):
    """What one command took and said."""

    seconds: float
    processor: float
    mebibytes: float
    code: int
    told: str


def gxgen(*arguments: str) -> Took:
    """Run the command as a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    told, _, measured = done.stderr.rpartition("MEASURED ")
    peak, processor = measured.split()
    return Took(time.perf_counter() - start, float(processor), int(peak) / 2**20, done.returncode, told)


def figures_of(report: Report, chance: random.Random) -> dict[str, int]:
    """Random figures of a bureau with some forty cells filled in; every column balances."""
    book = address_book(report.layout)
    found: dict[str, int] = {}
    for row in book.outline.walk():
        cells = [each.entry for each in row.columns if each.entry and not book.totals_of.get(each.address)]
        cells = [entry for entry in cells if entry.kind is Kind.COUNT and not entry.is_total]
        # What is in force is more than what was issued, and comes after it.
        numbers = sorted(chance.randint(1, 900) for _ in cells)
        found |= {entry.address: number for entry, number in zip(cells, numbers, strict=True)}
    for check in book.balances:
        first, *_ = (row for row in check.rows.values() if row.address in check.balance.left)
        decided = [row for row in check.rows.values() if row.address not in (*check.balance.left, *check.balance.right)]
        carried = next(
            row for row in check.rows.values() if row.address in check.balance.right and not row.head.is_total
        )
        for column in check.columns:
            if not column.head.is_total:
                rows = [*chance.sample(decided, 4), carried]
                numbers = [chance.randint(1, 30) for _ in rows]
                found |= {f"{row.address}.{column.address}": number for row, number in zip(rows, numbers, strict=True)}
                found[f"{first.address}.{column.address}"] = sum(numbers)
    return {address: number for address, number in found.items() if number}


def data_files(folder: Path, sample: Report, count: int) -> Counter[str]:
    """Write the bureaus' data files; the sum of their figures, worked out here."""
    chance, sums = random.Random(1), Counter[str]()  # noqa: S311  # the same files each time
    folder.mkdir()
    for number in range(count):
        figures = figures_of(sample, chance)
        vertical = number % 100 == 99
        bureau = replace(sample, agency=f"第{number}局", figures=MappingProxyType(figures), vertical=vertical)
        (folder / f"{number:05}.toml").write_text(data_file(bureau), "utf-8")
        if not vertical:
            sums.update(figures)
    return sums


def verdict(is_met: bool) -> str:
    """How a bar is told."""
    return "met" if is_met else "MISSED"


def main() -> int:
    """Print the table; whether every bar is met."""
    parser = argparse.ArgumentParser(description="gxgen rollup over many bureaus.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--sample", default="xingqing_science_industry_2023", help="a file of samples/")
    options = parser.parse_args()
    sample = read(ROOT / "samples" / f"{options.sample}.toml").report
    assert sample, "a sample is a report"
    print(f"{platform.platform()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as name:
        bureaus, city = Path(name, "bureaus"), Path(name, "city.toml")
        sums = data_files(bureaus, sample, options.count)
        rolled = gxgen("rollup", str(bureaus), "-o", str(city), "--agency", "某某市人民政府")
        checked = gxgen("check", str(city), "--select", "E,W3")
        made = read(city).report
        is_right = rolled.code == 0 and made is not None and dict(made.figures) == dict(sums)
    print(f"{options.count} bureaus, {len(sums)} cells; figures of the sum {'right' if is_right else 'WRONG'}")
    for what, took in (("rollup", rolled), ("check", checked)):
        print(f"{what:7} {took.seconds:6.1f} s ({took.processor:.1f} s processor), {took.mebibytes:4.0f} MiB")
    is_fast, is_small = rolled.seconds < SECONDS, rolled.mebibytes < MEBIBYTES
    print(f"under {SECONDS:.0f} s: {verdict(is_fast)}; under {MEBIBYTES:.0f} MB: {verdict(is_small)}")
    print(f"check of the sum: {checked.told.strip()}")
    return 0 if is_right and is_fast and is_small and checked.code == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
