"""The JSON Schema of the data files of a year."""

from __future__ import annotations

import json
from pathlib import Path

from gxgen.core.findings import Finding
from gxgen.engine.packs import Packs
from gxgen.spec import layout_for, layouts


def schema_for(year: int | None, pack: str = "", packs: Path | None = None) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Return the JSON Schema for a year, of the newest form without a year; None for a year without a form.

    Args:
        year: the report year.
        pack: the pack that the data files use; its rows are in the schema, unless something is wrong with it.
        packs: a folder of packs besides the usual ones.
    """
    from gxgen.source.schema import schema

    year = layouts()[-1].first_year if year is None else year
    in_use = Packs(pack, packs).of(pack, Path()) if pack else None
    layout = in_use.form(year) if in_use else layout_for(year)
    text = json.dumps(schema(layout), ensure_ascii=False, indent=2) + "\n" if layout else ""
    return text.encode() or None, in_use.findings if in_use else ()


def has_form(year: int) -> bool:
    """Whether there is a form for a report year."""
    return layout_for(year) is not None
