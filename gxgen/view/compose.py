"""Compose the document of a completed report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from gxgen.compute import Completed
from gxgen.core.text import printable
from gxgen.model import Money, Report, printed
from gxgen.spec import LEAD, PREAMBLE, Address, Layout, Section, Table, address_book, entries, join
from gxgen.view.document import Block, Document, Figure, SectionView
from gxgen.view.grid import Grid, frame_of
from gxgen.view.narrative import blocks, with_topic_heading

NUMERALS = "一二三四五六七八九十"
ZERO = "0"
PERIOD = "{year}年1月1日至{year}年12月31日"
"""A report covers a calendar year."""


class ComposeOptions(msgspec.Struct, frozen=True):
    """A region's choices where the form leaves the arrangement open."""

    title_lines: str = "auto"
    """``auto``, ``one`` or ``two``."""
    topics: str = "own_line"
    """The heads of topics: ``own_line`` （一）主动公开, ``run_in`` （一）主动公开。…, ``colon`` 主动公开：…"""


DEFAULT_OPTIONS = ComposeOptions()


def compose(completed: Completed, compose_options: ComposeOptions = DEFAULT_OPTIONS) -> Document:
    """Compose a document: official headings, the narrative under them, and the tables with their figures."""
    report = completed.report
    printed_figures = _printed_figures(completed)
    return Document(
        title_parts=tuple(map(printable, title_parts(report))),
        agency=printable(report.agency),
        year=report.year,
        published=report.published,
        preamble=blocks(printable(completed.narrative.get(PREAMBLE, ""))),
        sections=tuple(
            _section(section, completed, printed_figures, compose_options) for section in report.layout.sections
        ),
        title_lines=compose_options.title_lines,
        layout=report.layout.name,
        period=PERIOD.format(year=report.year),
        figures=_Figures(completed),
        branches=_branches(report.layout),
    )


@cache
def _branches(layout: Layout) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {"": set()}
    for address in address_book(layout).entries:
        branch = ""
        for step in address.split("."):
            found.setdefault(branch, set()).add(step)
            branch = join(branch, step)
    return MappingProxyType({branch: frozenset(steps) for branch, steps in found.items()})


class _Figures(Mapping[Address, Figure]):
    """The figures of a report by address, each made on demand: most templates use few."""

    __slots__ = ("_completed", "_known")

    def __init__(self, completed: Completed) -> None:
        self._completed = completed
        self._known = address_book(completed.report.layout).entries

    def __getitem__(self, address: Address) -> Figure:
        if address not in self._known:
            raise KeyError(address)
        figure = self._completed.figure(address)
        return Figure(printed(figure), figure.yuan if isinstance(figure, Money) else figure)

    def __iter__(self) -> Iterator[Address]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, address: object) -> bool:
        return address in self._known


def title_parts(report: Report) -> tuple[str, ...]:
    """Return the parts of the title, between which a line may break: the agency, if any, and the year's title."""
    official = report.layout.title.format(year=report.year)
    if report.title:
        before, found, after = report.title.rpartition(str(report.year))
        return (before, found + after) if before else (report.title,)
    return (report.agency, official) if report.agency else (official,)


def _section(
    section: Section, completed: Completed, printed_figures: Mapping[Address, str], compose_options: ComposeOptions
) -> SectionView:
    return SectionView(
        key=section.key,
        heading=section.heading,
        blocks=_section_blocks(section, completed, compose_options) or blocks(section.default),
        grid=_grid(section.table, printed_figures) if section.table else None,
        addresses=_addresses(section.table) if section.table else (),
    )


def _section_blocks(section: Section, completed: Completed, compose_options: ComposeOptions) -> tuple[Block, ...]:
    """Return the section's text; topics get heads, numbered over those that have text."""
    texts = completed.narrative
    if section.key in texts:
        return blocks(printable(texts[section.key]))
    found = list(blocks(printable(texts.get(join(section.key, LEAD), ""))))
    numerals = iter(NUMERALS)
    for topic in section.topics:
        if written := blocks(printable(texts.get(f"{section.key}.{topic.key}", ""))):
            found += with_topic_heading(topic.label, next(numerals), written, compose_options.topics)
    return tuple(found)


@cache
def _addresses(table: Table) -> tuple[str, ...]:
    return tuple(entry.address for entry in entries(table))


def _printed_figures(completed: Completed) -> Mapping[Address, str]:
    """Return figures and totals as printed; an address that is missing prints 0."""
    every = {**completed.totals, **completed.report.figures}
    return {address: printed(figure) for address, figure in every.items()}


def _grid(table: Table, printed_figures: Mapping[Address, str]) -> Grid:
    return Grid(frame_of(table), tuple([printed_figures.get(address, ZERO) for address in _addresses(table)]))
