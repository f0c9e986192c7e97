"""How many reports a second ``gxgen check`` reads and checks, as a whole process over a folder of them.

    python benchmarks/check_rate.py [--reports 1000] [--runs 3]

The reports are those of a small bureau and of a district with every topic written out (samples/), each with an agency
and figures of its own.  Every other one has findings: a number of the text that the tables do not give, a column that
does not balance.  Start-up is measured beside them, by a folder of one report: what more reports take, divided by
their number, is the time of one.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
KINDS = {"small": "xingqing_science_industry_2023", "long": "district_2024"}
EVERYDAY = re.compile(r"\d+(?=(?:篇|次|处|人次)[，。；])")
"""Numbers of a text that no table holds: web pages, trainings, faults put right."""
FIRST_ROW = re.compile(r"(?m)^received = \[\d+")


def seconds(folder: Path) -> tuple[float, float]:
    """The wall time and the processor time of a whole run; what it finds is thrown away."""
    # Compiled modules are kept as those of an installed package are.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    start, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, "-m", "gxgen", "check", str(folder)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    wall, after = time.perf_counter() - start, os.times()
    return wall, sum(after[2:4]) - sum(before[2:4])


def report(sample: str, number: int, random_numbers: random.Random, *, is_faulty: bool) -> str:
    """A data file like *sample*, of another agency and with other numbers in its text."""
    text = re.sub(r'(?m)^agency = "(.*?)"', rf'agency = "第{number}号\1"', sample, count=1)
    text = EVERYDAY.sub(lambda _: str(random_numbers.randint(2, 9_999)), text)
    if not is_faulty:
        return text
    wrong = random_numbers.randint(1_000, 9_999)
    text = text.replace('other = """\n', f'other = """\n本年收到政府信息公开申请9{wrong}件。\n', 1)
    changed = FIRST_ROW.sub(f"received = [{wrong}", text)
    return changed if changed != text else f"{text}\n[requests]\nreceived = {{ individual = {wrong} }}\n"


def write_reports(folder: Path, sample: str, count: int) -> None:
    """As many different reports, every other one with findings."""
    folder.mkdir()
    random_numbers = random.Random(count)  # noqa: S311 - the same reports in every run
    for number in range(count):
        text = report(sample, number, random_numbers, is_faulty=number % 2 == 1)
        (folder / f"{number:05}.toml").write_text(text, encoding="utf-8")


def main() -> None:
    """Measure each kind in turn with its start-up, and print the medians."""
    parser = argparse.ArgumentParser(description="Reports a second of gxgen check over a folder.")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with TemporaryDirectory() as parent:
        for kind, sample_name in KINDS.items():
            sample = (SAMPLES / f"{sample_name}.toml").read_text("utf-8")
            many, one = Path(parent, kind), Path(parent, f"{kind}-one")
            write_reports(many, sample, options.reports)
            write_reports(one, sample, 1)
            seconds(one)
            times = [(seconds(one), seconds(many)) for _ in range(options.runs)]
            for clock, name in enumerate(("wall", "processor")):
                start_up, whole = (statistics.median(run[clock] for run in runs) for runs in zip(*times, strict=True))
                beyond = statistics.median(run[clock] - alone[clock] for alone, run in times) / (options.reports - 1)
                print(
                    f"{kind:6}{name:10}{options.reports / whole:8.0f} reports/s"
                    f"{1000 * beyond:8.2f} ms a report beyond start-up ({1000 * start_up:.0f} ms)"
                )


if __name__ == "__main__":
    main()
