"""Several machines: the results are those of one, whatever happens to workers, and files travel by content."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from distributed import Client
from msgspec.structs import replace

from gxgen import __version__
from gxgen.core import codes
from gxgen.core.errors import ClusterError
from gxgen.engine.cluster import client
from gxgen.engine.cluster.worker import SYSTEM, build_submission
from gxgen.engine.executors import CHUNK
from gxgen.engine.pipeline import Job, Outcome, ReportPipeline
from gxgen.engine.results import Options, Result, State
from gxgen.engine.run import Run
from tests.cli.running import gxgen

pytestmark = pytest.mark.slow

HOST = Path(__file__).with_name("cluster_host.py")
GOOD = 'year = {}\nagency = "{}"\n{}[narrative]\noverview = "平稳。"\nproblems = "人手不足。"\n[requests]\n{}\n'


class Host(NamedTuple):
    """A cluster, the folder that its workers stand in, and the one that they must not open."""

    address: str
    folder: Path
    hidden: Path
    process: subprocess.Popen[str]


@contextmanager
def hosted(tmp: Path) -> Iterator[Host]:
    """Two workers on the loopback."""
    folder, hidden = tmp / "away", tmp / "hidden"
    folder.mkdir()
    hidden.mkdir()
    settings = {
        "GXGEN_TEST_HIDDEN": str(hidden),
        "GXGEN_CONFIG": "off",
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "PYTHONWARNINGS": "default",
    }
    with (tmp / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, str(HOST), "2"],
            cwd=folder,
            env=os.environ | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with process:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert address, (tmp / "log").read_text()
            yield Host(address, folder, hidden, process)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """One cluster for all tests that leave it as it is."""
    with hosted(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def desk(host: Host, request: pytest.FixtureRequest) -> Path:
    """A folder that no worker can open, once those are there that an earlier test has killed."""
    with Client(host.address, set_as_default=False) as client:
        client.wait_for_workers(2)
    folder: Path = host.hidden / request.node.name
    folder.mkdir()
    return folder


def put(path: Path, agency: str, *, year: int = 2023, top: str = "", requests: str = "") -> None:
    """Write a data file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GOOD.format(year, agency, top, requests), "utf-8")


def many(folder: Path, count: int) -> Path:
    """A folder with many data files."""
    for number in range(count):
        put(folder / f"{number:04}.toml", f"第{number}局")
    return folder


def everything(folder: Path) -> Path:
    """A folder with a report of every kind of input."""
    many(folder, 2 * CHUNK)
    put(folder / "years/2022.toml", "甲局", year=2022, requests="carried_forward = [3, 0, 0, 0, 0, 0]")
    put(folder / "years/2023.toml", "甲局")
    for number in range(3):
        put(folder / f"county/bureaus/{number}.toml", f"县{number}局", requests="received = [1, 0, 0, 0, 0, 0]")
    put(folder / "county/bureaus/town.toml", "镇", top='departments = "villages"\n')
    put(folder / "county/bureaus/villages/a.toml", "村")
    put(folder / "county/county.toml", "县", top='departments = "bureaus"\n', requests="received = [9, 0, 0, 0, 0, 0]")
    put(folder / "county/lost.toml", "丢", top='departments = "nowhere"\n')
    put(folder / "city/bureaus/broken.toml", "坏", requests="received = [1,")
    put(folder / "city/city.toml", "市", top='departments = "bureaus"\n')
    pack = folder / "packed/templates/own"
    pack.mkdir(parents=True)
    pack.joinpath("pack.toml").write_text('[wording]\n[styles."报告正文"]\nsize = 15\n', "utf-8")
    pack.joinpath("report.txt.j2").write_text("{{ title }}\n自己的样子\n{{ agency }}\n", "utf-8")
    put(folder / "packed/a.toml", "乙局", top='pack = "own"\n')
    put(folder / "no_pack.toml", "丙局", top='pack = "nowhere"\n')
    put(folder / "slip.toml", "丁局", top="title = “丁局的报告”\n")
    put(folder / "twin_a.toml", "双局")
    put(folder / "twin_b.toml", "双局")
    (folder / "gbk.toml").write_bytes(GOOD.format(2023, "戊局", "", "").encode("gbk"))
    (folder / "gone.toml").symlink_to(folder / "nothing")
    return folder


def results(folder: Path, options: Options) -> list[Result]:
    """What became of each report, wherever it was written."""
    found = Run([folder], options, write=True)
    return [
        replace(each, written=tuple(path.relative_to(options.output or "") for path in each.written)) for each in found
    ]


def files(folder: Path) -> dict[str, bytes]:
    """What a folder holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports that this process makes itself."""
    made: list[str] = []
    plain = ReportPipeline.run

    def run(pipeline: ReportPipeline, job: Job) -> Outcome:
        made.append(Path(job.source).name)
        return plain(pipeline, job)

    monkeypatch.setattr(ReportPipeline, "run", run)
    return made


def test_the_results_are_those_of_one_machine(host: Host, desk: Path, made_here: list[str]) -> None:
    """Same bytes, findings and order; no worker has opened an input, and no report was made here."""
    folder = everything(desk / "in")
    formats = ("docx", "txt", "html")
    alone = results(folder, Options(desk / "alone", formats))
    made_here.clear()
    together = results(folder, Options(desk / "together", formats, cluster=host.address))
    assert made_here == []
    assert together == alone
    assert {each.state for each in alone} == {State.WRITTEN, State.FAILED}
    assert files(desk / "together") == files(desk / "alone")
    assert not (host.folder / "touched").exists()


@pytest.mark.parametrize("options", [Options(strict=True), Options(pack="ningxia"), Options(against=Path("2022.toml"))])
def test_options_mean_the_same_there(host: Host, desk: Path, options: Options, made_here: list[str]) -> None:
    """A chosen pack, a named year before, and weighing warnings as errors."""
    folder = desk / "in"
    put(desk / "2022.toml", "甲局", year=2022, requests="carried_forward = [3, 0, 0, 0, 0, 0]")
    put(folder / "a.toml", "甲局")
    put(folder / "b.toml", "乙局")
    options = replace(options, against=options.against and desk / options.against)
    alone = results(folder, replace(options, output=desk / "alone"))
    made_here.clear()
    assert results(folder, replace(options, output=desk / "together", cluster=host.address)) == alone
    assert made_here == []


def test_what_has_not_changed_is_told_here(host: Host, desk: Path) -> None:
    """The record is that of whoever runs: a second run sends only what is to be made again."""
    folder = many(desk / "in", CHUNK + 3)
    options = Options(desk / "out", only_changed=True, cluster=host.address)
    assert {each.state for each in Run([folder], options, write=True)} == {State.WRITTEN}
    put(folder / "0003.toml", "改名局")
    states = [each.state for each in Run([folder], options, write=True)]
    assert states == [State.WRITTEN if number == 3 else State.UNCHANGED for number in range(CHUNK + 3)]


def test_an_output_that_cannot_be_written_is_told_as_on_one_machine(host: Host, desk: Path) -> None:
    """Files are written here, each report's whole or not at all."""
    folder = many(desk / "in", 3)
    title = results(folder, Options(desk / "alone"))[1].written[0].name
    for name in ("alone", "together"):
        (desk / name).mkdir(exist_ok=True)
        (desk / name / title).unlink(missing_ok=True)
        (desk / name / title).mkdir()
    alone = results(folder, Options(desk / "alone"))
    together = results(folder, Options(desk / "together", cluster=host.address))
    assert [each.state for each in together] == [State.WRITTEN, State.FAILED, State.WRITTEN]
    assert [one.code for each in together for one in each.findings] == [
        one.code for each in alone for one in each.findings
    ]
    assert together[1].findings[-1].position == alone[1].findings[-1].position


def test_a_worker_that_is_killed_costs_no_report(host: Host, desk: Path) -> None:
    """One is killed from outside once results come, another by a report that kills when it is met first."""
    folder = many(desk / "in", 8 * CHUNK)
    put(folder / "once.toml", "一局")
    with Client(host.address, set_as_default=False) as client:
        workers = client.run(os.getpid)
    found: list[Result] = []
    for result in Run([folder], Options(desk / "out", cluster=host.address), write=True):
        if not found:
            os.kill(next(iter(workers.values())), signal.SIGKILL)
        found.append(result)
    assert [each.state for each in found] == [State.WRITTEN] * (8 * CHUNK + 1)
    assert [each.path for each in found] == sorted(folder.iterdir())
    assert (host.folder / "met-once").exists()


def test_a_report_that_kills_its_workers_is_told(host: Host, desk: Path) -> None:
    """All others are made, those that were with it on the way too."""
    folder = many(desk / "in", 3 * CHUNK)
    put(folder / "0007.toml", "第7局")
    (folder / "0007.toml").rename(folder / "deadly.toml")
    found = list(Run([folder], Options(desk / "out", cluster=host.address), write=True))
    failed = [each for each in found if each.state is State.FAILED]
    assert [each.path.stem for each in failed] == ["deadly"]
    assert [one.code for one in failed[0].findings] == [codes.WORKER_DIED]
    assert failed[0].agency == "第7局"
    assert len(found) == 3 * CHUNK


def test_a_stop_ends_the_run_after_what_is_being_done(host: Host, desk: Path) -> None:
    """What was sent is written; the rest is not begun."""
    folder = many(desk / "in", 40 * CHUNK)
    asked = Run([folder], Options(desk / "out", cluster=host.address), write=True)
    found = []
    for result in asked:
        asked.stop()
        found.append(result)
    assert CHUNK <= len(found) < 20 * CHUNK
    assert len(files(desk / "out")) == 2 * len(found)


def test_a_scheduler_that_is_lost_leaves_nothing_half_written(tmp_path: Path) -> None:
    """The run says so, and the next one goes on from there."""
    with hosted(tmp_path) as host:
        folder = many(host.hidden / "in", 40 * CHUNK)
        options = Options(host.hidden / "out", only_changed=True, cluster=host.address)
        begun = iter(Run([folder], options, write=True))
        first = next(begun)
        host.process.kill()
        with pytest.raises(ClusterError, match="断了联系"):
            list(begun)
    assert first.state is State.WRITTEN
    assert not list((host.hidden / "out").glob(".*"))
    again = [each.state for each in Run([folder], replace(options, cluster=""), write=True)]
    assert set(again) == {State.WRITTEN, State.UNCHANGED}


def test_a_scheduler_that_cannot_be_reached_is_told(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever nothing listens, or nothing could; exit code 2, before anything is written."""
    monkeypatch.setattr(client, "SECONDS_TO_CONNECT", 0.3)
    folder = many(desk / "in", 2)
    for address in ("127.0.0.1:9", "nonsense", "ftp://127.0.0.1:9"):
        done = gxgen("build", str(folder), "-o", str(desk / "out"), "--cluster", address)
        assert done.code == 2
        assert done.err.startswith(f"gxgen：连不上集群的调度器「{address}」；")
    assert not (desk / "out").exists()


def test_how_many_work_is_not_for_the_command_to_say(desk: Path) -> None:
    """``-j`` with ``--cluster`` is refused, and an empty address too."""
    folder = many(desk / "in", 2)
    done = gxgen("build", str(folder), "--cluster", "127.0.0.1:9", "-j", "2")
    assert (done.code, "不能一起用" in done.err) == (2, True)
    assert gxgen("build", str(folder), "--cluster", "").code == 2


def test_another_gxgen_is_refused(host: Host, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is sent; and by a worker that came later, which does not make other bytes of it."""
    folder = many(desk / "in", 2)
    monkeypatch.setattr(client, "__version__", "99.0")
    options = Options(desk / "out", cluster=host.address)
    with pytest.raises(ClusterError, match=r"2 个工作进程上的 gxgen 与这里的 99\.0 不同"):
        list(Run([folder], options, write=True))
    monkeypatch.setattr(client.Cluster, "_refuse_others", lambda _: None)
    with pytest.raises(ClusterError, match=r"有工作进程上的 gxgen 是 .*，这里是 99\.0"):
        list(Run([folder], options, write=True))
    assert isinstance(build_submission("99.0", SYSTEM, b"", {}), str)
    assert isinstance(build_submission(__version__, SYSTEM, b"no load", {}), str)
    assert not (desk / "out").exists()


def test_without_the_extra_the_command_says_what_to_install(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask is none of what gxgen needs otherwise."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = gxgen("build", str(many(desk / "in", 1)), "--cluster", "127.0.0.1:9")
    assert done.code == 2
    assert 'pip install "gxgen[cluster]"' in done.err


def test_a_report_made_of_more_than_was_sent_is_made_here(
    host: Host, desk: Path, monkeypatch: pytest.MonkeyPatch, made_here: list[str]
) -> None:
    """Whatever cannot be told from the top of a file: the worker says that it has not got it."""
    folder = many(desk / "in", 3)
    put(folder / "0001.toml", "第1局", top='departments = "../bureaus"\n')
    put(desk / "bureaus/a.toml", "甲局", requests="received = [1, 0, 0, 0, 0, 0]")
    alone = results(folder, Options(desk / "alone"))
    made_here.clear()
    monkeypatch.setattr("gxgen.engine.cluster.payload.PayloadPacker._put_departments", lambda *_: None)
    assert results(folder, Options(desk / "together", cluster=host.address)) == alone
    assert made_here == ["0001.toml"]
