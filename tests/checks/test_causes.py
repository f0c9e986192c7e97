"""Likely causes of a difference: exactly one fits, or none is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks.causes import is_transposed, sole_cause
from gxgen.checks.tables import balances, typed_totals
from gxgen.compute import complete
from gxgen.model import Figure, Report
from gxgen.spec import Address, layout_for
from tests.forms import trails

EQUAL = re.compile(r"恰等于「(?P<name>[^」]+)」的 (?P<number>\d+)，(?P<slip>可能漏加了|可能加了两次)$")
APPLICANTS = ("individual", "business", "research", "public_welfare", "legal_services", "other")
NAMES = {"individual": "自然人"}
ORGANISATIONS = "法人或其他组织"
ROWS = st.tuples(*[st.integers(0, 12)] * len(APPLICANTS))


def row(numbers: tuple[int, ...]) -> dict[Address, Figure]:
    """A row of figures that are received and carried forward."""
    return {
        f"requests.{line}.{who}": number
        for who, number in zip(APPLICANTS, numbers, strict=True)
        for line in ("received", "carried_forward")
        if number
    }


def made(figures: dict[Address, Figure], **assertions: int) -> Report:
    """A report of these figures and a typed total of what was received."""
    layout = layout_for(2023)
    assert layout
    typed: dict[Address, Figure] = {f"requests.{line}.total": number for line, number in assertions.items()}
    return Report(2023, layout, figures=MappingProxyType(figures), assertions=MappingProxyType(typed))


def candidates(numbers: tuple[int, ...], by: int) -> Iterator[frozenset[str]]:
    """The sets of applicants that add up to a difference: one kind, or all organisations."""
    kinds = [frozenset({who}) for who in APPLICANTS]
    for kind in (*kinds, frozenset(APPLICANTS[1:])):
        there = frozenset(who for who, number in zip(APPLICANTS, numbers, strict=True) if who in kind and number)
        whole = frozenset(who for who, number in zip(APPLICANTS, numbers, strict=True) if number)
        if there and there != whole and by == sum(numbers[APPLICANTS.index(who)] for who in there):
            yield there


@settings(max_examples=300)
@given(ROWS, st.integers(-15, 15).filter(bool))
def test_what_was_left_out_or_counted_twice_is_told_if_it_is_certain(numbers: tuple[int, ...], off: int) -> None:
    """A figure, or all organisations, is told just when it alone makes the difference, and nothing else does."""
    typed = sum(numbers) + off
    if typed < 0:
        return
    (finding,) = typed_totals(complete(made(row(numbers), received=typed)))
    found = EQUAL.search(finding.message)
    fitting = set(candidates(numbers, abs(off)))
    others = is_transposed(typed, sum(numbers)) or typed == 0
    if len(fitting) != 1 or others:
        assert found is None
    else:
        (there,) = fitting
        assert found
        assert found["slip"] == ("可能漏加了" if off < 0 else "可能加了两次")
        assert int(found["number"]) == abs(off)
        assert found["name"].startswith(NAMES.get(min(there), ORGANISATIONS) if len(there) == 1 else ORGANISATIONS)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_digits_are_exchanged_when_swapping_a_pair_gives_the_other_number(one: int, other: int) -> None:
    """Two digits side by side, and only two, have changed places."""
    text = str(one)
    turned = {f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}" for at in range(len(text) - 1)} - {text}
    assert is_transposed(one, other) is (str(other) in turned)
    for number in turned:
        assert is_transposed(one, int(number)) is (number[0] != "0")


@pytest.mark.parametrize(("causes", "told"), [([], ""), (["甲"], "甲"), (["甲", "乙"], ""), (["甲", "甲"], "")])
def test_two_causes_that_fit_are_none(causes: list[str], told: str) -> None:
    """Of two guesses neither is told."""
    assert sole_cause(causes) == told


@settings(max_examples=200)
@given(ROWS, ROWS, st.integers(1, 12))
def test_a_figure_one_column_off_is_told_in_both_columns(
    numbers: tuple[int, ...], outcome: tuple[int, ...], moved: int
) -> None:
    """Whatever stands in other rows and columns, each of the two columns names the other."""
    figures = row(numbers)
    figures |= {"requests.received.individual": numbers[0] + moved, "requests.outcome.granted.business": moved}
    found = [one for one in balances(complete(made(figures))) if not one.address.endswith(".total.total")]
    assert [one.address.rpartition(".")[2] for one in found] == ["individual", "business"]
    for finding, name in zip(found, (f"{ORGANISATIONS}—商业企业", "自然人"), strict=True):
        assert f"相差 {moved}，而「{name}」列正好相反，可能" in finding.message


@given(ROWS.filter(lambda numbers: sum(map(bool, numbers)) > 1), st.integers(1, 12))
def test_three_columns_make_no_pair(numbers: tuple[int, ...], moved: int) -> None:
    """When two columns lack what one has too much, none is told to have what belongs to another."""
    figures = row(numbers)
    figures |= {
        "requests.received.individual": numbers[0] + moved,
        "requests.outcome.granted.business": moved,
        "requests.outcome.granted.other": moved,
    }
    assert not any("正好相反" in one.message for one in balances(complete(made(figures))))


def test_causes_are_in_the_words_of_the_form() -> None:
    """What a cause names is a label of the form, the outer one first."""
    layout = layout_for(2023)
    assert layout
    printed = {
        head.label for _, table in layout.tables for block in table.blocks for t in trails(block.rows) for head in t
    }
    figures: dict[Address, Figure] = {
        "requests.received.individual": 9,
        "requests.outcome.granted.individual": 6,
        "requests.outcome.refused.inquiry.individual": 3,
    }
    report = replace(made(figures), assertions=MappingProxyType({"requests.outcome.total.individual": 6}))
    (finding,) = typed_totals(complete(report))
    found = EQUAL.search(finding.message)
    assert found
    assert found["name"].split("—") == ["（三）不予公开", "8.属于行政查询事项"]
    assert set(found["name"].split("—")) <= printed
