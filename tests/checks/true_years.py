"""Random reports in which everything is right: sums, typed totals, what is carried over, and what the text says.

All of it is worked out without the address book, the relations and the checks of gxgen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from hypothesis import strategies as st
from msgspec.structs import replace

from gxgen.model import Figure, Report
from gxgen.spec import Address, Layout, layout_for
from tests.checks.test_years import APPLICANTS, DOCUMENTS, ITEMS, settled_by
from tests.forms import address_of, summands_of, trails

YEARS = (2020, 2021, 2022, 2025)
AGENCY = "甲市人民政府"
OPENING = "主动公开、依申请公开、政府信息管理、政府信息公开平台建设和监督保障五方面工作平稳有序，各项制度得到落实。"
PROBLEMS = "公开内容还不够丰富，下一步将加强业务培训，及时更新各类信息。"

NEW, OLD = "requests.received.", "requests.brought_forward."
OUTCOME = "requests.outcome."
READINGS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "received": ((NEW,), (NEW, OLD)),
    "individual": ((f"{NEW}individual",), (f"{NEW}individual", f"{OLD}individual")),
    "brought": ((OLD,),),
    "carried": (("requests.carried_forward.",),),
    "handled": ((OUTCOME,),),
    **{name: ((f"{OUTCOME}{name}.",),) for name in ("granted", "partly_granted", "refused", "unavailable")},
    "reconsideration": (("reconsideration.",),),
    "litigation": (("litigation.",),),
    "issued": (("disclosure.normative_documents.issued",),),
}
"""What a quantity may be: sums of all figures whose addresses begin so."""

SENTENCES = (
    ("{year}年，全市共收到政府信息公开申请{}件，其中自然人申请{}件。", ("received", "individual")),
    ("政府信息公开申请上年结转{}件。", ("brought",)),
    ("全年办结政府信息公开申请{}件。", ("handled",)),
    ("政府信息公开申请予以公开{}件，部分公开{}件，不予公开{}件。", ("granted", "partly_granted", "refused")),
    ("本年度政府信息公开申请结转下年度继续办理{}件。", ("carried",)),
    ("因政府信息公开工作被申请行政复议{}件。", ("reconsideration",)),
    ("因政府信息公开工作被提起行政诉讼{}件。", ("litigation",)),
)
OF_2021 = (("全年制发行政规范性文件{}件。", ("issued",)),)


@dataclass(frozen=True)
class Said:
    """A number in the text."""

    quantity: str
    number: int
    offset: int


@dataclass(frozen=True)
class Year:
    """A report with the numbers that its text says, and the report of the year before."""

    last: Report
    report: Report
    said: tuple[Said, ...]

    def __repr__(self) -> str:
        """What differs from one year to another; the forms are long."""
        return f"Year({self.report.year}, {self.report.figures}, {self.said}, after {self.last.figures})"


class Cell(NamedTuple):
    """A cell of a form and the figures that it adds up."""

    address: Address
    summands: tuple[Address, ...]
    is_total: bool


@cache
def cells(layout: Layout) -> tuple[Cell, ...]:
    """Every cell of the form's tables."""
    return tuple(
        Cell(
            address_of(block, row, column),
            tuple(
                address_of(block, one_row, one_column)
                for one_row in summands_of(row, block.rows)
                for one_column in summands_of(column, block.columns)
            ),
            row[-1].is_total or column[-1].is_total,
        )
        for _, table in layout.tables
        for block in table.blocks
        for row in trails(block.rows)
        for column in trails(block.columns)
    )


def number(report: Report, address: Address) -> int:
    """A count, typed or not."""
    return int(str(report.figures.get(address, 0)))


def added_up(report: Report, beginnings: tuple[str, ...]) -> int:
    """All figures whose addresses begin in one of these ways."""
    return sum(int(str(figure)) for address, figure in report.figures.items() if address.startswith(beginnings))


def typed_totals(report: Report) -> dict[Address, Figure]:
    """Every total as somebody would work it out by hand."""
    return {
        cell.address: sum(number(report, one) for one in cell.summands)
        for cell in cells(report.layout)
        if cell.is_total
    }


# Making years


def written(report: Report, changed: Mapping[int, int] = MappingProxyType({})) -> tuple[Report, tuple[Said, ...]]:
    """The report with sentences filled in from its figures, but for the numbers (by their order) that are *changed*."""
    # Each sentence is a paragraph: within one, what follows 其中自然人 may be said of 自然人.
    text, said = OPENING, list[Said]()
    for pattern, quantities in (*SENTENCES, *(OF_2021 if report.year >= 2021 else ())):
        text += "\n"
        pieces = pattern.replace("{year}", str(report.year)).split("{}")
        for piece, quantity in zip(pieces, (*quantities, ""), strict=True):
            text += piece
            if quantity:
                right = added_up(report, READINGS[quantity][0])
                value = changed.get(len(said), right)
                said.append(Said(quantity, value, len(text)))
                text += str(value)
    return replace(report, narrative=MappingProxyType({"overview": text, "problems": PROBLEMS})), tuple(said)


def form_of(year: int) -> Layout:
    """The form of a year."""
    layout = layout_for(year)
    assert layout
    return layout


SMALL = st.integers(0, 40)


@st.composite
def true_years(draw: st.DrawFn) -> Year:
    """A report in which everything is right: sums, totals typed by hand, carry-over and sentences."""
    of = draw(st.sampled_from(YEARS))
    last = Report(of - 1, form_of(of - 1), AGENCY, figures=MappingProxyType(draw(last_figures())))
    report = Report(of, form_of(of), AGENCY)
    free = [cell.address for cell in cells(report.layout) if not cell.is_total and cell.address.startswith(FREE)]
    figures: dict[Address, Figure] = {address: draw(SMALL) for address in sorted(draw(st.sets(st.sampled_from(free))))}
    for row in DOCUMENTS:
        figures |= draw(documents(row, of, number(last, f"{row}.in_force")))
    if of == 2020:
        for row in ITEMS:
            there = number(last, f"{row}.last_year") + number(last, f"{row}.change")
            figures[f"{row}.change"] = draw(st.integers(-there, 40))
    figures = settled_by(last, of, figures)
    items = [cell.address for cell in cells(report.layout) if not cell.is_total and cell.address.startswith(OUTCOME)]
    for who in APPLICANTS:
        own = [address for address in items if address.endswith(f".{who}")]
        there = int(str(figures[f"{OLD}{who}"]))
        done = {address: draw(SMALL) for address in sorted(draw(st.sets(st.sampled_from(own), max_size=3)))}
        done[own[0]] = done.get(own[0], 0) + there
        left = draw(SMALL)
        figures |= {
            **done,
            f"requests.carried_forward.{who}": left,
            f"{NEW}{who}": sum(done.values()) + left - there,
        }
    report = replace(report, figures=MappingProxyType(figures))
    report, said = written(replace(report, assertions=MappingProxyType(typed_totals(report))))
    return Year(last, report, said)


FREE = ("reconsideration.", "litigation.", "disclosure.penalties.decisions", "disclosure.licences.decisions")


@st.composite
def last_figures(draw: st.DrawFn) -> dict[Address, Figure]:
    """What last year's report settles."""
    return {
        **{f"requests.carried_forward.{who}": draw(SMALL) for who in APPLICANTS},
        **{f"{row}.in_force": draw(SMALL) for row in DOCUMENTS},
        **{f"{row}.last_year": draw(st.integers(20, 60)) for row in ITEMS},
        **{f"{row}.change": draw(st.integers(-20, 20)) for row in ITEMS},
    }


@st.composite
def documents(draw: st.DrawFn, row: str, year: int, before: int) -> dict[Address, Figure]:
    """A row of 规章 or 规范性文件 in which nothing contradicts anything."""
    if year == 2020:
        disclosed = draw(SMALL)
        return {f"{row}.disclosed": disclosed, f"{row}.disclosed_to_date": disclosed + draw(SMALL)}
    issued = draw(SMALL)
    before = before if year > 2021 else 0
    repealed = draw(st.integers(0, before + issued))
    return {f"{row}.issued": issued, f"{row}.repealed": repealed, f"{row}.in_force": before + issued - repealed}
