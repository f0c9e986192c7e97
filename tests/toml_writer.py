"""Random reports as data files: every row in one of the ways in which TOML lets a clerk write it."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from enum import Enum, auto

from hypothesis import strategies as st

from gxgen.model import Figure, Money, Report
from gxgen.spec import Address, Entry, address_book


class Form(Enum):
    """How a row is written."""

    ARRAY = auto()
    ARRAY_WITH_TOTAL = auto()
    ARRAY_OVER_LINES = auto()
    INLINE = auto()
    DOTTED = auto()
    TABLE = auto()


ARRAYS = (Form.ARRAY, Form.ARRAY_WITH_TOTAL, Form.ARRAY_OVER_LINES)
COMMENTS = ("", "", "  # 见台账，[1, 2]", "   # 自然人 = 8 “件”")


@st.composite
def data_files(draw: st.DrawFn, report: Report, *, typed_totals: bool = True) -> str:
    """*report* as TOML, with zeros and (where wanted) totals written out here and there."""
    return Writer(draw, report, typed_totals=typed_totals).text()


def strings(text: str) -> list[str]:
    """The ways to spell a text as a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    spelled = [json.dumps(text, ensure_ascii=False), f'"""\n{escaped}"""']
    if not text.startswith("\n"):
        spelled.append(f'"""{escaped}"""')
    if "'" not in text:
        spelled.append(f"'''\n{text}'''" if "\n" in text else f"'{text}'")
    return spelled


def number(figure: Figure) -> str:
    """A figure as a TOML value, every digit kept."""
    if isinstance(figure, Money):
        return f'"{figure.text}"'
    return f"{figure:f}" if isinstance(figure, Decimal) else str(figure)


class Writer:
    """Collects the lines of a file by the table that they stand in."""

    def __init__(self, draw: st.DrawFn, report: Report, *, typed_totals: bool) -> None:
        self._draw = draw
        self._types_totals = typed_totals
        self._report = report
        self._tables: defaultdict[Address, list[str]] = defaultdict(list)
        self._entries = address_book(report.layout).entries

    def text(self) -> str:
        """The file: what stands at its top, then its tables in any order."""
        self._plain_keys()
        for place, text in self._report.narrative.items():
            table, _, key = f"narrative.{place}".rpartition(".")
            self._line(table, key, self._draw(st.sampled_from(strings(text))))
        for row, entries in self._rows().items():
            self._row(row, entries)
        top = self._tables.pop("")
        lines = [
            line
            for name in self._draw(st.permutations(sorted(self._tables)))
            for line in ("", f"[{name}]", *self._tables[name])
        ]
        return "\n".join([*top, *lines, ""])

    def _line(self, table: Address, key: str, value: str) -> None:
        self._tables[table].append(f"{key} = {value}{self._draw(st.sampled_from(COMMENTS))}")

    def _plain_keys(self) -> None:
        report = self._report
        self._line("", "year", str(report.year))
        for key, text in (("agency", report.agency), ("title", report.title), ("pack", report.pack)):
            if text:
                self._line("", key, self._draw(st.sampled_from(strings(text))))
        if report.published:
            self._line("", "published", report.published.isoformat())
        if report.vertical:
            self._line("", "vertical", "true")
        if len(report.departments) == 1:
            self._line("", "departments", json.dumps(report.departments[0], ensure_ascii=False))
        elif report.departments:
            self._line("", "departments", json.dumps(report.departments, ensure_ascii=False))

    # Rows

    def _rows(self) -> dict[Address, list[Entry]]:
        """The rows that have something to write, and some more; all under one top key stand in tables or none does."""
        rows: dict[Address, list[Entry]] = {}
        for entry in self._entries.values():
            if entry.is_total and not self._types_totals:
                continue
            rows.setdefault(entry.address.rpartition(".")[0], []).append(entry)
        with_zeros = self._draw(st.sets(st.sampled_from(sorted(rows)), max_size=5))
        return {
            row: entries
            for row, entries in rows.items()
            if row in with_zeros or any(entry.address in self._report.figures for entry in entries)
        }

    def _row(self, row: Address, entries: list[Entry]) -> None:
        form = self._draw(st.sampled_from(Form))
        table, _, key = row.rpartition(".")
        if form in ARRAYS:
            self._line(table, key, self._array(entries, form))
            return
        pairs = self._pairs(entries)
        if form is Form.INLINE:
            self._line(table, key, "{ " + ", ".join(f"{name} = {value}" for name, value in pairs) + " }")
        elif form is Form.TABLE:
            self._tables[row] += [f"{name} = {value}" for name, value in pairs]
        else:
            for name, value in pairs:
                self._line(table, f"{key}.{name}", value)

    def _array(self, entries: list[Entry], form: Form) -> str:
        with_total = form is Form.ARRAY_WITH_TOTAL and self._types_totals
        values = [self._value(entry) for entry in entries if with_total or not entry.column.head.is_total]
        if form is not Form.ARRAY_OVER_LINES:
            return f"[{', '.join(values)}]"
        return "[\n" + "".join(f"  {value},{self._draw(st.sampled_from(COMMENTS))}\n" for value in values) + "]"

    def _pairs(self, entries: list[Entry]) -> list[tuple[str, str]]:
        """What is given of a row, and perhaps a zero or a total."""
        also = self._draw(st.sets(st.sampled_from(entries), max_size=2))
        return [
            (entry.address.rpartition(".")[2], self._value(entry))
            for entry in entries
            if entry in also or entry.address in self._report.figures
        ]

    def _value(self, entry: Entry) -> str:
        given = self._report.figures
        if not entry.is_total:
            return number(given.get(entry.address, 0))
        return str(sum(int(str(given.get(address, 0))) for address in entry.summands))
