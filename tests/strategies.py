"""Random reports, drawn from the addresses and kinds of the official forms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from gxgen.model import Figure, Money, Report
from gxgen.spec import Address, Entry, Kind, Layout, address_book, layouts

YEARS = {2019: (2019, 2020), 2021: (2021, 2022, 2023, 2025, 2031)}
PRINTABLE = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")) | st.sampled_from(
    "&<>“”{}%#_*|\t"
)
"""What a narrative may hold, with what templates and XML stumble over drawn more often."""
HOSTILE = ("& < > \" '", "“引号”", "{_{ x }_}", "{{ '{{' }}", "]]>", "<w:p/>", "**粗**体", "a\tb", "&amp;", "　　缩进")


def forms() -> st.SearchStrategy[Layout]:
    """One of the official forms."""
    return st.sampled_from(layouts())


def counts() -> st.SearchStrategy[int]:
    """A count: mostly small, at times what a whole province has."""
    return st.integers(0, 99) | st.integers(0, 10**7)


def amounts() -> st.SearchStrategy[Decimal]:
    """An amount with its digits as typed, trailing zeros included."""
    return st.decimals(0, 10**6, places=2) | st.decimals(0, 10**5, places=6) | st.integers(0, 10**6).map(Decimal)


def money() -> st.SearchStrategy[Money]:
    """An amount with its own unit."""
    units = {"元": 1, "万元": 10_000}
    return st.builds(
        lambda amount, unit: Money(f"{amount:f}{unit}", amount * units[unit]), amounts(), st.sampled_from(list(units))
    )


def figure_of(entry: Entry) -> st.SearchStrategy[Figure]:
    """A figure that a cell can hold."""
    match entry.kind:
        case Kind.CHANGE:
            return st.integers(-500, 500)
        case Kind.AMOUNT:
            return amounts() if entry.unit else amounts() | money()
        case _:
            return counts()


@st.composite
def figures(draw: st.DrawFn, layout: Layout) -> Mapping[Address, Figure]:
    """Sparse figures of a form, balanced or not."""
    cells = [entry for entry in address_book(layout).entries.values() if not entry.is_total]
    chosen = draw(st.lists(st.sampled_from(cells), unique_by=lambda entry: entry.address, max_size=40))
    return MappingProxyType({entry.address: draw(figure_of(entry)) for entry in chosen})


@st.composite
def balanced_figures(draw: st.DrawFn, layout: Layout) -> Mapping[Address, Figure]:
    """Figures in which every column holds 一 + 二 = （七） + 四, whatever the rows."""
    found = {
        address: figure for address, figure in draw(figures(layout)).items() if not address.startswith("requests.")
    }
    book = address_book(layout)
    for check in book.balances:
        for column in check.columns:
            if column.head.is_total:
                continue
            out = [
                row
                for row in check.rows.values()
                if row.address.startswith("requests.outcome.") and not row.head.is_total
            ]
            for row in draw(st.lists(st.sampled_from(out), max_size=4, unique_by=lambda row: row.address)):
                found[f"{row.address}.{column.address}"] = draw(st.integers(1, 500))
            handled = sum(
                int(str(figure))
                for address, figure in found.items()
                if address.startswith("requests.outcome.") and address.endswith(f".{column.address}")
            )
            carried = draw(st.integers(0, 50))
            brought = draw(st.integers(0, handled + carried))
            found |= {
                f"requests.carried_forward.{column.address}": carried,
                f"requests.brought_forward.{column.address}": brought,
                f"requests.received.{column.address}": handled + carried - brought,
            }
    return MappingProxyType({address: figure for address, figure in found.items() if figure != 0})


def lines() -> st.SearchStrategy[str]:
    """One paragraph of narrative, without a quotation."""
    plain = st.text(PRINTABLE, max_size=60) | st.sampled_from(HOSTILE)
    heads = st.sampled_from(["", "", "（一）", "（二）主动公开。", "一、", "1.", "(三)"])
    return st.builds(lambda head, text: head + text, heads, plain).map(without_quotations)


def without_quotations(text: str) -> str:
    """The text with everything taken out that Jinja would read."""
    return text.replace("{{", "{ {").replace("{%", "{ %")


def narratives(layout: Layout) -> st.SearchStrategy[Mapping[str, str]]:
    """Texts for some of the places that a report has."""
    keys = ["preamble", *(section.key for section in layout.sections if not section.topics)]
    topics = [f"{section.key}.{topic.key}" for section in layout.sections for topic in section.topics]
    paragraphs = st.lists(lines(), max_size=4).map("\n".join)
    return st.dictionaries(st.sampled_from([*keys, *topics]), paragraphs, max_size=6).map(MappingProxyType)


@st.composite
def reports(draw: st.DrawFn, *, balanced: bool = False) -> Report:
    """A whole report of either form."""
    layout = draw(forms())
    return Report(
        year=draw(st.sampled_from(YEARS[layout.first_year])),
        layout=layout,
        agency=draw(st.sampled_from(["", "某某县科学技术局", "甲市乙区人民政府办公室", "A&B<局>"])),
        narrative=draw(narratives(layout)),
        figures=draw(balanced_figures(layout) if balanced else figures(layout)),
    )
