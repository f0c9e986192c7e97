"""From what an agency says to everything its report shows: totals, and the figures that its narrative quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec
from msgspec import field
from msgspec.structs import replace

from gxgen.compute.quotations import Fault, FaultKind, Filled, Quoted, quote, quotes_something, written_span
from gxgen.model import Figure, Report
from gxgen.spec import Address, address_book

__all__ = ["Completed", "Fault", "FaultKind", "complete"]

NARRATIVE = "narrative."


def _no_stock() -> Mapping[str, str]:
    return MappingProxyType({})


class Completed(msgspec.Struct, frozen=True):
    """A report with every computed cell and the narrative as it will be printed."""

    report: Report
    totals: Mapping[Address, int]
    """Sparse: a total that is missing is 0."""
    narrative: Mapping[str, str]
    """The report's texts with their quoted figures filled in; a text with faults stands as written."""
    faults: Mapping[str, tuple[Fault, ...]]
    """What is wrong with the quotations, by the text they stand in."""
    quoted: Mapping[str, tuple[Quoted, ...]]
    """Sparse: what quotations made, in the texts that have any."""
    stock: Mapping[str, str] = field(default_factory=_no_stock)
    """The form's own texts, as written, for places that the agency left out."""

    def figure(self, address: Address) -> Figure:
        """The figure at *address*: given, summed, or zero."""
        given = self.report.figures.get(address)
        return self.totals.get(address, 0) if given is None else given

    def written(self, place: str, start: int, end: int) -> tuple[int, int]:
        """Where characters *start* to *end* of a text of the narrative stand in the report's own text."""
        return written_span(self.quoted.get(place, ()), start, end)

    def is_certain(self, address: Address) -> bool:
        """Whether every figure that counts towards *address* could be read."""
        unread = self.report.unread
        return not unread or unread.isdisjoint(address_book(self.report.layout).entries[address].summands)

    def count(self, address: Address) -> int:
        """The figure at an address of counts."""
        figure = self.figure(address)
        assert isinstance(figure, int), f"{address} is an amount"
        return figure


def complete(report: Report) -> Completed:
    """Compute every total of *report* and fill in its narrative."""
    totals, stock = _totals(report), _stock(report)
    written = MappingProxyType({**report.narrative, **stock}) if stock else report.narrative
    plain = Completed(report, totals, written, MappingProxyType({}), MappingProxyType({}), stock)
    quoting = {place: text for place, text in written.items() if quotes_something(text)}
    if not quoting:
        return plain
    names = _Names(plain)
    narrative = dict(written)
    quoted: dict[str, tuple[Quoted, ...]] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    for place, text in quoting.items():
        result = quote(text, names)
        if isinstance(result, Filled):
            narrative[place], quoted[place] = result
        else:
            faults[place] = result
    return replace(
        plain,
        narrative=MappingProxyType(narrative),
        faults=MappingProxyType(faults),
        quoted=MappingProxyType(quoted),
    )


def _stock(report: Report) -> Mapping[str, str]:
    """The form's stock texts for what the agency left out.

    Where the agency writes a section as a whole, it leaves no topic out; where it writes topics, not the section.  A
    text that could not be read is not left out either.
    """
    if not report.layout.stock or NARRATIVE[:-1] in report.unread:
        return _no_stock()
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


class _Names(Mapping[str, object]):
    """What a narrative may quote: the year, the agency and every figure by its address, looked up when it is quoted."""

    def __init__(self, completed: Completed) -> None:
        report = completed.report
        self._completed = completed
        self._plain: dict[str, object] = {"year": report.year} | ({"agency": report.agency} if report.agency else {})
        self._entries = address_book(report.layout).entries

    def __getitem__(self, name: str) -> object:
        if name in self._entries:
            return self._completed.figure(name)
        return self._plain[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries or name in self._plain

    def __iter__(self) -> Iterator[str]:
        yield from self._plain
        yield from self._entries

    def __len__(self) -> int:
        return len(self._plain) + len(self._entries)
