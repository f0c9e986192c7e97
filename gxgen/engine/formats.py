"""The formats in which a report can be made, each with the settings of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gxgen.core import user_folders
from gxgen.packs import Pack
from gxgen.view import Document

if TYPE_CHECKING:
    from gxgen.render.docx import PreparedTemplate, TemplateSettings


FILLS, RULES = ("band_fill", "header_fill"), ("rule_colour", "rule_width")
ROW_HEIGHTS = ("row_height", "dense_row_height")
MAX_PACKS = 16
"""Maximum packs whose renderers are cached in a run."""
Render = Callable[[Document], bytes]


@lru_cache(maxsize=MAX_PACKS)
def _docx(pack: Pack) -> Render:
    from gxgen.render.docx import DocxRenderer, TableStyle, decode_template
    from gxgen.render.docx.wordml import TWIPS_PER_POINT

    origin = _origin(pack)
    stored = user_folders.load(origin)
    template = decode_template(stored, pack.word_template) if stored else None
    if template is None:
        template, stored = prepared_template(pack)
        user_folders.store(origin, stored)
    style = _chosen(pack.table, FILLS)
    heights = _chosen(pack.table, ROW_HEIGHTS)
    style |= {name: round(Decimal(height) * TWIPS_PER_POINT) for name, height in heights.items()}
    return DocxRenderer(template, TableStyle(**style), pack.wording, pack.values).render


def prepared_file(pack: Pack) -> tuple[str, bytes]:
    """Prepare the Word template of a pack; name and bytes of the file that keeps the result.

    Raises:
        TemplateError: the template cannot be used.
    """
    return user_folders.file_of(_origin(pack), prepared_template(pack)[1])


def prepared_template(pack: Pack) -> tuple[PreparedTemplate, bytes]:
    """Prepare the Word template of a pack; the result as an object and as bytes.

    Raises:
        TemplateError: the template cannot be used.
    """
    from gxgen.render.docx import encode_template, prepare

    template = prepare(pack.word_template, _settings(pack))
    return template, encode_template(template, pack.word_template)


def _origin(pack: Pack) -> tuple[bytes, ...]:
    return (b"docx template", pack.word_template, _settings(pack).key)


def _settings(pack: Pack) -> TemplateSettings:
    from gxgen.render.docx import TemplateSettings

    return TemplateSettings(pack.styles, **_chosen(pack.table, RULES), page_number=pack.page_number)


def _chosen(table: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return those of the named settings that a pack makes; defaults are the renderers'."""
    return {name: table[name] for name in names if name in table}


@lru_cache(maxsize=MAX_PACKS)
def _text(pack: Pack) -> Render:
    from gxgen.render.text import TextRenderer

    return TextRenderer(pack.text_template, pack.wording, pack.values).render


@lru_cache(maxsize=MAX_PACKS)
def _html(pack: Pack) -> Render:
    from gxgen.render.html import HtmlRenderer, PageStyle

    style = PageStyle(**_chosen(pack.table, FILLS + RULES + ROW_HEIGHTS), page_number=pack.page_number)
    return HtmlRenderer(style, pack.html_template, pack.wording, pack.values).render


FORMATS: Mapping[str, Callable[[Pack], Render]] = {"docx": _docx, "txt": _text, "html": _html}
"""The renderer of a pack by file suffix."""
