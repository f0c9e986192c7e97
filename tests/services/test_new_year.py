"""A data file to begin a year with, on disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.core.findings import Severity
from gxgen.engine.opening import open_report
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options
from gxgen.services.building import build, check
from gxgen.services.new_year import NewYearRequest, begin_year
from gxgen.source import read

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LAST = """\
year = 2022
agency = "某某县科学技术局"
title = "某某县科学技术局2022年政务公开年报"
published = 2023-01-12
departments = ["bureaus"]
[narrative]
overview = "2022年公开信息26条，收到申请{{ requests.received.total }}件。"
problems = "公开内容不够丰富，2023年加强培训。"
[disclosure.normative_documents]
in_force = 9
[requests]
received = [3, 0, 0, 0, 0, 0]
carried_forward = { individual = 1 }
[requests.outcome]
granted = { individual = 2 }
[[waiver]]
code = "W501"
reason = "刚组建"
"""
YEAR_CHECKS = {codes.BROUGHT_FORWARD, codes.IN_FORCE, codes.ITEMS_OF_LAST_YEAR}


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """Last year's data file."""
    path = tmp_path / "desk" / "2022.toml"
    path.parent.mkdir()
    path.write_text(LAST, "utf-8")
    return path


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2030])
@pytest.mark.parametrize("pack", ["", "ningxia", "hubei", "drawn"])
def test_a_new_file_builds_at_once(tmp_path: Path, year: int, pack: str) -> None:
    """An all-zero report is made of it, and all that is said is that sections have no text."""
    target = tmp_path / "new.toml"
    result = begin_year(NewYearRequest(year, "某某局", pack, output=target))
    assert (result.written, result.findings) == ((target,), ())
    (built,) = build([target], Options(tmp_path / "out", formats=("txt",)))
    assert built.written
    assert {finding.code for finding in built.findings} <= {codes.EMPTY_SECTION, codes.MISSING_TOPIC}


def test_it_is_named_by_agency_and_year_and_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name given it lies in the current folder; a second one is refused, unless it is wanted."""
    monkeypatch.chdir(tmp_path)
    wanted = NewYearRequest(2023, "某某局")
    assert begin_year(wanted).written == (Path("某某局2023.toml"),)
    Path("某某局2023.toml").write_text("mine", "utf-8")
    refused = begin_year(wanted)
    assert (refused.written, [each.code for each in refused.findings]) == ((), [codes.IMPORT_EXISTS])
    assert Path("某某局2023.toml").read_text("utf-8") == "mine"
    assert begin_year(replace(wanted, force=True)).written


def test_beginning_from_last_years_data_file(last: Path) -> None:
    """Figures are carried, texts marked where they are of last year, and what was dropped is told in file and run."""
    result = begin_year(NewYearRequest(2023, last=last))
    (target,) = result.written
    assert target == last.with_name("某某县科学技术局2023.toml")
    text = target.read_text("utf-8")
    for words in (
        "brought_forward = { individual = 1, business = 0, research = 0, public_welfare = 0, legal_services = 0, other",
        "in_force = 9",
        "# 待改：「现行有效件数」9 是2022年的；今年的是它 加「本年制发件数」 减「本年废止件数」",
        "# 待改（年份）：「2022年公开信息26条」",
        "# 待改（年份）：「2023年加强培训」",
        "收到申请{{ requests.received.total }}件",
        'title = "某某县科学技术局2023年政务公开年报"',
        "# 没有带过来：公布日期 2023-01-12",
        "# 没有带过来：1 条豁免（W501）",
        'departments = ["bureaus"]',
    ):
        assert words.partition(" = { individual = 1, b")[0] in text, words
    told = {finding.code for finding in result.findings}
    assert told == {codes.CARRY_DROPPED, codes.CARRY_TO_REVISE}
    (checked,) = check([target], Options(against=last))
    assert YEAR_CHECKS.isdisjoint(finding.code for finding in checked.findings)


def test_a_folder_gets_the_file_and_last_years_own_file_is_never_overwritten(last: Path, tmp_path: Path) -> None:
    """With ``-o`` naming a folder the file is named as ever; naming last year's, it is refused even with force."""
    assert begin_year(NewYearRequest(2023, "甲局", output=tmp_path)).written == (tmp_path / "甲局2023.toml",)
    assert begin_year(NewYearRequest(2023, last=last, output=tmp_path)).written == (
        tmp_path / "某某县科学技术局2023.toml",
    )
    result = begin_year(NewYearRequest(2023, last=last, output=last, force=True))
    assert (result.written, result.findings[-1].code) == ((), codes.IMPORT_EXISTS)
    assert last.read_text("utf-8") == LAST


def test_departments_are_found_from_another_folder(last: Path, tmp_path: Path) -> None:
    """A path in the data file leads to the same place from where the new file lies."""
    (target,) = begin_year(NewYearRequest(2023, last=last, output=tmp_path / "other" / "new.toml")).written
    report = read(target).report
    assert report
    assert report.departments == ("../desk/bureaus",)


def test_a_published_report_carries_as_its_data_file_does(last: Path, tmp_path: Path) -> None:
    """Read back from Word, a web page or text, the new year's figures and texts are the same."""
    last.write_text(re.sub("(?m)^(title|departments) = .*$", "", LAST), "utf-8")
    (built,) = build([last], Options(tmp_path / "out", formats=("docx", "html", "txt")))
    of_data = begin_year(NewYearRequest(2023, last=last, output=tmp_path / "data.toml"))
    report = read(of_data.written[0]).report
    assert report
    for path in built.written:
        (target,) = begin_year(NewYearRequest(2023, last=path, output=tmp_path / f"{path.suffix[1:]}.toml")).written
        again = read(target).report
        assert again
        assert again.figures == report.figures
        assert again.agency == report.agency
        assert again.narrative["problems"] == report.narrative["problems"]


def test_what_is_in_doubt_is_not_carried(last: Path) -> None:
    """A column that does not balance, and a cell that cannot be read, are left to a person."""
    text = LAST.replace("granted = { individual = 2 }", "granted = { individual = 7 }")
    last.write_text(text.replace("in_force = 9", 'in_force = "九件左右"'), "utf-8")
    result = begin_year(NewYearRequest(2023, last=last))
    left_out = [finding for finding in result.findings if finding.code is codes.CARRY_LEFT_OUT]
    assert {finding.address for finding in left_out} == {"requests.brought_forward", "disclosure.normative_documents"}
    report = read(result.written[0]).report
    assert report
    assert not report.figures
    assert result.written[0].read_text("utf-8").count("# 待核：") == 2


@pytest.mark.parametrize("year", [2022, 2024, 2021])
def test_only_the_year_before_is_gone_on_from(last: Path, year: int) -> None:
    """Any other is refused, and nothing is written."""
    result = begin_year(NewYearRequest(year, last=last))
    assert [finding.code for finding in result.findings if finding.is_error] == [codes.NOT_THE_YEAR_BEFORE]
    assert not result.written


def test_a_file_that_cannot_be_relied_on_is_told_and_nothing_written(last: Path, tmp_path: Path) -> None:
    """One that is no TOML, none at all, and one that is no report."""
    last.write_text(LAST.replace("year = 2022", "year = = 2022"), "utf-8")
    letter = tmp_path / "letter.txt"
    letter.write_text("关于放假的通知", "utf-8")
    for path, unreadable in ((last, False), (tmp_path / "no.toml", True), (letter, True)):
        result = begin_year(NewYearRequest(2023, last=path))
        assert not result.written
        assert result.count(Severity.ERROR)
        assert result.unreadable is unreadable


def test_a_pack_that_there_is_not_keeps_the_file_from_being_written(tmp_path: Path) -> None:
    """Its form is not known."""
    result = begin_year(NewYearRequest(2023, pack="nowhere", output=tmp_path / "new.toml"))
    assert [finding.code for finding in result.findings] == [codes.PACK]
    assert not result.written


def test_every_sample_can_be_gone_on_from(tmp_path: Path) -> None:
    """The next year's file of each sample has no finding across the years."""
    for sample in sorted(SAMPLES.glob("*.toml")):
        report = open_report(sample, Packs()).report
        assert report
        (target,) = begin_year(NewYearRequest(report.year + 1, last=sample, output=tmp_path / sample.name)).written
        (checked,) = check([target], Options(against=sample))
        assert YEAR_CHECKS.isdisjoint(finding.code for finding in checked.findings)
        assert not [finding for finding in checked.findings if finding.is_error and finding.code is not codes.BALANCE]
