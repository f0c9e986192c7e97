"""Notes about what was not read, one for each cause, each with the addresses of the cells that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gxgen.core import codes
from gxgen.published.document import Location
from gxgen.published.labels import quoted
from gxgen.published.tables.cells import ReadingProblem
from gxgen.published.tables.evidence import Unread, Verdict
from gxgen.published.tables.forms import Form
from gxgen.spec import Address, Entry

MOST_NAMED = 8
"""Rows or cells that one note names."""
SHORTEST_LIST = 3
"""Rows or cells with one cause that are reported in one note; fewer have a note each, with their place."""


def merged_by_cause(problems: Iterable[ReadingProblem]) -> Iterator[ReadingProblem]:
    """One note for the rows of a table that have one cause in common, at the location of the first."""
    groups: dict[tuple[str, int, str], list[ReadingProblem]] = {}
    for one in problems:
        groups.setdefault((one.code.name, one.location.table, one.cause), []).append(one)
    for (_, _, cause), found in groups.items():
        if len(found) < SHORTEST_LIST or not any(one.quote for one in found):
            yield from found
            continue
        shown = "；".join(quoted(one.quote, 30) for one in found[:MOST_NAMED])
        rows = sorted({one.location.row or one.location.line for one in found})
        common = f"有 {len(found)} 处{cause}（第 {rows[0]} 行至第 {rows[-1]} 行）"
        unread = tuple(dict.fromkeys(address for one in found for address in one.unread))
        yield found[0]._replace(cause=common, unread=unread, quote=shown)


def unread_notes(forms: Iterable[Form], verdicts: Iterable[Verdict]) -> Iterator[ReadingProblem]:
    """Notes about rows of which nothing was taken, and about single cells."""
    verdicts = tuple(verdicts)
    for form in forms:
        own = [one for one in verdicts if one.row.entries[0].address in form.addresses]
        rows: dict[str, list[Verdict]] = {}
        cells: dict[str, list[Unread]] = {}
        for verdict in own:
            if verdict.reason:
                rows.setdefault(verdict.reason, []).append(verdict)
            for cell in verdict.unread if not verdict.reason else ():
                if cell.reason:
                    cells.setdefault(cell.reason, []).append(cell)
        for reason, found in rows.items():
            yield from _of_rows(form, reason, found)
        for reason, unread in cells.items():
            yield from _of_cells(form, reason, unread)


def confirmed_notes(verdicts: Iterable[Verdict]) -> Iterator[ReadingProblem]:
    """Notes about figures that were read although something in their cell was left out."""
    for verdict in verdicts:
        for cell in verdict.taken:
            if cell.unclear:
                message = f"{cell.entry.printed}，{cell.unclear}；按「{quoted(cell.text)}」读入，与总计相符"
                yield ReadingProblem(codes.IMPORT_EXTRA, cell.location, message, cell.entry.address)


def _of_rows(form: Form, reason: str, verdicts: list[Verdict]) -> Iterator[ReadingProblem]:
    if len(verdicts) < SHORTEST_LIST:
        for one in verdicts:
            name = one.row.entries[0].row.printed or form.section.heading
            message = f"「{quoted(name)}」{reason}" + (f"：{one.row.quoted}" if one.row.slots else "")
            yield ReadingProblem(codes.IMPORT_ROW, one.row.location, message, _where([one]), unread=_addresses(one))
        return
    names = [one.row.entries[0].row.printed for one in verdicts]
    message = f"「{form.section.heading}」的表格有 {len(verdicts)} 行{reason.replace('这一行', '')}：{_listed(names)}"
    unread = tuple(address for one in verdicts for address in _addresses(one))
    yield ReadingProblem(codes.IMPORT_ROW, verdicts[0].row.location, message, _where(verdicts), unread=unread)


def _where(verdicts: list[Verdict]) -> Address:
    entry = verdicts[0].row.entries[0]
    return entry.row.address or entry.address


def _addresses(verdict: Verdict) -> tuple[Address, ...]:
    return tuple(cell.entry.address for cell in verdict.unread)


def _of_cells(form: Form, reason: str, cells: list[Unread]) -> Iterator[ReadingProblem]:
    if len(cells) < SHORTEST_LIST:
        for cell in cells:
            shown = f"：「{quoted(cell.text)}」" if cell.text.strip() else ""
            message = f"{cell.entry.printed}，{reason}{shown}"
            yield ReadingProblem(
                codes.IMPORT_CELL, cell.location, message, cell.entry.address, unread=(cell.entry.address,)
            )
        return
    names = [_name(cell.entry) for cell in cells]
    message = f"「{form.section.heading}」的表格有 {len(cells)} 格没有读入，{reason}：{_listed(names)}"
    unread = tuple(cell.entry.address for cell in cells)
    yield ReadingProblem(codes.IMPORT_CELL, cells[0].location, message, cells[0].entry.address, unread=unread)


def _name(entry: Entry) -> str:
    return f"{entry.row.printed}—{entry.column.printed}" if entry.row.printed else entry.column.printed


def missing_notes(
    forms: Iterable[Form], unread: Collection[Address], reported: Collection[Address], known: Collection[str]
) -> Iterator[ReadingProblem]:
    """Notes about the cells that nothing has been said of: one for each table.

    Args:
        forms: the tables of the layout.
        unread: every address without a figure.
        reported: the addresses that other notes are about.
        known: the sections whose table was found.
    """
    for form in forms:
        left = [entry for entry in form.entries if entry.address in unread and entry.address not in reported]
        addresses = tuple(entry.address for entry in left)
        if form.section.key not in known:
            message = f"没有找到「{form.section.heading}」的表格"
            yield ReadingProblem(codes.IMPORT_MISSING, Location(), message, form.section.key, unread=addresses)
        elif left:
            where = left[0].row.address or left[0].address
            yield ReadingProblem(
                codes.IMPORT_MISSING, Location(), _what_is_missing(form, left), where, unread=addresses
            )


def _what_is_missing(form: Form, left: list[Entry]) -> str:
    rows: dict[Address, list[Entry]] = {}
    for entry in left:
        rows.setdefault(entry.row.address, []).append(entry)
    if len(rows) > 1:
        names = [found[0].row.printed for found in rows.values()]
        return f"「{form.section.heading}」的表格有 {len(rows)} 行没有读到，或者没有读全：{_listed(names)}"
    row = left[0].row.printed
    if len(left) == len([entry for entry in form.entries if entry.row.address == left[0].row.address]):
        return f"没有读到「{row}」这一行" if row else "没有读到表中的数字"
    columns = "、".join(f"「{entry.column.printed}」" for entry in left)
    return f"{f'「{row}」行' if row else ''}没有读到{columns}"


def _listed(names: list[str]) -> str:
    shown = "、".join(f"「{quoted(name)}」" for name in names[:MOST_NAMED])
    return f"{shown}等" if len(names) > MOST_NAMED else shown
