"""Which form holds for which year, and what a new circular takes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import gxgen.spec
from gxgen.checks import check
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.model import Report
from gxgen.render.text import TextRenderer
from gxgen.source import read_bytes
from gxgen.spec import Layout, Section, Table, Topic, first_years, keys_labelled, layout_for, layouts
from gxgen.spec.vocabulary import Balance, Crosstab, Kind, group, leaf, total
from gxgen.view import compose

FICTIONAL = Layout(
    first_year=2027,
    authority="国办公开办函〔2027〕1号",
    title="{year}年度政府信息公开报告",
    sections=(
        Section("summary", "一、综述", topics=(Topic("staff", "队伍建设"),)),
        Section(
            "appeals",
            "二、申诉",
            table=Table(
                (
                    Crosstab(
                        key="appeals",
                        corner="申诉",
                        columns=(group("季度", leaf("first", "一季度"), leaf("second", "二季度"), total("全年")),),
                        rows=(
                            leaf("filed", "收到"),
                            group(
                                "办结", leaf("granted", "支持"), leaf("denied", "不支持"), total("合计"), key="closed"
                            ),
                        ),
                        balances=(Balance(left=("appeals.filed",), right=("appeals.closed.total",)),),
                    ),
                    Crosstab(
                        key="costs",
                        caption="费用",
                        columns=(leaf("amount", "金额（元）", kind=Kind.AMOUNT, unit="元"),),
                        rows=(leaf("post", "邮寄"),),
                    ),
                )
            ),
        ),
        Section("remarks", "三、备注", default="无"),
    ),
)
MODULE = """
from gxgen.spec.common import sections
from gxgen.spec.vocabulary import Crosstab, Layout, Table, leaf

DISCLOSURE = Table((Crosstab(key="openness", columns=(leaf("pages", "网页数"),), rows=(leaf("site", "网站"),)),))
REQUESTS = Table((Crosstab(key="letters", columns=(leaf("count", "件数"),), rows=(leaf("paper", "信函"),)),))
LAYOUT = Layout(2027, "国办公开办函〔2027〕1号", "{year}年度政府信息公开报告", sections(DISCLOSURE, REQUESTS))
"""


@pytest.fixture
def new_circular(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A circular of 2027: one module beside those of the other forms, and nothing else."""
    (tmp_path / "layout_2027.py").write_text(MODULE, "utf-8")
    monkeypatch.setattr(gxgen.spec, "__path__", [*gxgen.spec.__path__, str(tmp_path)])
    _forget_forms()
    yield
    monkeypatch.undo()
    _forget_forms()
    sys.modules.pop("gxgen.spec.layout_2027", None)


def _forget_forms() -> None:
    importlib.invalidate_caches()
    first_years.cache_clear()
    gxgen.spec._load.cache_clear()


@pytest.mark.parametrize(
    ("year", "first_year"),
    [(2019, 2019), (2020, 2019), (2021, 2021), (2022, 2021), (2025, 2021), (9999, 2021)],
)
def test_a_form_holds_until_the_next(year: int, first_year: int) -> None:
    """2019 and 2020 take the form of 2019, every later year that of 2021."""
    layout = layout_for(year)
    assert layout is not None
    assert layout.first_year == first_year
    assert layout is layout_for(first_year)


@pytest.mark.parametrize("year", [2018, 2008, 0, -2023])
def test_there_is_no_form_before_the_first(year: int) -> None:
    """2018 and earlier used other statistics: there is no form."""
    assert layout_for(year) is None


def test_every_form_cites_its_circular() -> None:
    """The forms, oldest first, name the circulars that prescribe them."""
    assert [(layout.name, layout.authority) for layout in layouts()] == [
        ("2019", "国办公开办函〔2019〕60号"),
        ("2021", "国办公开办函〔2021〕30号"),
    ]


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_the_six_sections_of_the_report(layout: Layout) -> None:
    """Both forms have the six official headings, and the tables of 二, 三 and 四."""
    assert [(section.heading, bool(section.table)) for section in layout.sections] == [
        ("一、总体情况", False),
        ("二、主动公开政府信息情况", True),
        ("三、收到和处理政府信息公开申请情况", True),
        ("四、政府信息公开行政复议、行政诉讼情况", True),
        ("五、存在的主要问题及改进情况", False),
        ("六、其他需要报告的事项", False),
    ]
    assert layout.title.format(year=2023) == "2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("label", "keys"),
    [
        ("自然人", ("individual",)),
        ("一、本年新收政府信息公开申请数量", ("received",)),
        ("本年新收政府信息公开申请数量", ("received",)),
        ("（三）不予公开", ("refused",)),
        ("属于国家秘密", ("state_secret",)),
        ("规范性文件", ("normative_documents",)),
        ("行政规范性文件", ("normative_documents",)),
        ("没有这一项", ()),
    ],
)
def test_a_label_finds_its_key(label: str, keys: tuple[str, ...]) -> None:
    """The words that a form prints, with their number or without, give the key to write."""
    assert keys_labelled(label) == keys


def test_a_form_made_of_the_vocabulary_goes_all_the_way() -> None:
    """A form that no code knows is computed, checked, laid out and drawn like any other."""
    figures = {"appeals.filed.first": 3, "appeals.closed.granted.first": 1, "appeals.closed.denied.second": 2}
    report = Report(2028, FICTIONAL, "某某局", narrative={"summary.staff": "三人。"}, figures=figures)
    completed = complete(report)
    assert completed.count("appeals.closed.total.total") == 3
    of_form, *found = check(completed)
    assert of_form.code is codes.FORM_OF_YEAR
    assert [one.address for one in found] == [
        "appeals.closed.total.first",
        "appeals.closed.total.second",
    ]
    assert found[0].message.startswith("「一季度」列的勾稽关系不成立：收到 3 = 3，办结—合计 1 = 1，相差 2")
    document = compose(completed)
    assert document.title == "某某局2028年度政府信息公开报告"
    (grid,) = (section.grid for section in document.sections if section.grid)
    assert " ".join(grid.figures) == "3 0 3 1 0 1 0 2 2 1 2 3 0"
    text = TextRenderer().render(document).decode()
    words = [
        "一、综述",
        "（一）队伍建设",
        "三人。",
        "二、申诉",
        "季度",
        "一季度",
        "全年",
        "办结",
        "不支持",
        "合计",
        "费用",
        "金额（元）",
    ]
    assert [word for word in [*words, "三、备注", "无"] if word not in text] == []


@pytest.mark.usefixtures("new_circular")
def test_a_new_circular_takes_one_module() -> None:
    """A module layout_2027 is found by its name, ends the form of 2021, and is read, completed and drawn."""
    assert first_years() == (2019, 2021, 2027)
    before, after = layout_for(2026), layout_for(2027)
    assert before is not None
    assert after is not None
    assert (before.first_year, after.first_year) == (2021, 2027)
    reading = read_bytes(b"year = 2030\n[openness.site]\npages = 31\n[letters]\npaper = [8]\n[disclosure]\n")
    assert [found.message for found in reading.findings] == [
        "「二、主动公开政府信息情况」（disclosure）是 2019 年版式的项目，本年度的表里没有"
    ]
    assert reading.report is not None
    text = TextRenderer().render(compose(complete(reading.report))).decode()
    assert "2030年度政府信息公开报告" in text
    assert "网页数" in text
    assert "31" in text


def test_a_circular_that_is_gone_leaves_nothing_behind() -> None:
    """The fixture above cleans up: the forms are the two official ones again."""
    assert first_years() == (2019, 2021)
    assert layout_for(2030) is layout_for(2021)
