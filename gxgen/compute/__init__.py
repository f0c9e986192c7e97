"""Complete a report: compute its totals and expand the quotations in its narrative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec
from msgspec import field
from msgspec.structs import replace

from gxgen.compute.expansions import ExpandedText, Expansion, Fault, FaultKind, source_span
from gxgen.compute.quotations import expand, has_quotations
from gxgen.model import Figure, Report
from gxgen.spec import Address, address_book

__all__ = ["Completed", "Fault", "FaultKind", "complete"]

NARRATIVE = "narrative."


def _no_stock_texts() -> Mapping[str, str]:
    return MappingProxyType({})


class Completed(msgspec.Struct, frozen=True):
    """A report with its totals and its narrative as printed."""

    report: Report
    totals: Mapping[Address, int]
    """Sparse: a total that is missing is 0."""
    narrative: Mapping[str, str]
    """The texts by place, quotations expanded; a text with faults stands as written."""
    faults: Mapping[str, tuple[Fault, ...]]
    """Faulty quotations by place."""
    expansions: Mapping[str, tuple[Expansion, ...]]
    """By place, the parts that quotations produced; sparse."""
    stock: Mapping[str, str] = field(default_factory=_no_stock_texts)
    """The form's own texts, as written, for the places that the agency left out."""

    def figure(self, address: Address) -> Figure:
        """The figure at an address: given, summed, or 0."""
        given = self.report.figures.get(address)
        return self.totals.get(address, 0) if given is None else given

    def source_span(self, place: str, start: int, end: int) -> tuple[int, int]:
        """Map characters *start* to *end* of a printed text back to the text as written."""
        return source_span(self.expansions.get(place, ()), start, end)

    def is_certain(self, address: Address) -> bool:
        """Whether every figure that adds to *address* could be read."""
        unread = self.report.unread
        return not unread or unread.isdisjoint(address_book(self.report.layout).entries[address].summands)

    def count(self, address: Address) -> int:
        """The figure at an address of counts."""
        figure = self.figure(address)
        assert isinstance(figure, int), f"{address} is an amount"
        return figure


def complete(report: Report) -> Completed:
    """Compute the totals of a report and expand its quotations."""
    totals, stock = _totals(report), _stock_texts(report)
    written = MappingProxyType({**report.narrative, **stock}) if stock else report.narrative
    plain = Completed(report, totals, written, MappingProxyType({}), MappingProxyType({}), stock)
    quoting = {place: text for place, text in written.items() if has_quotations(text)}
    if not quoting:
        return plain
    names = _QuotableNames(plain)
    narrative = dict(written)
    expansions: dict[str, tuple[Expansion, ...]] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    for place, text in quoting.items():
        result = expand(text, names)
        if isinstance(result, ExpandedText):
            narrative[place], expansions[place] = result.text, result.expansions
        else:
            faults[place] = result
    return replace(
        plain,
        narrative=MappingProxyType(narrative),
        faults=MappingProxyType(faults),
        expansions=MappingProxyType(expansions),
    )


def _stock_texts(report: Report) -> Mapping[str, str]:
    """The form's stock texts for what the agency left out.

    Where the agency writes a section as a whole, it leaves no topic out; where it writes topics, not the section.  A
    text that could not be read is not left out either.
    """
    if not report.layout.stock or NARRATIVE[:-1] in report.unread:
        return _no_stock_texts()
    unread = (address.removeprefix(NARRATIVE) for address in report.unread if address.startswith(NARRATIVE))
    given = {*report.narrative, *unread}
    taken = {*given, *(place.partition(".")[0] for place in given)}
    wholes = {place for place in given if "." not in place}
    stock = {place: text for place, text in report.layout.stock if place not in taken}
    return MappingProxyType({place: text for place, text in stock.items() if place.partition(".")[0] not in wholes})


def _totals(report: Report) -> Mapping[Address, int]:
    totals_of = address_book(report.layout).totals_of
    totals: dict[Address, int] = {}
    for address, figure in report.figures.items():
        for total in totals_of.get(address, ()):
            assert isinstance(figure, int), "only counts are summed"
            totals[total] = totals.get(total, 0) + figure
    return MappingProxyType(totals)


class _QuotableNames(Mapping[str, object]):
    """The names that a narrative may quote: year, agency, and every figure by address, looked up on demand."""

    def __init__(self, completed: Completed) -> None:
        report = completed.report
        self._completed = completed
        self._report_names: dict[str, object] = {"year": report.year} | (
            {"agency": report.agency} if report.agency else {}
        )
        self._entries = address_book(report.layout).entries

    def __getitem__(self, name: str) -> object:
        if name in self._entries:
            return self._completed.figure(name)
        return self._report_names[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries or name in self._report_names

    def __iter__(self) -> Iterator[str]:
        yield from self._report_names
        yield from self._entries

    def __len__(self) -> int:
        return len(self._report_names) + len(self._entries)
