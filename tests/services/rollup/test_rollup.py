"""Sums of data files: who counts, what keeps them from being summed, and what is written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.core import codes
from gxgen.engine.packs import Packs
from gxgen.model import Report
from gxgen.services.building import check
from gxgen.services.rollup.contributions import Contributions, explain
from gxgen.services.rollup.data_file import MARK, Written, write_sum
from gxgen.services.rollup.summing import RollupOutcome, RollupRequest, roll_up
from gxgen.source import read
from gxgen.source.updating import figures_of
from gxgen.source.writer import data_file
from gxgen.spec import address_book, layout_for
from tests.engine.test_departments import COUNTY, of_sums, put
from tests.strategies import balanced_figures, forms

LICENCES = "disclosure.licences.decisions"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two bureaus that have 14 and 3 licences decided."""
    put(tmp_path / "bureaus" / "a.toml", "甲县科技局", 14)
    put(tmp_path / "bureaus" / "b.toml", "甲县教育局", 3)
    return tmp_path


def wanted(desk: Path, *paths: str, **more: Any) -> RollupRequest:
    """The sum of the bureaus as the county's file."""
    options: dict[str, Any] = {"agency": COUNTY, "target": desk / "county.toml"} | more
    return RollupRequest(tuple(desk / path for path in paths or ("bureaus",)), **options)


def written(what: RollupRequest, *, force: bool = False) -> tuple[RollupOutcome, Written]:
    """The sum, and what became of its file."""
    rolled = roll_up(what)
    assert rolled.report, told(rolled)
    return rolled, write_sum(rolled, what, force=force)


def told(rolled: RollupOutcome) -> list[tuple[str, str]]:
    """The files and codes of what is told."""
    return [(result.path.name, finding.code.name) for result in rolled.results for finding in result.findings]


def licences(path: Path) -> object:
    """The one figure of a data file."""
    report = read(path).report
    assert report is not None
    return report.figures.get(LICENCES, 0)


def test_the_file_of_a_sum_is_what_its_departments_say(desk: Path) -> None:
    """It names the folder, and ``gxgen check`` finds nothing to say of its sums."""
    rolled, result = written(wanted(desk))
    assert result == Written(None, is_new=True)
    report = read(desk / "county.toml").report
    assert report is not None
    assert (report.agency, report.year, report.departments) == (COUNTY, 2023, ("bureaus",))
    assert report.figures == {LICENCES: 17}
    assert [of_sums(one) for one in check([desk / "county.toml"])] == [[]]
    text = (desk / "county.toml").read_text("utf-8")
    assert f"{MARK}计入 2 个机关：\n{MARK}  甲县科技局、甲县教育局\n" in text
    assert told(rolled) == []


@st.composite
def territories(draw: st.DrawFn) -> list[Report]:
    """Up to four bureaus of one form whose figures balance."""
    layout = draw(forms())
    return [
        Report(layout.first_year, layout, f"第{number}局", figures=draw(balanced_figures(layout)))
        for number in range(draw(st.integers(1, 4)))
    ]


@settings(max_examples=40, deadline=None)
@given(territories(), st.booleans())
def test_the_sum_of_any_bureaus_balances_and_is_their_sum_to_check(reports: list[Report], backwards: bool) -> None:
    """Whatever the order of the files, rule A-1 and 勾稽关系 have nothing to say, and a sum of the sum is the same."""
    with TemporaryDirectory() as name:
        desk = Path(name)
        (desk / "bureaus").mkdir()
        for number, report in enumerate(reversed(reports) if backwards else reports):
            (desk / "bureaus" / f"{number}.toml").write_text(data_file(report), "utf-8")
        rolled = roll_up(wanted(desk))
        if rolled.report is None:  # figures that cannot be, or amounts of which some have a unit: told, as below
            assert {code for _, code in told(rolled)} & {"E630", "E634"}
            return
        assert write_sum(rolled, wanted(desk), force=False).problem is None
        (checked,) = check([desk / "county.toml"])
        assert [finding for finding in (*of_sums(checked), *checked.findings) if finding.is_error] == of_sums(checked)
        assert of_sums(checked) == []
        again = wanted(desk, "county.toml", target=desk / "province.toml", agency="某省人民政府")
        assert written(again)[1].is_new
        county, province = read(desk / "county.toml").report, read(desk / "province.toml").report
        assert county
        assert province
        assert figures_of(county) == figures_of(province)


def test_a_second_sum_changes_nothing_but_figures_and_only_on_request(desk: Path) -> None:
    """The texts and remarks that the office has written in the meantime stay as they are."""
    county = desk / "county.toml"
    written(wanted(desk))
    text = county.read_text("utf-8").replace("[narrative]\n", '[narrative]\n# 张三写\nproblems = "问题一。"\n')
    county.write_text(text, "utf-8")
    assert written(wanted(desk))[1].is_same
    put(desk / "bureaus" / "a.toml", "甲县科技局", 15)
    put(desk / "bureaus" / "c.toml", "甲县林业局", 1)
    _, refused = written(wanted(desk))
    assert refused.problem
    assert refused.problem.code is codes.ROLLUP_TARGET
    assert [(change.before, change.after) for change in refused.changes] == [("17", "19")]
    assert county.read_text("utf-8") == text
    _, result = written(wanted(desk, agency=""), force=True)
    assert result.problem is None
    new = county.read_text("utf-8")
    record = f"计入 3 个机关：\n{MARK}  甲县科技局、甲县教育局、甲县林业局"
    old = f"计入 2 个机关：\n{MARK}  甲县科技局、甲县教育局"
    assert new == text.replace("= 17 ", "= 19 ").replace(old, record)
    assert written(wanted(desk), force=True)[1].is_same


@pytest.mark.parametrize(
    ("content", "more"),
    [
        ('year = 2022\nagency = "甲县人民政府"\n', {"year": 2023}),
        ('year = 2023\nagency = "乙县人民政府"\n', {}),
        ('year = 2023\nagency = "甲县人民政府"\nunknown = 1\n', {}),
        ("这不是数据文件", {"year": 2023}),
    ],
    ids=["another year", "another agency", "errors", "no data file"],
)
def test_no_other_file_is_written_over(desk: Path, content: str, more: dict[str, Any]) -> None:
    """Not on request, either."""
    (desk / "county.toml").write_text(content, "utf-8")
    _, result = written(wanted(desk, **more), force=True)
    assert result.problem
    assert result.problem.code is codes.ROLLUP_TARGET
    assert (desk / "county.toml").read_text("utf-8") == content


def test_the_file_of_the_sum_is_not_summed(desk: Path) -> None:
    """Wherever it lies; another file in the government's name is told."""
    put(desk / "county.toml", COUNTY, 5)
    assert written(wanted(desk, "."), force=True)[1].problem is None
    assert licences(desk / "county.toml") == 17
    put(desk / "bureaus" / "copy.toml", COUNTY, 5)
    assert told(roll_up(wanted(desk, "."))) == [("county.toml", "E632")]


def test_vertical_organs_and_what_is_summed_already_do_not_count(desk: Path) -> None:
    """A tax office, and the bureaus of a county below; both are told and recorded."""
    put(desk / "bureaus" / "tax.toml", "甲县税务局", 9, more="vertical = true\n")
    put(desk / "乙县" / "bureaus" / "d.toml", "乙县科技局", 5)
    put(desk / "乙县" / "county.toml", "乙县人民政府", 6, more='departments = "bureaus"\n')
    city = wanted(desk, "bureaus", "乙县", target=desk / "city.toml", agency="某市人民政府")
    rolled, _ = written(city)
    assert licences(desk / "city.toml") == 14 + 3 + 6
    assert told(rolled) == [("city.toml", "I638"), ("city.toml", "I638")]
    assert [names for _, names in rolled.left_out] == [["“甲县税务局”"], ["“乙县科技局”"]]


def test_who_is_missing_is_told_and_recorded(desk: Path) -> None:
    """Those on the list without a data file, and those whose only file is last year's."""
    put(desk / "bureaus" / "old.toml", "甲县民政局", 1, year=2022)
    rolled, _ = written(wanted(desk, year=2023, expected=("甲县科技局", "甲县卫健局")))
    assert told(rolled) == [("county.toml", "W311"), ("county.toml", "W637")]
    text = (desk / "county.toml").read_text("utf-8")
    assert f"{MARK}1 个机关名单上有，没有数据文件：\n{MARK}  甲县卫健局\n" in text
    assert f"{MARK}1 个机关没有本年度的数据文件：\n{MARK}  甲县民政局\n" in text


def test_figures_that_could_not_be_read_are_told_and_recorded(desk: Path) -> None:
    """They count as 0 in their department's file, and so in the sum."""
    put(desk / "bureaus" / "c.toml", "甲县民政局", 1, more="# 待核：行政处罚那一格看不清\n")
    put(desk / "bureaus" / "d.toml", "甲县林业局", 1, more="# 待改（年份）：「2022年」\n")
    rolled, _ = written(wanted(desk))
    assert told(rolled) == [("county.toml", "W639")]
    assert f"{MARK}  甲县民政局\n" in (desk / "county.toml").read_text("utf-8")


def test_years_are_not_mixed(desk: Path) -> None:
    """Each odd one out is told, unless somebody says which year is meant."""
    put(desk / "bureaus" / "a22.toml", "甲县科技局", 1, year=2022)
    assert told(roll_up(wanted(desk))) == [("a22.toml", "E631"), ("county.toml", "E631")]
    written(wanted(desk, year=2022))
    assert licences(desk / "county.toml") == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("year = 2023\nrequests.received.individual = 1\n", [*[("x.toml", "E302")] * 2, ("county.toml", "E630")]),
        ("year = 2023\nagency =\n", [("x.toml", "E104"), ("county.toml", "E630")]),
        ("year = 2023\nvertical = true\nrequests.received.individual = 1\n", [("county.toml", "I638")]),
        ('year = 2023\nagency = "甲县科技局"\n', [("county.toml", "E632")]),
        ("[tool]\nx = 1\n", []),
    ],
    ids=["no balance", "no TOML", "vertical", "twice", "no report"],
)
def test_no_sum_is_written_while_a_file_that_counts_is_in_doubt(
    desk: Path, content: str, expected: list[tuple[str, str]]
) -> None:
    """Its errors are told at their places; files that do not count may be as they like."""
    (desk / "bureaus" / "x.toml").write_text(content, "utf-8")
    rolled = roll_up(wanted(desk))
    assert told(rolled) == expected
    assert (rolled.report is None) == any(code.startswith("E") for _, code in expected)


def test_rows_that_a_pack_adds_are_summed_with_it_and_told_without(desk: Path) -> None:
    """The pack of most departments is taken; with another the figures of its rows have no place."""
    form, plain = Packs("hubei").form(desk / "x.toml")(2023, "hubei"), layout_for(2023)
    assert form
    assert plain
    extra = next(address for address in address_book(form).entries if address not in address_book(plain).entries)
    for name in ("c", "d", "e"):
        put(desk / "bureaus" / f"{name}.toml", name, 1, more=f'pack = "hubei"\n{extra} = 2\n')
    written(wanted(desk))
    report = read(desk / "county.toml", Packs().form(desk / "county.toml")).report
    assert report
    assert (report.pack, report.figures[extra]) == ("hubei", 6)
    put(desk / "county.toml", COUNTY, 1)
    assert ("c.toml", "E633") in told(roll_up(wanted(desk)))


def test_units_that_are_missing_are_told(desk: Path) -> None:
    """An amount without a unit is not added to one that has one."""
    for name, amount in (("c", '"5万元"'), ("d", "7")):
        text = f'year = 2020\nagency = "{name}"\ndisclosure.procurement.amount = {amount}\n'
        (desk / "bureaus" / f"{name}.toml").write_text(text, "utf-8")
    rolled = roll_up(wanted(desk, year=2020))
    assert told(rolled) == [("county.toml", "E634")]
    assert "1 个机关写了单位（c 5万元），1 个没有写（d 7）" in rolled.results[-1].findings[0].message


@pytest.mark.parametrize(("paths", "more"), [(("nothing",), {}), (("bureaus",), {"year": 2024}), (("empty",), {})])
def test_nothing_to_sum_is_told(desk: Path, paths: tuple[str, ...], more: dict[str, Any]) -> None:
    """A folder that is not there, one without data files, and a year without any."""
    (desk / "empty").mkdir()
    assert told(roll_up(wanted(desk, *paths, **more)))[0] == ("county.toml", "E635")


def test_a_cell_is_explained_by_who_contributed_to_it(desk: Path) -> None:
    """The largest first, with its part; those without anything are counted."""
    put(desk / "bureaus" / "c.toml", "甲县林业局", 0)
    explained = explain(roll_up(wanted(desk, target=None)), LICENCES)
    assert isinstance(explained, Contributions)
    assert [(share.agency, share.figure, share.percent) for share in explained.shares] == [
        ("甲县科技局", "14", "82.4%"),
        ("甲县教育局", "3", "17.6%"),
    ]
    assert (explained.total, explained.nothing) == ("17", 1)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("disclosure.licences", LICENCES),
        ("行政许可", LICENCES),
        ("disclosure.licenses.decisions", LICENCES),
        ("本年新收政府信息公开申请数量 自然人", "requests.received.individual"),
        ("requests.received", "requests.received.individual"),
    ],
)
def test_what_is_no_address_is_answered_with_those_that_may_be_meant(desk: Path, name: str, address: str) -> None:
    """A branch, a label, a row and a column, a slip of spelling."""
    alike = explain(roll_up(wanted(desk, target=None)), name)
    assert not isinstance(alike, Contributions)
    assert alike[0].address == address
