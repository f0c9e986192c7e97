"""The report of the year before: named, or found beside a data file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

import pytest

from gxgen.core import codes
from gxgen.core.findings import Code, Finding, Severity
from gxgen.engine.results import Options, Result
from gxgen.services.building import build, check

AGENCY = "甲市科学技术局"
CARRIED = "[requests]\nreceived = [2, 0, 0, 0, 0, 0]\ncarried_forward = [2, 0, 0, 0, 0, 0]\n"
"""Two applications go on into the next year, where no report of these tests knows of them."""


def text(year: int, figures: str = "", agency: str = AGENCY) -> str:
    """A data file."""
    return f"year = {year}\n" + (f'agency = "{agency}"\n' if agency else "") + figures


def put(path: Path, content: str) -> Path:
    """Write a file, and the folder that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def between(result: Result) -> list[Finding]:
    """The findings that another year's report has to do with."""
    return [finding for finding in result.findings if finding.code.name.startswith("W40")]


def of(*paths: Path, against: Path | None = None) -> dict[str, list[Finding]]:
    """The findings between years, by the data file's name."""
    return {result.path.name: between(result) for result in check(paths, Options(against=against))}


def places(findings: list[Finding]) -> list[str]:
    """The places in other files that findings are about."""
    return [str(related) for finding in findings for related in finding.related]


def test_the_file_of_the_year_before_is_found_beside_a_data_file(tmp_path: Path) -> None:
    """Whatever it is called; the finding names its line and column, and keeps the line."""
    last = put(tmp_path / "z.toml", text(2022, CARRIED))
    (finding,) = of(put(tmp_path / "a.toml", text(2023)))["a.toml"]
    assert finding.code is codes.BROUGHT_FORWARD
    (related,) = finding.related
    assert str(related) == f"{last}:5:20"
    assert related.line == "carried_forward = [2, 0, 0, 0, 0, 0]"
    assert finding.full_message.endswith(f"（另见 {last}:5:20）")


def test_every_report_of_a_folder_is_compared_with_its_own_year_before(tmp_path: Path) -> None:
    """Years and agencies of one folder are told apart, with or without a name; another folder is another office."""
    for agency in ("甲局", "乙局", ""):
        put(tmp_path / f"{agency}22.toml", text(2022, CARRIED, agency))
        put(tmp_path / f"{agency}23.toml", text(2023, "requests.brought_forward.individual = 2\n", agency))
        put(tmp_path / f"{agency}24.toml", text(2024, "", agency))
    put(tmp_path / "below" / "丙23.toml", text(2023, "", "甲局"))
    found = of(tmp_path)
    assert len(found) == 10
    assert [name for name, findings in found.items() if findings] == []
    put(tmp_path / "乙局23.toml", text(2023, "", "乙局"))
    assert {name: places(findings) for name, findings in of(tmp_path).items() if findings} == {
        "乙局23.toml": [f"{tmp_path / '乙局22.toml'}:5:20"]
    }


@pytest.mark.parametrize(
    ("name", "content"),
    {
        "of another agency": ("b.toml", text(2022, CARRIED, "乙局")),
        "of no agency": ("b.toml", text(2022, CARRIED, "")),
        "of the year before last": ("b.toml", text(2021, CARRIED)),
        "of the next year": ("b.toml", text(2024, CARRIED)),
        "in a folder below": ("below/b.toml", text(2022, CARRIED)),
        "hidden": (".b.toml", text(2022, CARRIED)),
        "of another suffix": ("b.txt", text(2022, CARRIED)),
        "that does not add up": ("b.toml", text(2022, "requests.carried_forward.individual = 2\n")),
        "with an unknown key": ("b.toml", text(2022, CARRIED) + "recieved = 1\n"),
        "that is no TOML": ("b.toml", text(2022, CARRIED) + "other = \n"),
    }.values(),
)
def test_a_file_is_not_taken_for_the_year_before(tmp_path: Path, name: str, content: str) -> None:
    """Only a sound report of the same agency on the year before, in the same folder, is compared with."""
    put(tmp_path / name, content)
    assert of(put(tmp_path / "a.toml", text(2023)))["a.toml"] == []


def test_two_files_that_may_both_be_the_year_before_are_neither(tmp_path: Path) -> None:
    """A copy left lying about makes it uncertain which report was published."""
    put(tmp_path / "b.toml", text(2022, CARRIED))
    put(tmp_path / "b copy.toml", text(2022, CARRIED))
    assert of(put(tmp_path / "a.toml", text(2023)))["a.toml"] == []


def test_a_folder_that_cannot_be_listed_has_no_year_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data file that is named in such a folder is checked all the same."""
    path = put(tmp_path / "a.toml", text(2023))

    def refuse(folder: object) -> object:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "scandir", refuse)
    assert of(path) == {"a.toml": []}


def test_a_folder_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many reports of one folder do not make every file be read for each of them."""
    for number in range(30):
        put(tmp_path / f"{number}.toml", text(2023, "", f"第{number}局"))
    opened: list[str] = []
    plain = Path.open

    def counted(path: Path, *arguments: Any, **settings: Any) -> IO[Any]:
        opened.append(path.name)
        file: IO[Any] = plain(path, *arguments, **settings)
        return file

    monkeypatch.setattr(Path, "open", counted)
    assert len(list(check([tmp_path]))) == 30
    assert sum(name == "7.toml" for name in opened) == 2


def test_a_file_that_is_named_goes_before_what_lies_beside(tmp_path: Path) -> None:
    """``--against`` may name a file anywhere, of any suffix; an agency may have been renamed since."""
    put(tmp_path / "b.toml", text(2022, "requests.received.individual = 5\nrequests.carried_forward.individual = 5\n"))
    named = put(tmp_path / "old" / "last.txt", text(2022, CARRIED, "甲市科学技术委员会"))
    this = put(tmp_path / "a.toml", text(2023))
    assert places(of(this, against=named)["a.toml"]) == [f"{named}:5:20"]


def test_a_named_file_of_another_year_is_told(tmp_path: Path) -> None:
    """What is not of the year before is compared with nothing, and the report is told so at its year."""
    named = put(tmp_path / "old.toml", text(2021, CARRIED))
    (finding,) = of(put(tmp_path / "a.toml", text(2023)), against=named)["a.toml"]
    assert (finding.code, finding.address) == (codes.NOT_LAST_YEAR, "year")
    assert finding.message == "old.toml 是2021年的报告，不是上一年（2022年）的，没有与它核对"


def test_of_many_reports_a_named_file_is_the_year_before_for_its_own_agency(tmp_path: Path) -> None:
    """In a run over several reports those of other years and agencies are left to what lies beside them."""
    named = put(tmp_path / "old" / "last.toml", text(2022, CARRIED))
    put(tmp_path / "a.toml", text(2023))
    put(tmp_path / "b.toml", text(2023, "", "乙局"))
    put(tmp_path / "c.toml", text(2024))
    found = of(*tmp_path.glob("*.toml"), against=named)
    assert {name for name, findings in found.items() if findings} == {"a.toml"}
    assert {name for name, findings in of(tmp_path, against=named).items() if findings} == {"a.toml"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, codes.UNREADABLE), ("x = 1\n", codes.YEAR), ("year = 2022\nagency =\n", codes.SYNTAX)],
    ids=["missing", "no report", "no TOML"],
)
def test_a_named_file_that_is_no_report_is_told_first(tmp_path: Path, content: str | None, code: Code) -> None:
    """It has a result of its own with what is wrong; the reports are checked, and compared with nothing else."""
    put(tmp_path / "b.toml", text(2022, CARRIED))
    this = put(tmp_path / "a.toml", text(2023))
    named = tmp_path / "last.toml"
    if content is not None:
        put(named, content)
    first, second = check([this], Options(against=named))
    assert (first.path, first.unreadable) == (named, content is None)
    assert code in [finding.code for finding in first.findings]
    assert (second.path, between(second)) == (this, [])


def test_a_named_file_that_is_also_checked_is_told_of_once(tmp_path: Path) -> None:
    """The file to compare with has one result, and is not compared with itself."""
    broken = put(tmp_path / "last.toml", "year = 2022\nagency =\n")
    assert [result.path for result in check([tmp_path], Options(against=broken))] == [broken]
    put(broken, text(2022, CARRIED))
    assert of(broken, against=broken) == {"last.toml": []}


def test_build_compares_as_check_does(tmp_path: Path) -> None:
    """The same findings; a warning stops nothing, under --strict it does."""
    put(tmp_path / "b.toml", text(2022, CARRIED))
    this = put(tmp_path / "a.toml", text(2023, 'narrative.overview = "平稳。"\n'))
    (checked,) = check([this])
    (built,) = build([this], Options(tmp_path / "out", ("txt",)))
    assert between(built) == between(checked) != []
    assert built.written
    assert not built.count(Severity.ERROR)
    (strict,) = build([this], Options(tmp_path / "strict", ("txt",), strict=True))
    assert not strict.written


def test_the_file_to_compare_with_is_never_overwritten(tmp_path: Path) -> None:
    """A report that would be written over last year's data file is refused."""
    named = put(tmp_path / f"{AGENCY}2023年政府信息公开工作年度报告.txt", text(2022))
    (result,) = build([put(tmp_path / "a.toml", text(2023))], Options(against=named))
    assert codes.SAME_OUTPUT in [finding.code for finding in result.findings]
    assert named.read_text("utf-8") == text(2022)
