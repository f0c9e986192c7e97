"""The formats in which a report can be made, each in the look of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gxgen.core import user_folders as kept
from gxgen.packs import Pack
from gxgen.view import Document

if TYPE_CHECKING:
    from gxgen.render.docx import PreparedTemplate, TemplateSettings


FILLS, RULES = ("band_fill", "header_fill"), ("rule_colour", "rule_width")
ROW_HEIGHTS = ("row_height", "dense_row_height")
TWIPS = 20
"""In a point."""
MOST_PACKS = 16
"""Packs whose templates are kept ready in one run."""
Render = Callable[[Document], bytes]


@lru_cache(maxsize=MOST_PACKS)
def _docx(pack: Pack) -> Render:
    from gxgen.render.docx import DocxRenderer, TableStyle, decode_template

    origin = _origin(pack)
    prepared = kept.load(origin)
    template = decode_template(prepared, pack.word_template) if prepared else None
    if template is None:
        template, prepared = prepared_word(pack)
        kept.store(origin, prepared)
    style = _some(pack.table, FILLS)
    style |= {name: round(Decimal(height) * TWIPS) for name, height in _some(pack.table, ROW_HEIGHTS).items()}
    return DocxRenderer(template, TableStyle(**style), pack.wording, pack.values).render


def prepared_file(pack: Pack) -> tuple[str, bytes]:
    """The file that keeps what preparing the Word template of a pack works out: its name and its bytes.

    Raises:
        TemplateError: the template cannot be used.
    """
    return kept.file_of(_origin(pack), prepared_word(pack)[1])


def _origin(pack: Pack) -> tuple[bytes, ...]:
    return (b"docx template", pack.word_template, _settings(pack).key)


def prepared_word(pack: Pack) -> tuple[PreparedTemplate, bytes]:
    """The Word template of a pack made ready, and the same as bytes."""
    from gxgen.render.docx import encode_template, prepare

    template = prepare(pack.word_template, _settings(pack))
    return template, encode_template(template, pack.word_template)


def _settings(pack: Pack) -> TemplateSettings:
    from gxgen.render.docx import TemplateSettings

    return TemplateSettings(pack.styles, **_some(pack.table, RULES), page_number=pack.page_number)


def _some(table: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Those settings of tables that a pack makes; what is not set is left to the renderer."""
    return {name: table[name] for name in names if name in table}


@lru_cache(maxsize=MOST_PACKS)
def _text(pack: Pack) -> Render:
    from gxgen.render.text import TextRenderer

    return TextRenderer(pack.text_template, pack.wording, pack.values).render


@lru_cache(maxsize=MOST_PACKS)
def _html(pack: Pack) -> Render:
    from gxgen.render.html import HtmlRenderer, PageStyle

    style = PageStyle(**_some(pack.table, FILLS + RULES + ROW_HEIGHTS), page_number=pack.page_number)
    return HtmlRenderer(style, pack.html_template, pack.wording, pack.values).render


FORMATS: Mapping[str, Callable[[Pack], Render]] = {"docx": _docx, "txt": _text, "html": _html}
"""By file suffix."""
