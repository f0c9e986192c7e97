"""The report as one web page that needs nothing else: no script, no picture, no font, no other file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gxgen.render.html.ink import HtmlInk
from gxgen.render.html.markup import Html, escape, start_tag
from gxgen.render.html.style import CLASS, style
from gxgen.view import Document, SectionView

__all__ = ["Html", "HtmlInk", "HtmlRenderer", "style"]

HOW_TO_PASTE = "贴到网站时，正文复制 article 一段，从它的开始标签到结束标签；style 一段复制一次，放进网站页面的 head。"


@dataclass(frozen=True)
class HtmlRenderer:
    """Renders documents as pages."""

    band_fill: str = ""
    """The colour of the bands across a table as RRGGBB; empty for the usual one."""

    def render(self, document: Document) -> bytes:
        """The document as a page in UTF-8."""
        lines = (
            "<!DOCTYPE html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            *_labels(document),
            f"<style>\n{style(self.band_fill)}</style>",
            "</head>",
            '<body style="margin:0">',
            f"<!-- {HOW_TO_PASTE} -->",
            f"{article(document)}</body>",
            "</html>\n",
        )
        return "\n".join(lines).encode("utf-8")


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
