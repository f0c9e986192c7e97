"""Which department contributed what to one cell of a sum."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import msgspec

from gxgen.compute import complete
from gxgen.compute.sums import Number, contribution, numeric_value
from gxgen.engine.departments import Department
from gxgen.model import Report, printed
from gxgen.services.rollup.summing import RollupOutcome
from gxgen.spec import Address, Entry, Layout, address_book, unnumbered


class Contribution(msgspec.Struct, frozen=True):
    """What one department contributed, as printed."""

    agency: str
    file: str
    figure: str
    percent: str
    """Of the sum, with one decimal; empty where there are negative figures, of which no part can be told."""


class Contributions(msgspec.Struct, frozen=True):
    """A cell of the sum and who contributed to it, the largest first."""

    address: Address
    label: str
    total: str
    shares: Sequence[Contribution]
    nothing: int
    """How many contributed 0."""


class SimilarCell(msgspec.Struct, frozen=True):
    """A cell that may be meant by a name that is no address."""

    address: Address
    label: str


def explain(rolled: RollupOutcome, name: str) -> Contributions | Sequence[SimilarCell]:
    """Return the contributions to the cell at an address, or the cells that may be meant if it is none."""
    report = rolled.report
    assert report, "there is a sum"
    entry = address_book(report.layout).entries.get(name)
    if entry is None:
        return [SimilarCell(each.address, each.printed) for each in _entries_like(report.layout, name)]
    return contributions(entry, report, rolled.counted)


def contributions(entry: Entry, report: Report, counted: Sequence[Department]) -> Contributions:
    """Return the contributions to a cell of a sum, the largest first."""
    given = [(each, contribution(each.report, entry)) for each in counted if each.report]
    valued = sorted(((numeric_value(figure), each, figure) for each, figure in given), key=lambda one: -one[0])
    total = complete(report).figure(entry.address)
    whole = numeric_value(total) if all(value >= 0 for value, _, _ in valued) else 0
    shares = [
        Contribution(_agency(each), str(each.path), printed(figure), _percent(value, whole) if whole else "")
        for value, each, figure in valued
        if value
    ]
    return Contributions(entry.address, entry.printed, printed(total), shares, len(valued) - len(shares))


def _agency(department: Department) -> str:
    return department.report.agency if department.report else ""


def _entries_like(layout: Layout, name: str) -> Sequence[Entry]:
    """Yield the cells that may be meant by a name that is no address: a branch, a label, a misspelling."""
    entries = address_book(layout).entries
    below = [entry for address, entry in entries.items() if address.startswith(f"{name.strip('.')}.")]
    if below:
        return below
    words = [unnumbered(word) for word in name.replace("—", " ").split()]
    labelled = [entry for entry in entries.values() if all(word in _labels(entry) for word in words)]
    if labelled and words:
        return labelled
    return [entries[near] for near in get_close_matches(name, entries)]


def _labels(entry: Entry) -> str:
    return " ".join((*entry.row.labels, *entry.column.labels))


def _percent(value: Number, whole: Number) -> str:
    return f"{100 * float(value) / float(whole):.1f}%"
