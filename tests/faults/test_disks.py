"""Disks that are full or take no files, and the record of earlier runs when it cannot be used."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.engine.build_cache import FILE
from tests.faults.running import build, files, fill

pytestmark = pytest.mark.slow

COUNT = 60


def run(program: str, *arguments: str) -> bool:
    """Run a program of the system; whether that went well."""
    path = shutil.which(program)
    return path is not None and subprocess.run([path, *arguments], check=False).returncode == 0


@pytest.fixture
def small_disk(desk: Path) -> Iterator[Path]:
    """A disk for about half of the reports."""
    disk = desk / "disk"
    disk.mkdir()
    if os.geteuid() or not run("mount", "-t", "tmpfs", "-o", "size=512k", "none", str(disk)):
        pytest.skip("only root can mount a disk; a limit for the size of files is tried by every user")
    try:
        yield disk
    finally:
        assert run("umount", str(disk))


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_disk_that_fills_up(desk: Path, small_disk: Path, jobs: str) -> None:
    """What fits is whole, the rest is told, no draft takes up room, and with more room the rest is made."""
    fill("in", COUNT)
    assert build("in", "-o", "whole", jobs).code == 0
    whole = files("whole")
    told = build("in", "-o", "disk", jobs)
    assert told.code == 1
    failed = told.err.count(": E601 写不出文件：磁盘已满")
    assert 0 < failed < COUNT
    assert files("disk").items() <= whole.items()
    assert len(told.lines) == 2 * (COUNT - failed) == len(files("disk"))
    assert run("mount", "-o", "remount,size=8m", str(small_disk))
    assert len(build("in", "-o", "disk", jobs).lines) == 2 * failed
    assert files("disk") == whole


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_disk_that_becomes_read_only(desk: Path, small_disk: Path, jobs: str) -> None:
    """Every report that has changed is told, those that stand are left as they are."""
    fill("in", 10)
    fill("more", COUNT)
    build("in", "-o", "disk", jobs)
    before = files("disk")
    assert run("mount", "-o", "remount,ro", str(small_disk))
    told = build("more", "-o", "disk", jobs, "--force")
    assert (told.code, told.lines) == (1, [])
    assert told.err.count(": E601 写不出文件：磁盘是只读的") == COUNT
    assert files("disk") == before


def test_the_cache_on_a_full_disk(desk: Path, small_disk: Path) -> None:
    """All reports are made; that they will be made again is told once."""
    fill("in", COUNT * 4)
    (small_disk / "filler").write_bytes(bytes(512 * 1024 - os.sysconf("SC_PAGE_SIZE") * 12))
    told = build("in", "-o", "out", cache=str(small_disk))
    assert told.code == 0, told.err
    assert len(files("out")) == 8 * COUNT
    assert told.err.count("以前做过哪些报告的记录用不了（磁盘已满") == 1


def test_a_limit_for_the_size_of_files(desk: Path) -> None:
    """Each report is told, nothing is half-written, and without the limit all are made."""
    fill("in", COUNT)
    told = build("in", "-o", "out", "-j2", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    assert (told.code, told.lines) == (1, [])
    assert told.err.count(": E601 写不出文件：文件超过了系统允许的大小") == COUNT
    assert files("out") == {}
    assert len(build("in", "-o", "out", "-j2").lines) == 2 * COUNT


def damaged(record: Path) -> None:
    """Pages in the midst of it are no longer what they were."""
    with record.open("r+b") as file:
        file.seek(4096)
        file.write(b"no page" * 2000)


def foreign(record: Path) -> None:
    """Another program's table of that name."""
    record.unlink()
    with sqlite3.connect(record) as connection:
        connection.execute("CREATE TABLE made (by TEXT)")
    connection.close()


def no_database(record: Path) -> None:
    """Another program's file."""
    record.write_bytes(b"no database" * 1000)


@pytest.mark.parametrize("change", [damaged, foreign, no_database])
def test_a_record_that_makes_no_sense_is_begun_anew(desk: Path, change: object) -> None:
    """All is made again, and two runs later nothing is."""
    fill("in", COUNT)
    assert build("in", "-o", "out").code == 0
    assert callable(change)
    change(desk / "cache" / FILE)
    for _ in range(2):
        assert build("in", "-o", "out").code == 0
    assert len(files("out")) == 2 * COUNT
    assert build("in", "-o", "out").lines == []


def test_a_record_that_another_program_holds_for_long(desk: Path) -> None:
    """The run waits once, not for every few reports, makes all, and says what it could not remember."""
    fill("in", COUNT * 3)
    assert build("in/0000.toml", "in/0001.toml", "-o", "out").code == 0
    holder = sqlite3.connect(desk / "cache" / FILE, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        told = build("in", "-o", "out")
    finally:
        holder.close()
    assert told.code == 0, told.err
    assert told.err.count("以前做过哪些报告的记录用不了（别的程序一直占用着它），这次做的有些没有记下，下次会重做") == 1
    assert len(files("out")) == 6 * COUNT


def test_no_home_and_nowhere_to_remember(desk: Path) -> None:
    """All is made, and whoever runs it is told why it will be made again."""
    fill("in", COUNT)
    (desk / "file").touch()
    told = build("in", "-o", "out", cache=str(desk / "file" / "cache"))
    assert told.code == 0
    assert "以前做过哪些报告的记录用不了（" in told.err
