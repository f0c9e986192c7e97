"""The departments of a government: which files they are, and how often they are read."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

import pytest

from gxgen.core.findings import Finding
from gxgen.engine.results import Options, Result
from gxgen.services.building import build, check

CODES = ("W308", "W309", "W310", "W311")
COUNTY = "甲县人民政府"


def put(path: Path, agency: str, licences: int, *, year: int = 2023, more: str = "") -> Path:
    """Write a data file with one figure, and the folder that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    named = f'agency = "{agency}"\n' if agency else ""
    path.write_text(f"year = {year}\n{named}{more}disclosure.licences.decisions = {licences}\n", "utf-8")
    return path


def of_sums(result: Result) -> list[Finding]:
    """The findings about departments."""
    return [finding for finding in result.findings if finding.code.name in CODES]


def told(path: Path, **options: Any) -> list[str]:
    """The codes of what is said of one report's departments."""
    (result,) = check([path], Options(**options))
    return [finding.code.name for finding in of_sums(result)]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county whose two bureaus' figures add up to its own."""
    put(tmp_path / "bureaus" / "a.toml", "甲县科技局", 14)
    put(tmp_path / "bureaus" / "b.toml", "甲县教育局", 3)
    return put(tmp_path / "county.toml", COUNTY, 17, more='departments = "bureaus"\n')


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened from now on."""
    names: list[str] = []
    plain = Path.open

    def counted(path: Path, *arguments: Any, **settings: Any) -> IO[Any]:
        names.append(path.name)
        file: IO[Any] = plain(path, *arguments, **settings)
        return file

    monkeypatch.setattr(Path, "open", counted)
    return names


def test_a_department_below_is_searched_for_at_every_depth(county: Path) -> None:
    """Folders are read recursively, as a PATH is; hidden ones are not."""
    assert told(county) == []
    put(county.parent / "bureaus" / "towns" / "c.toml", "甲县一镇人民政府", 1)
    assert told(county) == ["W308"]
    put(county, COUNTY, 18, more='departments = "bureaus"\n')
    put(county.parent / "bureaus" / ".old" / "d.toml", "甲县旧局", 1)
    assert told(county) == []


def test_a_finding_points_at_the_department_that_explains_it(county: Path) -> None:
    """The other place is the file, line and column of its figure."""
    put(county, COUNTY, 14, more='departments = "bureaus"\n')
    (result,) = check([county])
    (finding,) = of_sums(result)
    assert finding.position is not None
    assert finding.position.line == 4
    (related,) = finding.related
    assert str(related) == f"{county.parent / 'bureaus' / 'b.toml'}:3:33"
    assert related.line == "disclosure.licences.decisions = 3"


def test_the_option_goes_before_what_the_data_file_says(county: Path) -> None:
    """``--departments`` names the departments of a report that has none, or other ones."""
    other = put(county.parent / "other" / "c.toml", "甲县卫健局", 4)
    assert told(county, departments=other.parent) == ["W308"]
    plain = put(county.parent / "plain.toml", COUNTY, 4)
    assert told(plain) == []
    assert told(plain, departments=other.parent) == []
    assert told(plain, departments=other) == []
    assert told(plain, departments=county.parent / "bureaus") == ["W308"]


def test_the_governments_own_files_are_none_of_its_departments(county: Path) -> None:
    """Neither the file itself nor that of the year before, which names the same departments."""
    put(county, COUNTY, 17, more='departments = "."\n')
    put(county.parent / "county22.toml", COUNTY, 90, year=2022, more='departments = "."\n')
    assert told(county) == []


def test_a_file_without_a_name_is_told_by_its_folder(county: Path) -> None:
    """Last year's file of an agency that gives no name lies beside this year's; alone it is missed."""
    bureaus = county.parent / "bureaus"
    put(bureaus / "c" / "22.toml", "", 5, year=2022)
    assert told(county) == ["W311"]
    put(bureaus / "c" / "23.toml", "", 0)
    assert told(county) == []


def test_two_files_without_a_name_are_two_departments(county: Path) -> None:
    """Nothing says that they are the same agency's."""
    put(county.parent / "bureaus" / "c.toml", "", 5)
    put(county.parent / "bureaus" / "d.toml", "", 6)
    put(county, COUNTY, 28, more='departments = "bureaus"\n')
    assert told(county) == []


def test_files_that_differ_in_case_only_are_two_departments(county: Path) -> None:
    """Both count where the system keeps both; where it keeps one, that one counts."""
    put(county.parent / "bureaus" / "c.toml", "甲县卫健局", 1)
    put(county.parent / "bureaus" / "C.toml", "甲县民政局", 2)
    files = {path.name for path in (county.parent / "bureaus").iterdir()}
    put(county, COUNTY, 20 if {"c.toml", "C.toml"} <= files else 19, more='departments = "bureaus"\n')
    assert told(county) == []


def test_a_link_to_a_department_is_no_second_one(county: Path) -> None:
    """A file that is found twice, by its name and by a link, counts once; so does one that is named twice."""
    (county.parent / "bureaus" / "link.toml").symlink_to(county.parent / "bureaus" / "a.toml")
    assert told(county) == []
    assert told(put(county, COUNTY, 17, more='departments = ["bureaus", "bureaus/b.toml"]\n')) == []


def test_a_link_to_the_government_is_none_of_its_departments(county: Path) -> None:
    """Under whatever name; a link that leads nowhere is told as a file that cannot be read."""
    (county.parent / "bureaus" / "link.toml").symlink_to(county)
    assert told(county) == []
    (county.parent / "bureaus" / "county.toml").symlink_to(county.parent / "missing.toml")
    assert told(county) == ["W309"]


def test_another_copy_of_the_governments_file_is_told(county: Path) -> None:
    """Which of the two is meant is not known."""
    put(county.parent / "bureaus" / "county.toml", COUNTY, 17, more='departments = "."\n')
    assert told(county) == ["W309"]


def test_the_departments_of_a_department_are_in_its_own_figures(tmp_path: Path) -> None:
    """A county inside a prefecture counts as it says, right or wrong; its bureaus count for it alone."""
    for name in ("甲县", "乙县"):
        put(tmp_path / name / "bureaus" / "a.toml", f"{name}科技局", 5)
        put(tmp_path / name / "county.toml", f"{name}人民政府", 6, more='departments = "bureaus"\n')
    put(tmp_path / "bureau.toml", "某市科技局", 1)
    put(tmp_path / "prefecture.toml", "某市人民政府", 13, more='departments = "."\n')
    found = {result.path: of_sums(result) for result in check([tmp_path])}
    wrong = {str(path.relative_to(tmp_path)) for path, findings in found.items() if findings}
    assert wrong == {"甲县/county.toml", "乙县/county.toml"}


def test_a_department_that_lies_in_its_own_folder_counts(tmp_path: Path) -> None:
    """A county whose departments are the folder that it is in is itself not left out."""
    put(tmp_path / "甲县" / "county.toml", COUNTY, 5, more='departments = "."\n')
    put(tmp_path / "甲县" / "a.toml", "甲县科技局", 5)
    assert told(put(tmp_path / "city.toml", "某市人民政府", 5, more='departments = "甲县"\n')) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"year = 2023\nagency =\n", ["W309"]),
        (b"\xff\xfe\x00\xd8\x00", ["W309"]),
        (b"year = 2023\nrequests.received.individual = 1\n", ["W309"]),
        (b"year = 2023\nvertical = true\nrequests.received.individual = 1\n", []),
        (b"year = 2023\nvertical = 1\n", ["W309"]),
        (b'agency = "\xe4\xb8\x99\xe5\xb1\x80"\n', ["W309"]),
        (b"year = 2022\n[requests]\nreceived = [1,\n", []),
        (b"[tool.ruff]\nline-length = 120\n", []),
    ],
    ids=["no TOML", "no text", "no balance", "vertical", "vertical?", "no year", "last year's slip", "no report"],
)
def test_a_file_that_cannot_be_summed(county: Path, content: bytes, code: list[str]) -> None:
    """An error in a file that counts leaves the sum unknown; files that do not count may be as they like."""
    (county.parent / "bureaus" / "c.toml").write_bytes(content)
    assert told(county) == code


def test_every_path_that_is_not_there_is_told(county: Path) -> None:
    """One finding a path, and names that no file can have are no more than that."""
    names = f'["bureaus", "x", "{"长" * 300}", "y.toml"]'
    assert told(put(county, COUNTY, 17, more=f"departments = {names}\n")) == ["W309"] * 3


def test_build_tells_of_a_government_whose_sums_are_wrong(county: Path) -> None:
    """It is written all the same: its own acts may stand in no department's file."""
    out = Options(county.parent / "out", ("txt",))
    put(county, COUNTY, 16, more='departments = "bureaus"\n')
    results = {result.path.name: result for result in build([county.parent], out)}
    assert [finding.code.name for finding in of_sums(results["county.toml"])] == ["W308"]
    assert all(result.written for result in results.values())


def test_build_never_writes_over_the_file_of_a_department(county: Path) -> None:
    """A department's data file may have any name, even that of the government's own output."""
    name = f"{COUNTY}2023年政府信息公开工作年度报告.txt"
    department = put(county.parent / name, "甲县科技局", 17)
    (result,) = build([put(county, COUNTY, 17, more=f'departments = "{name}"\n')], Options())
    assert not result.written
    assert department.read_text("utf-8").startswith("year = 2023\n")


def test_a_folder_with_its_government_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bureau is read as a department or for itself, not twice; the year before looks at its first lines."""
    for number in range(30):
        put(tmp_path / "bureaus" / f"{number}.toml", f"第{number}局", 1)
    put(tmp_path / "county.toml", COUNTY, 30, more='departments = "bureaus"\n')
    put(tmp_path / "county22.toml", COUNTY, 30, year=2022, more='departments = "bureaus"\n')
    names = opened(monkeypatch)
    assert len(list(check([tmp_path]))) == 32
    assert names.count("7.toml") == 2


def test_two_governments_of_one_folder_share_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The departments of both years are read once for both."""
    put(tmp_path / "bureaus" / "a.toml", "甲局", 1)
    first = put(tmp_path / "county.toml", COUNTY, 1, more='departments = "bureaus"\n')
    second = put(tmp_path / "other.toml", "甲县", 1, more='departments = ["bureaus"]\n')
    names = opened(monkeypatch)
    assert [of_sums(result) for result in check([first, second])] == [[], []]
    assert names.count("a.toml") == 1
