"""Copies among many reports: time and memory of ``gxgen diff`` over a folder, and how they grow.

    python benchmarks/copies.py [--count 10000]

Writes made-up data files.  Every sentence is an agency's own, but for ten of twenty that all have, and every hundredth
report is the copy of the one before it.  One process reads them; a hundredth and a tenth of them go first.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from gxgen.engine.results import Options
from gxgen.services.diff import CopySearch

SENTENCES, SHARED, EACH = 120, 20, 10
COPY = 100
CHARACTERS = "公开信息工作制度平台申请办理监督保障管理业务培训网站栏目发布审查责任落实推进完善加强规范"


def sentence(chance: random.Random) -> str:
    """A sentence that nobody else has."""
    return "".join(chance.choices(CHARACTERS, k=chance.randint(18, 40))) + "。"


def write(folder: Path, count: int) -> int:
    """Write the data files; how many of them are copies."""
    chance = random.Random(7)  # noqa: S311  # a fixed seed is the point
    shared = [sentence(chance) for _ in range(SHARED)]
    own: list[str] = []
    for number in range(count):
        if number % COPY or not number:
            own = [sentence(chance) for _ in range(SENTENCES)]
        text = "".join(own + chance.sample(shared, EACH))
        data = f'year = 2023\nagency = "第{number}局"\n[narrative]\noverview = "{text}"\n'
        (folder / f"{number}.toml").write_text(data, "utf-8")
    return (count - 1) // COPY


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description="Copies among many reports.")
    parser.add_argument("--count", type=int, default=10_000)
    most = parser.parse_args().count
    print("reports  seconds  processor ms/report  peak MB  copies found")
    for count in (most // 100, most // 10, most):
        with TemporaryDirectory() as name:
            expected = write(Path(name), count)
            begun, worked = time.perf_counter(), time.process_time()
            found = sum(bool(result.findings) for result in CopySearch([Path(name)], Options()).results())
            wall, worked = time.perf_counter() - begun, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:7}  {wall:7.1f}  {worked / count * 1000:19.2f}  {peak:7.0f}  {found} of {expected}")


if __name__ == "__main__":
    main()
