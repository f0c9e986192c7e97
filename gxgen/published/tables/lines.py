"""Lines of a table of which only the text is left: cells told apart, and labels put together to a header."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from gxgen.published.document import Paragraph
from gxgen.published.labels import fold, heads_of, is_label, quoted, spelling_of
from gxgen.published.tables.cells import YEAR, looks_like_figure
from gxgen.published.tables.forms import Block, Form
from gxgen.spec import Head

RULE = re.compile(r"[\s|]*+(?:(?::-++:?+|-{2,}+:?+|-:)[\s|]*+)+")
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
    """Whether a cell is a figure with something written to it, ``22（其中修订16件）``, and not several of them."""
    if sum(map(looks_like_figure, cell.split())) > 1:
        return False
    words = fold(cell)
    return bool(re.match(r"[+-]?\d+(?:\.\d+)?[^\d.、．,，:：]", words)) and not YEAR.match(words)


@cache
def _tokens(block: Block) -> re.Pattern[str]:
    """One label of the header; of two that begin alike, the longer."""
    heads = dict.fromkeys((*block.frame, *heads_of(block.crosstab.columns)))
    by_length = sorted({spelling_of(head) for head in heads}, key=len, reverse=True)
    return re.compile("|".join(by_length))


def header_length(block: Block, words: str) -> int:
    """How many characters of *words* are the block's header; 0 where they do not begin with the whole of it."""
    at, labels = 0, []
    while at < len(words) and (found := _tokens(block).match(words, at)) and found[0]:
        labels.append(found[0])
        at = found.end()
        if at == len(words) and _is_complete(block, labels):
            return at
    return 0


def _is_complete(block: Block, labels: list[str]) -> bool:
    """Whether the labels are the header's, each once and as the form orders them, by rows or column by column.

    The caption and the corner may be missing, and so may what stands over columns that have labels of their own.
    """
    labels = [label for label in labels if not any(is_label(head, label) for head in block.frame)]
    leaves = [column.head for column in block.columns]
    return any(_are(order, labels) for order in (*_orders(block.crosstab.columns), *_of_leaves(leaves)))


def _of_leaves(leaves: list[Head]) -> tuple[list[Head], ...]:
    return (leaves,) if len({leaf.label for leaf in leaves}) == len(leaves) else ()


def _orders(columns: tuple[Head, ...]) -> tuple[list[Head], ...]:
    by_rows: list[Head] = []
    level = list(columns)
    while level:
        by_rows += level
        level = [child for head in level for child in head.children]
    return (by_rows, list(heads_of(columns)))


def _are(order: list[Head], labels: list[str]) -> bool:
    """Whether the labels are those of the heads, one by one; a total that there is once may stand anywhere."""
    totals = [head for head in order if head.is_total]
    if len(totals) == 1:
        order = [head for head in order if not head.is_total]
        rest = [label for label in labels if not is_label(totals[0], label)]
        if len(rest) != len(labels) - 1:
            return False
        labels = rest
    return len(order) == len(labels) and all(is_label(head, label) for head, label in zip(order, labels, strict=True))


@cache
def _first_characters(form: Form) -> frozenset[str]:
    heads = [head for block in form.blocks for head in (*block.frame, *heads_of(block.crosstab.columns))]
    return frozenset(fold(name)[0] for head in heads for name in (head.label, *head.aliases))


def may_begin(form: Form, words: str) -> bool:
    """Whether a header can begin with these words, by a quick look."""
    return words[0] in _first_characters(form)


def is_header_start(form: Form, words: str, following: str) -> bool:
    """Whether a header of the form begins with the line *words*, given the labels of the lines after it."""
    text = words + following
    return any(_begins(block, words, text) for block in form.blocks)


def _begins(block: Block, words: str, text: str) -> bool:
    """Whether the text begins with labels of the header up to the first row, and a label covers the line's start."""
    at, count = 0, 0
    while at < len(text) and (found := _tokens(block).match(text, at)) and found[0]:
        at, count = found.end(), count + 1
    return count > len(block.columns) // 2 and at >= len(words)
