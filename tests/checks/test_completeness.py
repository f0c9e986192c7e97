"""What a report may not leave unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from gxgen.checks.form import empty_sections
from gxgen.compute import complete
from gxgen.core import codes
from gxgen.model import Report
from gxgen.spec import layout_for
from tests.strategies import reports


def told(report: Report) -> list[str]:
    """Where text is missing."""
    found = list(empty_sections(complete(report)))
    assert all(one.code is codes.EMPTY_SECTION for one in found)
    return [one.address for one in found]


@given(reports())
def test_only_sections_of_text_alone_can_be_empty(report: Report) -> None:
    """一 and 五 are told when nothing is written for them; a table, or a default, is content enough."""
    written = {place.partition(".")[0] for place, text in report.narrative.items() if text.strip()}
    assert told(report) == [f"narrative.{key}" for key in ("overview", "problems") if key not in written]


@pytest.mark.parametrize("year", [2020, 2023])
@pytest.mark.parametrize("blank", ["", " ", "\n\n", "　　\n　"], ids=["nothing", "space", "lines", "Chinese spaces"])
def test_blank_text_is_no_text(blank: str, year: int) -> None:
    """Spaces and empty lines do not fill a section, and one topic that says something does."""
    layout = layout_for(year)
    assert layout is not None
    report = Report(year, layout, narrative={"overview.lead": blank, "problems": blank})
    assert told(report) == ["narrative.overview", "narrative.problems"]
    assert told(replace(report, narrative={"overview.active": "31条。", "problems": "改进。"})) == []
