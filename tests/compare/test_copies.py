"""Copies among reports: found whatever their numbers are, and nothing else."""

from __future__ import annotations

import re
from itertools import combinations
from random import Random
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.compare.copies import MOST_AGENCIES, SHORTEST_COPY, Copies, CopyKind, ReportId, copies, copy_kind, overlap
from gxgen.compare.fingerprints import Fingerprint, chunks, fingerprint, normalized, share
from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import layout_for
from tests.compare.writing import paragraphs, report, seeded, sentence

LEGAL = "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号要求，现公布本年度报告。"
NOTHING = "本年度未收到政府信息公开申请，未发生行政复议、行政诉讼。"


def printed(agency: str, year: int, sentences: list[str]) -> Fingerprint:
    """The print of a report."""
    return fingerprint(complete(report(agency, year, sentences)))


def found(reports: list[Report]) -> Copies:
    """The copies among reports."""
    ids = [ReportId(each.agency, each.year) for each in reports]
    return copies([fingerprint(complete(each)) for each in reports], ids)


def renumbered(text: str, chance: Random) -> str:
    """The text with other numbers."""
    return re.sub(r"\d+", lambda _: str(chance.randint(1, 99999)), text)


@given(st.integers(0, 10**6), st.integers(0, 12))
def test_the_share_is_that_of_the_sentences_taken_over(seed: int, taken: int) -> None:
    """Of twelve sentences of about one length so many are another's, with other numbers and names in them."""
    chance = seeded(seed)
    theirs, own = paragraphs(chance), paragraphs(chance)
    mixed = [renumbered(each, chance) for each in theirs[:taken]] + own[taken:]
    chance.shuffle(mixed)
    measured = share(printed("乙局", 2023, mixed), printed("甲局", 2022, theirs))
    assert measured == pytest.approx(taken / 12, abs=0.1)
    assert (measured == 0) == (taken == 0)
    assert (measured == 1) == (taken == 12)


@given(st.integers(0, 10**6))
def test_a_word_changed_in_each_sentence_hides_no_copy(seed: int) -> None:
    """Of a sentence in which one clause is changed the others are known."""
    chance = seeded(seed)
    theirs = [f"{sentence(chance)[:-1]}，{sentence(chance)}" for _ in range(10)]
    edited = [f"改{each[1:]}" for each in theirs]
    assert overlap(printed("甲局", 2023, theirs), printed("乙局", 2023, edited)).is_copy(of_last_year=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2023年，我局公开信息26条", "2024年，我局公开信息1,031条"),
        ("全年办理十二件", "全年办理一百零三件"),
        ("甲县科技局印发文件", "乙市教育局印发文件"),
        ("我局召开会议", "我委召开会议"),
        ("**加强**培训。", "加强 培训；"),
    ],
)
def test_numbers_years_names_and_marks_make_no_difference(one: str, other: str) -> None:
    """Both are folded to the same words."""
    assert normalized(one, "甲县科技局") == normalized(other, "乙市教育局")


@pytest.mark.parametrize("text", [LEGAL, NOTHING, "（一）主动公开。", "无", "统计期限为2023年1月1日至2023年12月31日。"])
def test_official_words_do_not_count(text: str) -> None:
    """The legal basis, the period, heads, and that there was nothing to report are no text of the agency's."""
    assert list(chunks(text)) == []


def test_the_opening_and_the_texts_before_tables_do_not_count() -> None:
    """They say the law and the tables in words."""
    layout = layout_for(2023)
    assert layout
    text = "".join(paragraphs(seeded(1)))
    places = ("preamble", "disclosure", "requests", "disputes")
    formal = Report(2023, layout, "甲局", narrative=MappingProxyType(dict.fromkeys(places, text)))
    assert fingerprint(complete(formal)).length == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 9))
def test_every_pair_of_copies_is_found_and_no_other(seed: int, agencies: int) -> None:
    """The index over pieces finds what comparing every two reports would."""
    chance = seeded(seed)
    texts = [paragraphs(chance, 20) for _ in range(3)]
    reports = [
        report(
            f"第{agency}局",
            year,
            [renumbered(each, chance) for each in chance.choice(texts)[: chance.choice((8, 14, 20))]]
            + paragraphs(chance, chance.choice((0, 6, 14))),
        )
        for agency in range(agencies)
        for year in (2022, 2023)
    ]
    expected = set()
    for first, second in combinations(range(len(reports)), 2):
        kind = copy_kind(*(ReportId(each.agency, each.year) for each in (reports[first], reports[second])))
        judged = overlap(*(fingerprint(complete(each)) for each in (reports[first], reports[second])))
        if kind and judged.is_copy(of_last_year=kind is CopyKind.LAST_YEARS):
            expected.add((frozenset((first, second)), kind))
    result = found(reports)
    assert {(frozenset((copy.report, copy.of)), copy.kind) for copy in result.copies} == expected
    assert not result.widely_shared
    assert all(reports[copy.report].year >= reports[copy.of].year for copy in result.copies)


def test_what_very_many_agencies_say_counts_for_no_pair() -> None:
    """Words of a superior office, shared by more than a few, make no copies of reports with texts of their own."""
    chance = seeded(3)
    shared = paragraphs(chance, 10)
    reports = [report(f"第{number}局", 2023, shared + paragraphs(chance, 14)) for number in range(MOST_AGENCIES + 5)]
    assert found(reports) == Copies((), ())


def test_a_text_that_very_many_agencies_share_is_asked_about_once_each() -> None:
    """One model text for a whole county: told of each report, and not of every two."""
    chance = seeded(4)
    shared = paragraphs(chance, 14)
    reports = [report(f"第{number}局", 2023, shared + paragraphs(chance, 2)) for number in range(MOST_AGENCIES + 5)]
    result = found(reports)
    assert result.copies == ()
    assert [each.report for each in result.widely_shared] == list(range(MOST_AGENCIES + 5))


def test_versions_of_one_report_and_short_texts_are_no_copies() -> None:
    """One agency's reports on one year are the same report; a few words can be alike by chance."""
    chance = seeded(5)
    text = paragraphs(chance)
    assert found([report("甲局", 2023, text), report("甲局", 2023, text)]).copies == ()
    short = text[:3]
    assert sum(map(len, short)) < SHORTEST_COPY
    assert found([report("甲局", 2023, short), report("乙局", 2023, short)]).copies == ()


def test_a_report_may_keep_much_of_its_own_text_of_last_year() -> None:
    """What is asked of two agencies at half is asked of one agency's two years at four fifths only."""
    chance = seeded(6)
    text = paragraphs(chance, 20)
    mixed = text[:13] + paragraphs(chance, 7)
    assert found([report("甲局", 2022, text), report("甲局", 2023, mixed)]).copies == ()
    (copy,) = found([report("甲局", 2022, text), report("甲局", 2023, text)]).copies
    assert (copy.report, copy.of, copy.kind) == (1, 0, CopyKind.LAST_YEARS)
    (copy,) = found([report("甲局", 2022, text), report("乙局", 2023, mixed)]).copies
    assert (copy.report, copy.kind) == (1, CopyKind.OTHERS)
