"""A line of a table of which only the text is left: its labels, and its figures."""

from __future__ import annotations

import re
from typing import NamedTuple

from gxgen.published.blocks import Paragraph
from gxgen.published.cells import YEAR, looks_like_figure
from gxgen.published.folding import fold, quoted

RULE = re.compile(r"[\s|]*+(?::?+-{2,}+:?+[\s|]*+)+")
"""A line that only draws: Markdown's ``|---|:-:|``.  A single stroke in a cell says something.

Nothing is tried twice: a long line of strokes with a word after it would take for ever.
"""


class Line(NamedTuple):
    """A line of a table taken apart: its labels, then its figures."""

    label: str
    figures: tuple[str, ...]
    number: int
    quoted: str
    blanks_inside: bool = False
    gap: int = 0
    """How many empty cells stand between the labels and the figures."""


def taken_apart(line: Paragraph) -> Line:
    """Cells by tabs or strokes where there are any, else by spaces."""
    text = line.words.strip("\r\n")
    if RULE.fullmatch(text):
        return Line("", (), line.line, "")
    if "\t" in text or "|" in text:
        cells = [cell.strip() for cell in re.split(r"\t|\|", text.strip("|") if "|" in text else text)]
    else:
        cells = _by_spaces(text)
    last_label = max(
        (at for at, cell in enumerate(cells) if cell and not looks_like_figure(cell) and not _noted(cell)), default=-1
    )
    figures = cells[last_label + 1 :]
    while figures and not figures[-1]:
        figures.pop()
    gap = next((at for at, figure in enumerate(figures) if figure), 0)
    figures = figures[gap:]
    return Line("".join(cells[: last_label + 1]), tuple(figures), line.line, quoted(text, 60), "" in figures, gap)


def _by_spaces(text: str) -> list[str]:
    """The label and the figures after it; spaces inside the label are its own."""
    words = text.split()
    at = len(words)
    while at and looks_like_figure(words[at - 1]):
        at -= 1
    return [" ".join(words[:at]), *words[at:]] if at else words


def _noted(cell: str) -> bool:
    """Whether a cell is a figure with something written to it: ``22（其中修订16件）``."""
    words = fold(cell)
    return bool(re.match(r"[+-]?\d+(?:\.\d+)?[^\d.、．,，:：]", words)) and not YEAR.match(words)
