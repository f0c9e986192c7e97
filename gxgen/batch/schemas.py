"""What an editor has to know of the data files of a year."""

from __future__ import annotations

import json

from gxgen.spec import layout_for, layouts


def schema_for(year: int | None) -> bytes | None:
    """The JSON Schema of a year's data files, of the newest form without a year; None for a year without a form."""
    from gxgen.source.schema import schema

    layout = layouts()[-1] if year is None else layout_for(year)
    return (json.dumps(schema(layout), ensure_ascii=False, indent=2) + "\n").encode() if layout else None
