"""Only what has changed is made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from gxgen.core.user_folders import SWITCH
from gxgen.engine.build_cache import FILE
from gxgen.engine.results import Options, Result, State
from gxgen.engine.run import Run

GOOD = 'year = {year}\nagency = "{agency}"\n[narrative]\noverview = "{text}"\n'
"""There is nothing about 五, of which gxgen warns."""
AGENCIES = "甲乙丙"
REMEMBERING = Options(only_changed=True)


def text(agency: str, year: int = 2023, text: str = "平稳。") -> str:
    """A data file."""
    return GOOD.format(agency=f"{agency}局", year=year, text=text)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three data files and a cache of its own, made the current one."""
    monkeypatch.setenv(SWITCH, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for agency in AGENCIES:
        (tmp_path / "in" / f"{agency}.toml").write_text(text(agency), "utf-8")
    return tmp_path


def ran(options: Options = REMEMBERING, *paths: Path) -> dict[str, Result]:
    """Build all, by the data file's name."""
    where = [Path("in"), *paths]
    results = Run(where, replace(options, output=options.output or Path("out")), write=True)
    return {result.path.stem: result for result in results}


def made(options: Options = REMEMBERING) -> set[str]:
    """The data files of whose reports anything was written; all others are unchanged."""
    results = ran(options)
    assert {result.state for result in results.values()} <= {State.WRITTEN, State.UNCHANGED}
    return {name for name, result in results.items() if result.state is State.WRITTEN}


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_made_of_the_same_is_not_made_again(desk: Path) -> None:
    """Its result tells what it told: findings with their lines, figures, and the files that stand."""
    first = ran()
    before = contents(desk / "out")
    second = ran()
    assert contents(desk / "out") == before
    assert len(before) == 2 * len(AGENCIES)
    for name, result in second.items():
        assert result.state is State.UNCHANGED
        assert result.findings
        assert replace(result, written=result.kept, kept=()) == first[name]


def mend(desk: Path) -> None:
    """Another text."""
    (desk / "in" / "甲.toml").write_text(text("甲", text="有序。"), "utf-8")


def touch(desk: Path) -> None:
    """The same bytes at a later date."""
    (desk / "in" / "甲.toml").write_bytes((desk / "in" / "甲.toml").read_bytes())


def remove_output(desk: Path) -> None:
    """One of the files of a report is deleted."""
    next((desk / "out").glob("甲*.txt")).unlink()


def damage_output(desk: Path) -> None:
    """One of the files of a report is cut off."""
    next((desk / "out").glob("甲*.docx")).write_bytes(b"PK")


def add_year_before(desk: Path) -> None:
    """There is a report to compare with."""
    (desk / "in" / "甲2022.toml").write_text(text("甲", 2022), "utf-8")


def add_pack(desk: Path) -> None:
    """The data files' pack is another one from now on."""
    folder = desk / "in" / "templates" / "national"
    folder.mkdir(parents=True)
    shipped = Path(__file__).resolve().parent.parent.parent / "templates" / "national"
    for file in shipped.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (mend, "甲"),
        (touch, ""),
        (remove_output, "甲"),
        (damage_output, "甲"),
        (add_year_before, ("甲", "甲2022")),
        (add_pack, AGENCIES),
    ],
)
def test_what_has_changed_is_made_again(desk: Path, change: Callable[[Path], None], expected: str) -> None:
    """The data file, what it is compared with, its pack or its outputs: by content, not by date; and only that."""
    assert made() == set(AGENCIES)
    change(desk)
    assert made() == set(expected)
    assert made() == set()


@pytest.mark.parametrize(
    "options",
    [
        replace(REMEMBERING, force=True),
        replace(REMEMBERING, formats=("html",)),
        replace(REMEMBERING, output=Path("elsewhere")),
        Options(),
    ],
)
def test_what_is_asked_for_otherwise_is_made(desk: Path, options: Options) -> None:
    """Anew, in another format, elsewhere, or by a run that remembers nothing."""
    assert made() == set(AGENCIES)
    assert made(options) == set(AGENCIES)
    assert made() == set()


def test_the_departments_of_a_government_count(desk: Path) -> None:
    """A bureau that changes changes what is said of its government."""
    government = text("某县").replace("[narrative]", 'departments = "in"\n[narrative]')
    (desk / "county.toml").write_text(government, "utf-8")
    assert set(ran(REMEMBERING, Path("county.toml"))) == {*AGENCIES, "county"}
    mend(desk)
    results = ran(REMEMBERING, Path("county.toml"))
    assert {name for name, result in results.items() if result.written} == {"甲", "county"}


def test_a_report_with_errors_is_told_each_time(desk: Path) -> None:
    """What was not written is not remembered."""
    (desk / "in" / "甲.toml").write_text(text("甲") + "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\n", "utf-8")
    for _ in range(2):
        result = ran()["甲"]
        assert result.state is State.FAILED
        assert result.findings


def test_warnings_that_were_let_pass_are_errors_under_strict(desk: Path) -> None:
    """A report that stands is not good enough for a stricter run."""
    assert made() == set(AGENCIES)
    assert {result.state for result in ran(replace(REMEMBERING, strict=True)).values()} == {State.FAILED}


def test_a_damaged_record_costs_time_only(desk: Path) -> None:
    """It is begun anew."""
    assert made() == set(AGENCIES)
    for file in (desk / "cache").glob(f"{FILE}*"):
        file.write_bytes(b"no database" * 1000)
    assert made() == set(AGENCIES)
    assert made() == set()


def test_rows_that_make_no_sense_cost_time_only(desk: Path) -> None:
    """As another program might have left them."""
    assert made() == set(AGENCIES)
    with sqlite3.connect(desk / "cache" / FILE) as connection:
        connection.execute("UPDATE made SET told = ?", (b"no sense",))
    connection.close()
    assert made() == set(AGENCIES)
    assert made() == set()


def test_a_record_that_cannot_be_kept_is_noted(desk: Path) -> None:
    """All is made, and whoever runs it is told why it takes so long."""
    (desk / "cache").write_bytes(b"no folder")
    run = Run([Path("in")], replace(REMEMBERING, output=Path("out")), write=True)
    assert [result.state for result in run] == [State.WRITTEN] * len(AGENCIES)
    (note,) = run.notes
    assert "全部重做" in note


def test_two_records_of_one_file_do_not_get_in_each_others_way(desk: Path) -> None:
    """Runs that take turns in small steps both come to their end, and both are remembered."""
    runs = [iter(Run([Path("in")], replace(REMEMBERING, output=Path(out)), write=True)) for out in ("x", "y")]
    results = [result for pair in zip(*runs, strict=True) for result in pair]
    assert [next(run, None) for run in runs] == [None, None]
    assert {result.state for result in results} == {State.WRITTEN}
    for out in ("x", "y"):
        assert made(replace(REMEMBERING, output=Path(out))) == set()
