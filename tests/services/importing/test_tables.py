"""Tables of many reports to data files on disk, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gxgen.engine.results import Options
from gxgen.services.exporting import ExportRun
from gxgen.services.importing import import_reports
from gxgen.source import read
from tests.engine.test_departments import put
from tests.sheets.making import by_hand

LICENCES = "disclosure.licences.decisions"
HEADER = f"agency,year,{LICENCES}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A table of two bureaus."""
    (tmp_path / "figures.csv").write_text(f"{HEADER}甲局,2023,5\n乙局,2023,6\n", "utf-8")
    return tmp_path


def imported(desk: Path, *, force: bool = False, **more: Any) -> list[tuple[list[str], list[str]]]:
    """The codes that are told, but for W645, and the files that are written, row by row."""
    return [
        (
            [finding.code.name for finding in result.findings if finding.code.name != "W645"],
            [path.name for path in result.written],
        )
        for result in import_reports([desk / "figures.csv"], Options(desk / "out", force=force), **more)
    ]


def licences(path: Path) -> object:
    """The one figure of a data file."""
    report = read(path).report
    assert report is not None
    return report.figures.get(LICENCES, 0)


def test_each_row_becomes_a_data_file(desk: Path) -> None:
    """Named by agency and year; it says where it comes from."""
    assert imported(desk) == [([], ["甲局2023.toml"]), ([], ["乙局2023.toml"])]
    assert licences(desk / "out" / "乙局2023.toml") == 6
    assert (desk / "out" / "甲局2023.toml").read_text("utf-8").startswith("# 由「figures.csv」第 2 行读入，请核对。\n")


def test_a_data_file_that_is_there_keeps_its_texts(desk: Path) -> None:
    """It is not touched without force; with it, only the figures that the table holds change."""
    imported(desk)
    path = desk / "out" / "甲局2023.toml"
    text = path.read_text("utf-8").replace("[narrative]\n", '[narrative]\nproblems = "问题一。"\n')
    path.write_text(f"{text}\n[requests]\nreceived = {{ individual = 3 }}  # 台账\n", "utf-8")
    (desk / "figures.csv").write_text(f"{HEADER[:-1]},requests.received.individual\n甲局,2023,9,\n", "utf-8")
    assert imported(desk) == [(["W642", "E620"], [])]
    assert licences(path) == 5
    assert imported(desk, force=True) == [(["W642"], ["甲局2023.toml"])]
    report = read(path).report
    assert report
    assert report.figures == {LICENCES: 9, "requests.received.individual": 3}
    assert report.narrative == {"problems": "问题一。"}
    assert "individual = 3 }  # 台账\n" in path.read_text("utf-8")


@pytest.mark.parametrize("content", ["mine", 'year = 2022\nagency = "甲局"\n', 'year = 2023\nagency = "甲局"\nx = 1\n'])
def test_a_file_that_is_not_the_agencys_own_is_never_written_over(desk: Path, content: str) -> None:
    """With force, either."""
    (desk / "out").mkdir()
    (desk / "out" / "甲局2023.toml").write_text(content, "utf-8")
    assert imported(desk, force=True)[0] == (["E620"], [])
    assert (desk / "out" / "甲局2023.toml").read_text("utf-8") == content


def test_an_agency_with_two_rows_is_told_once_and_not_read(desk: Path) -> None:
    """Which of them is right is not known."""
    (desk / "figures.csv").write_text(f"{HEADER}甲局,2023,5\n乙局,2023,6\n甲局,2023,7\n甲局,2022,7\n", "utf-8")
    assert imported(desk) == [(["E641"], []), ([], ["乙局2023.toml"]), ([], []), ([], ["甲局2022.toml"])]


def test_a_table_of_some_columns_is_told_and_leaves_other_figures_alone(desk: Path) -> None:
    """Once for the table, and marked in each data file; in one that is there the others stay as they are."""
    first, second = import_reports([desk / "figures.csv"], Options(desk / "out"))
    assert [finding.code.name for finding in (*first.findings, *second.findings)] == ["W645"]
    path = desk / "out" / "乙局2023.toml"
    text = path.read_text("utf-8")
    assert "\n# 待核：表里没有 165 格数字，没有读入，生成报告时按 0 计。\n" in text
    path.write_text(f"{text}\n[requests]\nreceived = {{ individual = 3 }}\n", "utf-8")
    (desk / "figures.csv").write_text(f"{HEADER}乙局,2023,7\n", "utf-8")
    assert imported(desk, force=True) == [([], ["乙局2023.toml"])]
    report = read(path).report
    assert report
    assert report.figures == {LICENCES: 7, "requests.received.individual": 3}


def test_what_is_not_read_is_marked_in_the_data_file(desk: Path) -> None:
    """At the figure, with the cell and its words."""
    (desk / "figures.csv").write_text(f"{HEADER}甲局,2023,约5\n", "utf-8")
    imported(desk)
    text = (desk / "out" / "甲局2023.toml").read_text("utf-8")
    assert "\n# 待核：「甲局」的「行政许可」行「本年处理决定数量」列，C2「约5」：这一格除了数字还有别的\n" in text


def test_what_is_read_the_second_time_is_no_longer_marked(desk: Path) -> None:
    """People fill in the table and read it again; what they have written into the data file stays."""
    table = desk / "figures.csv"
    header = f"agency,year,{LICENCES},disclosure.penalties.decisions,disclosure.fees.amount\n"
    table.write_text(f"{header}甲局,2023,/,,约1\n", "utf-8")
    imported(desk)
    path = desk / "out" / "甲局2023.toml"
    path.write_text(path.read_text("utf-8") + "# 待核：问一问财务科\n", "utf-8")
    count = path.read_text("utf-8").count("# 待核：")
    table.write_text(f"{header}甲局,2023,5,3,约1\n", "utf-8")
    imported(desk, force=True)
    left = [line for line in path.read_text("utf-8").split("\n") if line.startswith("# 待核：")]
    assert len(left) == count - 2
    assert licences(path) == 5
    table.write_text(f"{header}甲局,2023,5,3,1\n", "utf-8")
    imported(desk, force=True)
    left = [line for line in path.read_text("utf-8").split("\n") if line.startswith("# 待核：")]
    assert [line for line in left if "表里没有" not in line] == ["# 待核：问一问财务科"]


def test_one_agency_in_two_spellings_is_one(desk: Path) -> None:
    """A space in its name does not make another of it."""
    (desk / "figures.csv").write_text(f"{HEADER}甲县（东）局,2023,5\n甲县 (东)局,2023,5\n", "utf-8")
    assert imported(desk) == [(["E641"], []), ([], [])]


def test_a_typed_total_is_an_assertion(desk: Path) -> None:
    """A new data file holds it for ``gxgen check``; one that is there does not take figures that contradict it."""
    (desk / "figures.csv").write_text(
        "agency,year,requests.received.individual,requests.received.total\n甲局,2023,5,6\n", "utf-8"
    )
    assert imported(desk) == [([], ["甲局2023.toml"])]
    report = read(desk / "out" / "甲局2023.toml").report
    assert report
    assert report.assertions == {"requests.received.total": 6}
    assert imported(desk, force=True) == [(["E301"], [])]


@pytest.mark.parametrize("content", ["", "姓名,电话\n张三,1\n", f"{HEADER}", "机关,年度\n甲局,2023\n"])
def test_values_without_a_header_or_rows_are_told(desk: Path, content: str) -> None:
    """A file of values is nothing else."""
    (desk / "figures.csv").write_text(content, "utf-8")
    assert imported(desk) == [(["E640"], [])]


def test_a_workbook_that_is_neither_report_nor_table_is_told_as_both(desk: Path) -> None:
    """Whoever made it knows which of them it should be."""
    (desk / "other.xlsx").write_bytes(by_hand([["姓名", "电话"], ["张三", 1]]))
    (result,) = import_reports([desk / "other.xlsx"], Options(desk / "out"))
    assert [finding.code.name for finding in result.findings] == ["E611", "E640"]
    assert result.unreadable


def test_a_workbook_with_the_name_of_an_old_one_is_read(desk: Path) -> None:
    """Renaming is how people try to convert; what is in the file counts."""
    path = desk / "figures.xls"
    path.write_bytes(by_hand([["agency", "year", LICENCES], ["甲局", 2023, 5]]))
    (result,) = import_reports([path], Options(desk / "out"))
    assert [file.name for file in result.written] == ["甲局2023.toml"]


@pytest.mark.parametrize(("encoding", "separator"), [("gbk", ","), ("utf-16", "\t"), ("utf-8-sig", ";")])
def test_values_as_spreadsheets_save_them_are_read(desk: Path, encoding: str, separator: str) -> None:
    """In old encodings, and with other separators."""
    text = f"{HEADER}甲局,2023,5\n".replace(",", separator)
    (desk / "figures.csv").write_bytes(text.encode(encoding))
    assert imported(desk) == [([], ["甲局2023.toml"])]


def exported(desk: Path, name: str, **options: Any) -> tuple[list[str], object]:
    """The codes that are told of data files, and of the table."""
    export = ExportRun([desk / "bureaus"], desk / name, **options)
    codes = [finding.code.name for result in export.results() for finding in result.findings]
    problem = export.write()
    return codes, problem and problem.code.name


def test_data_files_with_errors_are_left_out_and_told(desk: Path) -> None:
    """The others are in the table, named from where it lies."""
    put(desk / "bureaus" / "a.toml", "甲局", 5)
    (desk / "bureaus" / "x.toml").write_text("year = 2023\nrequests.received.individual = 1\n", "utf-8")
    assert exported(desk, "table.csv") == (["E302", "E302"], None)
    lines = (desk / "table.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("甲局,2023,bureaus/a.toml,")


def test_two_forms_do_not_fit_into_one_file_of_values(desk: Path) -> None:
    """A workbook takes both; one year's reports fit."""
    put(desk / "bureaus" / "a.toml", "甲局", 5)
    (desk / "bureaus" / "b.toml").write_text('year = 2020\nagency = "乙局"\n', "utf-8")
    assert exported(desk, "table.csv") == ([], "E644")
    assert not (desk / "table.csv").exists()
    assert exported(desk, "table.csv", year=2023) == ([], None)
    assert exported(desk, "table.xlsx") == ([], None)
    assert len(list(import_reports([desk / "table.xlsx"], Options(desk / "out")))) == 2


@pytest.mark.parametrize("force", [False, True])
def test_two_tables_with_one_agency_name_each_other(desk: Path, force: bool) -> None:
    """The second is refused, and it is said which table has the agency already."""
    (desk / "more.csv").write_text(f"{HEADER}甲局,2023,7\n", "utf-8")
    *_, refused = import_reports([desk / "figures.csv", desk / "more.csv"], Options(desk / "out", force=force))
    (hint,) = (finding.hint for finding in refused.findings if finding.code.name == "E620")
    assert hint == f"「{desk / 'figures.csv'}」里也有这个机关、这一年的一行；分开读入"
    assert licences(desk / "out" / "甲局2023.toml") == 5
