"""Words in bold: they stand in ``**``, as a data file writes them; a paragraph all in bold is only a line that is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple


class Piece(NamedTuple):
    """Characters of a paragraph that are alike."""

    text: str
    is_bold: bool


def with_bold(pieces: Sequence[Piece]) -> str:
    """The text of a paragraph; plain where all of it is bold, or where it has asterisks of its own."""
    plain = "".join(piece.text for piece in pieces)
    if "*" in plain or all(piece.is_bold for piece in pieces if piece.text.strip()):
        return plain
    alike = groupby(pieces, key=lambda piece: piece.is_bold)
    return "".join(_marked("".join(piece.text for piece in group), is_bold) for is_bold, group in alike)


def lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        lines[-1].append(Piece(first, piece.is_bold))
        lines.extend([Piece(other, piece.is_bold)] for other in others)
    return lines


def _marked(text: str, is_bold: bool) -> str:
    words = text.strip()
    if not is_bold or not words or "\n" in text:
        return text
    before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
    return f"{before}**{words}**{after}"
