"""Several processes: results in order, and what the death of one costs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gxgen.engine.executors import CHUNK, Executor, Inline, StopRequest
from gxgen.engine.executors.processes import MOST_WAITING, Processes

COUNT = 3


class Squares:
    """Work that is done in some process."""

    def square(self, numbers: Sequence[int]) -> list[int]:
        """The square of each."""
        return [number * number for number in numbers]

    def where(self, numbers: Sequence[int]) -> list[int]:
        """In which process each is done."""
        return [os.getpid() for _ in numbers]


class Deadly:
    """Work that kills the process that does it."""

    def __init__(self, deadly: frozenset[int], folder: Path) -> None:
        self._deadly = deadly
        self._folder = folder

    def always(self, numbers: Sequence[int]) -> list[int]:
        """Some numbers kill whenever they are met."""
        for number in numbers:
            if number in self._deadly:
                os.kill(os.getpid(), signal.SIGKILL)
        return list(numbers)

    def once(self, numbers: Sequence[int]) -> list[int]:
        """Some numbers kill when they are met for the first time."""
        for number in numbers:
            met = self._folder / str(number)
            if number in self._deadly and not met.exists():
                met.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return list(numbers)


@pytest.mark.parametrize("executor", [Inline(Squares()), Processes(Squares(), COUNT)], ids=["inline", "processes"])
def test_results_come_in_the_order_of_the_items(executor: Executor[Squares]) -> None:
    """However many items there are, each has its own result and its own number; one pass may follow another."""
    with executor:
        for count in (0, 1, CHUNK, 10 * CHUNK + 1):
            found = list(executor.map(Squares.square, range(count), StopRequest()))
            assert found == [(number, number * number) for number in range(count)]


def test_the_work_is_shared() -> None:
    """All processes take part, and none of them is this one."""
    with Processes(Squares(), COUNT) as executor:
        found = {where for _, where in executor.map(Squares.where, range(100 * CHUNK), StopRequest())}
    assert len(found) == COUNT
    assert os.getpid() not in found


def test_items_are_taken_as_results_are(tmp_path: Path) -> None:
    """A run over any number of items holds a bounded number of them."""
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for taken in range(10**9):  # noqa: UP028  # what is counted is how many
            yield taken

    with Processes(Squares(), 2) as executor:
        results = executor.map(Squares.square, items(), StopRequest())
        for number in range(5000):
            assert next(results) == (number, number * number)
            assert taken - number <= (MOST_WAITING + 2) * CHUNK


def test_who_kills_twice_has_no_result_and_costs_no_other(tmp_path: Path) -> None:
    """Items that were with it, or in the same process before, have theirs."""
    deadly = frozenset({0, 5, CHUNK, 3 * CHUNK - 1})
    with Processes(Deadly(deadly, tmp_path), 2) as executor:
        found = dict(executor.map(Deadly.always, range(4 * CHUNK), StopRequest()))
    assert {number for number, result in found.items() if result is None} == deadly
    assert all(found[number] == number for number in range(4 * CHUNK) if number not in deadly)


def test_who_kills_once_is_done_again(tmp_path: Path) -> None:
    """One process after the other dies, and every item has its result."""
    deadly = frozenset(range(0, 6 * CHUNK, 7))
    with Processes(Deadly(deadly, tmp_path), 2) as executor:
        found = list(executor.map(Deadly.once, range(6 * CHUNK), StopRequest()))
    assert found == [(number, number) for number in range(6 * CHUNK)]
    assert {int(path.name) for path in tmp_path.iterdir()} == deadly


def test_no_process_outlives_the_run() -> None:
    """They end with it, whether it comes to its end or not."""
    with Processes(Squares(), COUNT) as executor:
        next(executor.map(Squares.square, range(10 * CHUNK), StopRequest()))
        processes = [worker.process for worker in executor.running]
    assert not any(process.is_alive() for process in processes)
    executor = Processes(Squares(), COUNT)
    with pytest.raises(KeyboardInterrupt), executor:
        _interrupt()
    assert not any(worker.process.is_alive() for worker in executor.running)


def _interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("executor", [Inline(Squares()), Processes(Squares(), COUNT)], ids=["inline", "processes"])
def test_a_stop_ends_the_run_after_what_is_being_done(executor: Executor[Squares]) -> None:
    """What has been begun has its result; nothing more is begun."""
    stop = StopRequest()
    found = []
    with executor:
        for number, result in executor.map(Squares.square, range(1000 * CHUNK), stop):
            found.append(number)
            assert result == number * number
            stop.requested = True
    assert found == sorted(found)
    assert CHUNK <= len(found) <= (MOST_WAITING + COUNT) * CHUNK


class Surroundings:
    """Work that looks around."""

    def look(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """The current folder, and a variable of the environment."""
        return [(str(Path.cwd()), os.environ.get(name, "")) for name in names]


def test_processes_see_what_this_one_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative paths and settings mean the same there, whenever this process has changed them."""
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        monkeypatch.setenv("GXGEN_TEST", str(number))
        with Processes(Surroundings(), 2) as executor:
            found = [seen for _, seen in executor.map(Surroundings.look, ["GXGEN_TEST"] * CHUNK * 4, StopRequest())]
        assert set(found) == {(str(folder), str(number))}
