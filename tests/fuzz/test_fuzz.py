"""Whatever is done to a data file, ``check`` raises nothing, writes nothing, and points into the file.

``GXGEN_FUZZ=100000`` tries so many mutants; the first ones of each seed are the same however many there are.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.mutations import WEIGHTS, Mutation, mutant
from tests.fuzz.shard import SAMPLES, Tally, refused, run

pytestmark = pytest.mark.slow

MUTANTS = int(os.environ.get("GXGEN_FUZZ", "10000"))
SEEDS = range(20_230_101, 20_230_109)
SHARE_OF_REPORTS = 0.5
"""At least so many mutants have to reach the checks."""
OF_READING = {"E102", "W103", "E104", "E105", "E201", "E202", "E203", "E204", "E205", "E209"}
OF_CHECKING = {"E301", "E302", "E303", "W304", "W501", "W502", "W503", "W504", "W506", "W510"}


def processes(count: int | None = None) -> ProcessPoolExecutor:
    """Fresh processes, which neither tests nor coverage have touched."""
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))


def test_no_mutant_of_a_sample_brings_check_down(tmp_path: Path) -> None:
    """Mutants by the ten thousand: most reach the checks, and all are answered soundly.  A failure gives the bytes."""
    with processes() as pool:
        shares = [pool.submit(run, seed, MUTANTS // len(SEEDS), tmp_path) for seed in SEEDS]
        tallies: list[Tally] = [share.result() for share in shares]
    failures = [tally.failure for tally in tallies if tally.failure]
    assert not failures, "\n\n".join(failures)
    tried, reports = sum(tally.mutants for tally in tallies), sum(tally.reports for tally in tallies)
    codes = sum((tally.codes for tally in tallies), Counter[str]())
    assert tried == MUTANTS // len(SEEDS) * len(SEEDS)
    assert reports > tried * SHARE_OF_REPORTS
    assert codes.keys() >= OF_READING | OF_CHECKING


def test_writing_would_be_noticed(tmp_path: Path) -> None:
    """The guard of the mutants refuses to create, empty, rename and remove, and lets reading pass."""
    with processes(1) as pool:
        assert pool.submit(refused, tmp_path).result() == {
            "create": True,
            "rename": True,
            "remove": True,
            "read": False,
        }


@pytest.mark.parametrize("mutation", WEIGHTS, ids=lambda mutation: mutation.__name__)
def test_a_mutation_does_something_and_the_same_for_the_same_seed(mutation: Mutation) -> None:
    """No way of damaging a file is idle, and none takes chance from elsewhere than its seed."""
    samples = tuple(sample.read_bytes() for sample in SAMPLES)
    once, again = ([mutation(raw, Random(7), samples) for raw in samples] for _ in range(2))  # noqa: S311 - a seed
    assert once == again
    assert any(made != raw for made, raw in zip(once, samples, strict=True))


def test_mutants_of_nothing_are_nothing() -> None:
    """A file that has been emptied on the way stays so."""
    assert mutant(b"", Random(1), (b"year = 2023\n",)) == b""  # noqa: S311 - a seed
