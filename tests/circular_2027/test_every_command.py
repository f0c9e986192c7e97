"""A report in the form of the fictional circular goes through every command; nothing but its module knows of it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from gxgen.model import Report
from gxgen.source import read
from gxgen.spec import layout_for
from tests.cli.running import gxgen

HERE = Path(__file__).parent
REPORT = (HERE / "report.toml").read_text("utf-8")
NAME = "甲县科学技术局2027年政府信息公开工作年度报告"
CODE = re.compile(r"^\S+: ([EWI]\d{3}) (.*)$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the report in ``a.toml``, and with the same of another agency in ``b.toml``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(REPORT, "utf-8")
    (tmp_path / "b.toml").write_text(REPORT.replace("甲县", "乙县"), "utf-8")
    return tmp_path


def told(*arguments: str) -> list[tuple[str, str]]:
    """Code and message of every finding of a run."""
    run = gxgen(*arguments)
    return CODE.findall(run.out + run.err)


def messages_about(text: str) -> list[tuple[str, str]]:
    """What ``check`` finds in a data file."""
    Path("changed.toml").write_text(text, "utf-8")
    return told("check", "changed.toml")


def report_in(path: Path) -> Report:
    """The report of a data file, which has no faults."""
    reading = read(path)
    assert reading.report is not None, reading.findings
    return reading.report


def test_the_circular_is_in_force() -> None:
    """A report of 2027 has the new form, one of 2026 the old one."""
    of_2026, of_2027 = layout_for(2026), layout_for(2027)
    assert of_2026 is not None
    assert of_2027 is not None
    assert (of_2026.name, of_2027.name) == ("2021", "2027")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("published", "published", []),
        ("行政许可决定12件", "行政许可决定13件", [("W502", "正文写行政许可事项处理决定 13 件，表中是 12，请核对")]),
        ("行政许可决定12件", "行政许可事项决定13件", [("W502", "正文写行政许可事项处理决定 13 件，表中是 12，请核对")]),
        (
            "作出行政许可决定12件",
            "未作出行政许可决定",
            [("W503", "正文写「未作出行政许可决定」，表中有行政许可事项处理决定 12 件，请核对")],
        ),
        ("行政确认处理决定5件", "行政确认决定6件", [("W502", "正文写行政确认处理决定 6 件，表中是 5，请核对")]),
        ("规范性文件2件", "规范性文件4件", [("W502", "正文写规范性文件本年制发件数 4 件，表中是 2，请核对")]),
        ("公开申请3件", "公开申请4件", [("W502", "正文写新收 4 件，表中是 3，请核对")]),
        (
            "2028-02-10",
            "2028-02-17",
            [("W704", "公布日期 2028年2月17日，晚了 2 天：2027年的报告，部门应在2028年2月15日前公布")],
        ),
        ('platform = "办好网站专栏，拓宽渠道。"\n', "", [("W509", "「一、总体情况」没有写到政府信息公开渠道建设")]),
        (
            "revoked = 1",
            "revoked = 7",
            [("W305", "「行政确认」行的「本年撤销决定数量」7，大于「本年处理决定数量」5，相差 2，请核对")],
        ),
    ],
    ids=["sound", "old name", "new name", "denied", "new row", "documents", "requests", "deadline", "topic", "rule"],
)
def test_check_reads_tables_and_texts(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """Renamed and new rows, the renamed topic, the deadline and the new rule are checked as the module says."""
    assert messages_about(REPORT.replace(old, new)) == expected


@pytest.mark.usefixtures("folder")
def test_a_row_that_is_gone_is_refused() -> None:
    """行政强制 is an item of another form."""
    found = messages_about(REPORT.replace("penalties.decisions", "coercive_measures.decisions"))
    assert [code for code, _ in found] == ["E203"]


@pytest.mark.parametrize("pack", ["national", "ningxia", "hubei"])
def test_what_is_built_is_read_again(folder: Path, pack: str) -> None:
    """In every format and pack the report is built, passes the audit, and is read back with the same figures."""
    assert gxgen("build", "a.toml", "--pack", pack, "--to", "docx,txt,html", "-o", "out", "-j", "1").code == 0
    for suffix in ("docx", "txt", "html"):
        built = f"out/{NAME}.{suffix}"
        assert told("audit", built) == []
        assert gxgen("import", built, "-o", suffix).code == 0
        again, given = report_in(folder / suffix / "甲县科学技术局2027.toml"), report_in(folder / "a.toml")
        assert {address: figure for address, figure in again.figures.items() if figure} == given.figures
        assert given.narrative.items() <= again.narrative.items()
        assert again.layout is given.layout


def test_a_pack_with_drawn_tables_says_which_it_lacks(folder: Path) -> None:
    """Tables drawn cell by cell in Word cannot follow a form; text and web page can."""
    run = gxgen("build", "a.toml", "--pack", "drawn", "--to", "docx", "-o", "out", "-j", "1")
    assert [code for code, _ in CODE.findall(run.err)] == ["E402"]
    assert "「二、主动公开政府信息情况」的表格" in run.err
    assert gxgen("build", "a.toml", "--pack", "drawn", "--to", "txt,html", "-o", "out", "-j", "1").code == 0
    assert "行政许可事项" in (folder / "out" / f"{NAME}.txt").read_text("utf-8")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_tables_of_many_reports_are_read_again(folder: Path, suffix: str) -> None:
    """The figures of two agencies are exported to one table and imported from it."""
    assert gxgen("export", "a.toml", "b.toml", "-o", f"table.{suffix}").code == 0
    assert gxgen("import", f"table.{suffix}", "-o", "again").code == 0
    given = report_in(folder / "a.toml")
    for name in ("甲县", "乙县"):
        again = report_in(folder / "again" / f"{name}科学技术局2027.toml")
        assert {address: figure for address, figure in again.figures.items() if figure} == given.figures


def test_export_as_json(folder: Path) -> None:
    """The figures go by their addresses."""
    assert gxgen("export", "a.toml", "-o", "table.json").code == 0
    assert "disclosure.confirmations.revoked" in json.dumps(json.loads((folder / "table.json").read_text("utf-8")))


def test_rollup(folder: Path) -> None:
    """A government's figures are the sums of its departments', and the check of its report agrees."""
    assert gxgen("rollup", "a.toml", "b.toml", "-o", "county.toml", "--agency", "丙县人民政府").code == 0
    figures = report_in(folder / "county.toml").figures
    assert (figures["disclosure.licences.decisions"], figures["disclosure.confirmations.revoked"]) == (24, 2)
    wrong = (folder / "county.toml").read_text("utf-8").replace("decisions = 24", "decisions = 25")
    found = [message for code, message in messages_about(wrong) if code.startswith("W") and "之和" in message]
    assert found == ["「行政许可事项」行「本年处理决定数量」列是 25，所属 2 个机关之和是 24，相差 1"]


@pytest.mark.usefixtures("folder")
def test_diff_and_the_year_before() -> None:
    """Two reports of the form are compared cell by cell; the new carried figure is held against last year's."""
    Path("next.toml").write_text(
        REPORT.replace("2028-02-10", "2029-02-10").replace("year = 2027", "year = 2028"), "utf-8"
    )
    assert "没有不同" in gxgen("diff", "a.toml", "next.toml").out
    ((code, message),) = told("check", "next.toml", "--against", "a.toml")
    assert code == "W404"
    assert message.startswith("「行政确认」行的「本年处理决定数量」5；2027年报告的「本年处理决定数量」5，减2028年的")


@pytest.mark.usefixtures("folder")
def test_diff_with_a_report_in_the_form_before() -> None:
    """Cells that are printed in other words stand apart; what both forms print is compared."""
    old = REPORT.replace("2028-02-10", "2027-01-10").replace("year = 2027", "year = 2026")
    Path("old.toml").write_text(re.sub(r"confirmations.*\n", "", old).replace("，行政确认处理决定5件", ""), "utf-8")
    document = json.loads(gxgen("diff", "old.toml", "a.toml", "--format", "json").out)
    assert "行政许可事项" in json.dumps(document, ensure_ascii=False)
    assert "行政强制" in json.dumps(document, ensure_ascii=False)


def test_schema_and_a_new_data_file(folder: Path) -> None:
    """The schema and the empty data file of the newest form have its rows and no others."""
    schema = gxgen("schema").out
    assert gxgen("new", "2027", "-o", "new.toml").code == 0
    for text in (schema, (folder / "new.toml").read_text("utf-8")):
        assert "confirmations" in text
        assert "coercive_measures" not in text


def test_next_year_begins_from_this_one(folder: Path) -> None:
    """``new --from`` takes over the texts of the same form, whose topics keep their keys."""
    assert gxgen("new", "2028", "--from", "a.toml").code == 0
    (begun,) = folder.glob("*2028.toml")
    assert "政府信息公开渠道建设" in begun.read_text("utf-8")


def test_summary(folder: Path) -> None:
    """The key figures of the form stand in the summary under the form's labels."""
    assert gxgen("build", "a.toml", "-o", "out", "-j", "1", "--to", "txt", "--summary", "summary.csv").code == 0
    header, row = csv.reader((folder / "summary.csv").read_text("utf-8-sig").splitlines())
    of = dict(zip(header, row, strict=True))
    assert of["一、本年新收政府信息公开申请数量"] == "3"
    assert of["三、本年度办理结果—（七）总计"] == "3"
    assert of["行政复议—总计"] == "1"
