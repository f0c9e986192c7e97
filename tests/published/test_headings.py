"""Titles and headings in other words than the form's."""

from __future__ import annotations

import pytest

from gxgen.published import read_bytes
from gxgen.published.outline import is_heading
from gxgen.spec import layouts

BODY = "一、总体情况\n全年平稳。\n二、主动公开政府信息情况\n"
SECTIONS = {section.key: section for section in layouts()[-1].sections}


@pytest.mark.parametrize(
    "heading",
    [
        "五、政府信息公开工作中存在的问题和改进措施",
        "五、政府信息公开工作存在的问题及改进情况",
        "五、政府信息公开中存在的主要问题及改进情况",
        "（五）存在问题及改进措施",
        "（五）、存在的主要问题和改进情况",
        "【五】存在的问题与改进措施",
    ],
)
def test_small_words_are_no_other_heading(heading: str) -> None:
    """The heading is that of its section and of no other."""
    assert [key for key, section in SECTIONS.items() if is_heading(section, heading)] == ["problems"]


@pytest.mark.parametrize("text", ["五、存在的困难", "（四）存在的主要问题及改进情况", "存在的主要问题", "五、改进措施"])
def test_another_heading_is_not_taken_for_it(text: str) -> None:
    """A numeral of another section, or a part of the words, is not the heading."""
    assert not is_heading(SECTIONS["problems"], text)


@pytest.mark.parametrize("year", ["二〇二四", "二○二四", "二零二四", "２０２４"])
def test_a_year_in_chinese_numerals_is_read(year: str) -> None:
    """Whichever sign stands for 〇; the title stays as it is printed."""
    title = f"青川县水务局{year}年政府信息公开工作年度报告"
    report = read_bytes(f"{title}\n{BODY}".encode(), ".txt").report
    assert report
    assert (report.year, report.agency) == (2024, "青川县水务局")
    assert report.title in ("", title)
