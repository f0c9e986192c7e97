"""The formats in which a report can be made, each in the look of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from gxgen import cache as kept
from gxgen.packs import Pack
from gxgen.view import Document

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
    return DocxRenderer(template, TableLook(pack.band_fill) if pack.band_fill else TableLook()).render


@lru_cache(maxsize=MOST_PACKS)
def _text(_: Pack) -> Render:
    from gxgen.render.text import render

    return render


@lru_cache(maxsize=MOST_PACKS)
def _html(pack: Pack) -> Render:
    from gxgen.render.html import HtmlRenderer

    return HtmlRenderer(pack.band_fill).render


FORMATS: Mapping[str, Callable[[Pack], Render]] = {"docx": _docx, "txt": _text, "html": _html}
"""By file suffix."""
