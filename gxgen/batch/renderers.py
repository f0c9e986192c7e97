"""The formats in which a report can be made, each in the look of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gxgen import cache as kept
from gxgen.packs import Pack
from gxgen.view import Document

BAND_FILL, ROW_HEIGHTS = "band_fill", ("row_height", "dense_row_height")
TWIPS = 20
"""In a point."""
MOST_PACKS = 16
"""Packs whose templates are kept ready in one run."""
Render = Callable[[Document], bytes]


@lru_cache(maxsize=MOST_PACKS)
def _docx(pack: Pack) -> Render:
    from gxgen.render.docx import DocxRenderer, TableLook, from_json, prepare, to_json

    raw = pack.word_template
    key = kept.key_of(b"docx template", raw)
    prepared = kept.load(key)
    template = from_json(prepared, raw) if prepared else None
    if template is None:
        template = prepare(raw)
        kept.store(key, to_json(template))
    return DocxRenderer(template, TableLook(**_table_look(pack)), pack.wording, pack.values).render


def _table_look(pack: Pack) -> dict[str, Any]:
    """The settings of tables that the renderer knows, lengths in twips; what is not set is left to the renderer."""
    lengths = {name: round(Decimal(pack.table[name]) * TWIPS) for name in ROW_HEIGHTS if name in pack.table}
    return {name: pack.table[name] for name in (BAND_FILL,) if name in pack.table} | lengths


@lru_cache(maxsize=MOST_PACKS)
def _text(pack: Pack) -> Render:
    from gxgen.render.text import renderer

    return renderer(pack.text_template, wording=pack.wording, values=pack.values)


@lru_cache(maxsize=MOST_PACKS)
def _html(pack: Pack) -> Render:
    from gxgen.render.html import HtmlRenderer

    return HtmlRenderer(str(pack.table.get(BAND_FILL, ""))).render


FORMATS: Mapping[str, Callable[[Pack], Render]] = {"docx": _docx, "txt": _text, "html": _html}
"""By file suffix."""
