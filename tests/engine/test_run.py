"""One run: what happens between its two looks at a data file, and what nobody foresaw."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest

from gxgen.compute import Completed
from gxgen.core import codes
from gxgen.engine import pipeline
from gxgen.engine.build_worker import BuildWorker, StagedReport
from gxgen.engine.executors import CHUNK
from gxgen.engine.pipeline import Job, Outcome
from gxgen.engine.results import Options, State
from gxgen.engine.run import Run
from gxgen.view import ComposeOptions, Document, compose

GOOD = 'year = 2023\nagency = "{}"\n[narrative]\noverview = "平稳。"\nproblems = "人手不足。"\n'


def put(folder: Path, name: str, agency: str) -> Path:
    """Write a data file."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(GOOD.format(agency), "utf-8")
    return path


def many(folder: Path, count: int) -> Path:
    """A folder with many data files."""
    for number in range(count):
        put(folder, f"{number:04}", f"第{number}局")
    return folder


def between_scan_and_build(monkeypatch: pytest.MonkeyPatch, path: Path, content: str | None) -> None:
    """Have a file changed, or taken away, after all have been scanned and before the first is built."""
    plain = BuildWorker.build

    def build(worker: BuildWorker, jobs: Sequence[Job]) -> list[Outcome]:
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_text(content, "utf-8")
        return plain(worker, jobs)

    monkeypatch.setattr(BuildWorker, "build", build)


def test_a_file_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are made."""
    folder = many(tmp_path / "in", 3)
    between_scan_and_build(monkeypatch, folder / "0001.toml", None)
    results = list(Run([folder], Options(tmp_path / "out"), write=True))
    assert [result.state for result in results] == [State.WRITTEN, State.FAILED, State.WRITTEN]
    assert [finding.code for finding in results[1].findings] == [codes.UNREADABLE]
    assert results[1].unreadable


def test_a_file_that_changes_is_made_as_it_is_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is not what was seen at first: the next run makes it again."""
    folder = many(tmp_path / "in", 3)
    changed = GOOD.format("第1局").replace("平稳", "有序")
    options = Options(tmp_path / "out", only_changed=True)
    with monkeypatch.context() as patches:
        between_scan_and_build(patches, folder / "0001.toml", changed)
        results = list(Run([folder], options, write=True))
        assert "有序" in results[1].written[1].read_text("utf-8")
    states = [result.state for result in Run([folder], options, write=True)]
    assert states == [State.UNCHANGED, State.WRITTEN, State.UNCHANGED]


def test_a_file_that_becomes_another_report_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has looked whether the files of its new title are in somebody's way."""
    folder = many(tmp_path / "in", 3)
    between_scan_and_build(monkeypatch, folder / "0001.toml", GOOD.format("第2局"))
    results = list(Run([folder], Options(tmp_path / "out"), write=True))
    assert [result.state for result in results] == [State.WRITTEN, State.FAILED, State.WRITTEN]
    (finding,) = results[1].findings
    assert finding.code is codes.CHANGED
    assert finding.position
    assert finding.position.line == 2


def test_what_nobody_foresaw_is_a_finding_of_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what happened and where; the others are made."""
    monkeypatch.undo()  # the tests' own way with errors of gxgen
    folder = many(tmp_path / "in", 3)

    def fail(completed: Completed, compose_options: ComposeOptions) -> Document:
        if completed.report.agency == "第1局":
            raise ZeroDivisionError("by mistake")
        return compose(completed, compose_options)

    with patch.object(pipeline, "compose", fail):
        results = list(Run([folder], Options(tmp_path / "out"), write=True))
    assert [result.state for result in results] == [State.WRITTEN, State.FAILED, State.WRITTEN]
    (finding,) = results[1].findings
    assert finding.code is codes.INTERNAL
    assert finding.message.startswith("程序出错：ZeroDivisionError by mistake（test_run.py:")


def test_processes_give_the_results_of_one(tmp_path: Path) -> None:
    """File for file and finding for finding, in the same order."""
    folder = many(tmp_path / "in", 4 * CHUNK)
    put(folder, "0005", "第6局")  # two reports of one title
    (folder / "0020.toml").write_text("year =\n", "utf-8")
    (folder / "0021.toml").write_text(GOOD.format("甲局") + "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\n", "utf-8")
    (folder / "0022.toml").write_text("x = 1\n", "utf-8")
    runs = [Run([folder], Options(tmp_path / "out", jobs=jobs), write=True) for jobs in (1, 2)]
    first, second = ([result for result in run] for run in runs)  # noqa: C416  # two lists
    assert first == second
    assert runs[0].total == len(first) == 4 * CHUNK - 1
    assert sum(result.state is State.FAILED for result in first) == 4


def test_a_process_that_dies_twice_is_told_of_its_report(tmp_path: Path) -> None:
    """And of no other: the report that no process survives is the only one without files."""
    folder = many(tmp_path / "in", 4 * CHUNK)
    run = Run([folder], Options(tmp_path / "out", jobs=2), write=True)
    plain = Run._executor  # the one way in

    def deadly(run: Run, sources: int, beside: int) -> object:
        executor = plain(run, sources, beside)
        executor._worker = _Deadly()  # type: ignore[attr-defined]
        return executor

    with patch.object(Run, "_executor", deadly):
        results = list(run)
    failed = [result for result in results if result.state is State.FAILED]
    assert [result.path.stem for result in failed] == ["0007"]
    assert [finding.code for finding in failed[0].findings] == [codes.WORKER_DIED]
    assert failed[0].agency == "第7局"
    assert len(results) == 4 * CHUNK


class _Deadly(BuildWorker):
    """Dies of one report."""

    def __init__(self) -> None:
        super().__init__(Options())

    def __reduce__(self) -> tuple[object, ...]:
        return _Deadly, ()

    def _staged(self, job: Job) -> Outcome | StagedReport:
        """Kill this process in the middle of one report."""
        if job.source.endswith("0007.toml"):
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._staged(job)
