"""Bounds and carried figures of the forms, cell by cell."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gxgen.core import codes
from gxgen.spec import Layout, Section, Table, address_book, bounds, carries, layouts
from gxgen.spec.vocabulary import Bound, Carry, Crosstab, leaf, total

OLD, NEW = layouts()[0], layouts()[-1]


def form(*, bound: Bound | None = None, carry: Carry | None = None) -> Layout:
    """A form of one table with two rows and two columns, and their totals."""
    block = Crosstab(
        key="letters",
        columns=(leaf("sent", "发出"), leaf("kept", "留存"), total()),
        rows=(leaf("paper", "信函"), leaf("mail", "邮件"), total()),
        bounds=(bound,) if bound else (),
        carries=(carry,) if carry else (),
    )
    return Layout(2030, "函", "{year}年报告", (Section("letters", "一、信件", table=Table((block,))),))


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_relations_are_between_figures_of_the_form(layout: Layout) -> None:
    """Every term of a bound or carried figure is a cell of figures, and none is a total that is not declared."""
    entries = address_book(layout).entries
    for check in bounds(layout):
        assert {term.address for term in (*check.of, *check.within)} <= set(entries)
    for carried in carries(layout, layout):
        terms = (carried.figure, *carried.last_year, *carried.plus, *carried.minus)
        assert not any(entries[term.address].is_total for term in terms)


def test_a_relation_between_columns_holds_in_every_row_but_totals() -> None:
    """Terms that are columns are resolved once a row, each under its own label."""
    checks = bounds(form(bound=Bound(codes.IN_FORCE, of=("sent",), within=("kept",))))
    assert [(check.line, check.of[0].address, check.within[0].label) for check in checks] == [
        ("「信函」行", "letters.paper.sent", "留存"),
        ("「邮件」行", "letters.mail.sent", "留存"),
    ]


def test_a_relation_between_rows_holds_in_every_column_but_totals() -> None:
    """Terms that are rows are resolved once a column."""
    layout = form(carry=Carry(codes.IN_FORCE, "letters.paper", last_year=("letters.mail",)))
    assert [(check.line, check.figure.address, check.last_year[0].address) for check in carries(layout, layout)] == [
        ("「发出」列", "letters.paper.sent", "letters.mail.sent"),
        ("「留存」列", "letters.paper.kept", "letters.mail.kept"),
    ]


@pytest.mark.parametrize("names", [("sent", "letters.mail"), ("sent", "lost")])
def test_a_relation_over_what_is_not_there_is_refused(names: tuple[str, str]) -> None:
    """A misspelled term, or a row among columns, is found when the form is first used."""
    with pytest.raises(ValueError, match="neither rows nor columns"):
        bounds(form(bound=Bound(codes.IN_FORCE, of=names[:1], within=names[1:])))


def test_what_the_forms_have_in_common_is_carried_from_one_to_the_other() -> None:
    """Applications go from the form of 2019 to that of 2021; documents and items are counted otherwise there."""
    assert {check.carry.code for check in carries(OLD, OLD)} == {codes.BROUGHT_FORWARD, codes.ITEMS_OF_LAST_YEAR}
    assert {check.carry.code for check in carries(OLD, NEW)} == {codes.BROUGHT_FORWARD}
    assert {check.carry.code for check in carries(NEW, NEW)} == {codes.BROUGHT_FORWARD, codes.IN_FORCE}


def test_what_is_printed_in_other_words_is_not_carried() -> None:
    """A form that gives an address another label may mean something else by it."""
    carry = Carry(codes.IN_FORCE, "sent", last_year=("kept",))
    this = form(carry=carry)
    (section,) = this.sections
    assert section.table
    (block,) = section.table.blocks
    reworded = replace(block, columns=(leaf("sent", "发出"), leaf("kept", "存档"), total()))
    last = replace(this, sections=(replace(section, table=Table((reworded,))),))
    assert carries(this, this) != ()
    assert carries(last, this) == ()
