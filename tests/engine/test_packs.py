"""Reports with a region's pack, from the data file to the written report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen.core import codes
from gxgen.core.findings import Severity
from gxgen.engine.packs import Packs
from gxgen.engine.results import Options, Result
from gxgen.services.building import build, check
from gxgen.spec import layout_for
from tests.packs.making import pack

HUBEI = """\
name = "hubei"
title = "湖北省"
topics = "run_in"

[headings]
disputes = "因政府信息公开工作被申请行政复议、提起行政诉讼情况"

[texts]
preamble = "统计期限为{{ year }}年1月1日至{{ year }}年12月31日，公开其他文件{{ disclosure.other_documents.issued }}件。"
other = "没有其他需要报告的事项。"

[[rows]]
after = "disclosure.normative_documents"
key = "other_documents"
label = "其他主动公开文件"

[[rows]]
after = "requests.outcome.granted"
key = "granted_later"
label = "（一甲）延期予以公开"
"""
DATA = """\
year = 2023
agency = "某某县科学技术局"
pack = "hubei"
[narrative]
problems = "公开内容还不够丰富，下一步将加强业务培训，及时更新各类信息。"
[narrative.overview]
active = "另公开文件{{ disclosure.other_documents.in_force }}件。"
on_request = "平稳。"
[disclosure]
normative_documents = [1, 0, 2]
other_documents = [3, 0, 9]
[requests]
received = [8, 1, 0, 0, 0, 0]
[requests.outcome]
granted = [5, 1, 0, 0, 0, 0]
granted_later = { individual = 3 }
"""


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a data file and a pack beside it, made the current one."""
    monkeypatch.chdir(tmp_path)
    pack(Path(), "hubei", HUBEI)
    Path("2023.toml").write_text(DATA, "utf-8")
    return tmp_path


def settings(text: str, name: str = "hubei") -> None:
    """Write the pack's settings anew."""
    Path("templates", name, "pack.toml").write_text(text, "utf-8")


def checked(options: Options = Options()) -> Result:  # noqa: B008  # frozen
    """The result for the data file."""
    (result,) = check([Path("2023.toml")], options)
    return result


def shown(result: Result) -> list[tuple[str, str, str]]:
    """Code, place in the data file, and place in the pack of every finding."""
    return [
        (
            finding.code.name,
            f"{finding.position.line}:{finding.position.column}" if finding.position else "",
            "、".join(map(str, finding.related)),
        )
        for finding in result.findings
    ]


def text_of(result: Result) -> str:
    """The plain text of a report that was written."""
    (path,) = (path for path in result.written if path.suffix == ".txt")
    return path.read_text("utf-8")


def test_extra_rows_are_read_summed_printed_and_quoted() -> None:
    """A report of Hubei is built as such: rows, heading, opening paragraph and heads are the pack's."""
    (result,) = build([Path("2023.toml")], Options())
    assert not result.count(Severity.ERROR)
    lines = text_of(result).splitlines()
    (row,) = (line for line in lines if "其他主动公开文件" in line)
    assert [cell.strip() for cell in row.strip("|").split("|")] == ["其他主动公开文件", "3", "0", "9"]
    later, total = (next(line for line in lines if label in line) for label in ("（一甲）", "（七）总计"))
    assert [line.split("|")[-2].strip() for line in (later, total)] == ["3", "9"]
    assert "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况" in lines
    text = text_of(result)
    assert "统计期限为2023年1月1日至2023年12月31日，公开其他文件3件。" in text
    assert "（一）主动公开。另公开文件9件。" in text
    assert "没有其他需要报告的事项。" in text


def test_the_same_rows_are_unknown_to_the_national_form() -> None:
    """With another pack the keys of the extra rows are told, and nothing is built."""
    assert {code for code, *_ in shown(checked(Options(pack="national")))} == {"E202", "E209"}


def test_a_pack_can_be_found_in_a_folder_that_is_named(desk: Path) -> None:
    """``packs`` in the options, and a pack that is chosen whatever data files say."""
    Path("templates").rename("shared")
    assert "E202" in {code for code, *_ in shown(checked())}, "the pack of that name that ships lacks a row"
    assert not checked(Options(packs=Path("shared"))).count(Severity.ERROR)
    Path("2023.toml").write_text(DATA.replace('pack = "hubei"\n', ""), "utf-8")
    assert not checked(Options(pack="hubei", packs=Path("shared"))).count(Severity.ERROR)


def test_everything_is_told_at_once_when_the_pack_is_not_there() -> None:
    """The file is read with the national form, and its own faults are told beside the pack's."""
    Path("2023.toml").write_text(DATA.replace("hubei", "hunan").replace("[8, 1", "[-8, 1"), "utf-8")
    told = shown(checked())
    assert ("E401", "3:8", "") in told
    assert any(code == "E205" for code, *_ in told)


def test_a_fault_of_the_pack_is_told_in_the_data_file_and_in_the_pack() -> None:
    """Every fault points at ``pack`` here and at its line there; what is sound of the pack is used."""
    settings(HUBEI + '[table]\nband_fill = "blue"\n[severity]\nE302 = "off"\n')
    where = Path("templates/hubei/pack.toml")
    assert shown(checked()) == [("E407", "3:8", f"{where}:22:13"), ("E407", "3:8", f"{where}:24:1")]


def broken_packs() -> Iterator[tuple[str, str, str, str]]:
    """What a pack wants and cannot have: its settings, the place, a piece of the message and one of the remedy."""
    row = HUBEI[: HUBEI.rindex("[[rows]]")]
    yield HUBEI.replace("normative_documents", "normative_document"), "13:9", "不能在它后面加行", "normative_documents"
    yield row + '[[rows]]\nafter="requests.outcome.total"\nkey="x"\nlabel="x"', "18:7", "后面不能加行", "总计前面"
    yield row + '[[rows]]\nafter="disclosure.rules"\nkey="licences"\nlabel="x"', "19:5", "表上已经有了", "不能删去"
    yield row + '[[rows]]\nafter="disclosure.rules"\nkey="x"\nlabel="规章"', "20:7", "「规章」这一行", "也不能改名"
    yield (
        HUBEI.replace("被申请行政复议、提起行政诉讼", ""),
        "6:12",
        "不能改为",
        "可以写：",
    )
    yield HUBEI.replace("disputes", "dispute"), "6:1", "没有「dispute」这一部分", "disputes"
    yield HUBEI.replace("other = ", "others = "), "10:1", "没有「others」这一处", "other"


@pytest.mark.parametrize(("text", "place", "message", "remedy"), list(broken_packs()))
def test_what_a_pack_cannot_have_is_told_with_its_remedy(text: str, place: str, message: str, remedy: str) -> None:
    """An official row or heading is neither moved, taken away nor renamed: each attempt is told at its line."""
    settings(text)
    told = [finding for finding in checked().findings if finding.code is codes.PACK_SETTINGS]
    assert [str(finding.related[0]) for finding in told] == [f"{Path('templates/hubei/pack.toml')}:{place}"]
    assert message in told[0].message
    assert remedy in told[0].hint


def test_a_fault_in_a_stock_text_is_the_packs() -> None:
    """A misspelt quotation is told with its line in the pack, and not where the data file writes its own text."""
    settings(HUBEI.replace("other_documents.issued", "other_document.issued"))
    (finding,) = checked().findings
    assert finding.code is codes.QUOTE
    assert finding.message.startswith("模板包「hubei」的文字：")
    line = HUBEI.splitlines()[8]
    column = line.index("disclosure.other") + 1
    assert str(finding.related[0]) == f"{Path('templates/hubei/pack.toml')}:9:{column}"
    Path("2023.toml").write_text(DATA.replace("[narrative]\n", '[narrative]\npreamble = "开头。"\n'), "utf-8")
    assert not checked().findings


def test_a_warning_about_a_stock_text_points_into_the_pack() -> None:
    """The checks of the text look at stock texts, too."""
    settings(HUBEI.replace("{{ year }}", "2022"))
    (finding,) = checked().findings
    assert finding.code is codes.TEXT_YEAR
    assert str(finding.related[0]).startswith(f"{Path('templates/hubei/pack.toml')}:9:")


SLIP = 'title = “湖北省”\ntopics : "run_in"\n'


def test_a_pack_that_is_not_toml_is_told_as_a_data_file_is() -> None:
    """Chinese quotation marks and a colon for an equals sign are both told, with what to write."""
    settings(SLIP)
    told = [finding for finding in checked().findings if finding.code is codes.SYNTAX]
    assert [finding.related[0].position and finding.related[0].position[:2] for finding in told] == [(1, 9), (2, 8)]
    assert 'title = "湖北省"' in told[0].hint
    assert all(finding.address == "pack" for finding in told)


def test_settings_of_packs_are_no_data_files(desk: Path) -> None:
    """A folder is searched for reports; a pack.toml in it, broken or not, is none."""
    assert [result.path.name for result in check([desk])] == ["2023.toml"]
    settings(SLIP)
    assert [result.path.name for result in check([desk])] == ["2023.toml"]


# How bad a finding is


@pytest.mark.parametrize(("level", "counts"), [("error", (1, 0)), ("warning", (0, 1)), ("info", (0, 0)), ("off", None)])
def test_a_pack_weighs_warnings(level: str, counts: tuple[int, int] | None) -> None:
    """A warning can be an error, which keeps the report from being written, less than that, or not told at all."""
    settings(f'[severity]\nW501 = "{level}"\n')
    Path("2023.toml").write_text('year = 2023\npack = "hubei"\nnarrative.overview = "平稳有序。"\n', "utf-8")
    result = checked()
    assert bool(result.findings) is (counts is not None)
    if counts:
        assert (result.count(Severity.ERROR), result.count(Severity.WARNING)) == counts
        assert ("按错误对待" in result.findings[0].message) is (level == "error")
    (built,) = build([Path("2023.toml")], Options())
    assert bool(built.written) is (level != "error")


def test_what_a_pack_makes_an_error_cannot_be_waived() -> None:
    """The region has decided; the reason of one office does not undo it."""
    settings('[severity]\nW501 = "error"\n')
    waiver = '[[waiver]]\ncode = "W501"\nreason = "属实"\n'
    Path("2023.toml").write_text(f'year = 2023\npack = "hubei"\nnarrative.overview = "平稳有序。"\n{waiver}', "utf-8")
    assert checked().count(Severity.ERROR) == 1


# Years and runs


def test_last_years_report_is_read_in_the_form_of_its_pack() -> None:
    """Extra rows carry over from year to year as the rows beside them do."""
    last = DATA.replace("2023", "2022", 1).replace("[3, 0, 9]", "[3, 0, 5]")
    Path("2022.toml").write_text(last, "utf-8")
    (told,) = (finding for finding in checked().findings if finding.address.startswith("disclosure.other_documents"))
    assert told.code is codes.IN_FORCE
    assert "2022.toml" in str(told.related[0])


def test_departments_are_summed_in_the_form_of_their_pack() -> None:
    """Extra rows of a government are the sums of its bureaus' as official rows are."""
    Path("bureaus").mkdir()
    Path("templates").rename("bureaus/templates")
    Path("bureaus/science.toml").write_text(DATA, "utf-8")
    government = DATA.replace("某某县科学技术局", "某某县人民政府").replace(
        "[narrative]", 'departments = "bureaus"\n[narrative]', 1
    )
    Path("2023.toml").write_text(government, "utf-8")
    assert not checked(Options(packs=Path("bureaus/templates"))).findings
    Path("2023.toml").write_text(government.replace("[3, 0, 9]", "[4, 0, 9]"), "utf-8")
    (finding,) = checked(Options(packs=Path("bureaus/templates"))).findings
    assert (finding.code, finding.address) == (codes.SUM_OF_DEPARTMENTS, "disclosure.other_documents.issued")


def test_one_pack_is_one_object_in_a_run(desk: Path) -> None:
    """Data files of many folders share the pack and its amended form, unless a folder has packs of its own."""
    packs = Packs("hubei", desk / "templates")
    first, second = (packs.of("", desk / folder) for folder in "ab")
    assert first is second
    assert first.form(2023) is second.form(2024) is not layout_for(2023)
    assert packs.of("", desk) is not first
