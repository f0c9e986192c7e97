"""What ``--explain-text`` says is what the checks do: a finding is a statement that differs."""

from __future__ import annotations

import pytest

from gxgen.checks import check
from gxgen.checks.prose.explanation import Verdict, explain
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.source import read_bytes
from tests.checks.test_sentences import sentences

CLAIMS = (codes.TEXT_NUMBER, codes.TEXT_DENIES, codes.TEXT_SUM)


@pytest.mark.parametrize(("figures", "place", "code", "piece", "text"), list(sentences()))
def test_what_differs_is_what_is_found(figures: str, place: str, code: str, piece: str, text: str) -> None:
    """The offsets of the statements that differ are those of the findings."""
    head, _, tables = figures.partition("[")
    data = f"{head}narrative.{place} = '''{text}'''\n{'[' if tables else ''}{tables}"
    report = read_bytes(data.encode()).report
    assert report
    completed = complete(report)
    found = {finding.offset for finding in check(completed) if finding.code in CLAIMS}
    assert {each.start for each in explain(completed) if each.verdict is Verdict.DIFFERS} == found, (code, piece)


def test_a_number_that_could_not_be_placed_is_listed() -> None:
    """Nothing is passed over in silence: a number of something else is shown as one that was not checked."""
    report = read_bytes("year = 2023\nnarrative.overview = '全年办理政协提案12件。'\n".encode()).report
    assert report
    (statement,) = explain(complete(report))
    assert (statement.phrase, statement.verdict) == ("12件", Verdict.NOT_PLACED)


def test_a_cell_that_was_not_read_is_said() -> None:
    """A number held against a cell that could not be read is neither right nor wrong."""
    data = "year = 2023\nnarrative.overview = '收到政府信息公开申请3件。'\n[requests]\nreceived.individual = '三四'\n"
    reading = read_bytes(data.encode())
    assert reading.report
    assert [each.verdict for each in explain(complete(reading.report))] == [Verdict.UNREAD]
