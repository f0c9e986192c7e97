"""Last year's report taken over to the next year: what its figures settle, and its texts with what is dated in them.

What a figure has to be is said by the form alone (:func:`gxgen.spec.carries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from gxgen.compute import Completed, FaultKind, complete
from gxgen.compute.dated_words import Dated, dated, in_chinese
from gxgen.compute.quotations import NAME
from gxgen.model import Figure, Report, printed
from gxgen.spec import Address, CarryCheck, Layout, address_book, carries


class Why(Enum):
    """Why a figure that last year's report settles is not taken over."""

    UNREAD = "unread"
    IN_DOUBT = "in doubt"
    """The sums over it do not hold."""
    BELOW_ZERO = "below zero"
    NOT_IN_THE_FORM = "not in the form"
    """The new form does not have it, or in other words."""


class LeftOut(NamedTuple):
    """A figure that is not taken over."""

    check: CarryCheck
    why: Why
    settled: int
    """What it would have been."""


class Carried(msgspec.Struct, frozen=True):
    """A report of the next year, as far as last year's says it."""

    report: Report
    taken: tuple[CarryCheck, ...]
    """The figures that last year's has settled, 0 among them; some of them change with this year's own figures."""
    left_out: tuple[LeftOut, ...]
    begun: tuple[CarryCheck, ...]
    """The figures of the new form that last year's would settle, if its form had them."""
    dated: Mapping[str, tuple[Dated, ...]]
    """What is of one year in the texts, by place."""
    unquoted: Mapping[str, tuple[str, ...]]
    """By place, the quotations of figures that the new form does not have; the text says them as last year's printed
    them.  None of a text that stands as it was printed as a whole."""
    unworkable: frozenset[str]
    """Texts with quotations that say nothing before this year's figures are there."""


def carry(last: Completed, layout: Layout, doubtful: frozenset[Address] = frozenset()) -> Carried:
    """The next year's report, begun from last year's.

    Agency, pack and departments stay; the date and the waivers were of last year.  A title that names the year names
    the next one.

    Args:
        last: the report of the year before.
        layout: the form of the next year.
        doubtful: figures of *last* that cannot be relied on, though they could be read.
    """
    report = last.report
    checks = carries(report.layout, layout)
    judged = [(check, _why_not(last, check, doubtful), _settled(last, check)) for check in checks]
    taken = tuple(check for check, why, _ in judged if why is None)
    texts, unquoted = _texts(last, layout)
    new = Report(
        year=report.year + 1,
        layout=layout,
        agency=report.agency,
        pack=report.pack,
        title=_title(report, layout),
        narrative=MappingProxyType(texts),
        figures=MappingProxyType(_figures(judged)),
        vertical=report.vertical,
        departments=report.departments,
    )
    return Carried(
        report=new,
        taken=taken,
        left_out=(*(LeftOut(check, why, value) for check, why, value in judged if why), *_gone(last, checks)),
        begun=tuple(check for check in carries(layout, layout) if check not in checks),
        dated=MappingProxyType({place: tuple(dated(text, report.year)) for place, text in texts.items()}),
        unquoted=MappingProxyType(unquoted),
        unworkable=frozenset(complete(new).faults),
    )


def _figures(judged: list[tuple[CarryCheck, Why | None, int]]) -> dict[Address, Figure]:
    return {check.figure.address: value for check, why, value in judged if why is None and value}


def _settled(last: Completed, check: CarryCheck) -> int:
    """What last year's report alone makes of the figure."""
    return sum(last.count(term.address) for term in check.last_year)


def _why_not(last: Completed, check: CarryCheck, doubtful: frozenset[Address]) -> Why | None:
    terms = [term.address for term in check.last_year]
    if not all(map(last.is_certain, terms)):
        return Why.UNREAD
    if not doubtful.isdisjoint(terms):
        return Why.IN_DOUBT
    return Why.BELOW_ZERO if _settled(last, check) < 0 else None


def _gone(last: Completed, checks: tuple[CarryCheck, ...]) -> Iterator[LeftOut]:
    """What would have been taken over, had the form stayed the same."""
    kept = {check.figure.address for check in checks}
    for check in carries(last.report.layout, last.report.layout):
        if check.figure.address not in kept and _settled(last, check):
            yield LeftOut(check, Why.NOT_IN_THE_FORM, _settled(last, check))


def _title(report: Report, layout: Layout) -> str:
    """A title of the agency's own, with the next year in it; none where that is the official one."""
    title, year = report.title, report.year + 1
    for old, new in zip((str(report.year), *in_chinese(report.year)), (str(year), *in_chinese(year)), strict=False):
        title = title.replace(old, new)
    return "" if title == f"{report.agency}{layout.title.format(year=year)}" else title


# Texts


def _texts(last: Completed, layout: Layout) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The texts, and the quotations in them that are none any longer."""
    texts, unquoted = dict(last.report.narrative), dict[str, tuple[str, ...]]()
    kept = address_book(layout).entries
    for place, text in last.report.narrative.items():
        gone = [found for found in NAME.finditer(text) if _is_gone(found[1], last, kept)]
        if gone:
            texts[place] = NAME.sub(lambda found: _as_printed(found, last, kept), text)
            unquoted[place] = tuple(found[0] for found in gone)
    for place in _reckoning_with_what_is_gone(last, layout, texts):
        texts[place], unquoted[place] = last.narrative[place], ()
    return texts, unquoted


def _is_gone(name: str, last: Completed, kept: Mapping[Address, object]) -> bool:
    return name in address_book(last.report.layout).entries and name not in kept


def _as_printed(quotation: re.Match[str], last: Completed, kept: Mapping[Address, object]) -> str:
    name = quotation[1]
    return printed(last.figure(name)) if _is_gone(name, last, kept) else quotation[0]


def _reckoning_with_what_is_gone(last: Completed, layout: Layout, texts: Mapping[str, str]) -> list[str]:
    """The texts in which more than a plain quotation names a figure that the new form does not have."""
    new = replace(last.report, layout=layout, narrative=MappingProxyType(texts), figures=MappingProxyType({}))
    unknown = (FaultKind.UNKNOWN_NAME, FaultKind.NOT_A_FIGURE)
    return [
        place
        for place, faults in complete(new).faults.items()
        if place not in last.faults and any(fault.kind in unknown for fault in faults)
    ]
