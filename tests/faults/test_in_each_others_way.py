"""Two runs into one folder, and reports whose names are odd or alike."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from gxgen.engine.build_cache import FILE
from tests.faults.running import GOOD, assert_whole, build, ended, files, fill, started

pytestmark = pytest.mark.slow

COUNT = 60
TITLES = (
    "../../escaped",
    "/escaped",
    "..",
    "....//escaped",
    "..\\\\escaped",
    "C:escaped",
    "CON",
    "nul.txt",
    "aux ",
    "COM1.2023",
    "trailing. . .",
    "\\u0007\\u001b[2J\\u202e",
    "~",
    "-o",
    "字" * 300,
    "👨‍👩‍👧‍👦" * 40,
)


def test_two_runs_with_different_data_into_one_folder(desk: Path) -> None:
    """Each file is whole and of one of them; both end well; the record is sound, and the next run has its way."""
    for folder, how in (("one", "平稳有序"), ("other", "扎实推进")):
        fill(folder, COUNT, how)
        build(folder, "-o", f"{folder} made")
    both = files("one made"), files("other made")
    for jobs in ("-j1", "-j2"):
        with (
            started("one", "-o", "out", "--force", jobs) as one,
            started("other", "-o", "out", "--force", "-j2") as other,
        ):
            told = [ended(one), ended(other)]
        assert [each.code for each in told] == [0, 0], told
        assert [len(each.lines) for each in told] == [2 * COUNT] * 2
        assert_whole("out", *both)
        assert len(files("out")) == 2 * COUNT
    with sqlite3.connect(desk / "cache" / FILE) as record:
        assert record.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    record.close()
    for folder, made in zip(("one", "other"), both, strict=True):
        assert build(folder, "-o", "out").code == 0
        assert files("out") == made


@pytest.mark.parametrize("key", ["title", "agency"])
def test_no_title_leads_out_of_the_folder(desk: Path, key: str) -> None:
    """Whatever stands in it, the files lie in the output folder, under names that every system takes."""
    Path("in").mkdir()
    for number, title in enumerate(TITLES):
        agency = title if key == "agency" else f"第{number}局"
        text = GOOD.format(agency, "平稳有序")
        Path("in", f"{number:02}.toml").write_text(f'title = "{title}"\n{text}' if key == "title" else text, "utf-8")
    before = {path for path in desk.rglob("*") if desk / "cache" not in path.parents}
    told = build("in", "-o", "out")
    # Two are alike once they are names of files, and one holds characters that no document can.
    assert told.code == 1
    assert len(told.lines) == len(files("out")) == 2 * (len(TITLES) - 3)
    after = {path for path in desk.rglob("*") if desk / "cache" not in path.parents}
    assert {path.parent for path in after - before} <= {desk, desk / "out"}
    assert {path.name for path in after - before if path.parent == desk} <= {"out", "cache"}
    for name in files("out"):
        assert len(name.encode()) <= 255
        assert not set(name) & set('\\\\/:*?"<>|')
        assert name.isprintable()
        assert not name.startswith(".")


def test_two_reports_of_one_title_are_told_before_anything_is_written(desk: Path) -> None:
    """Neither is written, the other bureaus' are, and what stands from before is left alone."""
    fill("in", COUNT)
    assert build("in", "-o", "out").code == 0
    before = files("out")
    for name in ("a", "z"):
        Path("in", f"{name}.toml").write_text(GOOD.format("第7局", name), "utf-8")
    told = build("in", "-o", "out")
    assert told.code == 1
    assert told.err.count(" E602 另有一份报告也要写成") == 3
    assert told.lines == []
    assert files("out") == before
    fresh = build("in", "-o", "fresh", "-j2")
    assert len(fresh.lines) == 2 * (COUNT - 1)
    assert not [name for name in files("fresh") if name.startswith("第7局")]
