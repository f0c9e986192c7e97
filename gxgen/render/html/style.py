"""The style sheet of a page, for screens, telephones and A4 paper.

Every selector begins with one class, and the printed page has a name of its own, so that a report pasted into a web
site changes nothing else there; ``all: revert`` undoes what the site's style sheet does to elements in general.
Measures on paper are those of GB/T 9704-2012 (5.2, 7.3).  Cells draw the rules on their right and below themselves,
because collapsed borders come out double under a repeated header.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

CLASS = "gx-report"
PAGE_NUMBERS = {
    "dash": '"— " counter(page) " —"',
    "plain": "counter(page)",
    "of_total": '"第 " counter(page) " 页 共 " counter(pages) " 页"',
    "none": "none",
}


class PageStyle(msgspec.Struct, frozen=True):
    """A pack's settings of the style sheet.

    Colours as RRGGBB or empty for none; lengths in points, None for the default.
    """

    band_fill: str = "C6D9F1"
    """The fill of the bands across a table."""
    header_fill: str = ""
    """The fill of column headers and of the corner beside them."""
    rule_colour: str = ""
    """Empty for the default."""
    rule_width: int | Decimal | None = None
    row_height: int | Decimal | None = None
    dense_row_height: int | Decimal | None = None
    page_number: str = "dash"
    """Its form on paper: ``dash``, ``plain_text``, ``of_total`` or ``none``."""


DEFAULT_STYLE = PageStyle()

_SHEET = """\
.gx-report { max-width: 54rem; margin: 0 auto; padding: 1rem; box-sizing: border-box; color: #1a1a1a; background: #fff;
  font: 1.0625rem/1.9 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; text-align: left; }
.gx-report * { all: revert; box-sizing: border-box; }
.gx-report h1, .gx-report h2, .gx-report h3, .gx-report p { overflow-wrap: anywhere; }
.gx-report h1 { margin: 1rem 0 2rem; font-size: 1.625rem; line-height: 1.5; text-align: center; text-wrap: balance; }
.gx-report h1 span { display: inline-block; }
.gx-report h2 { margin: 2rem 0 0.75rem; font-size: 1.25rem; line-height: 1.6; }
.gx-report h3 { margin: 1.25rem 0 0.5rem; font-size: 1.0625rem; line-height: 1.6; text-indent: 2em; }
.gx-report p { margin: 0.5rem 0; text-indent: 2em; white-space: pre-wrap; }
.gx-report strong { font-weight: bold; }
.gx-report .gx-scroll { position: relative; margin: 1rem 0 1.5rem; overflow-x: auto; }
.gx-report table { width: 100%; min-width: calc(var(--gx-ems) * 0.7em); border: solid #333; border-width: 0 0 0 1px;
  border-spacing: 0; font-size: 0.9375rem; line-height: 1.5; }
.gx-report table.gx-dense { min-width: calc(var(--gx-ems) * 1em); font-size: 0.8125rem; line-height: 1.4; }
.gx-report caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.gx-report th, .gx-report td { padding: 0.35em 0.25em; border: solid #333; border-width: 0 1px 1px 0;
  font-weight: normal; text-align: center; vertical-align: middle; text-wrap: balance; }
.gx-report colgroup + * > tr:first-child > * { border-top-width: 1px; }
.gx-report td { font-variant-numeric: tabular-nums; }
.gx-report .gx-dense th[scope^="row"], .gx-report .gx-dense .gx-corner { text-align: left; }
.gx-report .gx-band { background: BAND; text-align: left; }
@media (max-width: 40rem) {
  .gx-report h1 { font-size: 1.375rem; }
  .gx-report table.gx-dense { font-size: 0.75rem; }
}
@page gx-report { size: A4; margin: 37mm 26mm 35mm 28mm;
  @bottom-center { content: PAGE_NUMBER; padding-top: 7mm; vertical-align: top;
    font: 14pt SimSun, "Noto Serif CJK SC", serif; } }
@media print {
  .gx-report { page: gx-report; max-width: 156mm; margin: 0; padding: 0; color: #000;
    line-height: 28.95pt; font-size: 16pt; font-family: "Times New Roman", FangSong_GB2312, FangSong, STFangsong,
      "Noto Serif CJK SC", serif; }
  .gx-report h1 { margin: 0 0 28.95pt; font: 22pt/36pt "Times New Roman", FZXiaoBiaoSong-B05S, "Noto Serif CJK SC",
      serif; }
  .gx-report h2, .gx-report h3 { margin: 0; font: 16pt/28.95pt SimHei, "Noto Sans CJK SC", sans-serif; text-indent: 2em;
    break-after: avoid; }
  .gx-report h3, .gx-report .gx-head { font-family: "Times New Roman", KaiTi_GB2312, KaiTi, STKaiti, serif;
    font-weight: normal; }
  .gx-report p { margin: 0; text-align: justify; }
  .gx-report .gx-scroll { margin: 6pt 0; overflow: visible; }
  .gx-report table, .gx-report table.gx-dense { min-width: 0; }
  .gx-report table { font-size: min(10.5pt, calc(155mm / var(--gx-ems))); line-height: 1.4;
    break-inside: avoid; }
  .gx-report table.gx-dense { font-size: min(9pt, calc(155mm / var(--gx-ems))); line-height: 1.25; }
  .gx-report table, .gx-report th, .gx-report td { border-color: #000; }
  .gx-report .gx-band { print-color-adjust: exact; }
  .gx-report tr { break-inside: avoid; }
}
"""


def style_sheet(style: PageStyle = DEFAULT_STYLE) -> str:
    """Return the style sheet."""
    sheet = _SHEET.replace("BAND", _fill(style.band_fill)).replace("PAGE_NUMBER", PAGE_NUMBERS[style.page_number])
    return sheet + "".join(f".gx-report {rule}\n" for rule in _rules(style))


def _fill(colour: str) -> str:
    return f"#{colour}" if colour else "none"


def _rules(style: PageStyle) -> Iterator[str]:
    """Yield the rules of a pack's settings; they come last, and so hold on paper, too."""
    if style.header_fill:
        fill = f"{{ background: #{style.header_fill}; print-color-adjust: exact; }}"
        yield f'th[scope^="col"]:not(.gx-band), .gx-report .gx-corner {fill}'
    if style.rule_colour:
        yield f"table, .gx-report th, .gx-report td {{ border-color: #{style.rule_colour}; }}"
    if style.rule_width is not None:
        width = f"{style.rule_width}pt"
        yield f"table {{ border-left-width: {width}; }}"
        yield f"th, .gx-report td {{ border-right-width: {width}; border-bottom-width: {width}; }}"
        yield f"colgroup + * > tr:first-child > * {{ border-top-width: {width}; }}"
    if style.row_height is not None:
        yield f"table:not(.gx-dense) tr {{ height: {style.row_height}pt; }}"
    if style.dense_row_height is not None:
        yield f"table.gx-dense tr {{ height: {style.dense_row_height}pt; }}"
