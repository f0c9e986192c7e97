"""Made-up data files for the benchmarks: the reports of samples/ in turn, each with an agency and figures of its own.

All counts of a file are multiplied by a number of its own, in its tables and in its text, so that sums, totals and
percentages still hold; numbers of the text that belong to no sum (trainings, mended pages) are random.  One report in
six has a warning, as the sample it is made from.
"""

from __future__ import annotations

import os
import platform
import random
import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
IN_A_FOLDER = 100
"""Data files: those of a district or so."""
LARGEST_FACTOR = 40
FIRST_FIGURE = re.compile(r"(?m)^\[(?!narrative)|\Z")
HEAD = re.compile(r'(?m)^(?:agency = "(.*?)"|(?=\[narrative\]))')
"""The agency's name, or the place for one."""
COUNTED = re.compile(r"\d+(?=[件条篇])")
UNCOUNTED = re.compile(r"\d+(?=(?:次|处|人次|期|场)[，。；])")
NUMBER = re.compile(r"\d+")


def environment(folder: Path) -> dict[str, str]:
    """The environment of a command that is measured.

    It uses the gxgen of this folder, has a cache of its own, and keeps compiled modules as those of an installed
    package are.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"GXGEN_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}


def machine(*packages: str) -> str:
    """What a measurement was made on, and with which versions."""
    versions = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)]
    system, load = f"{platform.system()} {platform.release().split('-')[0]}", os.getloadavg()[0]
    return f"{os.cpu_count()} processors, {system}, {', '.join(versions)}, load at the start {load:.1f}"


def write_data_files(folder: Path, count: int, samples: Sequence[str] = ()) -> None:
    """Write as many data files, in folders of a hundred.

    Args:
        folder: where.
        count: how many.
        samples: names of the samples to make them from; all if none is named.
    """
    named = [path for path in sorted(SAMPLES.glob("*.toml")) if not samples or path.stem in samples]
    texts = [path.read_text("utf-8") for path in named]
    for number in range(count):
        path = folder / f"{number // IN_A_FOLDER:03}" / f"{number:06}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data_file(texts[number % len(texts)], number), "utf-8")


def data_file(sample: str, number: int) -> str:
    """A data file like *sample*; the same for the same number."""
    random_numbers = random.Random(number)  # noqa: S311  # nobody guards anything with them
    factor = random_numbers.randint(1, LARGEST_FACTOR)
    first = FIRST_FIGURE.search(sample)
    assert first, "a text has an end"
    text, tables = sample[: first.start()], sample[first.start() :]
    text = COUNTED.sub(lambda found: str(int(found[0]) * factor), text)
    text = UNCOUNTED.sub(lambda _: str(random_numbers.randint(2, 9_999)), text)
    text = HEAD.sub(lambda found: f'agency = "第{number}区{found[1] or "科学技术局"}"\n', text, count=1)
    return text + "\n".join(_multiplied(line, factor) for line in tables.split("\n"))


def _multiplied(line: str, factor: int) -> str:
    """A line of the tables; amounts of money and remarks stay."""
    key, equals, rest = line.partition("=")
    if not equals or key.strip() == "amount":
        return line
    value, mark, remark = rest.partition("#")
    return f"{key}={NUMBER.sub(lambda found: str(int(found[0]) * factor), value)}{mark}{remark}"
