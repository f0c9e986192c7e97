"""A report to the text of a data file: every line with its official label, and comments where something is missing.

The same report gives the same text, and reading it gives the report back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from gxgen.core.text import UNPRINTABLE, display_width
from gxgen.model import DEFAULT_PACK, Figure, Money, Report
from gxgen.spec import LEAD, PREAMBLE, Address, Entry, Node, Section, address_book, join

LABEL_COLUMN = 40
"""Where remarks after a value begin, if it is not longer."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What a TOML string cannot hold as it is."""
Remarks = Mapping[Address, tuple[str, ...]]
"""What to say at an address, or at a branch of addresses; the empty address is the head of the file."""


def data_file(report: Report, remarks: Remarks | None = None) -> str:
    """Return the data file of a report."""
    return "\n".join(Writer(report, remarks or {}).lines()) + "\n"


class Writer:
    """Writes each part with the comments on it; comments on nothing that is written come last."""

    def __init__(self, report: Report, remarks: Remarks) -> None:
        self._report = report
        self._remarks = dict(remarks)
        self._outline = address_book(report.layout).outline

    def lines(self) -> Iterator[str]:
        """Yield the file line by line."""
        yield from self._remarks_at("")
        yield from self._plain()
        yield from self._narrative()
        for node in self._outline.children.values():
            yield from self._table(node)
        yield from self._all_remarks()

    def _remarks_at(self, address: Address) -> Iterator[str]:
        for remark in self._remarks.pop(address, ()):
            yield from (f"# {line}".rstrip() for line in printable_line(remark).split("\n"))

    def _all_remarks(self) -> Iterator[str]:
        for address in list(self._remarks):
            yield from self._remarks_at(address)

    def _plain(self) -> Iterator[str]:
        report = self._report
        yield labelled(f"year = {report.year}", "报告年度")
        values = (
            ("agency", report.agency, "机关名称"),
            ("title", report.title, "标题"),
            ("pack", report.pack if report.pack != DEFAULT_PACK else "", "模板包"),
        )
        for key, text, label in values:
            yield from self._remarks_at(key)
            if text:
                yield labelled(f"{key} = {string(text)}", label)
        yield from self._remarks_at("year")
        if report.published:
            yield labelled(f"published = {report.published.isoformat()}", "公布日期")
        if report.vertical:
            yield labelled("vertical = true", "垂直管理，不计入所在地政府的汇总")
        if report.departments:
            yield labelled(f"departments = {strings(report.departments)}", "所属机关的数据文件")

    # Texts

    def _narrative(self) -> Iterator[str]:
        yield from ("", "[narrative]")
        yield from self._text(PREAMBLE, "开头语（第一部分之前）")
        later: list[Section] = []
        for section in self._report.layout.sections:
            if self._has_topics(section):
                later.append(section)
            else:
                yield from self._text(section.key, section.heading)
        for section in later:
            yield from ("", f"[narrative.{section.key}]  # {section.heading}")
            yield from self._remarks_at(f"narrative.{section.key}")
            yield from self._text(join(section.key, LEAD), "分项之前")
            for topic in section.topics:
                yield from self._text(f"{section.key}.{topic.key}", topic.label)

    def _has_topics(self, section: Section) -> bool:
        """Whether a section is written topic by topic."""
        return any(f"{section.key}.{topic.key}" in self._report.narrative for topic in section.topics)

    def _text(self, place: str, label: str) -> Iterator[str]:
        yield from self._remarks_at(f"narrative.{place}")
        text = self._report.narrative.get(place, "")
        if text:
            yield f"# {label}"
            yield f"{place.rpartition('.')[2]} = {string(text)}"

    # Figures

    def _table(self, node: Node) -> Iterator[str]:
        """Yield a table with its rows, then the tables below it."""
        lines = list(self._rows(node))
        if lines:
            yield from ("", f"[{node.address}]{f'  # {node.label}' if node.label else ''}")
            yield from lines
        if node.columns:
            return
        for child in node.children.values():
            if not child.entry and not child.columns:
                yield from self._table(child)

    def _rows(self, node: Node) -> Iterator[str]:
        """Yield a table's rows, or its figures if it is a row."""
        yield from self._remarks_at(node.address)
        if node.columns:
            yield from self._figures(node.columns)
            return
        order = ""
        for child in node.children.values():
            if not child.columns:
                continue
            written = list(self._row(child))
            given = "、".join(column.label for column in self._listed(child))
            if any(" = [" in line for line in written) and given != order:
                order = given
                yield f"# 数字依次是：{given}"
            yield from written

    def _listed(self, row: Node) -> Iterable[Node]:
        """Return the columns that a row lists, its total included if the agency typed it."""
        if all(self._figure(column) is not None for column in row.columns):
            return row.columns
        return [column for column in row.columns if column.entry and not column.entry.is_total]

    def _row(self, row: Node) -> Iterator[str]:
        remarks = list(self._remarks_at(row.address))
        for column in row.columns:
            remarks += self._remarks_at(column.address)
        yield from remarks
        given = {column.key: figure for column in row.columns if (figure := self._figure(column)) is not None}
        if any(figure != 0 for figure in given.values()):
            yield labelled(f"{row.key} = {self._values(row, given)}", row.label)

    def _values(self, row: Node, given: Mapping[str, Figure]) -> str:
        """Return all figures in order, or the given ones by name."""
        without_total = [column for column in row.columns if column.entry and not column.entry.is_total]
        for columns in (list(row.columns), without_total):
            if len(columns) > MOST_NAMED and {column.key for column in columns} == set(given):
                return f"[{', '.join(number(given[column.key]) for column in columns)}]"
        pairs = (f"{key} = {number(figure)}" for key, figure in given.items())
        return f"{{ {', '.join(pairs)} }}"

    def _figures(self, columns: Iterable[Node]) -> Iterator[str]:
        columns = tuple(columns)
        is_empty = not any(self._figure(column) for column in columns)
        for column in columns:
            yield from self._remarks_at(column.address)
            figure = self._figure(column)
            # A typed total of 0 over figures is kept, wrong as it is: the agency wrote it.
            is_typed_total = figure is not None and bool(column.entry and column.entry.is_total)
            if figure or (is_typed_total and not is_empty):
                assert figure is not None, "it has been looked at"
                yield labelled(f"{column.key} = {number(figure)}", column.label)

    def _figure(self, column: Node) -> Figure | None:
        """Return the figure or typed total at an address; None if the report has none."""
        entry = column.entry
        assert isinstance(entry, Entry), "a column is a figure"
        if entry.address in self._report.unread:
            return None
        given = self._report.assertions if entry.is_total else self._report.figures
        if entry.is_total:
            return given.get(entry.address)
        return given.get(entry.address, 0)


MOST_NAMED = 3
"""A row of up to so many figures names them: the order is easily mixed up."""


def labelled(text: str, label: str) -> str:
    """Return a line with a comment."""
    return f"{text}{' ' * max(LABEL_COLUMN - display_width(text), 0)}  # {label}" if label else text


def number(figure: Figure) -> str:
    """Return a figure as a TOML value, every digit kept."""
    if isinstance(figure, Money):
        return f'"{figure.text}"'
    return f"{figure:f}" if isinstance(figure, Decimal) else str(figure)


def row_value(report: Report, row: Node) -> str:
    """Return the figures of a row, zeros included and totals left out, as a TOML value."""
    given = {
        column.key: report.figures.get(column.address, 0)
        for column in row.columns
        if column.entry and not column.entry.is_total
    }
    return Writer(report, {})._values(row, given)


def strings(texts: Iterable[str]) -> str:
    """Return texts as a TOML array."""
    return f"[{', '.join(map(string, texts))}]"


def printable_line(text: str) -> str:
    """Return text that a comment can hold."""
    return UNPRINTABLE.sub("\ufffd", text).replace("\t", " ").replace("\x7f", "\ufffd")


def string(text: str) -> str:
    """Return a text as a TOML string: on one line, or a paragraph a line."""
    escaped = CONTROL.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"'))
    # A line feed right after the opening quotes is no part of the text, and there is none before the closing ones.
    return f'"""\n{escaped}"""' if "\n" in text else f'"{escaped}"'


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"
