"""New figures for a data file that is there."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.model import Report
from gxgen.source import official, read_bytes
from gxgen.source.updating import figures_of, updated_text
from gxgen.source.writer import data_file
from tests.strategies import figures, reports

WRITTEN_BY_HAND = '''\
# 甲县人民政府，2023 年
year = 2023   # 年度
agency = "甲县人民政府"

[narrative]
# 请张三补写
problems = """
一是……
# 这不是注释
"""

# ── 主动公开 ──
[disclosure.licences]    # 行政许可，行政审批局报
decisions = 5            # 已核
[disclosure.fees]
amount = 7730.280

[requests]
received = [8, 0, 0, 0, 0, 0, 8]   # 与台账核对过
requests_note = { }
'''.replace("requests_note = { }\n", "")


def new_text(text: str, **given: int) -> str:
    """The text with other figures."""
    reading = read_bytes(text.encode("utf-8"))
    assert reading.report
    figures = {address.replace("__", "."): figure for address, figure in given.items()}
    new = updated_text(reading, replace(reading.report, figures=MappingProxyType(figures)), official)
    assert new is not None
    return new


@st.composite
def two(draw: st.DrawFn) -> tuple[Report, Report]:
    """A report, and the same with other figures."""
    report = draw(reports())
    return report, replace(report, figures=draw(figures(report.layout)))


@settings(max_examples=150)
@given(two())
def test_a_file_that_gxgen_wrote_takes_any_other_figures(pair: tuple[Report, Report]) -> None:
    """It then reads as the other report: the texts, the agency and everything else as before."""
    before, after = pair
    reading = read_bytes(data_file(before).encode("utf-8"))
    assert reading.report is not None
    text = updated_text(reading, replace(reading.report, figures=after.figures), official)
    assert text is not None
    found = read_bytes(text.encode("utf-8")).report
    assert found is not None
    assert figures_of(found) == figures_of(after)
    assert found.narrative == reading.report.narrative


@given(reports())
def test_the_same_figures_leave_a_file_as_it_is(report: Report) -> None:
    """Byte for byte."""
    text = data_file(report)
    reading = read_bytes(text.encode("utf-8"))
    assert reading.report is not None
    assert updated_text(reading, reading.report, official) == text


def test_only_the_figures_of_a_file_that_people_wrote_change() -> None:
    """Remarks, order and spelling of all else stay; a typed total of the old figures goes."""
    new = new_text(
        WRITTEN_BY_HAND,
        disclosure__licences__decisions=6,
        disclosure__penalties__decisions=2,
        requests__received__individual=9,
    )
    for line in WRITTEN_BY_HAND.splitlines():
        if "decisions" not in line and "received" not in line and "amount" not in line:
            assert line in new.splitlines()
    assert "decisions = 6            # 已核\n" in new
    assert "amount = 0\n" in new
    assert "received = [9, 0, 0, 0, 0, 0]   # 与台账核对过\n" in new
    assert "penalties" in new


@pytest.mark.parametrize(
    "rows",
    [
        "disclosure.licences.decisions = 5\nrequests.received.individual = 8\n",
        "disclosure = { licences = { decisions = 5 } }\n",
        "[requests]\nreceived = { individual = 8, total = 8 }\n[requests.outcome.total]\nindividual = 8\n",
        "[requests.received]\nindividual = 8\n[requests.outcome]\ngranted = [8, 0, 0, 0, 0, 0, 8]\n",
        "[disclosure]\n[disclosure.licences]\ndecisions = '5'\n",
        "",
    ],
)
def test_figures_may_be_spelled_in_any_way(rows: str) -> None:
    """Dotted keys, tables in lines, tables of their own, figures as texts, or no figures at all."""
    text = f'# 开头\nyear = 2023\nagency = "甲县人民政府"\n{rows}'
    new = new_text(text, requests__received__individual=3, requests__outcome__granted__individual=3)
    found = read_bytes(new.encode("utf-8")).report
    assert found is not None
    assert figures_of(found) == {"requests.received.individual": 3, "requests.outcome.granted.individual": 3}
    assert found.assertions == {}
    assert new.startswith("# 开头\n")


@pytest.mark.parametrize("text", ["year = 2023\nrequests = １\n", "year = 2023\nother = 1\n", "year =\n"])
def test_a_file_that_is_not_as_it_should_be_is_left_alone(text: str) -> None:
    """What is mended while it is read, or has errors, is mended by people first."""
    reading = read_bytes(text.encode("utf-8"))
    report = reading.draft
    assert report is None or updated_text(reading, report, official) is None
