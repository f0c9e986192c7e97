"""Laws of the narrative checks: true sentences made from random figures are left alone, wrong ones are told."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.checks import check
from gxgen.compute import Completed, complete
from gxgen.core.findings import Finding
from gxgen.model import Report
from gxgen.spec import join
from tests.strategies import reports

TEXT_RULES = ("W502", "W503", "W504", "W505", "W506", "W507")
SENTENCES = (
    ("{year}年，我局共收到政府信息公开申请{n}件。", ("requests.received.total",)),
    ("全年新收政府信息公开申请{n}件，均依法办理。", ("requests.received.total",)),
    ("收到政府信息公开申请后及时办理，全年办结政府信息公开申请{n}件。", ("requests.outcome.total.total",)),
    ("本年度政府信息公开申请结转下年度继续办理{n}件。", ("requests.carried_forward.total",)),
    ("政府信息公开申请上年结转{n}件。", ("requests.brought_forward.total",)),
    ("全年共答复政府信息公开申请，其中予以公开{n}件。", ("requests.outcome.granted.total",)),
    ("因政府信息公开工作被申请行政复议{n}件。", ("reconsideration.total",)),
    ("我局作出行政许可决定{n}件。", ("disclosure.licences.decisions",)),
    ("我局作出行政处罚决定{n}件。", ("disclosure.penalties.decisions",)),
    (
        "因政府信息公开工作被提起行政诉讼{n}件。",
        ("litigation.direct.total", "litigation.after_reconsideration.total"),
    ),
)


def said(completed: Completed) -> list[Finding]:
    """What the rules about numbers in the text say."""
    return [finding for finding in check(completed) if finding.code.name in TEXT_RULES]


def with_text(report: Report, text: str) -> Completed:
    """The report with nothing but this text in 总体情况."""
    return complete(replace(report, narrative=MappingProxyType({"overview": text})))


def total(completed: Completed, addresses: tuple[str, ...]) -> int:
    """The sum of some counts."""
    return sum(map(completed.count, addresses))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(balanced=True))
def test_true_sentences_about_any_figures_are_left_alone(report: Report) -> None:
    """Whatever the figures, sentences filled in from them have no finding."""
    completed = complete(report)
    text = "".join(
        sentence.format(year=report.year, n=total(completed, addresses)) for sentence, addresses in SENTENCES
    )
    assert said(with_text(report, text)) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(balanced=True), st.sampled_from(SENTENCES), st.integers(1, 9))
def test_one_wrong_number_is_told_at_its_place(report: Report, sentence: tuple[str, tuple[str, ...]], off: int) -> None:
    """A number that no permitted reading gives is told once, where it stands."""
    pattern, addresses = sentence
    completed = complete(report)
    wrong = total(completed, addresses) + off
    brought_forward = completed.count(join("requests", "brought_forward", "total"))
    assume(wrong != total(completed, addresses) + brought_forward)
    text = pattern.format(year=report.year, n=wrong)
    (finding,) = said(with_text(report, text))
    assert finding.offset is not None
    assert text[finding.offset :][: finding.length] == f"{wrong}件"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(balanced=True), st.sampled_from(SENTENCES), st.integers(1, 9))
def test_among_quotations_a_wrong_number_is_told_where_it_is_written(
    report: Report, sentence: tuple[str, tuple[str, ...]], off: int
) -> None:
    """Quoted figures before a phrase, even the same phrase, do not move what is pointed at."""
    pattern, addresses = sentence
    completed = complete(report)
    wrong = total(completed, addresses) + off
    brought_forward = completed.count(join("requests", "brought_forward", "total"))
    assume(wrong != total(completed, addresses) + brought_forward)
    before = f"{{{{ year }}}}年举办培训{wrong}件次，编印{{{{ year }}}}册，编写材料{wrong}件。"
    text = before + pattern.format(year="{{ year }}", n=wrong)
    (finding,) = said(with_text(report, text))
    assert finding.offset == text.rindex(f"{wrong}件")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(balanced=True))
def test_a_denial_is_told_exactly_when_there_was_something(report: Report) -> None:
    """未收到 and 未发生 are right of zeros and wrong of anything else."""
    completed = complete(report)
    received = completed.count("requests.received.total")
    assert bool(said(with_text(report, "我局未收到政府信息公开申请。"))) == bool(received)
    disputes = total(completed, ("reconsideration.total", *SENTENCES[-1][1]))
    text = "未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。"
    assert bool(said(with_text(report, text))) == bool(disputes)
    assert bool(said(with_text(report, "我局未作出行政处罚决定。"))) == bool(
        completed.count("disclosure.penalties.decisions")
    )
    assert bool(said(with_text(report, "没有结转下年度继续办理的申请。"))) == bool(
        completed.count("requests.carried_forward.total")
    )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(balanced=True))
def test_all_were_granted_is_told_when_more_were_not_than_were_brought_forward(report: Report) -> None:
    """全部予以公开 is right as long as the others may be applications of the year before."""
    completed = complete(report)
    outcome, granted, partly, brought = (
        completed.count(f"requests.{row}.total")
        for row in ("outcome.total", "outcome.granted", "outcome.partly_granted", "brought_forward")
    )
    text = f"收到政府信息公开申请{completed.count('requests.received.total')}件，全部予以公开。"
    assert bool(said(with_text(report, text))) == (outcome - granted - partly > brought)
