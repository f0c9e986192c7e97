"""What an audit tells of published reports: the same as a check of the data file, placed in the document."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.engine.results import Options, Result
from gxgen.model import Report
from gxgen.services.auditing import AuditRun
from gxgen.services.building import check
from gxgen.services.importing import import_reports
from gxgen.spec import layout_for
from tests.published.made import document, narrative_reports

SUFFIXES = (".docx", ".html", ".txt")
FORM = layout_for(2023)
assert FORM
FIGURES = {
    "requests.received.individual": 8,
    "requests.outcome.granted.individual": 5,
    "requests.carried_forward.individual": 3,
    "disclosure.normative_documents.in_force": 3,
}
TEXTS = {
    "preamble": "统计期限为2023年1月1日至2023年12月31日。",
    "overview": "全年工作平稳有序。\n工作都有进展，全年收到政府信息公开申请9件。",
    "problems": "公开得不够及时，下一步改进。",
}
SOUND = Report(2023, FORM, "某某县科学技术局", narrative=MappingProxyType(TEXTS), figures=MappingProxyType(FIGURES))


def audited(paths: Iterable[Path], options: Options | None = None) -> list[Result]:
    """The results of an audit."""
    audit = AuditRun(paths, options or Options())
    return list(audit.compared(list(audit.audited())))


def saved(folder: Path, suffix: str, report: Report, name: str = "report", before: str = "", after: str = "") -> Path:
    """The report published as a file; of a text, with a piece of it replaced."""
    path = folder / f"{name}{suffix}"
    raw = document(report, suffix)
    path.write_bytes(raw.decode().replace(before, after, 1).encode() if before else raw)
    return path


def told(result: Result, *codes: str) -> list[tuple[str, str]]:
    """Codes and messages, of some codes only."""
    found = [(finding.code.name, finding.message) for finding in result.findings]
    return [one for one in found if not codes or one[0].startswith(codes)]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25)
@given(report=narrative_reports(), typed=st.integers(0, 99))
def test_an_audit_finds_what_a_check_of_the_data_file_finds(suffix: str, report: Report, typed: int) -> None:
    """Read whole, a published report has the same findings both ways, at the same addresses."""
    folder = Path(tempfile.mkdtemp())
    try:
        before = ("", "")
        if suffix == ".html":  # a total that somebody typed
            before = ('<td class="number">', f'<td class="number">{typed}') if typed else before
        published = saved(folder, suffix, report, before=before[0], after=before[1])
        (result,) = audited([published])
        (imported,) = import_reports([published])
        assert imported.written
        (checked,) = check(imported.written)
        assert sorted((one.code.name, one.address) for one in result.findings) == sorted(
            (one.code.name, one.address) for one in checked.findings
        )
        assert (result.year, result.agency, result.key_figures) == (checked.year, checked.agency, checked.key_figures)
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("suffix", [".html", ".docx"])
def test_words_are_quoted_with_their_part_and_paragraph_where_there_are_no_lines(suffix: str, tmp_path: Path) -> None:
    """The section, the paragraph and the words."""
    (result,) = audited([saved(tmp_path, suffix, SOUND)])
    assert told(result) == [
        (
            "W502",
            "「一、总体情况」第 2 段「工作都有进展，全年收到政府信息公开申请9件」：正文写收到 9 件，表中是 8，请核对",
        )
    ]
    assert result.findings[0].position is None


def test_words_stand_at_their_line_where_there_are_lines(tmp_path: Path) -> None:
    """Line, column and length are those of the text, in whatever line of the paragraph the words are."""
    path = saved(tmp_path, ".txt", SOUND)
    text = path.read_text()
    path.write_text(text.replace("都有进展，全年", "都有进展，\n全年"))
    (result,) = audited([path])
    (finding,) = result.findings
    assert finding.position
    line = path.read_text().split("\n")[finding.position.line - 1]
    start = finding.position.column - 1
    assert line[start : start + finding.position.length] == "9件"
    assert result.lines[finding.position.line] == line


def test_a_total_that_was_published_wrong_is_told_at_its_cell(tmp_path: Path) -> None:
    """The table, the row and the cell, and what stands there; nothing of data files in message or hint."""
    page = document(SOUND, ".html").decode()
    row = page.index("本年新收政府信息公开申请数量")
    total = page.index(">8<", page.index(">8<", row) + 1)
    path = tmp_path / "report.html"
    path.write_text(page[:total] + ">9<" + page[total + 3 :])
    (result,) = audited([path])
    ((_, message),) = told(result, "E")
    assert message.startswith("第 2 个表格第 4 行第 8 格「9」：「一、本年新收政府信息公开申请数量」行「总计」列")
    assert "印的是 9，由各分项算得 8" in message
    (finding,) = (one for one in result.findings if one.is_error)
    assert finding.address == "requests.received.total"
    assert finding.hint == "请报告机关核对各分项和总计"


def test_the_year_before_is_found_among_the_reports(tmp_path: Path) -> None:
    """Whatever kinds the two are of; a third agency and a report that contradicts itself are nobody's year before."""
    last = replace(SOUND, year=2022, narrative=MappingProxyType({**TEXTS, "preamble": ""}))
    saved(tmp_path, ".docx", SOUND, "this")
    assert told(audited([tmp_path])[0], "W4") == []
    saved(tmp_path, ".txt", replace(last, agency="另一个县科学技术局"), "other")
    assert all(not told(result, "W4") for result in audited([tmp_path]))
    saved(tmp_path, ".html", last, "last")
    by_name = {result.path.name: result for result in audited([tmp_path])}
    ((_, message),) = told(by_name["this.docx"], "W4")
    assert message.startswith("第 2 个表格第 5 行第 2 格「0」：")
    assert "2022年报告的「四、结转下年度继续办理」3，相差 3" in message
    (finding,) = (one for one in by_name["this.docx"].findings if one.related)
    assert finding.related[0].file.endswith("last.html")
    assert not told(by_name["last.html"], "W4")
    contradicting = replace(last, figures=MappingProxyType({**FIGURES, "requests.received.individual": 9}))
    saved(tmp_path, ".html", contradicting, "last")
    assert all(not told(result, "W4") for result in audited([tmp_path]))


def test_a_report_of_the_year_before_may_be_named(tmp_path: Path) -> None:
    """A published report or a data file; one of another year is told."""
    this = saved(tmp_path, ".html", SOUND, "this")
    last = tmp_path / "last.toml"
    last.write_text('year = 2022\nagency = "某某县科学技术局"\n[requests]\ncarried_forward = { individual = 3 }\n')
    (result,) = audited([this], Options(against=last))
    assert [code for code, _ in told(result, "W4")] == ["W404", "W403"]
    assert f"{last}:4:34" in [str(each) for one in result.findings for each in one.related]
    (result,) = audited([this], Options(against=this.rename(tmp_path / "same.html")))
    older = saved(tmp_path, ".docx", replace(SOUND, year=2021), "older")
    (result,) = audited([saved(tmp_path, ".html", SOUND, "this")], Options(against=older))
    ((code, message),) = told(result, "W4")
    assert (code, message) == ("W406", "older.docx 是2021年的报告，不是上一年（2022年）的，没有与它核对")


def test_processes_tell_the_same(tmp_path: Path) -> None:
    """Two processes give what one gives, in the same order."""
    for number in range(16):
        report = replace(SOUND, agency=f"第{number}号县科学技术局", year=2022 + number % 2)
        saved(tmp_path, SUFFIXES[number % 3], report, f"{number:02}")
    alone, together = (audited([tmp_path], Options(jobs=jobs)) for jobs in (1, 2))
    assert [result.path for result in alone] == [result.path for result in together]
    assert [told(result) for result in alone] == [told(result) for result in together]
    assert all(told(result) for result in alone)
