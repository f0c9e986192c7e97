"""A comparison as JSON: the contract of ``docs/diff.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gxgen.batch import Result
from gxgen.batch.comparison.pair import Alone, Comparison, Edit, Figure, Pair, Part, Passage, printed
from gxgen.cli.show.records import SCHEMA, record

Record = dict[str, Any]


def shown(results: Sequence[Result], comparison: Comparison) -> bytes:
    """The whole comparison: every cell, and every sentence."""
    before, after = (
        {"file": str(result.path), "agency": side.report.agency, "year": side.report.year}
        for result, side in zip(results, (comparison.before, comparison.after), strict=True)
    )
    answer = {
        "schema": SCHEMA,
        "before": before,
        "after": after,
        "figures": [_pair(pair) for pair in comparison.figures],
        "only_before": [_alone(cell) for cell in comparison.only_before],
        "only_after": [_alone(cell) for cell in comparison.only_after],
        "copied": _share(comparison.copied),
        "texts": [_passage(passage) for passage in comparison.passages],
        "findings": [record(result, finding) for result in results for finding in result.findings],
    }
    return (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _pair(pair: Pair) -> Record:
    return {
        **_cell(pair),
        "before": _figure(pair.before),
        "after": _figure(pair.after),
        "change": None if pair.change is None else float(pair.change),
        "percentage": None if pair.percentage is None else round(float(pair.percentage), 2),
    }


def _alone(cell: Alone) -> Record:
    return {**_cell(cell), "figure": _figure(cell.figure)}


def _cell(cell: Pair | Alone) -> Record:
    entry = cell.entry
    return {"where": entry.address, "section": cell.heading, "row": entry.row.printed, "column": entry.column.printed}


def _figure(figure: Figure | None) -> str | None:
    """A figure digit for digit as it is printed."""
    return None if figure is None else printed(figure)


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _passage(passage: Passage) -> Record:
    return {
        "where": f"narrative.{passage.key}",
        "section": passage.heading,
        "copied": _share(passage.copied),
        "sentences": [_edit(edit) for edit in passage.edits],
    }


def _edit(edit: Edit) -> Record:
    return {"how": edit.how.value, "before": _text(edit.before), "after": _text(edit.after)}


def _text(parts: Sequence[Part]) -> str | None:
    return "".join(part.text for part in parts) if parts else None
