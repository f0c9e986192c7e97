"""``gxgen build`` over many data files: what it tells, to whom, and how it ends."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from openpyxl import load_workbook

from gxgen.cli.terminal import progress_text
from gxgen.services.summary import FAILED, MISSING, STATES, WARNED, columns
from tests.cli.running import GOOD, WRONG, gxgen
from tests.cli.running import WARNED as WARNED_FILE

COUNT = 30


@pytest.fixture
def bureaus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Many bureaus, one of which warns and one of which has errors, in a folder of the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GXGEN_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "bureaus"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:03}.toml").write_text(GOOD.replace("甲县", f"第{number}县"), "utf-8")
    (folder / "warned.toml").write_text(WARNED_FILE, "utf-8")
    (folder / "wrong.toml").write_text(WRONG, "utf-8")
    return folder


def test_paths_go_to_standard_output_and_words_to_the_other(bureaus: Path) -> None:
    """Each file that was written once; how many were is said at the end, and the failing files are listed again."""
    run = gxgen("build", "bureaus", "-o", "out")
    assert run.code == 1
    assert sorted(run.lines) == sorted(str(path) for path in Path("out").iterdir())
    assert len(run.lines) == 2 * (COUNT + 1)
    assert f"完成：{COUNT + 1} 份报告写入 out\n1 份未写出：" in run.err
    assert run.err.endswith("未写出的：\n  bureaus/wrong.toml：E302 勾稽关系不成立\n")


def test_a_second_run_writes_only_what_has_changed(bureaus: Path) -> None:
    """Warnings and errors are told again; what is not written is not on standard output."""
    gxgen("build", "bureaus", "-o", "out")
    (bureaus / "wrong.toml").write_text(GOOD.replace("甲", "丙"), "utf-8")
    run = gxgen("build", "bureaus", "-o", "out")
    assert run.code == 0
    assert [Path(line).name[:2] for line in run.lines] == ["丙县", "丙县"]
    assert "bureaus/warned.toml: W" in run.err
    assert f"完成：1 份报告写入 out，{COUNT + 1} 份没有变化" in run.err
    again = gxgen("build", "bureaus", "-o", "out")
    assert (again.code, again.lines) == (0, [])
    assert f"{COUNT + 2} 份报告没有变化，不用重做（要重做就加 --force）" in again.err
    assert len(gxgen("build", "bureaus", "-o", "out", "--force").lines) == 2 * (COUNT + 2)


def test_processes_tell_what_one_tells(bureaus: Path) -> None:
    """Byte for byte."""
    one, two = (gxgen("build", "bureaus", "-o", "out", "--force", "-j", jobs) for jobs in ("1", "2"))
    assert one == two


def test_json_is_one_line_a_report(bureaus: Path) -> None:
    """In the order of the files, with state, files and findings; standard output holds nothing else."""
    first, second = (gxgen("build", "bureaus", "-o", "out", "--format", "json") for _ in range(2))
    records = [json.loads(line) for line in first.lines]
    assert [record["file"] for record in records] == sorted(
        str(path.relative_to(Path.cwd())) for path in bureaus.iterdir()
    )
    assert [record["state"] for record in records] == ["written"] * (COUNT + 1) + ["failed"]
    assert records[0]["agency"] == "第0县科学技术局"
    assert records[0]["year"] == 2023
    assert all(Path(file).is_file() for record in records for file in record["files"])
    assert {finding["code"] for finding in records[-1]["findings"]} == {"E302"}
    assert [json.loads(line)["state"] for line in second.lines] == ["unchanged"] * (COUNT + 1) + ["failed"]
    assert "wrong.toml:" not in first.err


def test_who_is_expected_and_missing_is_told(bureaus: Path) -> None:
    """The list is plain text in any encoding that Windows writes; an agency that is not on it is told as well."""
    names = ["# 名单", "", "第0县科学技术局", "第1县科学技术局 ", "无名县科学技术局", "第0县科学技术局"]
    Path("list.txt").write_bytes("\r\n".join(names).encode("gbk"))
    run = gxgen(
        "build", "bureaus/000.toml", "bureaus/001.toml", "bureaus/002.toml", "-o", "out", "--expect", "list.txt"
    )
    assert run.code == 1
    assert "缺 1 个机关的数据文件：无名县科学技术局\n1 个机关不在名单上：第2县科学技术局\n" in run.err
    assert len(run.lines) == 6
    as_json = gxgen("build", "bureaus/000.toml", "--expect", "list.txt", "--format", "json")
    assert [(record["state"], record["agency"]) for record in map(json.loads, as_json.lines)] == [
        ("written", "第0县科学技术局"),
        ("missing", "第1县科学技术局"),
        ("missing", "无名县科学技术局"),
    ]
    Path("list.txt").write_text("第0县科学技术局\n", "utf-8")
    assert gxgen("build", "bureaus/000.toml", "--expect", "list.txt").code == 0


@pytest.mark.parametrize(
    "content", [None, b"", b"# nobody\n", bytes(range(256))], ids=["none", "empty", "nobody", "binary"]
)
def test_a_list_that_names_nobody_is_wrong_usage(bureaus: Path, content: bytes | None) -> None:
    """Nothing is built."""
    if content is not None:
        Path("list.txt").write_bytes(content)
    run = gxgen("build", "bureaus", "-o", "out", "--expect", "list.txt")
    assert run.code == 2
    assert "机关名单「list.txt」" in run.err
    assert not Path("out").exists()


def summary(name: str) -> list[list[str]]:
    """The cells of a summary of a run in which an agency is missing."""
    Path("list.txt").write_text("=无名局\n", "utf-8")
    run = gxgen("build", "bureaus", "-o", "out", "--expect", "list.txt", "--summary", name)
    assert run.code == 1
    assert f"汇总表写入 {name}" in run.err
    path = Path(name)
    if path.suffix.lower() == ".csv":
        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    if path.suffix.lower() == ".xlsx":
        sheet = load_workbook(path).worksheets[0]
        return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(path.read_text("utf-8"))
    return [["".join(cell.itertext()) for cell in row] for row in page.iter("tr")]


@pytest.mark.parametrize("name", ["all.html", "all.XLSX", "all.csv"])
def test_a_summary_has_a_line_for_each_report(bureaus: Path, name: str) -> None:
    """Who is missing comes first, then what failed, then what warns; nothing in it is a formula."""
    head, *rows = summary(name)
    assert tuple(head) == columns()
    assert len(rows) == COUNT + 3
    assert [row[0] for row in rows[:4]] == [MISSING, FAILED, WARNED, STATES[3]]
    assert rows[0][1].removeprefix("'") == "=无名局"
    assert rows[1][1:5] == ["丙县科学技术局", "2023", "2", "0"]
    assert rows[1][5].startswith("E302 第 6 行 ")
    assert rows[1][6] == "1"
    assert sorted(row[0] for row in rows) == sorted([MISSING, FAILED, WARNED, *[STATES[3]] * COUNT])


def test_the_links_of_a_summary_lead_to_the_files(bureaus: Path) -> None:
    """From the folder that the summary lies in, on a page and in a workbook."""
    for name in ("below/all.html", "below/all.xlsx"):
        gxgen("build", "bureaus", "-o", "out of it", "--summary", name)
    from urllib.parse import unquote

    page = html5lib.parse(Path("below/all.html").read_bytes(), namespaceHTMLElements=False)
    links = [unquote(str(link.get("href"))) for link in page.iter("a")]
    sheet = load_workbook("below/all.xlsx").worksheets[0]
    links += [unquote(str(cell.hyperlink.target)) for row in sheet for cell in row if cell.hyperlink]
    assert len(links) == 3 * (COUNT + 1) + 1 + (COUNT + 1)
    assert all(Path("below", link).is_file() for link in links)


def test_a_summary_that_cannot_be_written_is_told(bureaus: Path) -> None:
    """The reports are; a name of no kind is wrong usage, and nothing is built."""
    Path("all.csv").mkdir()
    run = gxgen("build", "bureaus", "-o", "out", "--summary", "all.csv")
    assert run.code == 1
    assert "all.csv: E601 写不出文件：已有同名的文件夹" in run.err
    assert len(run.lines) == 2 * (COUNT + 1)
    assert gxgen("build", "bureaus", "-o", "other", "--summary", "all.doc").code == 2
    assert not Path("other").exists()


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "４"])
def test_a_number_of_processes_is_a_number(bureaus: Path, jobs: str) -> None:
    """Anything else is wrong usage."""
    run = gxgen("build", "bureaus", "-o", "out", f"-j{jobs}")
    assert run.code == 2
    assert "-j 后面要写进程的个数" in run.err


def test_progress_is_told_with_its_rate() -> None:
    """How many of how many, how fast, and how long it will take."""
    assert progress_text(50, 150, 5.0) == "已完成 50/150，每秒 10 份，还需约 10 秒"
    assert progress_text(0, 150, 0.0) == "已完成 0/150"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_run_after_what_is_being_done(bureaus: Path, jobs: str) -> None:
    """What was done is reported and stands, the rest is not begun, and the next run does it."""
    for number in range(COUNT, 600):
        (bureaus / f"{number:03}.toml").write_text(GOOD.replace("甲县", f"第{number}县"), "utf-8")
    command = [sys.executable, "-m", "gxgen", "build", "bureaus", "-o", "out", "-j", jobs]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    ) as running:
        assert running.stdout
        assert running.stderr
        first = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        written = (first + running.stdout.read()).decode().splitlines()
        err = running.stderr.read()
    assert running.returncode == 130, err.decode()
    assert f"已中止：做完 {len(written) // 2} 份，还有 {602 - len(written) // 2} 份没有做" in err.decode()
    assert sorted(map(str, Path("out").iterdir())) == sorted(written)
    after = gxgen("build", "bureaus", "-o", "out")
    assert len(after.lines) == 2 * 601 - len(written)
