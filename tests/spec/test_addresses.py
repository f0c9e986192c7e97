"""Addresses read off header trees: those of the official forms and of random ones."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxgen.compute import complete
from gxgen.model import Report
from gxgen.spec import Layout, address_book, entries, join
from gxgen.spec import layouts as official_layouts
from tests.header_trees import layouts
from tests.strategies import figures, reports

OFFICIAL = pytest.mark.parametrize("layout", official_layouts(), ids=lambda layout: layout.name)


def any_layout() -> st.SearchStrategy[Layout]:
    """An official form or a random one."""
    return st.sampled_from(official_layouts()) | layouts()


@given(any_layout())
def test_every_address_is_unique(layout: Layout) -> None:
    """No two cells of a form have the same address."""
    counted = Counter(entry.address for _, table in layout.tables for entry in entries(table))
    assert set(counted.values()) == {1}
    assert list(address_book(layout).entries) == list(counted)


@OFFICIAL
def test_addresses_of_the_official_forms_can_be_bare_keys(layout: Layout) -> None:
    """Every part of an address is a key that TOML and a quotation take without quotation marks."""
    keys = {key for address in address_book(layout).entries for key in address.split(".")}
    assert all(key.isidentifier() and key.isascii() and key.islower() for key in keys)


@pytest.mark.parametrize(("first_year", "cells", "totals"), [(2019, 198, 32), (2021, 200, 34)])
def test_the_official_forms_have_as_many_cells_as_their_circulars_print(
    first_year: int, cells: int, totals: int
) -> None:
    """二 has 22 cells and then 10, 三 has 23 rows of seven and then 25, 四 has 15; 总计 and （七）总计 are computed."""
    (layout,) = (layout for layout in official_layouts() if layout.first_year == first_year)
    found = address_book(layout).entries.values()
    assert len(found) == cells
    assert sum(entry.is_total for entry in found) == totals


@given(any_layout())
def test_what_counts_towards_a_total_is_the_inverse_of_what_it_adds_up(layout: Layout) -> None:
    """A total lists a figure exactly if the figure lists the total; and only figures are added up."""
    book = address_book(layout)
    downwards = {(entry.address, each) for entry in book.entries.values() if entry.is_total for each in entry.summands}
    upwards = {(total, figure) for figure, totals in book.totals_of.items() for total in totals}
    assert upwards == downwards
    assert not any(book.entries[figure].is_total for _, figure in downwards)


@given(any_layout())
def test_a_figure_adds_up_itself(layout: Layout) -> None:
    """What a cell that is not computed adds up is the cell."""
    for entry in address_book(layout).entries.values():
        assert entry.is_total or entry.summands == (entry.address,)


def assert_totals_commute(report: Report) -> None:
    """Where a row of totals meets a column of totals, both ways of adding up give the number that stands there."""
    completed = complete(report)
    for entry in address_book(report.layout).entries.values():
        if entry.row.head.is_total and entry.column.head.is_total:
            down = sum(completed.count(join(row, entry.column.address)) for row in entry.row.summands)
            across = sum(completed.count(join(entry.row.address, column)) for column in entry.column.summands)
            assert completed.count(entry.address) == down == across


@given(reports())
def test_totals_commute(report: Report) -> None:
    """In both official forms the sum of the rows' totals is the sum of the columns' totals."""
    assert_totals_commute(report)


@given(st.data())
def test_totals_of_any_form_commute(data: st.DataObject) -> None:
    """And so it is in every form that the vocabulary can write."""
    layout = data.draw(layouts())
    assume(any(not entry.is_total for entry in address_book(layout).entries.values()))
    assert_totals_commute(Report(2027, layout, figures=data.draw(figures(layout))))


@given(any_layout())
def test_the_outline_nests_the_addresses(layout: Layout) -> None:
    """The keys of a data file, walked down, are the addresses, each once."""
    book = address_book(layout)
    leaves = [node.address for node in book.outline.walk() if node.entry]
    assert sorted(leaves) == sorted(book.entries)
    assert all(node.children or node.entry for node in book.outline.walk())


@OFFICIAL
def test_every_key_of_the_official_forms_has_its_label(layout: Layout) -> None:
    """A message can name every key in the words of the form."""
    assert all(node.label for node in address_book(layout).outline.walk() if node.key)


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("requests.received.individual", "「一、本年新收政府信息公开申请数量」行「自然人」列"),
        (
            "requests.outcome.refused.state_secret.business",
            "「三、本年度办理结果—（三）不予公开—1.属于国家秘密」行「法人或其他组织—商业企业」列",
        ),
        ("requests.outcome.total.total", "「三、本年度办理结果—（七）总计」行「总计」列"),
        ("reconsideration.total", "「行政复议—总计」列"),
        ("litigation.direct.upheld", "「行政诉讼—未经复议直接起诉—结果维持」列"),
        ("disclosure.rules.issued", "「规章」行「本年制发件数」列"),
    ],
)
def test_a_cell_is_named_in_the_words_of_the_form(address: str, printed: str) -> None:
    """A message names a cell by its row and its column; a head that stands over all columns says nothing."""
    assert address_book(official_layouts()[-1]).entries[address].printed == printed


@OFFICIAL
def test_the_balance_is_that_of_the_corner_of_the_table(layout: Layout) -> None:
    """一 + 二 = （七） + 四, in all seven columns of 三 and nowhere else."""
    (check,) = address_book(layout).balances
    left, right = (
        [check.rows[row].head.label[:3] for row in side] for side in (check.balance.left, check.balance.right)
    )
    assert (left, right) == (["一、本", "二、上"], ["（七）", "四、结"])
    assert [column.head.label for column in check.columns] == [
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"
    ]  # fmt: skip
