"""The report as one web page that needs nothing else: no script, no picture, no font, no other file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import msgspec
from msgspec import field

from gxgen.render.html.element_renderer import HtmlInk
from gxgen.render.html.markup import UNPRINTABLE, Html, escape, start_tag
from gxgen.render.html.style import CLASS, PageLook, style
from gxgen.render.templating.completeness import refuse_unplaced
from gxgen.render.templating.names import Value, names_of
from gxgen.view import Document, SectionView

__all__ = ["Html", "HtmlInk", "HtmlRenderer", "PageLook", "style"]

HOW_TO_PASTE = "贴到网站时，正文复制 article 一段，从它的开始标签到结束标签；style 一段复制一次，放进网站页面的 head。"


class HtmlRenderer(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Renders documents as pages, from as many threads as like."""

    look: PageLook = PageLook()  # immutable
    template: str = ""
    """A pack's own page; empty for gxgen's."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """The pack's own wording, for the template."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """The pack's own values, for the template."""

    def render(self, document: Document) -> bytes:
        """The document as a page in UTF-8.

        Raises:
            TemplateError: the template cannot be read, asks for what is not there, does too much, or leaves a part of
                the report out.
        """
        return (self._filled(document) if self.template else self._page(document)).encode("utf-8")

    def _filled(self, document: Document) -> str:
        ink = HtmlInk(Html(style(self.look)))
        pieces, placed = self._program(names_of(document, ink, wording=self.wording, values=self.values))
        refuse_unplaced(document, placed, template="网页模板")
        return UNPRINTABLE.sub("\ufffd", "".join(pieces).replace("\a", "\n").replace("\f", "\n"))

    @cached_property
    def _program(self) -> Callable[[Mapping[str, object]], tuple[list[str], frozenset[str]]]:
        from gxgen.render.templating.compiler import program_of
        from gxgen.render.templating.sandbox import TemplateEnvironment

        return program_of(TemplateEnvironment(autoescape=True, trim=True), self.template)

    def _page(self, document: Document) -> str:
        lines = (
            "<!DOCTYPE html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            *_labels(document),
            f"<style>\n{style(self.look)}</style>",
            "</head>",
            '<body style="margin:0">',
            f"<!-- {HOW_TO_PASTE} -->",
            f"{article(document)}</body>",
            "</html>\n",
        )
        return "\n".join(lines)


def _labels(document: Document) -> Iterator[str]:
    """What search engines and collectors read, by the names that government web sites use."""
    labels = {
        "ArticleTitle": document.title,
        "PubDate": document.published.isoformat() if document.published else "",
        "ContentSource": document.agency,
    }
    return (start_tag("meta", name=name, content=content) for name, content in labels.items() if content)


def article(document: Document) -> Html:
    """The whole report, to stand anywhere in a page."""
    ink = HtmlInk()

    def section(view: SectionView) -> str:
        return f"<section>\n{ink.heading(view)}{ink.blocks(view.blocks)}{ink.table(view)}</section>\n"

    parts = (ink.title(document), ink.blocks(document.preamble), *map(section, document.sections))
    return Html(f'<article class="{CLASS}" lang="zh-CN">\n{"".join(parts)}</article>\n')
