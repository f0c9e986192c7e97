"""What a region can add to a form, and that nothing official gets lost by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.compute import Completed, complete
from gxgen.model import Figure, Report, printed
from gxgen.spec import Address, Entry, Kind, Layout, address_book, bounds, layouts
from gxgen.spec.amendments import NO_AMENDMENT, Amendment, ExtraRow, Reason, amended, places, refusals, rows_of
from gxgen.view import Grid, Role, compose
from tests.strategies import counts, reports

LAYOUT_2019, LAYOUT_2021 = layouts()
HUBEI = ExtraRow("disclosure.normative_documents", "other_documents", "其他主动公开文件")
ROWS = tuple(dict.fromkeys(row for layout in layouts() for row in rows_of(layout)))


@st.composite
def amendments(draw: st.DrawFn, layout: Layout) -> Amendment:
    """Rows after any row or group of a form, other wordings of headings, stock texts."""
    after = st.sampled_from([row for row in rows_of(layout) if not row.endswith(".total")])
    rows = tuple(
        ExtraRow(draw(after), f"extra_{number}", f"加的第{number}行") for number in range(draw(st.integers(0, 4)))
    )
    headings = tuple(
        (section.key, draw(st.sampled_from(section.variants))) for section in layout.sections if section.variants
    )
    texts = tuple((place, f"{place}的文字。") for place in draw(st.sets(st.sampled_from(places(layout)))))
    return Amendment(rows, draw(st.sampled_from([(), headings])), texts)


def in_form(report: Report, amendment: Amendment) -> Report:
    """The same report in the amended form."""
    return replace(report, layout=amended(report.layout, amendment))


def rows_drawn(grid: Grid, extra: frozenset[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every row of figures with the labels that reach it, less those whose own label is an extra one."""
    cells = list(grid.texts())
    found = []
    for row in range(grid.frame.rows):
        figures = tuple(text for cell, text in cells if cell.role is Role.FIGURE and cell.row == row)
        labels = tuple(
            text for cell, text in cells if cell.role is Role.ROW_HEAD and cell.row <= row < cell.row + cell.rows
        )
        if figures and not (labels and labels[-1] in extra):
            found.append((labels, figures))
    return found


def drawn(completed: Completed, amendment: Amendment) -> list[list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The official rows of all tables."""
    extra = frozenset(row.label for row in amendment.rows)
    return [rows_drawn(section.grid, extra) for section in compose(completed).sections if section.grid]


def extra_entries(layout: Layout, official: Layout) -> list[Entry]:
    """The cells that an amendment adds."""
    return [
        entry
        for address, entry in address_book(layout).entries.items()
        if address not in address_book(official).entries
    ]


@given(st.data())
def test_an_amended_form_draws_every_official_row_as_before(data: st.DataObject) -> None:
    """With nothing in the extra rows, the official rows stand in their order with the same figures and totals."""
    report = data.draw(reports())
    amendment = data.draw(amendments(report.layout))
    assert not refusals(layouts(), amendment)
    with_rows = complete(in_form(report, amendment))
    assert drawn(with_rows, amendment) == drawn(complete(report), NO_AMENDMENT)
    added = extra_entries(with_rows.report.layout, report.layout)
    assert {entry.row.head.key for entry in added} == {row.key for row in amendment.rows}


@given(st.data())
def test_figures_of_extra_rows_count_towards_the_totals_of_their_group_only(data: st.DataObject) -> None:
    """Every official figure stays; a total grows by just the extra figures that stand in its group and column."""
    report = data.draw(reports())
    form = amended(report.layout, data.draw(amendments(report.layout)))
    added = {
        entry.address: data.draw(counts())
        for entry in extra_entries(form, report.layout)
        if not entry.is_total and entry.kind is Kind.COUNT
    }
    figures: dict[Address, Figure] = {**report.figures, **added}
    plain, grown = complete(report), complete(replace(report, layout=form, figures=figures))
    for address, entry in address_book(report.layout).entries.items():
        if entry.is_total:
            group = set(address_book(form).entries[address].summands)
            more = sum(figure for at, figure in added.items() if at in group)
            assert grown.count(address) == plain.count(address) + more
        else:
            assert printed(grown.figure(address)) == printed(plain.figure(address))


def test_no_amendment_is_the_form_itself() -> None:
    """An empty amendment costs nothing: the form is the same object."""
    assert all(amended(layout, NO_AMENDMENT) is layout for layout in layouts())


def test_an_amended_form_is_one_object() -> None:
    """Every report of one pack and form shares it, and tables that stay as they are are those of the form."""
    made = amended(LAYOUT_2021, Amendment((HUBEI,)))
    assert made is amended(LAYOUT_2021, Amendment((replace(HUBEI),)))
    assert [made.sections[n] is LAYOUT_2021.sections[n] for n in range(6)] == [True, False, True, True, True, True]


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_a_row_of_hubei_stands_in_both_forms(layout: Layout) -> None:
    """It follows the 规范性文件 of 第二十条第（一）项, and the bounds of that block hold for it."""
    form = amended(layout, Amendment((HUBEI,)))
    rows = [entry.row.address for entry in address_book(form).entries.values()]
    at = rows.index("disclosure.other_documents")
    assert rows[at - 1] == HUBEI.after
    assert any("other_documents" in check.of[0].address for check in bounds(form) if check.of)


def test_a_row_goes_to_the_forms_that_have_its_place() -> None:
    """A row of the form of 2019 alone leaves that of 2021 as it is."""
    only = Amendment((ExtraRow("disclosure.procurement", "leases", "租赁"),))
    assert not refusals(layouts(), only)
    assert "disclosure.leases.projects" in address_book(amended(LAYOUT_2019, only)).entries
    assert amended(LAYOUT_2021, only).tables == LAYOUT_2021.tables


def test_an_extra_row_can_follow_another() -> None:
    """A pack may add to what the pack that it extends adds."""
    rows = (HUBEI, ExtraRow("disclosure.other_documents", "notices", "通告"))
    assert not refusals(layouts(), Amendment(rows))
    book = address_book(amended(LAYOUT_2021, Amendment(rows)))
    addresses = list(dict.fromkeys(entry.row.head.key for entry in book.entries.values()))
    assert addresses[:4] == ["rules", "normative_documents", "other_documents", "notices"]


def test_a_heading_keeps_its_number() -> None:
    """Another wording stands behind the official numeral, written with it or without."""
    wording = "因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    for written in (wording, f"四、{wording}"):
        made = amended(LAYOUT_2021, Amendment(headings=(("disputes", written),)))
        assert [section.heading for section in made.sections if section.key == "disputes"] == [f"四、{wording}"]


def wrong() -> Iterator[tuple[Amendment, Reason, str]]:
    """Amendments that cannot be, why, and a setting that would do."""

    def row(**changes: str) -> ExtraRow:
        return replace(HUBEI, **changes)

    yield Amendment((row(after="disclosure.normative"),)), Reason.NO_SUCH_ROW, HUBEI.after
    yield Amendment((row(after="disclosure"),)), Reason.NO_SUCH_ROW, HUBEI.after
    yield Amendment((row(after="reconsideration"),)), Reason.NO_SUCH_ROW, HUBEI.after
    yield Amendment((row(after="requests.outcome.total"),)), Reason.AFTER_TOTAL, HUBEI.after
    yield Amendment((row(key="rules"),)), Reason.KEY_TAKEN, HUBEI.after
    yield Amendment((row(key="licences"),)), Reason.KEY_TAKEN, HUBEI.after
    yield Amendment((row(key="total"),)), Reason.KEY_TAKEN, HUBEI.after
    yield Amendment((HUBEI, row(label="另"))), Reason.KEY_TAKEN, HUBEI.after
    yield Amendment((row(label="规章"),)), Reason.LABEL_TAKEN, HUBEI.after
    yield Amendment((row(after="requests.received", label="结转下年度继续办理"),)), Reason.LABEL_TAKEN, HUBEI.after
    yield Amendment(headings=(("dispute", "x"),)), Reason.NO_SUCH_SECTION, "disputes"
    yield Amendment(headings=(("disputes", ""),)), Reason.NOT_A_VARIANT, "政府信息公开行政复议和行政诉讼情况"
    yield Amendment(headings=(("problems", "问题"),)), Reason.NOT_A_VARIANT, "存在问题及改进情况"
    yield Amendment(headings=(("problems", "六、存在问题及改进情况"),)), Reason.NOT_A_VARIANT, "存在问题及改进情况"
    yield Amendment(texts=(("preambel", "x"),)), Reason.NO_SUCH_PLACE, "preamble"
    yield Amendment(texts=(("problems.active", "x"),)), Reason.NO_SUCH_PLACE, "overview.active"


@pytest.mark.parametrize(("amendment", "reason", "known"), list(wrong()))
def test_what_cannot_be_added_is_refused_and_passed_over(amendment: Amendment, reason: Reason, known: str) -> None:
    """The reason is told with what could be, and an amended form is still whole without it."""
    (refusal,) = refusals(layouts(), amendment)
    assert refusal.reason is reason
    assert known in refusal.known
    for layout in layouts():
        official = {entry.address for entry in address_book(layout).entries.values()}
        assert official <= set(address_book(amended(layout, amendment)).entries)


@given(
    st.lists(
        st.builds(
            ExtraRow,
            st.sampled_from(ROWS) | st.text(max_size=3),
            st.sampled_from(["rules", "extra", "more", "total", "granted", "other"]),
            st.sampled_from(["规章", "加的一行", "另一行", "总计"]),
        ),
        max_size=4,
    )
)
def test_no_amendment_whatever_takes_anything_away(rows: list[ExtraRow]) -> None:
    """Sound or not, amended forms have every official cell in its order under its own labels."""
    for layout in layouts():
        form = address_book(amended(layout, Amendment(tuple(rows)))).entries
        kept = [
            (entry.address, entry.printed) for entry in form.values() if entry.address in address_book(layout).entries
        ]
        assert kept == [(entry.address, entry.printed) for entry in address_book(layout).entries.values()]
