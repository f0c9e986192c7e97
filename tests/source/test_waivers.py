"""``[[waiver]]`` read from data files; what is wrong with one is in ``cases/waivers.md``."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.core import codes
from gxgen.core.findings import Position
from gxgen.model import Waiver
from gxgen.source import place, read_bytes
from gxgen.source.waivers import KEYS, read_waivers
from tests.toml_writer import strings

FULL = """
year = 2023
[[waiver]]
code = " W501 "
where = "narrative.problems"
reason = "本局刚刚组建"
by = "张三"
date = 2024-01-12
[[waiver]]
code = "W103"
reason = "本局只有旧版记事本"
"""


def waivers(text: str) -> tuple[Waiver, ...]:
    """The waivers of a report."""
    report = read_bytes(text.encode()).report
    assert report
    return report.waivers


def test_a_waiver_is_read_key_by_key() -> None:
    """What a waiver says stands in the report, with the place where it says so; what it leaves out is empty."""
    assert waivers(FULL) == (
        Waiver("W501", "本局刚刚组建", "narrative.problems", "张三", date(2024, 1, 12), "waiver[0]"),
        Waiver("W103", "本局只有旧版记事本", written_at="waiver[1]"),
    )


def test_a_report_without_waivers_has_none() -> None:
    """Neither a file that is silent nor an empty array waives anything."""
    assert waivers("year = 2023\n") == waivers("year = 2023\nwaiver = []\n") == ()


def test_a_waiver_that_is_not_sound_waives_nothing() -> None:
    """Of three waivers the one without a reason is left out, and the others know where they stand."""
    text = FULL.replace('"本局刚刚组建"', '""') + '[[waiver]]\ncode = "W501"\nreason = "本局刚刚组建"\n'
    assert [(waiver.code, waiver.written_at) for waiver in waivers(text)] == [
        ("W103", "waiver[1]"),
        ("W501", "waiver[2]"),
    ]


def test_the_year_need_not_be_known_to_look_at_waivers() -> None:
    """What is wrong with a waiver is told even of a file that has no year."""
    reading = read_bytes('agency = "某局"\n[[waiver]]\ncode = "W501"\n'.encode())
    assert [finding.code for finding in reading.findings] == [codes.YEAR, codes.WAIVER]


@given(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["tables", "inline"]), st.data())
def test_a_bad_value_is_pointed_at_in_the_waiver_that_has_it(
    before: int, after: int, form: str, data: st.DataObject
) -> None:
    """Whichever of several waivers it stands in, and however they are written, a wrong value is pointed at itself."""
    bad, sound = 'code = "W999"', 'code = "W501"'
    reason = data.draw(st.sampled_from(strings('理由 ] } [[waiver]] "引号" #')))
    each = [sound] * before + [bad] + [sound] * after
    if form == "tables":
        lines = [line for code in each for line in ("[[waiver]]", f"reason = {reason}", code)]
    else:
        lines = ["waiver = [", *(f"  {{ reason = {reason}, {code} }},  # 注" for code in each), "]"]
    text = "\n".join(("year = 2023", *lines, ""))
    reading = read_bytes(text.encode())
    (found,) = place(reading, reading.findings)
    at = text.index('"W999"')
    line_start = text.rfind("\n", 0, at) + 1
    assert (found.code, found.address) == (codes.WAIVER, f"waiver[{before}].code")
    assert found.position == Position(text.count("\n", 0, at) + 1, at - line_start + 1, len('"W999"'))


def test_a_table_below_a_waiver_belongs_to_the_last_one() -> None:
    """``[waiver.reason]`` after the second ``[[waiver]]`` is pointed at as the second one's."""
    text = FULL.rpartition("reason")[0] + '[waiver.reason]\ntext = "一"\n'
    reading = read_bytes(text.encode())
    (found,) = place(reading, reading.findings)
    assert (found.code, found.address) == (codes.WRONG_TYPE, "waiver[1].reason")
    assert found.position == Position(11, 9, len("reason"))


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates() | st.datetimes() | st.decimals()
VALUES = st.recursive(
    SCALARS,
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "理由", "", "a.b"]), below, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_no_value_of_waiver_ends_in_a_traceback(value: object) -> None:
    """Whatever is given as waivers, each is read or told; nothing is told that has no words."""
    told: list[tuple[object, ...]] = []
    read = read_waivers(value, lambda *problem, **_: told.append(problem))
    given_tables = len(value) if isinstance(value, list) else 1
    assert len(read) <= given_tables
    assert read or told or value == []
    assert all(all(problem) for problem in told)


@pytest.mark.parametrize(("name", "key"), [(name, key) for key, names in KEYS.items() for name in names])
def test_a_key_in_chinese_is_answered_with_the_key_to_write(name: str, key: str) -> None:
    """What a clerk may call a key of a waiver leads to that key."""
    reading = read_bytes(f'{FULL}"{name}" = "一"\n'.encode())
    (found,) = reading.findings
    assert (found.code, found.address) == (codes.UNKNOWN_KEY, f"waiver[1].{name}")
    assert found.hint == f"是否想写 {key}？"


@pytest.mark.parametrize(
    ("where", "address", "covered"),
    [
        ("", "narrative.problems", True),
        ("", "", True),
        ("narrative", "narrative.problems", True),
        ("narrative.problems", "narrative.problems", True),
        ("narrative.prob", "narrative.problems", False),
        ("narrative.problems", "narrative", False),
        ("narrative.problems", "", False),
    ],
)
def test_a_waiver_is_about_an_address_and_what_is_below_it(where: str, address: str, *, covered: bool) -> None:
    """A branch covers its addresses, no address covers everything, and the beginning of a key is no branch."""
    assert Waiver("W501", "理由", where).covers(address) is covered
