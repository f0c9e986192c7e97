"""Render reports as single web pages that need no script, picture, font or other file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec import field

from gxgen.render.html.element_renderer import HtmlElementRenderer
from gxgen.render.html.markup import UNPRINTABLE, Html, escape, start_tag
from gxgen.render.html.style import CLASS, PageStyle, style_sheet
from gxgen.render.templating.completeness import require_complete
from gxgen.render.templating.names import Value, names_of
from gxgen.view import Document, SectionView

if TYPE_CHECKING:
    from gxgen.render.templating.compiler import CompiledTemplate

__all__ = ["Html", "HtmlElementRenderer", "HtmlRenderer", "PageStyle", "style_sheet"]

HOW_TO_PASTE = "贴到网站时，正文复制 article 一段，从它的开始标签到结束标签；style 一段复制一次，放进网站页面的 head。"


class HtmlRenderer(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Renders documents as pages; may be shared between threads."""

    style: PageStyle = PageStyle()  # immutable
    template: str = ""
    """A pack's own template; empty for gxgen's page."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """The pack's own wording, for the template."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """The pack's own values, for the template."""

    def render(self, document: Document) -> bytes:
        """Render a document as a page in UTF-8.

        Raises:
            TemplateError: the template cannot be read, uses a name that does not exist, exceeds its budget, or leaves
                out part of the report.
        """
        return (self._by_template(document) if self.template else self._page(document)).encode("utf-8")

    def _by_template(self, document: Document) -> str:
        renderer = HtmlElementRenderer(Html(style_sheet(self.style)))
        pieces, placed = self._compiled(names_of(document, renderer, wording=self.wording, values=self.values))
        require_complete(document, placed, template="网页模板")
        return UNPRINTABLE.sub("\ufffd", "".join(pieces).replace("\a", "\n").replace("\f", "\n"))

    @cached_property
    def _compiled(self) -> CompiledTemplate:
        from gxgen.render.templating.compiler import compile_template
        from gxgen.render.templating.sandbox import template_environment

        return compile_template(template_environment(autoescape=True, trim=True), self.template)

    def _page(self, document: Document) -> str:
        lines = (
            "<!DOCTYPE html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            *_labels(document),
            f"<style>\n{style_sheet(self.style)}</style>",
            "</head>",
            '<body style="margin:0">',
            f"<!-- {HOW_TO_PASTE} -->",
            f"{article(document)}</body>",
            "</html>\n",
        )
        return "\n".join(lines)


def _labels(document: Document) -> Iterator[str]:
    """Yield the metadata that search engines read, by the names that government web sites use."""
    labels = {
        "ArticleTitle": document.title,
        "PubDate": document.published.isoformat() if document.published else "",
        "ContentSource": document.agency,
    }
    return (start_tag("meta", name=name, content=content) for name, content in labels.items() if content)


def article(document: Document) -> Html:
    """Return the whole report as an ``article``, which may stand anywhere in a page."""
    renderer = HtmlElementRenderer()

    def section(view: SectionView) -> str:
        return f"<section>\n{renderer.heading(view)}{renderer.blocks(view.blocks)}{renderer.table(view)}</section>\n"

    parts = (renderer.title(document), renderer.blocks(document.preamble), *map(section, document.sections))
    return Html(f'<article class="{CLASS}" lang="zh-CN">\n{"".join(parts)}</article>\n')
