"""Reports without a title that names their year."""

from __future__ import annotations

import pytest

from gxgen.published import Published, read_bytes

PERIOD = "本报告中所列数据的统计期限自2022年1月1日起，至2022年12月31日止。"
HEADINGS = ("一、总体情况", "全年平稳。", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")


def read(*lines: str) -> Published:
    """A text of these lines, with the headings of a report below."""
    return read_bytes("\n".join((*lines, *HEADINGS)).encode(), ".txt")


@pytest.mark.parametrize(
    "period",
    [
        PERIOD,
        "所列数据的统计期限为２０２２年１月１日至１２月３１日。",
        "数据统计期从 2022 年 1 月 1 日到 2022 年 12 月 31 日。",
        "报告期：2022年1月1日—2022年12月31日。",
        "本报告所列数据的统计期限自2022年1\n月1日起，至2022年12月31日止。",
    ],
)
def test_the_year_is_that_of_the_figures(period: str) -> None:
    """A report that has lost its title says which year it counts; that the year comes from there is told."""
    published = read(period)
    assert published.report
    assert (published.report.year, published.report.agency, published.report.title) == (2022, "", "")
    (told,) = [finding for finding in published.findings if finding.code.name == "W621"]
    assert "2022" in told.message
    assert told.position
    assert told.position.line == 1


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("按照2022年1月1日至2022年12月31日的培训计划开展工作。数据另行统计。",),
        (PERIOD, "上一年报告的统计期限自2021年1月1日起，至2021年12月31日止。"),
        ("统计期限自2021年1月1日起，至2022年12月31日止。",),
    ],
)
def test_no_year_is_guessed(lines: tuple[str, ...]) -> None:
    """A period of something else, two years or a period of two years give none."""
    published = read(*lines)
    assert published.report is None
    assert [finding.code.name for finding in published.findings] == ["E612"]


def test_a_title_without_a_year_names_the_agency() -> None:
    """It stands alone on its line."""
    report = read("首页", "青川县水务局政府信息公开工作年度报告", PERIOD).report
    assert report
    assert (report.agency, report.title) == ("青川县水务局", "")
    assert report.narrative["preamble"] == PERIOD


def test_what_stands_before_the_first_sentence_is_told() -> None:
    """Without a title nobody knows where the report begins; a page's menu is no opening paragraph."""
    published = read("首页", "政务公开", PERIOD)
    assert published.report
    assert published.report.narrative["preamble"] == PERIOD
    (told,) = [finding for finding in published.findings if finding.code.name == "I619"]
    assert "首页" in told.message
    assert "政务公开" in told.message


def test_a_title_with_a_year_comes_first() -> None:
    """The period of an opening paragraph is then what the text says, and left to the checks."""
    published = read("青川县水务局2023年政府信息公开工作年度报告", PERIOD)
    assert published.report
    assert published.report.year == 2023
    assert "W621" not in {finding.code.name for finding in published.findings}


OWN, LAST = "青川县水务局2022年政府信息公开工作年度报告", "青川县水务局2021年政府信息公开工作年度报告"


def test_of_two_titles_the_one_with_the_year_of_the_figures_is_the_report_s() -> None:
    """A page that names last year's report above the article; the other title is told as not of the report."""
    published = read(LAST, OWN, PERIOD)
    assert published.report
    assert (published.report.year, published.report.agency) == (2022, "青川县水务局")
    assert published.report.narrative["preamble"] == PERIOD
    (told,) = [finding for finding in published.findings if finding.code.name == "I619"]
    assert "2021" in told.message


@pytest.mark.parametrize("lines", [(LAST, OWN), (LAST, OWN, PERIOD.replace("2022", "2020")), (OWN, PERIOD, LAST)])
def test_two_titles_without_a_year_of_the_figures_give_none(lines: tuple[str, ...]) -> None:
    """Nor does a period that agrees with neither, nor a title that comes before the other one."""
    published = read(*lines)
    assert published.report is None
    assert [finding.code.name for finding in published.findings] == ["E612"]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("本报告由云岭市澄溪区水务局编制。", "云岭市澄溪区水务局"),
        ("如有疑问，请与云岭市澄溪区水务局联系。", "云岭市澄溪区水务局"),
        ("本报告由南湖省云岭市澄溪区水务局编制。云岭市澄溪区水务局", "南湖省云岭市澄溪区水务局"),
        ("本报告由云岭市澄溪区水务局编制，由北山市澄溪区水务局编制。", "澄溪区水务局"),
        ("请联系云岭市澄溪区水务局。", "澄溪区水务局"),
        ("澄溪区水务局编制。", "澄溪区水务局"),
    ],
)
def test_the_legal_name_is_taken_from_the_text(text: str, agency: str) -> None:
    """The superior places before the title's agency, where they are certain."""
    title = "澄溪区水务局2023年政府信息公开工作年度报告"
    report = read_bytes(f"{title}\n{text}\n一、总体情况\n全年平稳。\n".encode(), ".txt").report
    assert report
    assert (report.agency, report.title) == (agency, title if agency != "澄溪区水务局" else "")


def test_an_agency_without_a_place_keeps_its_name() -> None:
    """What stands before it may be its superior."""
    lines = "水务局2023年政府信息公开工作年度报告\n本报告由云岭市水务局指导。\n"
    report = read_bytes(f"{lines}一、总体情况\n全年平稳。\n".encode(), ".txt").report
    assert report
    assert report.agency == "水务局"
