"""Whether a made report shows what it must: its title, headings and texts, and each figure under its own heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from gxgen.core import codes
from gxgen.core.findings import Code
from gxgen.services.pack.read_back import Sheet, Table, squeezed
from gxgen.services.pack.trial_reports import Kinds, Trial
from gxgen.spec import Entry, address_book
from gxgen.view import Role

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MOST_NAMED = 4
"""Labels that a message names."""
LONGEST_EXCERPT = 20
"""Characters of a lost text."""
Spot = tuple[int, int, int]
"""Table, row and column of a place where a figure stands, from 0."""


class Lack(NamedTuple):
    """One thing that a made report does not show as it must."""

    code: Code
    message: str
    hint: str
    addresses: tuple[str, ...] = ()
    """The figures that it is about."""


class Proof(NamedTuple):
    """What was found in one made report."""

    lacks: tuple[Lack, ...]
    spots: Mapping[str, Spot]
    """Where each figure stands, of a report whose figures are all different."""
    order: tuple[str, ...]
    """Its parts and figures in reading order."""


def prove(trial: Trial, sheet: Sheet, *, needs_tables: bool, spots: Mapping[str, Spot] | None = None) -> Proof:
    """Hold a made report against the report that it was made from.

    Args:
        trial: the report.
        sheet: what was read back.
        needs_tables: whether figures must stand in tables; plain text may arrange them as it likes.
        spots: for the report of zeros, where the figures of the other stand.
    """
    lacks = [*_texts_missing(trial, sheet), *_headings_out_of_order(trial, sheet)]
    found: Mapping[str, Spot] = {}
    if trial.kind is Kinds.DIFFERENT:
        lacks += _labels_missing(trial, sheet) if needs_tables else ()
        found, of_figures = _figures(trial, sheet, needs_tables=needs_tables)
        lacks += of_figures
    elif trial.kind is Kinds.ZERO and spots:
        lacks += _not_zero(trial, sheet, spots)
    return Proof(tuple(lacks), found, tuple(_order(trial, sheet)))


# Titles, headings, texts


def _texts_missing(trial: Trial, sheet: Sheet) -> Iterator[Lack]:
    document, shown = trial.document, "\n".join(sheet.lines)
    if squeezed(document.title) not in shown.replace("\n", ""):
        yield Lack(codes.TRIAL, "没有印出报告的标题", "模板里放上 {{ title }}")
    for section in document.sections:
        if squeezed(section.heading) not in shown:
            yield Lack(
                codes.HEADINGS, f"没有印出标题「{section.heading}」", f"模板里放上 {{{{ {section.key}.heading }}}}"
            )
    parts = [("preamble", "开头的段落", document.preamble)]
    parts += [(f"{one.key}.text", f"「{one.heading}」的正文", one.blocks) for one in document.sections]
    for name, called, blocks in parts:
        lost = [block.text for block in blocks if squeezed(block.text) not in shown]
        if lost:
            excerpt = lost[0] if len(lost[0]) <= LONGEST_EXCERPT else f"{lost[0][:LONGEST_EXCERPT]}…"
            yield Lack(codes.TRIAL, f"没有完整印出{called}：缺「{excerpt}」", f"模板里放上 {{{{ {name} }}}}")


def _headings_out_of_order(trial: Trial, sheet: Sheet) -> Iterator[Lack]:
    at = {
        section.heading: number
        for section in trial.document.sections
        for number, line in enumerate(sheet.lines)
        if squeezed(section.heading) in line
    }
    for first, second in pairwise(section.heading for section in trial.document.sections):
        if at.get(first, -1) > at.get(second, len(sheet.lines)):
            yield Lack(codes.HEADINGS, f"「{second}」排到了「{first}」前面", "各部分的次序由格式规定，照原来的次序放")


# Tables


def _labels_missing(trial: Trial, sheet: Sheet) -> Iterator[Lack]:
    shown = _in_tables(sheet)
    for section in trial.document.sections:
        frame = section.grid.frame if section.grid else None
        cells = frame.cells if frame else ()
        labels = [cell.text for cell in cells if cell.role is not Role.FIGURE]
        lost = [label for label in dict.fromkeys(labels) if squeezed(label) not in shown and label.strip()]
        if lost:
            named = "、".join(f"「{label}」" for label in lost[:MOST_NAMED])
            more = f"等 {len(lost)} 个" if len(lost) > MOST_NAMED else ""
            yield Lack(
                codes.TRIAL, f"「{section.heading}」的表格缺少规定的项目名称：{named}{more}", "照规定的名称一字不差地写"
            )


def _in_tables(sheet: Sheet) -> set[str]:
    return {squeezed(text) for table in sheet.tables for row in table for text in row}


def _figures(trial: Trial, sheet: Sheet, *, needs_tables: bool) -> tuple[dict[str, Spot], list[Lack]]:
    entries, printed = address_book(trial.layout).entries, trial.document.figures
    addresses = {printed[address].text: address for address in entries}
    shown = _in_tables(sheet)
    spots: dict[str, Spot] = {}
    wrong: dict[str, Spot] = {}
    for spot, number in _numbers(sheet.tables):
        if address := addresses.get(number):
            is_right = _is_under(entries[address], sheet.tables[spot[0]], spot, shown)
            (spots if is_right else wrong)[address] = spot
    lacks = [_misplaced(entries[address], sheet.tables[spot[0]], spot) for address, spot in wrong.items()]
    prose = set(NUMBER.findall("\n".join(sheet.lines))) if not needs_tables else set()
    for address, entry in entries.items():
        if address not in spots and address not in wrong and printed[address].text not in prose:
            lacks.append(Lack(codes.TRIAL, f"没有印出{entry.printed}的数（{address}）", _tag_hint(address), (address,)))
    return spots, lacks


def _numbers(tables: list[Table]) -> Iterator[tuple[Spot, str]]:
    for number, table in enumerate(tables):
        for y, row in enumerate(table):
            for x, text in enumerate(row):
                for figure in NUMBER.findall(text):
                    yield (number, y, x), figure


def _is_under(entry: Entry, table: Table, spot: Spot, shown: set[str]) -> bool:
    """Whether a figure's row and column are headed as the form heads them, as far as its labels are shown at all."""
    _, y, x = spot
    row, column = set(map(squeezed, table[y])), set(map(squeezed, _above(table, y, x)))
    return _labels(entry.row.labels) & shown <= row and _labels(entry.column.labels) & shown <= column


def _above(table: Table, y: int, x: int) -> list[str]:
    return [row[x] for row in table[:y] if x < len(row)]


def _labels(labels: tuple[str, ...]) -> set[str]:
    return {squeezed(label) for label in labels if label}


def _misplaced(entry: Entry, table: Table, spot: Spot) -> Lack:
    _, y, x = spot
    row, column = _heads(table[y]), _heads(_above(table, y, x))
    named = (f"「{row}」行" if row else "") + (f"「{column}」列" if column else "")
    message = f"{entry.printed}的数（{entry.address}）印到了{named}"
    return Lack(codes.TRIAL, message, "把这个格子的标记换成这一格自己的地址", (entry.address,))


def _heads(texts: Iterable[str]) -> str:
    """The last few heads among the cells of a row or column."""
    heads = [squeezed(text) for text in texts if text.strip() and not NUMBER.search(text)]
    return "—".join(list(dict.fromkeys(heads))[-MOST_NAMED:])


def _tag_hint(address: str) -> str:
    return f"在表上这一格里写 {{{{ {address} }}}}"


def _not_zero(trial: Trial, sheet: Sheet, spots: Mapping[str, Spot]) -> Iterator[Lack]:
    """A figure that is 0 is printed all the same, where it stands when it is not."""
    for address, (number, y, x) in spots.items():
        wanted = trial.document.figures[address].text
        try:
            text = sheet.tables[number][y][x]
        except IndexError:
            text = ""
        if wanted not in NUMBER.findall(text):
            entry = address_book(trial.layout).entries[address]
            message = f"{entry.printed}的数（{address}）是 0 时没有印出 0"
            yield Lack(codes.TRIAL, message, "0 也要照印：这一格不要加条件", (address,))


def _order(trial: Trial, sheet: Sheet) -> Iterator[str]:
    """The headings, texts and figures of tables in reading order."""
    document = trial.document
    blocks = [*document.preamble, *(block for section in document.sections for block in section.blocks)]
    units = [document.title, *(section.heading for section in document.sections), *(block.text for block in blocks)]
    known = {squeezed(unit) for unit in units}
    figures = {figure.text for figure in document.figures.values()}
    seen: set[str] = set()
    for part in sheet.parts:
        if isinstance(part, str):
            found = [squeezed(part)] if squeezed(part) in known else []
        else:
            found = [number for row in part for text in row for number in NUMBER.findall(text) if number in figures]
        yield from (one for one in found if one not in seen)
        seen.update(found)
