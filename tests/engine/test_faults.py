"""What a run survives: being killed, a full disk, folders in the way, broken files, other runs, odd names.

Whatever happens, a file that can be seen is whole, and the next run completes the work.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from gxgen.core import codes
from gxgen.core.findings import Severity
from gxgen.core.user_folders import SWITCH
from gxgen.engine.results import Options, State
from gxgen.engine.run import Run

GOOD = 'year = 2023\nagency = "{}"\n[narrative]\noverview = "平稳。"\nproblems = "人手不足。"\n'
LONGEST = 120
"""Seconds that a process of a test may take on the busiest computer before the test fails."""

RUN = """
import os, signal
from pathlib import Path
from gxgen.services.building import Options, Run
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a cache of its own, made the current one."""
    monkeypatch.setenv(SWITCH, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path


def fill(count: int) -> None:
    """Write so many data files."""
    for number in range(count):
        Path("in", f"{number:04}.toml").write_text(GOOD.format(f"第{number}局"), "utf-8")


def states(output: str = "out", jobs: int = 1) -> list[State]:
    """Build what has changed; what became of each."""
    run = Run([Path("in")], Options(Path(output), jobs=jobs, only_changed=True), write=True)
    return [result.state for result in run]


def contents(folder: str) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_a_run_that_is_killed_is_gone_on_with(desk: Path) -> None:
    """What it has made and remembered is not made again."""
    fill(200)
    killed = """
for number, result in enumerate(Run([Path("in")], Options(Path("out"), only_changed=True), write=True)):
    if number == 150:
        print("there", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", RUN + killed], capture_output=True, timeout=LONGEST, check=False)
    assert done.stdout == b"there\n"
    found = states()
    assert found[:128] == [State.UNCHANGED] * 128
    assert found.count(State.WRITTEN) > 0
    assert len(contents("out")) == 400


def test_a_full_disk_is_told_of_every_report(desk: Path) -> None:
    """Nothing is half-written, and once there is room again the next run completes the work."""
    fill(40)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [sys.executable, "-m", "gxgen", "build", "in", "-o", "out", "-j", "2"]
    done = subprocess.run(command, capture_output=True, preexec_fn=little_room, timeout=LONGEST, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().count("E601 写不出文件：文件超过了系统允许的大小") == 40
    assert contents("out") == {}
    assert states() == [State.WRITTEN] * 40


def test_a_folder_that_takes_no_files_is_told(desk: Path) -> None:
    """Each report fails by itself, with the reason."""
    fill(3)
    closed = Path("/sys/gxgen") if os.geteuid() == 0 else desk / "closed"
    if os.geteuid():
        closed.mkdir()
        closed.chmod(0o555)
    results = list(Run([Path("in")], Options(closed), write=True))
    assert [[finding.code for finding in result.findings] for result in results] == [[codes.OUTPUT]] * 3
    assert all(result.findings[0].message.startswith("写不出文件：") for result in results)


def test_an_output_that_has_become_a_folder_costs_its_report_only(desk: Path) -> None:
    """It is told, and made once the folder is gone."""
    fill(20)
    states()
    taken = next(Path("out").glob("第7局*.docx"))
    taken.unlink()
    taken.mkdir()
    assert states().count(State.FAILED) == 1
    taken.rmdir()
    found = states()
    assert (found.count(State.WRITTEN), found.count(State.UNCHANGED)) == (1, 19)


def test_just_the_broken_files_are_told_and_all_others_written(desk: Path) -> None:
    """1 000 files, 50 of them broken in ten ways."""
    fill(1000)
    good = GOOD.format("某局")
    ways = (
        b"",
        b"year =\n",
        bytes(range(256)),
        b"PK\x03\x04" + bytes(100),
        good.replace("2023", "2001").encode(),
        good.replace("year = 2023\n", "").encode(),
        (good + "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\n").encode(),
        (good + "[request]\nreceived = 1\n").encode(),
        good.replace("平稳", "{{ nobody }}").encode(),
        ('pack = "nowhere"\n' + good).encode(),
    )
    broken = {f"{number * 20 + 7:04}" for number in range(50)}
    for number, name in enumerate(sorted(broken)):
        content = ways[number % len(ways)].replace("某局".encode(), f"第{name}坏局".encode())
        Path("in", f"{name}.toml").write_bytes(content)
    named = [Path("in"), *(Path("in", f"{name}.toml") for name in sorted(broken))]
    results = list(Run(named, Options(Path("out"), jobs=2), write=True))
    empty = {name for number, name in enumerate(sorted(broken)) if number % len(ways) == 0}
    told = {result.path.stem for result in results if result.count(Severity.ERROR)}
    assert told == broken - empty  # an empty file of a folder is nobody's report
    written = {result.path.stem for result in results if result.written}
    assert written == {f"{number:04}" for number in range(1000)} - broken
    assert len(contents("out")) == 2 * 950


def test_two_runs_into_one_folder_at_a_time(desk: Path) -> None:
    """Both end well, every file is whole, and both have remembered what they made."""
    fill(60)
    states("whole")
    command = [sys.executable, "-m", "gxgen", "build", "in", "-o", "out", "--force", "-j"]
    runs = [
        subprocess.Popen([*command, jobs], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for jobs in ("1", "2", "1")
    ]
    told = [run.communicate(timeout=LONGEST) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], told
    assert contents("out") == contents("whole")
    assert states() == [State.UNCHANGED] * 60


def test_names_that_are_odd(desk: Path) -> None:
    """Spaces, Chinese, 200 characters, a leading dash, line breaks, brackets and bytes that are no text."""
    names = ["带 空格", "报告" * 40, "x" * 200, "-o", "--force", "a\nb", "[b](c)", "$HOME", "'\"", "e\u0301", "\udcff"]
    for number, name in enumerate(names):
        path = Path("in", name, f"{name}.toml")
        path.parent.mkdir()
        path.write_text(GOOD.format(f"第{number}局"), "utf-8")
    for jobs in (1, 2):
        assert states(f"out{jobs}", jobs) == [State.WRITTEN] * len(names)
        assert len(contents(f"out{jobs}")) == 2 * len(names)
        assert states(f"out{jobs}", jobs) == [State.UNCHANGED] * len(names)
    (desk / "in" / "-o" / "-o.toml").rename(desk / "-o.toml")
    done = subprocess.run(
        [sys.executable, "-m", "gxgen", "build", "-o", "out3", "--", "-o.toml"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(contents("out3")) == 2


def test_links_in_a_circle_end(desk: Path) -> None:
    """A folder that holds itself is searched once; a file that is a link to itself is passed over or told."""
    fill(2)
    Path("in", "again").symlink_to("../in", target_is_directory=True)
    Path("in", "circle.toml").symlink_to("circle.toml")
    assert [state for state in states() if state is not State.FAILED] == [State.WRITTEN] * 2


@pytest.mark.parametrize(
    "title", ["../../escaped", "/escaped", "..", "a/../../escaped", "..\\\\escaped", "C:\\\\escaped"]
)
def test_no_report_leaves_the_output_folder(desk: Path, monkeypatch: pytest.MonkeyPatch, title: str) -> None:
    """Whatever its title says."""
    monkeypatch.setenv(SWITCH, "off")
    Path("in", "a.toml").write_text(f'title = "{title}"\n' + GOOD.format("甲局"), "utf-8")
    before = {path for path in desk.rglob("*") if desk / "out" not in path.parents}
    (result,) = Run([Path("in")], Options(Path("out")), write=True)
    assert [path.parent for path in result.written] == [Path("out")] * 2
    assert {path for path in desk.rglob("*") if desk / "out" not in path.parents} == before | {desk / "out"}


def test_a_link_in_the_place_of_an_output_is_replaced_and_not_followed(desk: Path) -> None:
    """What it leads to is not touched."""
    fill(1)
    (written, *_) = next(iter(Run([Path("in")], Options(Path("out")), write=True))).written
    other = desk / "other"
    other.write_bytes(b"kept")
    written.unlink()
    written.symlink_to(other)
    assert states() == [State.WRITTEN]
    assert other.read_bytes() == b"kept"
    assert not written.is_symlink()
