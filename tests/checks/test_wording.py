"""What each audience reads of every kind of finding, as a document: ``wording.md``.

Run pytest with ``GXGEN_REWRITE=1`` to write the page anew, and read the diff.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gxgen.checks import wording
from gxgen.checks.wording import (
    CarriedOverDiffers,
    DeniedWrongly,
    FeeExceeds,
    HeadingDiffers,
    HeadingExtra,
    HeadingMissing,
    Imbalance,
    LabelledCount,
    LegislationReported,
    LooksLikeYuan,
    NumberDiffers,
    OrderDiffers,
    OutOfBounds,
    PercentageDiffers,
    PublishedEarly,
    PublishedLate,
    SectionEmpty,
    SectionSaysNothing,
    StrayMark,
    SumDiffers,
    TextDamaged,
    TopicsMissing,
    TotalDiffers,
    UnlikeLastYear,
    WrongForm,
    YearDiffers,
)
from gxgen.core import codes
from gxgen.core.findings import Audience, Code, Finding, Parameters
from gxgen.packs.pack import SettingProblem
from gxgen.source.recovery.messages import RepairedLine

PAGE = Path(__file__).with_name("wording.md")
INTRODUCTION = """\
# What each audience reads

The clerk reads of a data file, the supervisor of a published report, the keeper of a template pack of the pack; where
two of them read the same, it stands here once.  Written by `GXGEN_REWRITE=1 pytest tests/checks/test_wording.py`.
"""
READERS = {Audience.CLERK: "clerk", Audience.SUPERVISOR: "supervisor", Audience.PACK_KEEPER: "pack keeper"}

ISSUED, IN_FORCE = LabelledCount("本年制发件数", 9), LabelledCount("现行有效件数", 3)
EXAMPLES: tuple[tuple[Code, Parameters], ...] = (
    (codes.SYNTAX, RepairedLine(("等号应为半角",), "year = 2023")),
    (codes.SPELLING, RepairedLine(("数字应为半角", "逗号应为半角"), "received = [8, 0, 0, 0, 0, 0]", is_certain=True)),
    (codes.SPELLING, RepairedLine(("缺少结束的引号",), "a = 1", "在文字末尾补上三个英文双引号", is_certain=True)),
    (codes.PACK_SETTINGS, SettingProblem("hubei", "不认识的设置「titel」", "是否想写 title？")),
    (codes.TYPED_TOTAL, TotalDiffers("「本年新收」行「总计」列", "9", 8, 1, "，恰等于「科研机构」的 1，可能加了两次")),
    (
        codes.BALANCE,
        Imbalance(
            "自然人",
            (LabelledCount("一、本年新收", 8), LabelledCount("二、上年结转", 1)),
            (LabelledCount("（七）总计", 8), LabelledCount("四、结转下年度", 0)),
            ("本年新收", "上年结转", "总计", "结转下年度"),
        ),
    ),
    (
        codes.MORE_ISSUED_THAN_IN_FORCE,
        OutOfBounds("「规章」行", (ISSUED,), (IN_FORCE, LabelledCount("本年废止件数", 1))),
    ),
    (
        codes.FEWER_ITEMS_THAN_NONE,
        OutOfBounds("「行政许可」行", (), (LabelledCount("项目数量", 2), LabelledCount("本年增/减", -3))),
    ),
    (codes.YUAN_FOR_TEN_THOUSAND, LooksLikeYuan("「行政事业性收费」", Decimal("1234567.5"))),
    (codes.RULES_WITHOUT_POWER, LegislationReported("规章", (("本年制发件数", "1"),), "甲县教育局")),
    (
        codes.BROUGHT_FORWARD,
        CarriedOverDiffers("「自然人」列", LabelledCount("上年结转", 1), 2023, (LabelledCount("结转", 2),), (), ()),
    ),
    (
        codes.IN_FORCE,
        CarriedOverDiffers(
            "「规章」行", IN_FORCE, 2023, (IN_FORCE,), (ISSUED,), (LabelledCount("本年废止件数", 1),), "，可能填错了行"
        ),
    ),
    (codes.UNLIKE_LAST_YEAR, UnlikeLastYear("「行政处罚」行", Decimal(370), 2022, Decimal(37))),
    (codes.FORM_OF_YEAR, WrongForm(2023, ("2019", "国办公开办函〔2019〕60号"), ("2021", "国办公开办函〔2021〕30号"))),
    (codes.FORM_OF_YEAR, WrongForm(2008, ("2019", "国办公开办函〔2019〕60号"), None)),
    (codes.HEADINGS, HeadingMissing("一、总体情况")),
    (codes.HEADINGS, HeadingExtra("七、附件", 6)),
    (codes.HEADINGS, HeadingDiffers("一、概述", "一、总体情况")),
    (codes.HEADINGS, OrderDiffers(("总体情况", "主动公开政府信息情况"))),
    (codes.PUBLISHED_EARLY, PublishedEarly(date(2023, 12, 1), 2023)),
    (codes.PUBLISHED_LATE, PublishedLate(date(2024, 2, 2), 2023, date(2024, 1, 31), "部门")),
    (codes.EMPTY_SECTION, SectionEmpty("一、总体情况", "overview")),
    (codes.THIN_SECTION, SectionSaysNothing("一、总体情况", "无")),
    (codes.MISSING_TOPIC, TopicsMissing("一、总体情况", ("监督保障", "主动公开"))),
    (codes.TEXT_NUMBER, NumberDiffers("本年新收", "9 件", ("8", "10"))),
    (codes.TEXT_NUMBER, NumberDiffers("行政事业性收费", "9 万元", ("8",), "万元")),
    (codes.TEXT_DENIES, DeniedWrongly("未收到申请", ("本年新收 8 件",))),
    (codes.TEXT_SUM, SumDiffers(Decimal(9), "件", (Decimal(5), Decimal(3)), Decimal(8))),
    (codes.TEXT_PERCENTAGE, PercentageDiffers(Decimal(60), Decimal(1), Decimal(2), Decimal("50.00"))),
    (codes.TEXT_FEE, FeeExceeds(Decimal(30000), "行政事业性收费", "2 万元")),
    (codes.TEXT_YEAR, YearDiffers("2022年1月1日至12月31日", 2023, 2023)),
    (codes.DAMAGED_TEXT, TextDamaged("（）", "括号或引号里是空的")),
    (codes.STRAY_MARK, StrayMark("**")),
)
"""A finding of every kind; a kind that has several sentences is there with each."""


def read_by(code: Code, parameters: Parameters) -> dict[Audience, Finding]:
    """A finding as each audience reads it."""
    found = Finding.of(code, "", parameters)
    return {audience: found.told_to(audience) for audience in Audience}


def page() -> Iterator[str]:
    """The whole page."""
    yield INTRODUCTION
    for code, parameters in EXAMPLES:
        readers: dict[tuple[str, str], list[str]] = {}
        for audience, finding in read_by(code, parameters).items():
            readers.setdefault((finding.message, finding.hint), []).append(READERS[audience])
        yield f"## {code.name} {type(parameters).__name__}\n\n```text"
        for (message, hint), names in readers.items():
            yield f"{', '.join(names) if len(names) < len(READERS) else 'everybody'}:\n  {message}\n  提示：{hint}"
        yield "```\n"


def test_every_audience_reads_what_the_page_says() -> None:
    """The page holds every kind of finding; GXGEN_REWRITE=1 writes it anew."""
    now = "\n".join(page())
    if os.environ.get("GXGEN_REWRITE"):
        PAGE.write_text(now, encoding="utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == now


def test_the_page_leaves_no_kind_out() -> None:
    """A kind of finding that is not on the page is read by nobody before a user."""
    kinds = {kind for _, kind in inspect.getmembers(wording, inspect.isclass) if kind.__module__ == wording.__name__}
    assert {kind for kind in kinds if issubclass(kind, Parameters)} <= {type(example) for _, example in EXAMPLES}


OF_REPORTS = [(code, facts) for code, facts in EXAMPLES if type(facts).__module__ == wording.__name__]


@pytest.mark.parametrize(("code", "parameters"), OF_REPORTS, ids=lambda one: getattr(one, "name", type(one).__name__))
def test_a_supervisor_reads_nothing_of_data_files(code: Code, parameters: Parameters) -> None:
    """There is none: the supervisor has a published report."""
    told = read_by(code, parameters)[Audience.SUPERVISOR]
    assert not any(
        word in f"{told.message}{told.hint}" for word in ("数据文件", "手填", "[narrative]", "{{", "会原样印出")
    )


def test_words_are_final_once_told() -> None:
    """A finding that has been told to somebody is not worded again for others."""
    found = Finding.of(codes.STRAY_MARK, "narrative.other", StrayMark("**"))
    told = found.told_to(Audience.CLERK)
    assert found.message == told.message
    assert told.parameters is None
    assert told.told_to(Audience.PACK_KEEPER) == told
