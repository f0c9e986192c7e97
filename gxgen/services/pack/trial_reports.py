"""The reports that a pack is tried on: all figures zero, all figures different, and text that looks like markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import count
from types import MappingProxyType

import msgspec

from gxgen.compute import Completed, complete
from gxgen.engine.packs import PackInUse
from gxgen.model import Figure, Report, printed
from gxgen.spec import PREAMBLE, Entry, Kind, Layout, address_book, layout_for, layouts
from gxgen.view import Document, compose

LEAST, SPAN, STEP, TURN = 3000, 6997, 2503, 389
"""Figures of four digits that are no year: LEAST and up.  SPAN is a prime, so that STEP visits each of them once."""
HOSTILE = (
    "<w:p>&amp;\"'</w:p> ]]> <!-- {{ 7 * 7 }} {% for x in y %} {_{ ${x} %s C:\\n\\ 😀 𠮷 ｛｛全角｝｝ "
    "<script>alert(1)</script>"
)
"""Text that looks like markup, tags and code."""
CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


class TrialKind(Enum):
    """The kinds of trial reports, with their names in messages."""

    ZERO = "全是零的报告"
    DIFFERENT = "每个数都不同的报告"
    HOSTILE = "文字古怪的报告"


class Trial(msgspec.Struct, frozen=True, eq=False):
    """A report of one form that a pack is tried on."""

    kind: TrialKind
    completed: Completed
    document: Document

    @property
    def layout(self) -> Layout:
        """Its form, with the pack's additions."""
        return self.completed.report.layout


def trials(in_use: PackInUse) -> Iterator[Trial]:
    """Yield three reports of every form.  The one of zeros has no text, so that the pack's stock texts show."""
    for official in layouts():
        layout = in_use.form(official.first_year)
        assert layout, "a form is in use in its first year"
        figures = different_figures(layout)
        for kind, agency, texts, of_kind in (
            (TrialKind.ZERO, "某某县科学技术局", {}, {}),
            (TrialKind.DIFFERENT, "某某县科学技术局", _texts(layout, "试填的文字。"), figures),
            (TrialKind.HOSTILE, "A&B<局>{{ x }}", _texts(layout, HOSTILE), figures),
        ):
            completed = complete(_report(layout, agency, texts, of_kind))
            yield Trial(kind, completed, compose(completed, in_use.compose_options))


def stock_trials(in_use: PackInUse) -> Iterator[Completed]:
    """Yield reports with no text but the pack's own: without figures, and with all figures."""
    for official in layouts():
        layout = in_use.form(official.first_year)
        assert layout, "a form is in use in its first year"
        for figures in ({}, different_figures(layout)):
            yield complete(_report(layout, "某某县科学技术局", {}, figures))


def different_figures(layout: Layout) -> Mapping[str, Figure]:
    """Choose a figure for every cell that is not computed, so that all printed figures, totals included, differ."""
    entries = address_book(layout).entries.values()
    official = layout_for(layout.first_year)
    assert official, "a form is in use in its first year"
    # A pack's own rows come last, so that all others have the same figures in every pack.
    ordered = sorted(entries, key=lambda entry: entry.address not in address_book(official).entries)
    given = [entry for entry in ordered if not entry.is_total]
    for seed in count(1):
        figures = {entry.address: _figure(entry, number, seed) for number, entry in enumerate(given)}
        completed = complete(_report(layout, "", {}, figures))
        shown = [printed(completed.figure(entry.address)).lstrip("-") for entry in entries]
        if len(set(shown)) == len(shown):
            return MappingProxyType(figures)
    raise AssertionError("counting does not end")


def _figure(entry: Entry, number: int, seed: int) -> Figure:
    figure = LEAST + (number * STEP + seed * seed * TURN * number + seed) % SPAN
    match entry.kind:
        case Kind.AMOUNT:
            return Decimal(figure) + Decimal("0.25")
        case Kind.CHANGE:
            return -figure
        case Kind.COUNT:
            return figure


def _texts(layout: Layout, wording: str) -> Mapping[str, str]:
    places = [PREAMBLE]
    for section in layout.sections:
        places += [f"{section.key}.{topic.key}" for topic in section.topics] or [section.key]
    return {place: f"第{_in_chinese(number)}处{wording}" for number, place in enumerate(places, start=1)}


def _in_chinese(number: int) -> str:
    """Write a number without digits that could be taken for a figure."""
    return str(number).translate(CHINESE_DIGITS)


def _report(layout: Layout, agency: str, texts: Mapping[str, str], figures: Mapping[str, Figure]) -> Report:
    return Report(
        year=layout.first_year,
        layout=layout,
        agency=agency,
        published=date(layout.first_year + 1, 1, 12),
        narrative=MappingProxyType(dict(texts)),
        figures=MappingProxyType(dict(figures)),
    )
