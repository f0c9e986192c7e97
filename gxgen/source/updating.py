"""Writing new figures into an existing data file, whose texts, comments and order stay.

tomlkit edits the file's own syntax tree, and what comes of it is read again: unless it is the same report with just the
new figures, nothing is given.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from gxgen.model import Figure, Report
from gxgen.source import Reading, read_bytes
from gxgen.source.misspelt import as_toml
from gxgen.source.reader import Form
from gxgen.source.writer import row_value, strings
from gxgen.spec import Address, Node, address_book


def updated_text(reading: Reading, report: Report, form: Form) -> str | None:
    """Return a data file's text with the figures and departments of *report*; None if that is not safe.

    Typed totals are taken out: they were those of the old figures.

    Args:
        reading: the data file as it is.
        report: whose figures and departments it gets.
        form: the forms for the data file.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    before = reading.report
    if before is None or reading.repaired:
        return None
    try:
        document = tomlkit.parse(reading.text)
        if before.departments != report.departments and report.departments:
            document["departments"] = tomlkit.value(strings(report.departments))
        _fill(document, address_book(report.layout).outline, report)
        text = tomlkit.dumps(document)
    except (TOMLKitError, TypeError, ValueError, LookupError, AttributeError):  # a shape that tomlkit cannot edit
        return None
    return text if _is_same_but_for_figures(text, before, report, form) else None


def figures_of(report: Report) -> Mapping[Address, Figure]:
    """Return the figures of a report that are not 0."""
    return {address: figure for address, figure in report.figures.items() if figure != 0}


def _fill(table: MutableMapping[str, Any], node: Node, report: Report) -> None:
    """Put the figures below a node into its table."""
    import tomlkit

    for child in node.children.values():
        if child.columns:
            _fill_row(table, child, report)
        elif child.key in table:
            _fill(table[child.key], child, report)
        elif any(report.figures.get(below.address) for below in child.walk()):
            table[child.key] = tomlkit.table()
            _fill(table[child.key], child, report)


def _fill_row(table: MutableMapping[str, Any], row: Node, report: Report) -> None:
    import tomlkit

    totals = [column for column in row.columns if column.entry and column.entry.is_total]
    wanted = {column.key: report.figures.get(column.address, 0) for column in row.columns if column not in totals}
    given = table.get(row.key)
    if isinstance(given, MutableMapping):
        for column in totals:
            given.pop(column.key, None)
        for key, figure in wanted.items():
            if str(given.get(key, 0)) != str(figure):
                given[key] = tomlkit.value(as_toml(figure))
    elif given is None and any(wanted.values()):
        table[row.key] = tomlkit.value(row_value(report, row)).comment(row.label)
    elif given is not None and not wanted:
        del table[row.key]
    elif given is not None and [*map(str, given)] != [*map(str, wanted.values())]:
        table[row.key] = tomlkit.value(row_value(report, row))


def _is_same_but_for_figures(text: str, before: Report, wanted: Report, form: Form) -> bool:
    reading = read_bytes(text.encode("utf-8"), form)
    if reading.report is None or any(finding.is_error for finding in reading.findings):
        return False
    nothing: Mapping[Address, Figure] = MappingProxyType({})
    expected = replace(before, figures=nothing, assertions=nothing, departments=wanted.departments, unread=frozenset())
    found = replace(reading.report, figures=nothing)
    return found == expected and figures_of(reading.report) == figures_of(wanted)
