"""The official forms, written once.

Each circular is one module ``layout_<first report year>``, found by its name; adding such a module is all that a new
circular takes.  A form holds from its first report year until the next one's.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from gxgen.spec.addresses import AddressBook, BalanceCheck, Entry, Leaf, Node, address_book, entries
from gxgen.spec.relations import BoundCheck, CarryCheck, Term, bounds, carries
from gxgen.spec.vocabulary import (
    LEAD,
    PREAMBLE,
    TEN_THOUSAND,
    YUAN_IN_TEN_THOUSAND,
    Address,
    Head,
    Kind,
    Layout,
    Section,
    Table,
    Topic,
    as_step,
    join,
    unnumbered,
)

__all__ = [
    "LEAD",
    "PREAMBLE",
    "TEN_THOUSAND",
    "YUAN_IN_TEN_THOUSAND",
    "Address",
    "AddressBook",
    "BalanceCheck",
    "BoundCheck",
    "CarryCheck",
    "Entry",
    "Head",
    "Kind",
    "Layout",
    "Leaf",
    "Node",
    "Section",
    "Table",
    "Term",
    "Topic",
    "address_book",
    "as_step",
    "bounds",
    "carries",
    "entries",
    "first_years",
    "join",
    "keys_labelled",
    "layout_for",
    "layouts",
    "unnumbered",
]

_PREFIX = "layout_"


@cache
def first_years() -> tuple[int, ...]:
    """The first report year of every form, ascending."""
    # Not pkgutil, which loads much of what analyses source code.
    names = (path.name for folder in __path__ for path in Path(folder).iterdir())
    return tuple(sorted({int(name.removeprefix(_PREFIX).split(".")[0]) for name in names if name.startswith(_PREFIX)}))


def layout_for(year: int) -> Layout | None:
    """The form for a report year; None before the first form (2018 and earlier: 国办发〔2014〕32号)."""
    begun = [first for first in first_years() if first <= year]
    return _load(begun[-1]) if begun else None


def layouts() -> tuple[Layout, ...]:
    """Every form, oldest first."""
    return tuple(_load(first) for first in first_years())


def keys_labelled(label: str) -> tuple[str, ...]:
    """Find the keys with a label, in any form and with or without its number.

    If no label is equal, the keys whose label contains the words.
    """
    labels = [pair for layout in layouts() for pair in _labels(layout)]
    wanted = unnumbered(label)
    exact = [key for key, name in labels if unnumbered(name) == wanted]
    loose = [key for key, name in labels if len(wanted) > 1 and wanted in name]
    return tuple(dict.fromkeys(exact or loose))


@cache
def _labels(layout: Layout) -> tuple[tuple[str, str], ...]:
    """Every key of the tables, sections and topics with each of its labels."""
    tables = ((node.key, node.label) for node in address_book(layout).outline.walk() if node.key)
    sections = ((section.key, name) for section in layout.sections for name in (section.heading, *section.variants))
    topics = ((topic.key, topic.label) for section in layout.sections for topic in section.topics)
    return (*tables, *sections, *topics)


@cache
def _load(first_year: int) -> Layout:
    return cast("Layout", import_module(f"{__name__}.{_PREFIX}{first_year}").LAYOUT)
