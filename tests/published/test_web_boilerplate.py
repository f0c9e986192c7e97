"""Titles and headings as sites and offices write them, and what a site sets around a report."""

from __future__ import annotations

import pytest

from gxgen.published import Published, read_bytes
from gxgen.published.outline import is_boilerplate

TITLE = "青川县水务局2023年政府信息公开工作年度报告"
TEXT = "全年平稳。"


def read(*lines: str) -> Published:
    """A text of these lines."""
    return read_bytes("\n".join(lines).encode(), ".txt")


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        ((TITLE,), "青川县水务局"),
        (("青川县水务局", "2023年政府信息公开工作年度报告"), "青川县水务局"),
        (("2023年青川市政府信息公开工作年度报告",), "青川市"),
        (("2023年度云岭镇政府信息公开工作年度报告",), "云岭镇"),
        (("2023年青川县人民政府信息公开工作年度报告",), "青川县人民政府"),
        (("（图解）" + TITLE,), "青川县水务局"),
        (("适老模式", "青川县人民政府", "青川县人民政府办公室2023年政府信息公开工作年度报告"), "青川县人民政府办公室"),
        (("青川县人民", "政府办公室2023年政府信息公开工作年度报告"), "青川县人民政府办公室"),
        (("青川市", "云岭区水务局2023年政府信息公开工作年度报告"), "青川市云岭区水务局"),
    ],
)
def test_the_agency_is_the_one_that_the_title_names(lines: tuple[str, ...], agency: str) -> None:
    """Neither what the site is called nor a tag before the title gets into the agency."""
    report = read(*lines, "一、总体情况", TEXT).report
    assert report
    assert (report.agency, report.year) == (agency, 2023)


def test_a_title_that_begins_with_the_year_is_kept_as_printed() -> None:
    """It is none that gxgen would print by itself."""
    report = read("2023年青川市政府信息公开工作年度报告", "一、总体情况", TEXT).report
    assert report
    assert report.title == "2023年青川市政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "heading",
    [
        "四、政府信息公开行政复议及行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议提起行政诉讼情况",
        "五、存在的主要问题和改进情况",
        "五、存在的主要问题及改进措施",
        "六、其他需要报告事项",
        "一、总体情况、",
    ],
)
def test_a_heading_may_have_other_small_words(heading: str) -> None:
    """One that says the same is the heading."""
    report = read(TITLE, heading, TEXT).report
    assert report
    assert list(report.narrative.values()) == [TEXT]
    assert "preamble" not in report.narrative


@pytest.mark.parametrize("heading", ["五、存在的主要问题", "二、主动公开情况", "六、其他", "五、一、总体情况"])
def test_a_heading_that_says_less_is_none(heading: str) -> None:
    """What is shorter than the heading may be the agency's own."""
    report = read(TITLE, heading, TEXT, "一、总体情况", TEXT).report
    assert report
    assert heading in report.narrative["preamble"]


AROUND = (
    "【字体:      】  打印",
    "来源:原创     发布时间:2024-01-31 13:24    浏览次数:次",
    "字号：",
    "大 中 小",
    "发文字号:",
    "无障碍 适老模式",
    "长者版 无障碍阅读",
    "当前位置:首页 > 政府信息公开 > 年度报告",
    "上一篇：没有了",
    "（责任编辑：某某）",
    "扫一扫在手机打开当前页",
    "打印",
    "关闭",
)


def test_what_a_site_sets_around_a_report_is_left_out_and_told() -> None:
    """Below the title and after the last section; the report's own words stay."""
    published = read(
        TITLE, *AROUND, "现将情况报告如下。", "一、总体情况", TEXT, "六、其他需要报告的事项", TEXT, *AROUND
    )
    assert published.report
    assert dict(published.report.narrative) == {"preamble": "现将情况报告如下。", "overview": TEXT, "other": TEXT}
    assert any("报告之外的文字没有读入" in finding.message for finding in published.findings)


@pytest.mark.parametrize(
    "text", ["大", "中", "小", "其他", "来源广泛。", "打印费用说明", "日期：以收到之日为准。", "备案：3件"]
)
def test_words_of_the_report_are_no_furniture(text: str) -> None:
    """Above all not the characters of a label that is broken into lines."""
    assert not is_boilerplate(text)


def test_a_line_that_nearly_is_boilerplate_takes_no_time() -> None:
    """No line is tried in ever more ways: if it were, this would not end."""
    for text in ("扫一扫" * 50 + "甲" * 30, "打印" * 90 + "甲", "【打印】" * 49 + "甲", "分享到分享" * 39 + "。"):
        assert not is_boilerplate(text)
