"""One process's share of the fuzz: mutants in a folder of their own, each checked as the command line checks it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from traceback import format_exc
from unittest.mock import patch

from gxgen.checks import check as run_checks
from gxgen.cli.formats import as_text, for_programs
from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.core.findings import Finding
from gxgen.engine import analysis
from gxgen.engine.results import Result
from gxgen.services import building
from gxgen.source import read_bytes
from tests.fuzz.mutations import mutant

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = tuple(sorted((ROOT / "samples").glob("*.toml")))
NAME = "report.toml"
LONG, RARELY = 10_000, 0.05
"""Bytes of a sample that takes too long to be chosen often, and how often it is."""
WRITING = frozenset(
    {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod"}
)


@dataclass
class Tally:
    """What came of a shard."""

    mutants: int = 0
    reports: int = 0
    """Mutants that could be read as a report, and so went through every check."""
    codes: Counter[str] = field(default_factory=Counter)
    failure: str = ""
    """The first mutant that was not checked as it should be: what was wrong, and its bytes."""


class WritingError(AssertionError):
    """Something was written while a file was checked."""


class _Counted:
    """The checks, counting how often they are run."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, completed: Completed) -> tuple[Finding, ...]:
        self.runs += 1
        return run_checks(completed)


class _Guard:
    """Sees everything that this process opens for writing, removes or renames, and refuses it while it is shut."""

    def __init__(self) -> None:
        self.is_shut = False
        sys.addaudithook(self._seen)

    def refuses(self, way: Callable[[], object]) -> bool:
        """Whether something cannot be done while the guard is shut."""
        self.is_shut = True
        try:
            way()
        except WritingError:
            return True
        finally:
            self.is_shut = False
        return False

    def _seen(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_shut and (event in WRITING or (event == "open" and _opens_to_write(arguments))):
            raise WritingError(f"{event} {arguments}")


def _opens_to_write(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))


def run(seed: int, mutants: int, folder: Path) -> Tally:
    """Check this many mutants, the same for the same seed; stops at the first that is not checked as it should be."""
    samples = tuple(sample.read_bytes() for sample in SAMPLES)
    weights = tuple(RARELY if len(raw) > LONG else 1.0 for raw in samples)
    random = Random(seed)  # noqa: S311 - a seed, so that a failure comes again
    tally, guard, counted = Tally(), _Guard(), _Counted()
    sys.dont_write_bytecode = True
    desk = folder / str(seed)
    desk.mkdir()
    path = desk / NAME
    for number in range(mutants):
        (sample,) = random.choices(samples, weights)
        raw = mutant(sample, random, samples)
        path.write_bytes(raw)
        try:
            guard.is_shut = True
            with patch.object(analysis, "run_checks", counted):
                (result,) = building.check([path])
            _must_be_sound(result, raw)
        except Exception:  # noqa: BLE001 - any at all is what is looked for
            guard.is_shut = False
            tally.failure = f"seed {seed}, mutant {number}:\n{format_exc()}\n{raw!r}"
            return tally
        guard.is_shut = False
        tally.mutants += 1
        tally.codes.update({finding.code.name for finding in result.findings})
    tally.reports = counted.runs
    assert [one.name for one in desk.iterdir()] == [NAME]
    return tally


def _must_be_sound(result: Result, raw: bytes) -> None:
    """Every finding stands in the file, and can be shown to people and to programs."""
    lines = (read_bytes(raw).text or raw.decode("utf-8", "replace")).split("\n")
    for finding in result.findings:
        assert finding.code is not codes.INTERNAL, finding
        _must_stand_in(lines, finding)
    assert bool(list(as_text(result))) is bool(result.findings)
    for_programs("json", [result])


def _must_stand_in(lines: list[str], finding: Finding) -> None:
    at = finding.position
    assert at is not None, finding
    assert 1 <= at.line <= len(lines), finding
    line = lines[at.line - 1]
    assert 1 <= at.column <= len(line) + 1, finding
    assert at.column - 1 + at.length <= len(line) + 1, finding
    assert finding.message, finding


def refused(folder: Path) -> dict[str, bool]:
    """What the guard, shut, refuses to do; for a process of its own, which the guard does not leave."""
    path = folder / NAME
    path.write_text("year = 2023\n", "utf-8")
    ways: dict[str, Callable[[], object]] = {
        "create": (folder / "new.toml").touch,
        "rename": lambda: path.rename(folder / "old.toml"),
        "remove": path.unlink,
        "read": path.read_bytes,
    }
    guard = _Guard()
    return {name: guard.refuses(way) for name, way in ways.items()}
