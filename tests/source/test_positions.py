"""Findings at their line and column, however the data file is written."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks import check
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.core.findings import Code, Finding, Position
from gxgen.source import place, read_bytes
from gxgen.source.positions import locate
from gxgen.spec import Kind, address_book, layout_for
from tests.strategies import reports
from tests.toml_writer import data_files

BAD = "-987654321"
"""A count that no form takes and that stands once in a file."""
FAULT = "nobody_knows"
"""A name that no narrative can quote."""


def findings(text: str) -> tuple[Finding, ...]:
    """Everything wrong with a data file, with its places."""
    reading = read_bytes(text.encode())
    checked = check(complete(reading.report)) if reading.report else ()
    return place(reading, (*reading.findings, *checked))


def the(code: Code, text: str) -> Position | None:
    """Where the only finding of a code is."""
    (position,) = [found.position for found in findings(text) if found.code is code]
    return position


def where(phrase: str, text: str) -> Position:
    """Where a phrase stands that the file has once, counted in characters."""
    assert text.count(phrase) == 1, "the phrase stands once"
    before = text[: text.index(phrase)]
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"), len(phrase))


@st.composite
def files_with_a_bad_count(draw: st.DrawFn) -> str:
    """A random data file in which one count is not possible."""
    report = draw(reports())
    counts = [entry for entry in address_book(report.layout).entries.values() if entry.kind is Kind.COUNT]
    entry = draw(st.sampled_from([entry for entry in counts if not entry.is_total]))
    figures = MappingProxyType({**report.figures, entry.address: int(BAD)})
    return draw(data_files(replace(report, figures=figures), typed_totals=False))


@st.composite
def files_with_a_fault(draw: st.DrawFn) -> str:
    """A random data file in which one text quotes what is not there."""
    report = draw(reports())
    key = draw(st.sampled_from(["preamble", "disclosure", "problems", "overview.active"]))
    lines = report.narrative.get(key, "一\t二\\三\n“四”'五'\"六\"𠮷").split("\n")
    lines.insert(draw(st.integers(0, len(lines))), f"第一句。{{{{ {FAULT} }}}}。")
    narrative = MappingProxyType({**report.narrative, key: "\n".join(lines)})
    return draw(data_files(replace(report, narrative=narrative)))


@settings(max_examples=150)
@given(files_with_a_bad_count())
def test_a_bad_count_is_found_where_it_is_typed(text: str) -> None:
    """In tables, dotted keys, inline tables and arrays, on one line or several, the number itself is pointed at."""
    assert the(codes.NOT_A_COUNT, text) == where(BAD, text)


@settings(max_examples=150)
@given(files_with_a_fault())
def test_a_fault_of_a_text_is_found_where_it_is_typed(text: str) -> None:
    """In every kind of string, after escapes and on later lines, the name that cannot be quoted is pointed at."""
    assert the(codes.QUOTE, text) == where(FAULT, text)


@pytest.mark.parametrize(
    "row",
    [
        "[requests.received]\nbusiness = -1",
        "[requests]\nreceived.business = -1",
        "requests.received.business = -1",
        "[requests]\nreceived = { individual = 8, business = -1 }",
        "[requests]\nreceived = { 'individual' = 8, \"business\" = -1 }",
        "requests = { received = { business = -1 } }",
        "requests.received = [8, -1, 0, 0, 0, 0]",
        "requests.received = [8, -1, 0, 0, 0, 0, 9]",
        "requests.received = [\n  8,  # 自然人，[7, 8]\n  # 商业企业：\n  -1, 0,\n  0, 0, 0,\n]",
        '["requests"."received"]\n"business" = -1',
        "  [ requests . received ]\n\tbusiness   =   -1   # 见台账",
        "[requests.received]\nbusiness=-1",
    ],
)
def test_one_figure_in_every_spelling(row: str) -> None:
    """The same figure, written in twelve ways, is pointed at where it stands."""
    text = f'year = 2023\nagency = "某某县科学技术局"\n{row}\n'
    assert the(codes.NOT_A_COUNT, text) == where("-1", text)


@pytest.mark.parametrize(
    "row",
    [
        "[requests.received]\nindividual = 8\ntotal = 77",
        "requests.received = { individual = 8, total = 77 }",
        "requests.received = [8, 0, 0, 0, 0, 0, 77]",
        "requests.received = [\n8, 0, 0,\n0, 0, 0,  # 分项\n77 # 总计\n]",
    ],
)
def test_a_typed_total_is_found_where_it_is_typed(row: str) -> None:
    """A total that does not add up is pointed at itself, a key or the last number of a row."""
    text = f"year = 2023\n{row}\n"
    assert the(codes.TYPED_TOTAL, text) == where("77", text)


@pytest.mark.parametrize(
    "line",
    [
        "busines = 1",
        "requests.received = { individual = 0, busines = 0 }",
        "requests.busines.individual = 1",
        "[busines]\nindividual = 8",
        "[requests.received.busines]\nindividual = 8",
        "[narrative]\nbusines = '一'",
        "narrative.overview = { busines = '一' }",
    ],
)
def test_an_unknown_key_is_pointed_at_itself(line: str) -> None:
    """Wherever a key stands that the form does not know, the key is pointed at and not its value."""
    text = f"year = 2023\n{line}\n"
    assert the(codes.UNKNOWN_KEY, text) == where("busines", text)


@pytest.mark.parametrize("text", ['year = "二〇二三"', "year = 2018", "year = { value = 2023 }"])
def test_a_wrong_year_is_pointed_at_its_value(text: str) -> None:
    """A year that has no form is pointed at, though the file has no form to go by."""
    assert the(codes.YEAR, text) == where(text.removeprefix("year = "), text)


def test_columns_count_characters() -> None:
    """Chinese characters, and those beyond the basic plane, count as one column each."""
    text = 'year = 2023\nrequests.received = { "自然人𠮷" = 1, business = -1 }\n'
    assert the(codes.NOT_A_COUNT, text) == Position(2, 46, 2)
    assert where("-1", text) == Position(2, 46, 2)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("requests.received = [８，-１，0，0，0，0]", "-１"),
        ("requests.received\u3000＝\xa0｛ individual： 8， business： －1 ｝", "－1"),
        ('requests.received = "８\t-１\t0\t0\t0\t0"', "-１"),
        ("requests.received = 8件、 -1件、0、0、0、0", "-1件"),
        ("requests.received = [\n8,\n-1，0，  # 商业企业\n0，0，0]", "-1"),
        ("[requests.received]\nbusiness＝　-01件", "-01件"),
    ],
)
def test_in_a_mended_line_the_typed_text_is_pointed_at(line: str, meant: str) -> None:
    """A number that was mended before it was read is pointed at where, and as long as, it was typed."""
    text = f"year = ２０２３\n{line}\n"
    assert the(codes.NOT_A_COUNT, text) == where(meant, text)


def test_windows_line_ends_move_nothing() -> None:
    """A file with CRLF and a byte order mark has its findings at the same lines and columns."""
    text = (
        'year = 2023\nrequests.received = [\n8, -1, 0,\n0, 0, 0]\n[narrative]\nproblems = """\n一\n二{{ nobody }}"""\n'
    )
    assert findings("\ufeff" + text.replace("\n", "\r\n")) == findings(text)
    assert (the(codes.NOT_A_COUNT, text), the(codes.QUOTE, text)) == (Position(3, 4, 2), Position(8, 5, 6))


@pytest.mark.parametrize(
    ("address", "position"),
    [
        ("requests.received.business", Position(3, 1, 8)),
        ("requests.received.total", Position(3, 1, 8)),
        ("requests.outcome.refused.state_secret.individual", Position(2, 2, 8)),
        ("requests.carried_forward.individual", Position(2, 2, 8)),
        ("narrative.problems", Position(1, 1, 0)),
        ("reconsideration.total", Position(1, 1, 0)),
    ],
)
def test_what_the_file_does_not_hold_is_found_at_the_nearest_thing_above(address: str, position: Position) -> None:
    """The finding of a figure that is left out points at its row, else at its table, else at nothing in the file."""
    text = "year = 2023\n[requests]\nreceived = { individual = 8 }\n"
    layout = layout_for(2023)
    assert layout is not None
    (found,) = locate(text, [Finding(codes.BALANCE, address, "")], address_book(layout))
    assert found.position == position


def test_neighbours_are_pointed_at_before_what_is_above() -> None:
    """A finding whose own place is not in the file takes the first of its neighbours that is."""
    text = "year = 2023\n[requests]\nreceived = { business = 8 }\ncarried_forward = { individual = 9 }\n"
    finding = Finding(codes.BALANCE, "requests.outcome.total.individual", "")
    neighbours = ("requests.received.individual", "requests.carried_forward.individual")
    (found,) = locate(text, [replace(finding, fallback_addresses=neighbours)])
    assert found.position == where("9", text)


def test_findings_come_in_the_order_of_the_text() -> None:
    """Whatever stage finds them, findings are told from the top of the file down."""
    text = """
year = 2023
[reconsideration]
total = 3
[narrative]
problems = "{{ nobody }}"
[requests]
received = [8, -1, 0, 0, 0, 0]
carried_forward = { persn = 8 }
"""
    told = findings(text)
    places = [(found.position.line, found.position.column) for found in told if found.position]
    assert len(places) == len(told) >= 4
    assert places == sorted(places)


@pytest.mark.parametrize(
    "slip",
    [
        "agency = “某某局”",
        "agency = 某某局",
        'agency = "某某局',
        "agency =",
        "自然人 = 3",
        "agency",
        "[narrative",
        "x = [1，2]",
    ],
)
@pytest.mark.parametrize("is_before", [True, False], ids=["before", "after"])
def test_a_slip_elsewhere_moves_nothing(slip: str, *, is_before: bool) -> None:
    """A line that is not TOML, above or below, leaves the other findings where they are."""
    figures = "[requests]\nreceived = [8, -1, 0, 0, 0, 0]\n"
    text = f"year = 2023\n{slip}\n{figures}" if is_before else f"year = 2023\n{figures}\n{slip}\n"
    assert the(codes.NOT_A_COUNT, text) == where("-1", text)
