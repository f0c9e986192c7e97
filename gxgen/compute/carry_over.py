"""Begin next year's report from last year's: the figures that it settles, and its texts.

The form alone says which figures are carried over (:func:`gxgen.spec.carries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from gxgen.compute import Completed, FaultKind, complete
from gxgen.compute.dated_words import DatedWords, chinese_numerals, find_dated_words
from gxgen.compute.quotations import PLAIN_QUOTATION
from gxgen.model import Figure, Report, printed
from gxgen.spec import Address, CarryCheck, Layout, address_book, carries


class OmissionReason(Enum):
    """Why a figure that last year's report settles is not taken over."""

    UNREAD = "unread"
    IN_DOUBT = "in doubt"
    """A sum that includes it does not hold."""
    BELOW_ZERO = "below zero"
    NOT_IN_THE_FORM = "not in the form"
    """The new form lacks it, or prints it in other words."""


class OmittedFigure(msgspec.Struct, frozen=True):
    """A figure that is not carried over."""

    check: CarryCheck
    reason: OmissionReason
    settled: int
    """The value that it would have had."""


class CarryOver(msgspec.Struct, frozen=True):
    """The beginnings of next year's report."""

    report: Report
    carried_figures: tuple[CarryCheck, ...]
    """The figures that last year's report settles, including 0; some depend on this year's figures as well."""
    omitted: tuple[OmittedFigure, ...]
    newly_carried: tuple[CarryCheck, ...]
    """Carried figures of the new form that last year's form lacks."""
    dated_words: Mapping[str, tuple[DatedWords, ...]]
    """Years and numbers in the texts, by place."""
    replaced_quotations: Mapping[str, tuple[str, ...]]
    """By place, the quotations of figures that the new form lacks, replaced by last year's printed numbers; empty where
    the whole text is taken over as printed."""
    uncomputable: frozenset[str]
    """Texts with quotations that cannot be computed before this year's figures are entered."""


def carry_over(last: Completed, layout: Layout, doubtful: frozenset[Address] = frozenset()) -> CarryOver:
    """Begin the next year's report from last year's.

    Agency, pack and departments stay; the date and the waivers were of last year.  A title that names the year names
    the next one.

    Args:
        last: the report of the year before.
        layout: the form of the next year.
        doubtful: figures of *last* that were read but are unreliable.
    """
    report = last.report
    checks = carries(report.layout, layout)
    assessed = [(check, _omission_reason(last, check, doubtful), _settled(last, check)) for check in checks]
    carried_figures = tuple(check for check, reason, _ in assessed if reason is None)
    texts, replaced_quotations = _texts(last, layout)
    new = Report(
        year=report.year + 1,
        layout=layout,
        agency=report.agency,
        pack=report.pack,
        title=_title(report, layout),
        narrative=MappingProxyType(texts),
        figures=MappingProxyType(_figures(assessed)),
        vertical=report.vertical,
        departments=report.departments,
    )
    return CarryOver(
        report=new,
        carried_figures=carried_figures,
        omitted=(
            *(OmittedFigure(check, reason, value) for check, reason, value in assessed if reason),
            *_dropped_with_form(last, checks),
        ),
        newly_carried=tuple(check for check in carries(layout, layout) if check not in checks),
        dated_words=MappingProxyType(
            {place: tuple(find_dated_words(text, report.year)) for place, text in texts.items()}
        ),
        replaced_quotations=MappingProxyType(replaced_quotations),
        uncomputable=frozenset(complete(new).faults),
    )


def _figures(assessed: list[tuple[CarryCheck, OmissionReason | None, int]]) -> dict[Address, Figure]:
    return {check.figure.address: value for check, reason, value in assessed if reason is None and value}


def _settled(last: Completed, check: CarryCheck) -> int:
    """The figure as last year's report alone determines it."""
    return sum(last.count(term.address) for term in check.last_year)


def _omission_reason(last: Completed, check: CarryCheck, doubtful: frozenset[Address]) -> OmissionReason | None:
    terms = [term.address for term in check.last_year]
    if not all(map(last.is_certain, terms)):
        return OmissionReason.UNREAD
    if not doubtful.isdisjoint(terms):
        return OmissionReason.IN_DOUBT
    return OmissionReason.BELOW_ZERO if _settled(last, check) < 0 else None


def _dropped_with_form(last: Completed, checks: tuple[CarryCheck, ...]) -> Iterator[OmittedFigure]:
    """The figures that only the old form would have carried over."""
    kept = {check.figure.address for check in checks}
    for check in carries(last.report.layout, last.report.layout):
        if check.figure.address not in kept and _settled(last, check):
            yield OmittedFigure(check, OmissionReason.NOT_IN_THE_FORM, _settled(last, check))


def _title(report: Report, layout: Layout) -> str:
    """A title of the agency's own, with the next year in it; none where that is the official one."""
    title, year = report.title, report.year + 1
    olds, news = ((str(each), *chinese_numerals(each)) for each in (report.year, year))
    for old, new in zip(olds, news, strict=False):
        title = title.replace(old, new)
    return "" if title == f"{report.agency}{layout.title.format(year=year)}" else title


# Texts


def _texts(last: Completed, layout: Layout) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The texts, and the quotations that were replaced in them."""
    texts, replaced_quotations = dict(last.report.narrative), dict[str, tuple[str, ...]]()
    kept = address_book(layout).entries
    for place, text in last.report.narrative.items():
        dropped = [found for found in PLAIN_QUOTATION.finditer(text) if _is_dropped(found[1], last, kept)]
        if dropped:
            texts[place] = PLAIN_QUOTATION.sub(lambda found: _as_printed(found, last, kept), text)
            replaced_quotations[place] = tuple(found[0] for found in dropped)
    for place in _computing_with_dropped(last, layout, texts):
        texts[place], replaced_quotations[place] = last.narrative[place], ()
    return texts, replaced_quotations


def _is_dropped(name: str, last: Completed, kept: Mapping[Address, object]) -> bool:
    return name in address_book(last.report.layout).entries and name not in kept


def _as_printed(quotation: re.Match[str], last: Completed, kept: Mapping[Address, object]) -> str:
    name = quotation[1]
    return printed(last.figure(name)) if _is_dropped(name, last, kept) else quotation[0]


def _computing_with_dropped(last: Completed, layout: Layout, texts: Mapping[str, str]) -> list[str]:
    """The texts whose expressions, not just plain quotations, name a figure that the new form lacks."""
    new = replace(last.report, layout=layout, narrative=MappingProxyType(texts), figures=MappingProxyType({}))
    unknown = (FaultKind.UNKNOWN_NAME, FaultKind.NOT_A_FIGURE)
    return [
        place
        for place, faults in complete(new).faults.items()
        if place not in last.faults and any(fault.kind in unknown for fault in faults)
    ]
