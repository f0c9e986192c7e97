"""Stock texts of an amended form: where they are used, and what they quote."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gxgen.compute import Completed, FaultKind, complete
from gxgen.model import Report
from gxgen.spec import layouts
from gxgen.spec.amendments import Amendment, amended

LAYOUT = layouts()[-1]


def completed(stock: Mapping[str, str], narrative: Mapping[str, str], *unread: str) -> Completed:
    """A report in a form with stock texts."""
    form = amended(LAYOUT, Amendment(texts=tuple(stock.items())))
    figures = {"requests.received.individual": 8}
    return complete(Report(2023, form, "某局", narrative=narrative, figures=figures, unread=frozenset(unread)))


def test_a_stock_text_quotes_figures_as_the_agencys_own_does() -> None:
    """Its quotations are filled in; what is wrong with them is a fault at its place."""
    stock = {"preamble": "{{ agency }}{{ year }}年收到{{ requests.received.total }}件。", "other": "{{ nothing }}"}
    made = completed(stock, {})
    assert made.narrative["preamble"] == "某局2023年收到8件。"
    assert made.stock["preamble"] == stock["preamble"]
    assert [fault.kind for fault in made.faults["other"]] == [FaultKind.UNKNOWN_NAME]
    assert made.report.narrative == {}


TOPICS = {"overview.lead": "总", "overview.active": "公开"}


@pytest.mark.parametrize(
    ("stock", "narrative", "used"),
    [
        ({"other": "备"}, {}, {"other"}),
        ({"other": "备"}, {"other": "无"}, set()),
        ({"other": "备"}, {"other": ""}, set()),
        ({"other": "  \n"}, {}, set()),
        (TOPICS, {}, set(TOPICS)),
        (TOPICS, {"overview": "整段"}, set()),
        (TOPICS, {"overview.active": "自写"}, {"overview.lead"}),
        ({"overview": "整段"}, {"overview.active": "自写"}, set()),
        ({"overview": "整段"}, {"other": "无"}, {"overview"}),
    ],
)
def test_it_stands_where_the_agency_left_the_place_out(
    stock: Mapping[str, str], narrative: Mapping[str, str], used: set[str]
) -> None:
    """What the agency writes counts, even if it is empty; a section as a whole and its topics exclude each other."""
    made = completed(stock, narrative)
    assert set(made.stock) == used
    assert set(made.narrative) == {*narrative, *used}


@pytest.mark.parametrize("unread", ["narrative", "narrative.other"])
def test_a_text_that_could_not_be_read_is_not_left_out(unread: str) -> None:
    """Nothing takes the place of what the agency meant to write; unread figures are another matter."""
    assert not completed({"other": "备"}, {}, unread).stock
    assert completed({"other": "备"}, {}, "requests.received.individual").stock
