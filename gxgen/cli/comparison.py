"""A comparison of two reports: as text for a terminal of 80 columns, and as JSON (``docs/diff.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from gxgen.cli.formats.json_document import SCHEMA, record
from gxgen.core.text import display_width, wrap
from gxgen.engine.results import Result
from gxgen.services.diff import (
    CellPair,
    Comparison,
    Edit,
    EditKind,
    Figure,
    SectionDiff,
    Segment,
    UnmatchedCell,
    printed,
    printed_title,
)

UNKNOWN = "未读准"
"""Stands for a figure that could not be read."""


def figure(cell: CellPair | UnmatchedCell, which: str) -> str:
    """A figure as the form prints it."""
    value = getattr(cell, which)
    return UNKNOWN if value is None else printed(value)


def change(pair: CellPair) -> str:
    """How much more the later figure is, with its sign."""
    return "" if not pair.change else f"{pair.change.normalize():+f}"


def percentage(pair: CellPair) -> str:
    """The change in per cent of the earlier figure."""
    share = pair.percentage
    return "" if not share else f"{share.quantize(Decimal('0.1')):+f}%"


def percent(share: float | None) -> str:
    """Return a share in per cent; empty where there is no text."""
    return "" if share is None else f"{int(share * 100)}%"


Cell = TypeVar("Cell", CellPair, UnmatchedCell)
WIDTH = 80
NUMBER = 10
"""Columns of a number; a longer one pushes the others to the right."""
LABEL = WIDTH - 4 * NUMBER
MARKS = {"before": "－ ", "after": "＋ "}


def lines(results: Sequence[Result], comparison: Comparison, *, show_all: bool) -> Iterator[str]:
    """Yield the comparison line by line, without control characters."""
    for line in _lines(results, comparison, show_all=show_all):
        yield line if line.isprintable() else "".join(char if char.isprintable() else " " for char in line)


def _lines(results: Sequence[Result], comparison: Comparison, *, show_all: bool) -> Iterator[str]:
    for name, result, side in zip("甲乙", results, (comparison.before, comparison.after), strict=True):
        yield f"{name}：{printed_title(side)}（{result.path.name}）"
    yield ""
    yield from _figures(comparison, show_all=show_all)
    yield ""
    yield from _texts(comparison, show_all=show_all)


# Figures


def _figures(comparison: Comparison, *, show_all: bool) -> Iterator[str]:
    unread = [pair for pair in comparison.figures if None in (pair.before, pair.after)]
    pairs = [pair for pair in comparison.figures if pair not in unread and (pair.differs or show_all)]
    differing = sum(pair.differs for pair in pairs)
    said = f"有 {differing} 格不同" if differing else "没有不同"
    yield f"数字：两份都有 {len(comparison.figures)} 格，{said}{f'，{len(unread)} 格没有读准' if unread else ''}"
    yield from _by_section(pairs, ("甲", "乙", "增减", "百分比"), _numbers)
    if unread:
        yield ""
        yield from _listed("没有读准，没有比较：", dict.fromkeys(_row_of(pair) for pair in unread))
    yield from _unmatched("甲", comparison.only_before, show_all=show_all)
    yield from _unmatched("乙", comparison.only_after, show_all=show_all)


def _numbers(pair: CellPair) -> tuple[str, ...]:
    return figure(pair, "before"), figure(pair, "after"), change(pair), percentage(pair)


def _by_section(
    cells: Sequence[Cell], heads: tuple[str, ...], numbers: Callable[[Cell], tuple[str, ...]]
) -> Iterator[str]:
    """Yield cells below the headings of their sections, those of a long row below its label."""
    for heading, of_section in groupby(cells, lambda cell: cell.heading):
        yield ""
        yield _row(heading, *heads, indent=0)
        for row, of_row in groupby(of_section, _row_of):
            yield from _cells(row, list(of_row), numbers)


def _cells(row: str, cells: Sequence[Cell], numbers: Callable[[Cell], tuple[str, ...]]) -> Iterator[str]:
    labels = [cell.entry.column.printed for cell in cells]
    if len(cells) == 1 and display_width(f"  {row}：{labels[0]}") < LABEL:
        yield _row(f"{row}：{labels[0]}" if row != labels[0] else row, *numbers(cells[0]))
        return
    named = row != labels[0]  # the table of disputes has no rows, only columns
    yield from (f"  {line}" for line in wrap(row, WIDTH - 2) if named)
    for label, cell in zip(labels, cells, strict=True):
        *first, last = wrap(label, LABEL - 5)
        yield from (f"    {line}" for line in first)
        yield _row(last, *numbers(cell), indent=4)


def _unmatched(name: str, cells: Sequence[UnmatchedCell], *, show_all: bool) -> Iterator[str]:
    """The cells that one form alone has."""
    if not cells:
        return
    shown = [cell for cell in cells if show_all or figure(cell, "figure") != "0"]
    yield ""
    if not shown:
        yield f"只有{name}的表格有的 {len(cells)} 格都是 0"
        return
    yield f"只有{name}的表格有的 {len(cells)} 格{'' if show_all else f'，其中 {len(shown)} 格不是 0'}："
    yield from _by_section(shown, (name,), lambda cell: (figure(cell, "figure"),))


def _row_of(cell: Cell) -> str:
    return cell.entry.row.printed or cell.entry.column.printed


def _listed(head: str, names: Iterable[str]) -> Iterator[str]:
    yield from wrap(head + "、".join(f"「{name}」" for name in names), WIDTH)


def _row(label: str, *numbers: str, indent: int = 2) -> str:
    padded = " " * indent + label
    padded += " " * (LABEL - display_width(padded))
    return padded + "".join(f"{' ' * (NUMBER - display_width(number))}{number}" for number in numbers).rstrip()


# Texts


def _texts(comparison: Comparison, *, show_all: bool) -> Iterator[str]:
    if comparison.copied is None:
        yield "文字：乙没有自己写的文字"
    else:
        yield f"文字：乙有 {percent(comparison.copied)} 与甲逐字相同"
        yield "（不计数字、年份、机关名称、法定表述、开头语和表格前的文字）"
    for section in comparison.section_diffs:
        yield ""
        share = percent(section.copied)
        yield f"{section.heading}{f'（{share} 逐字相同）' if share else ''}{'' if section.differs else '：没有变化'}"
        if section.differs or show_all:
            yield from _section_diff(section, show_all=show_all)


def _section_diff(section: SectionDiff, *, show_all: bool) -> Iterator[str]:
    kept = 0
    for edit in section.edits:
        if edit.kind is EditKind.KEPT and not show_all:
            kept += 1
            continue
        yield from _kept(kept)
        kept = 0
        yield from _edit(edit)
    yield from _kept(kept)


def _kept(count: int) -> Iterator[str]:
    if count:
        yield f"  … {count} 句没有变"


def _edit(edit: Edit) -> Iterator[str]:
    if edit.kind is EditKind.KEPT:
        yield from _sentence("", edit.after)
        return
    for side in ("before", "after"):
        parts = getattr(edit, side)
        if parts:
            yield from _sentence(MARKS[side], parts, is_marked=edit.kind is EditKind.CHANGED)


def _sentence(mark: str, parts: Iterable[Segment], *, is_marked: bool = False) -> Iterator[str]:
    """A sentence on as many lines as it takes, what has changed in it in brackets."""
    text = "".join(part.text if part.is_kept or not is_marked else f"【{part.text}】" for part in parts)
    begin = f"  {mark}"
    indent = " " * (2 + display_width(MARKS["before"]))
    for line in wrap(text, WIDTH - len(indent)):
        yield f"{begin or indent}{line}" if mark or begin.strip() else f"{indent}{line}"
        begin, mark = indent, ""


Record = dict[str, Any]


def as_json(results: Sequence[Result], comparison: Comparison) -> bytes:
    """Return the comparison as JSON: every cell and every sentence."""
    before, after = (
        {"file": str(result.path), "agency": side.report.agency, "year": side.report.year}
        for result, side in zip(results, (comparison.before, comparison.after), strict=True)
    )
    answer = {
        "schema": SCHEMA,
        "before": before,
        "after": after,
        "figures": [_pair_record(pair) for pair in comparison.figures],
        "only_before": [_unmatched_record(cell) for cell in comparison.only_before],
        "only_after": [_unmatched_record(cell) for cell in comparison.only_after],
        "copied": _share(comparison.copied),
        "texts": [_section_record(section) for section in comparison.section_diffs],
        "findings": [record(result, finding) for result in results for finding in result.findings],
    }
    return (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _pair_record(pair: CellPair) -> Record:
    return {
        **_cell(pair),
        "before": _figure(pair.before),
        "after": _figure(pair.after),
        "change": None if pair.change is None else float(pair.change),
        "percentage": None if pair.percentage is None else round(float(pair.percentage), 2),
    }


def _unmatched_record(cell: UnmatchedCell) -> Record:
    return {**_cell(cell), "figure": _figure(cell.figure)}


def _cell(cell: CellPair | UnmatchedCell) -> Record:
    entry = cell.entry
    return {"where": entry.address, "section": cell.heading, "row": entry.row.printed, "column": entry.column.printed}


def _figure(figure: Figure | None) -> str | None:
    """Return a figure digit for digit as printed."""
    return None if figure is None else printed(figure)


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _section_record(section: SectionDiff) -> Record:
    return {
        "where": f"narrative.{section.key}",
        "section": section.heading,
        "copied": _share(section.copied),
        "sentences": [_edit_record(edit) for edit in section.edits],
    }


def _edit_record(edit: Edit) -> Record:
    return {"how": edit.kind.value, "before": _text(edit.before), "after": _text(edit.after)}


def _text(parts: Sequence[Segment]) -> str | None:
    return "".join(part.text for part in parts) if parts else None
