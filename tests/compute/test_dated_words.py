"""Words of a text that belong to one year."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.compute.dated_words import DatedKind, find_dated_words

FOUND = {
    "2023年，我局公开信息26条。": ["2023年", "我局公开信息26条"],
    "统计期限为2023年1月1日至2023年12月31日。": ["2023年1月1日至2023年12月31日"],
    "针对2022年报告指出的问题，2024年将改进。": ["2022年报告指出的问题", "2024年将改进"],
    "二〇二三年和二○二三年": ["二〇二三年和二○二三年"],
    "收到申请8件、十二件，占69.5%，培训4期612人次": [
        "收到申请8件",
        "十二件",
        "占69.5%",
        "培训4期",
        "培训4期612人次",
    ],
    "各股室把应当公开的信息通过区政府门户网站公开26条": ["各股室把应当公开的信息通过区政府门户网站公开26条"],
    "无标点的文字" * 12 + "公开26条": ["26条"],
    "收费560元和1,260.5万元": ["收费560元", "收费560元和1,260.5万元"],
}
PASSED_OVER = (
    "（国办公开办函〔2021〕30号）和宁政发[2023]7号",
    "《条例》（2019年修订）第二十条第一款第3项",
    "{{ year }}年收到申请{{ requests.received.total }}件，{% if year > 2022 %}多{% endif %}",
    "一是公开不够；三类内部事务；联系电话0951-2023567",
    "（一）主动公开。1.规范管理",
)


@pytest.mark.parametrize(("text", "words"), FOUND.items())
def test_years_and_numbers_are_found_with_the_words_around_them(text: str, words: list[str]) -> None:
    """Each is told in the words of the text, in order."""
    assert [one.words for one in find_dated_words(text, 2023)] == words


@pytest.mark.parametrize("text", PASSED_OVER)
def test_what_is_of_no_year_is_passed_over(text: str) -> None:
    """Document numbers, articles of law, quotations, telephone numbers and numbered heads stay as they are."""
    assert list(find_dated_words(text, 2023)) == []


PIECES = st.sampled_from(
    ["2023年", "8件", "我局", "，", "。", "公开", "{{ year }}", "2022", "3.5%", "**", "\n", "〔2023〕"]
)


@given(st.lists(PIECES | st.text("件年度二三0123456789，。", max_size=4), max_size=12).map("".join))
def test_the_words_are_those_of_the_text_and_no_year_is_missed(text: str) -> None:
    """What is told stands in the text just so; every year of the report outside quotations is in some of it."""
    found = list(find_dated_words(text, 2023))
    assert all(one.words in text for one in found)
    plain = re.sub(r"\{\{.*?\}\}", "|", text, flags=re.DOTALL)
    named = len(re.findall(r"(?<![\d〔])2023(?![\d〕])", plain))
    told = sum(one.words.count("2023") for one in found)
    assert told >= named
    assert all(one.kind in DatedKind for one in found)
