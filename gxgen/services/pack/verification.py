"""Verify that a made report shows its title, headings and texts, and each figure under its own heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import msgspec

from gxgen.core import codes
from gxgen.core.findings import Code
from gxgen.services.pack.read_back import ReadReport, Table, without_space
from gxgen.services.pack.trial_reports import Trial, TrialKind
from gxgen.spec import Entry, address_book
from gxgen.view import Role

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MAX_NAMED = 4
"""Labels that a message names."""
MAX_EXCERPT_LENGTH = 20
"""Characters of a lost text."""
CellPosition = tuple[int, int, int]
"""Table, row and column of a cell, from 0."""


class Defect(msgspec.Struct, frozen=True):
    """Something that a made report does not show as it has to."""

    code: Code
    message: str
    hint: str
    addresses: tuple[str, ...] = ()
    """The figures concerned."""


class Verification(msgspec.Struct, frozen=True):
    """The outcome of verifying one made report."""

    defects: tuple[Defect, ...]
    positions: Mapping[str, CellPosition]
    """The position of each figure, for a report whose figures are all different."""
    order: tuple[str, ...]
    """Its parts and figures in reading order."""


def verify(
    trial: Trial, report: ReadReport, *, needs_tables: bool, positions: Mapping[str, CellPosition] | None = None
) -> Verification:
    """Compare a made report with the report that it was made from.

    Args:
        trial: the report.
        report: the made report, read back.
        needs_tables: whether figures must stand in tables; plain text may arrange them as it likes.
        positions: for the report of zeros, the positions of figures in the report of different figures.
    """
    defects = [*_texts_missing(trial, report), *_headings_out_of_order(trial, report)]
    found: Mapping[str, CellPosition] = {}
    if trial.kind is TrialKind.DIFFERENT:
        defects += _labels_missing(trial, report) if needs_tables else ()
        found, of_figures = _figures(trial, report, needs_tables=needs_tables)
        defects += of_figures
    elif trial.kind is TrialKind.ZERO and positions:
        defects += _not_zero(trial, report, positions)
    return Verification(tuple(defects), found, tuple(_order(trial, report)))


# Titles, headings, texts


def _texts_missing(trial: Trial, report: ReadReport) -> Iterator[Defect]:
    document, shown = trial.document, "\n".join(report.lines)
    if without_space(document.title) not in shown.replace("\n", ""):
        yield Defect(codes.TRIAL, "没有印出报告的标题", "模板里放上 {{ title }}")
    for section in document.sections:
        if without_space(section.heading) not in shown:
            yield Defect(
                codes.HEADINGS, f"没有印出标题「{section.heading}」", f"模板里放上 {{{{ {section.key}.heading }}}}"
            )
    parts = [("preamble", "开头的段落", document.preamble)]
    parts += [(f"{one.key}.text", f"「{one.heading}」的正文", one.blocks) for one in document.sections]
    for name, called, blocks in parts:
        lost = [block.text for block in blocks if without_space(block.text) not in shown]
        if lost:
            excerpt = lost[0] if len(lost[0]) <= MAX_EXCERPT_LENGTH else f"{lost[0][:MAX_EXCERPT_LENGTH]}…"
            yield Defect(codes.TRIAL, f"没有完整印出{called}：缺「{excerpt}」", f"模板里放上 {{{{ {name} }}}}")


def _headings_out_of_order(trial: Trial, report: ReadReport) -> Iterator[Defect]:
    at = {
        section.heading: number
        for section in trial.document.sections
        for number, line in enumerate(report.lines)
        if without_space(section.heading) in line
    }
    for first, second in pairwise(section.heading for section in trial.document.sections):
        if at.get(first, -1) > at.get(second, len(report.lines)):
            yield Defect(codes.HEADINGS, f"「{second}」排到了「{first}」前面", "各部分的次序由格式规定，照原来的次序放")


# Tables


def _labels_missing(trial: Trial, report: ReadReport) -> Iterator[Defect]:
    shown = _in_tables(report)
    for section in trial.document.sections:
        frame = section.grid.frame if section.grid else None
        cells = frame.cells if frame else ()
        labels = [cell.text for cell in cells if cell.role is not Role.FIGURE]
        lost = [label for label in dict.fromkeys(labels) if without_space(label) not in shown and label.strip()]
        if lost:
            named = "、".join(f"「{label}」" for label in lost[:MAX_NAMED])
            more = f"等 {len(lost)} 个" if len(lost) > MAX_NAMED else ""
            yield Defect(
                codes.TRIAL, f"「{section.heading}」的表格缺少规定的项目名称：{named}{more}", "照规定的名称一字不差地写"
            )


def _in_tables(report: ReadReport) -> set[str]:
    return {without_space(text) for table in report.tables for row in table for text in row}


def _figures(trial: Trial, report: ReadReport, *, needs_tables: bool) -> tuple[dict[str, CellPosition], list[Defect]]:
    entries, printed = address_book(trial.layout).entries, trial.document.figures
    addresses = {printed[address].text: address for address in entries}
    shown = _in_tables(report)
    positions: dict[str, CellPosition] = {}
    wrong: dict[str, CellPosition] = {}
    for position, number in _numbers(report.tables):
        if address := addresses.get(number):
            is_right = _is_under(entries[address], report.tables[position[0]], position, shown)
            (positions if is_right else wrong)[address] = position
    defects = [_misplaced(entries[address], report.tables[at[0]], at) for address, at in wrong.items()]
    prose = set(NUMBER.findall("\n".join(report.lines))) if not needs_tables else set()
    for address, entry in entries.items():
        if address not in positions and address not in wrong and printed[address].text not in prose:
            defects.append(
                Defect(codes.TRIAL, f"没有印出{entry.printed}的数（{address}）", _tag_hint(address), (address,))
            )
    return positions, defects


def _numbers(tables: list[Table]) -> Iterator[tuple[CellPosition, str]]:
    for number, table in enumerate(tables):
        for y, row in enumerate(table):
            for x, text in enumerate(row):
                for figure in NUMBER.findall(text):
                    yield (number, y, x), figure


def _is_under(entry: Entry, table: Table, position: CellPosition, shown: set[str]) -> bool:
    """Whether a figure's row and column have the form's heads, as far as the report shows its labels at all."""
    _, y, x = position
    row, column = set(map(without_space, table[y])), set(map(without_space, _above(table, y, x)))
    return _labels(entry.row.labels) & shown <= row and _labels(entry.column.labels) & shown <= column


def _above(table: Table, y: int, x: int) -> list[str]:
    return [row[x] for row in table[:y] if x < len(row)]


def _labels(labels: tuple[str, ...]) -> set[str]:
    return {without_space(label) for label in labels if label}


def _misplaced(entry: Entry, table: Table, position: CellPosition) -> Defect:
    _, y, x = position
    row, column = _heads(table[y]), _heads(_above(table, y, x))
    named = (f"「{row}」行" if row else "") + (f"「{column}」列" if column else "")
    message = f"{entry.printed}的数（{entry.address}）印到了{named}"
    return Defect(codes.TRIAL, message, "把这个格子的标记换成这一格自己的地址", (entry.address,))


def _heads(texts: Iterable[str]) -> str:
    """Return the last few heads among the cells of a row or column."""
    heads = [without_space(text) for text in texts if text.strip() and not NUMBER.search(text)]
    return "—".join(list(dict.fromkeys(heads))[-MAX_NAMED:])


def _tag_hint(address: str) -> str:
    return f"在表上这一格里写 {{{{ {address} }}}}"


def _not_zero(trial: Trial, report: ReadReport, positions: Mapping[str, CellPosition]) -> Iterator[Defect]:
    """Yield figures of 0 that are not printed at the position that they have when they are not 0."""
    for address, (number, y, x) in positions.items():
        wanted = trial.document.figures[address].text
        try:
            text = report.tables[number][y][x]
        except IndexError:
            text = ""
        if wanted not in NUMBER.findall(text):
            entry = address_book(trial.layout).entries[address]
            message = f"{entry.printed}的数（{address}）是 0 时没有印出 0"
            yield Defect(codes.TRIAL, message, "0 也要照印：这一格不要加条件", (address,))


def _order(trial: Trial, report: ReadReport) -> Iterator[str]:
    """Yield the headings, texts and figures of tables in reading order."""
    document = trial.document
    blocks = [*document.preamble, *(block for section in document.sections for block in section.blocks)]
    units = [document.title, *(section.heading for section in document.sections), *(block.text for block in blocks)]
    known = {without_space(unit) for unit in units}
    figures = {figure.text for figure in document.figures.values()}
    seen: set[str] = set()
    for part in report.parts:
        if isinstance(part, str):
            found = [without_space(part)] if without_space(part) in known else []
        else:
            found = [number for row in part for text in row for number in NUMBER.findall(text) if number in figures]
        yield from (one for one in found if one not in seen)
        seen.update(found)
