"""``gxgen audit``: what it says, what it leaves alone, and how it ends."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import MappingProxyType

import pytest

from gxgen.model import Report
from gxgen.spec import layouts
from tests.cli.running import gxgen
from tests.engine.test_departments import put
from tests.published.made import document

FORM = layouts()[-1]
TEXTS = {"overview": "全年工作平稳有序。", "problems": "公开得不够及时，下一步改进。"}
DATA_FILE_TALK = ("数据文件", "TOML", "手填", "键", "[narrative]", "gxgen", "补填")


def publish(name: str, agency: str = "甲县科学技术局", year: int = 2023, **figures: int) -> None:
    """A report in the folder ``in``."""
    Path("in").mkdir(exist_ok=True)
    named = MappingProxyType({key.replace("__", "."): figure for key, figure in figures.items()})
    report = Report(year, FORM, agency, narrative=MappingProxyType(TEXTS), figures=named)
    Path("in", name).write_bytes(document(report, Path(name).suffix))


def test_a_folder_without_faults_ends_with_0(desk: Path) -> None:
    """Nothing is written, and locks of Word are passed over."""
    publish("a.docx")
    publish("b.html", "乙县科学技术局")
    Path("in", "~$a.docx").write_bytes(b"lock")
    before = sorted(desk.rglob("*"))
    run = gxgen("audit", "in")
    assert (run.code, run.out) == (0, "")
    assert run.err == "审核了 2 份，没有发现问题\n2 份读全了\n"
    assert sorted(desk.rglob("*")) == before


def test_an_error_ends_with_1_and_an_unreadable_file_with_2(desk: Path) -> None:
    """Everything else is told all the same."""
    publish("a.docx", requests__received__individual=1)
    publish("b.txt")
    run = gxgen("audit", "in")
    assert run.code == 1
    assert "in/a.docx: E302 第 2 个表格第 " in run.out
    assert run.err == "审核了 2 份，1 份有问题\n1 份不合格，共 2 个错误，0 个警告\n2 份读全了\n"
    Path("in", "c.docx").write_bytes(b"PK")
    run = gxgen("audit", "in")
    assert run.code == 2
    assert "in/c.docx: E610 文件已损坏，打不开" in run.out
    assert "in/a.docx: E302" in run.out


def test_what_could_not_be_read_is_no_clean_bill(desk: Path) -> None:
    """A cell left empty is a warning, and the exit code is 1: not everything was checked."""
    publish("a.html")
    page = Path("in", "a.html").read_text()
    assert ">0</td>" in page
    Path("in", "a.html").write_text(page.replace(">0</td>", "></td>", 1))
    run = gxgen("audit", "in")
    assert "W615" in run.out
    assert run.code == 1
    assert run.err == "审核了 1 份，1 份有问题\n共 0 个错误，1 个警告\n1 份只读出一部分（3 格数字没有检查）\n"


def test_what_could_not_be_read_counts_though_it_is_not_listed(desk: Path) -> None:
    """``--select`` chooses what is shown and not what is sound; ``--ignore`` is somebody's decision."""
    publish("a.html")
    page = Path("in", "a.html").read_text()
    Path("in", "a.html").write_text(page.replace(">0</td>", "></td>", 1))
    run = gxgen("audit", "in", "--select", "W614")
    assert (run.code, run.out) == (1, "")
    assert "没有发现问题" not in run.err
    assert "另有 1 处没有读出来，不在 --select 之列，没有列出\n" in run.err
    assert gxgen("audit", "in", "--ignore", "W615").code == 0


def test_the_last_line_counts_reports_without_errors_too(desk: Path) -> None:
    """What was listed of any report, and what could not be read in it."""
    publish("a.html")
    page = Path("in", "a.html").read_text()
    Path("in", "a.html").write_text(page.replace(">0</td>", "></td>", 1))
    publish("b.docx", "乙县科学技术局", requests__received__individual=1)
    run = gxgen("audit", "in")
    assert run.err.endswith("1 份不合格，共 2 个错误，1 个警告\n1 份读全了，1 份只读出一部分（3 格数字没有检查）\n")


def test_a_summary_that_cannot_be_written_ends_with_1(desk: Path) -> None:
    """As for every file that cannot be written; what is worse stays."""
    publish("a.docx")
    Path("all.csv").mkdir()
    assert gxgen("audit", "in", "--summary", "all.csv").code == 1
    Path("in", "c.docx").write_bytes(b"PK")
    assert gxgen("audit", "in", "--summary", "all.csv").code == 2


@pytest.mark.parametrize(
    ("name", "hint"),
    [("t.xlsx", "用 gxgen import 读"), ("t.csv", "用 gxgen import 读"), ("t.txt", "另存为 .csv 或 .xlsx")],
)
def test_a_table_of_many_reports_is_told_for_what_it_is(desk: Path, name: str, hint: str) -> None:
    """Not as a web page that was badly saved, or a sheet that is too large."""
    put(desk / "bureaus" / "a.toml", "甲县科技局", 5)
    made = "t.csv" if name == "t.txt" else name
    assert gxgen("export", "bureaus", "-o", made).code == 0
    if name == "t.txt":
        rows = csv.reader(Path("t.csv").read_text("utf-8-sig").splitlines())
        Path(name).write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    for run in (gxgen("audit", name), gxgen("new", "2024", "--from", name)):
        assert run.code == 2
        assert "E611 这是多个机关的数字表" in run.out + run.err
        assert hint in run.out + run.err


@pytest.mark.parametrize("arguments", [(), ("--strict",)])
def test_warnings_count_only_if_they_are_to(desk: Path, arguments: tuple[str, ...]) -> None:
    """``--strict``."""
    publish("a.docx", disclosure__rules__issued=1, disclosure__rules__in_force=1)
    run = gxgen("audit", "in", *arguments)
    assert "W307" in run.out
    assert run.code == len(arguments)
    assert gxgen("audit", "in", "--ignore", "W307", *arguments).code == 0
    assert "W307" not in gxgen("audit", "in", "--select", "E").out


def test_nothing_is_said_of_data_files(desk: Path) -> None:
    """Messages and hints are for whoever has a published report before them."""
    publish(
        "a.txt",
        requests__received__individual=3,
        requests__outcome__granted__individual=1,
        disclosure__rules__issued=5,
        disclosure__fees__amount=10**8,
    )
    publish("last.txt", year=2022, requests__carried_forward__individual=1, requests__received__individual=1)
    text = Path("in", "a.txt").read_text()
    traps = "收到政府信息公开申请8件，未收到申请。**粗 〔〕 统计期限为2022年1月1日至12月31日。"
    text = text.replace("公开得不够及时，下一步改进。", traps)
    text = text.replace("全年工作平稳有序。", "").replace("规章", "规", 1).replace("行政许可", "行政许可权", 1)
    Path("in", "a.txt").write_text(text)
    Path("in", "no.txt").write_text("通知")
    run = gxgen("audit", "in", "old.doc")
    codes = {line.split(": ")[1][:4] for line in run.lines if line.startswith("in/")}
    assert {"E611", "W616", "E302", "W502", "W501", "W507", "W510", "W511"} <= codes
    assert [word for word in DATA_FILE_TALK if word in run.out] == []


def test_programs_get_the_records_of_check(desk: Path) -> None:
    """The JSON has the keys of the contract, and the words' place."""
    publish("a.docx", requests__received__individual=1)
    run = gxgen("audit", "in", "--format", "json")
    answer = json.loads(run.out)
    assert answer["schema"] == 1
    (first, _) = answer["findings"]
    assert list(first) == ["file", "line", "column", "severity", "code", "where", "message", "hint"]
    assert (first["file"], first["code"], first["where"]) == ("in/a.docx", "E302", "requests.outcome.total.individual")
    assert json.loads(gxgen("audit", "in", "--format", "sarif").out)["version"] == "2.1.0"


def test_a_summary_and_a_list_of_agencies(desk: Path) -> None:
    """One line a report, those to be seen to first; who is missing; kinds that cannot be read are named."""
    publish("a.docx", requests__received__individual=1)
    publish("b.html", "乙县科学技术局")
    Path("in", "old.ofd").write_bytes(b"x")
    Path("list.txt").write_text("甲县科学技术局\n乙县科学技术局\n丙县科学技术局\n")
    run = gxgen("audit", "in", "--expect", "list.txt", "--summary", "in/all.csv")
    assert run.code == 1
    assert "缺 1 个机关的报告：丙县科学技术局" in run.err
    assert "in/old.ofd" in run.err
    head, *rows = Path("in/all.csv").read_text("utf-8-sig").splitlines()
    assert head.endswith(",报告文件")
    assert [row.split(",")[0] for row in rows] == ["缺报告", "有错误", "没有问题"]
    for name in ("all.html", "all.xlsx"):
        assert gxgen("audit", "in/b.html", "--summary", f"in/{name}").code == 0
    assert '<a href="b.html">' in Path("in/all.html").read_text()


def test_the_rows_of_a_pack_are_read(desk: Path) -> None:
    """A row that one shipped pack alone knows is recognised; an unknown pack is told."""
    publish("a.txt")
    assert gxgen("audit", "in", "--pack", "hubei").code == 1
    run = gxgen("audit", "in", "--pack", "nowhere")
    assert run.code == 1
    assert "找不到模板包「nowhere」" in run.out
    assert gxgen("audit", "nothing here").code == 2
    Path("empty").mkdir()
    run = gxgen("audit", "empty")
    assert (run.code, run.err.startswith("没有找到报告")) == (2, True)


def test_a_cell_that_could_not_be_read_is_placed_once(desk: Path) -> None:
    """The finding says itself where the cell stands."""
    from docx import Document

    publish("a.docx")
    document = Document("in/a.docx")
    document.tables[0].rows[2].cells[1].text = "0（注）"
    document.save("in/a.docx")
    run = gxgen("audit", "in")
    assert run.out.startswith("in/a.docx: W61")
    assert run.out.count("第 1 个表格") == 1
