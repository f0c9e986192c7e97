"""The formats in which a report can be made, each in the look of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gxgen import cache as kept
from gxgen.packs import Pack
from gxgen.view import Document

FILLS, RULES = ("band_fill", "header_fill"), ("rule_colour", "rule_width")
ROW_HEIGHTS = ("row_height", "dense_row_height")
TWIPS = 20
"""In a point."""
MOST_PACKS = 16
"""Packs whose templates are kept ready in one run."""
Render = Callable[[Document], bytes]


@lru_cache(maxsize=MOST_PACKS)
def _docx(pack: Pack) -> Render:
    from gxgen.render.docx import DocxRenderer, Settings, TableLook, from_json, prepare, to_json

    raw, table = pack.word_template, pack.table
    settings = Settings(pack.styles, **_some(table, RULES), page_number=pack.page_number)
    key = kept.key_of(b"docx template", raw, settings.key)
    prepared = kept.load(key)
    template = from_json(prepared, raw) if prepared else None
    if template is None:
        template = prepare(raw, settings)
        kept.store(key, to_json(template))
    look = _some(table, FILLS)
    look |= {name: round(Decimal(height) * TWIPS) for name, height in _some(table, ROW_HEIGHTS).items()}
    return DocxRenderer(template, TableLook(**look), pack.wording, pack.values).render


def _some(table: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Those settings of tables that a pack makes; what is not set is left to the renderer."""
    return {name: table[name] for name in names if name in table}


@lru_cache(maxsize=MOST_PACKS)
def _text(pack: Pack) -> Render:
    from gxgen.render.text import renderer

    return renderer(pack.text_template, wording=pack.wording, values=pack.values)


@lru_cache(maxsize=MOST_PACKS)
def _html(pack: Pack) -> Render:
    from gxgen.render.html import HtmlRenderer, PageLook

    look = PageLook(**_some(pack.table, FILLS + RULES + ROW_HEIGHTS), page_number=pack.page_number)
    return HtmlRenderer(look, pack.html_template, pack.wording, pack.values).render


FORMATS: Mapping[str, Callable[[Pack], Render]] = {"docx": _docx, "txt": _text, "html": _html}
"""By file suffix."""
