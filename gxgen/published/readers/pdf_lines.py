"""Characters of a page put in lines: by height and distance, each character once, raised and lowered ones told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from gxgen.published.readers.pdf_content import UNKNOWN, Char, Rule

SAME_LINE = 0.5
"""Of the em: characters whose base lines are closer stand on one line."""
SAME_PLACE = 0.15
"""Of the em: the same character so close to itself has been printed twice, for boldness."""
OFF_LINE = 0.15
"""Of the em: characters farther from the line's base are raised or lowered."""
SMALLER = 0.85
WORD_GAP = 0.2
"""Of the em, between Latin words."""
FIGURE_GAP = 0.35
"""Of the em: digits farther apart are not one figure."""
CELL_GAP = 1.2
"""Of the em: what is farther apart in a line may stand in two columns."""
SPACES = " \u00a0\u3000\t"


class Line(msgspec.Struct, frozen=True):
    """Characters on one line, from the left, without spaces."""

    chars: tuple[Char, ...]
    baseline: float
    size: float
    """The em of most of its characters."""
    shifted: str = ""
    """Raised and lowered characters, which are none of ``chars``."""
    struck: str = ""
    """Characters that a line is drawn through, neither."""

    @property
    def left(self) -> float:
        """Where it begins; 0 for a line of which nothing is left."""
        return self.chars[0].left if self.chars else 0.0

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.chars[-1].right if self.chars else 0.0

    @property
    def text(self) -> str:
        """Its characters; Latin words and figures that stand apart have a space between them."""
        return text_of(self.chars)


def text_of(chars: Sequence[Char]) -> str:
    """The text of characters that follow each other on a line."""
    parts: list[str] = []
    before: Char | None = None
    for char in chars:
        if before:
            gap = (char.left - before.right) / char.size
            if gap > WORD_GAP and gap > _gap(before.text, char.text):
                parts.append(" ")
        parts.append(char.text)
        before = char
    return "".join(parts)


def _gap(before: str, after: str) -> float:
    """From what gap on, in ems, two characters have a space between them."""
    if not (before.isascii() and after.isascii()):
        return CELL_GAP
    return WORD_GAP if before.isalpha() or after.isalpha() else FIGURE_GAP


def lines_of(chars: Iterable[Char], strokes: Sequence[Rule] = ()) -> list[Line]:
    """The lines that characters stand on, from the top; *strokes* may strike characters through."""
    found: list[list[Char]] = []
    height = 0.0
    for char in sorted((one for one in chars if one.text not in SPACES), key=lambda one: one.baseline):
        if not found or char.baseline - height > SAME_LINE * max(char.size, found[-1][-1].size):
            found.append([])
            height = char.baseline
        elif char.size >= found[-1][-1].size:
            height = char.baseline
        found[-1].append(char)
    lines = (
        _line(_once(chars), strokes) for line in found for chars in _levels(sorted(line, key=lambda one: one.left))
    )
    seen = (line for line in lines if line.chars or line.struck or line.shifted)
    return sorted(seen, key=lambda line: line.baseline)


def _levels(chars: list[Char]) -> list[list[Char]]:
    """Characters at about one height by the lines they stand on: what stands apart may be half a line higher."""
    runs: list[list[Char]] = []
    for char in chars:
        if not runs or char.left - runs[-1][-1].right > CELL_GAP * char.size:
            runs.append([])
        runs[-1].append(char)
    levels: list[tuple[float, list[Char]]] = []
    for run in runs:
        baseline = _usual(char.baseline for char in run)
        for height, level in levels:
            if abs(height - baseline) <= OFF_LINE * run[0].size:
                level.extend(run)
                break
        else:
            levels.append((baseline, run))
    return [level for _, level in levels]


def _once(chars: list[Char]) -> list[Char]:
    """The characters of a line without what is printed over itself again."""
    kept: list[Char] = []
    for char in chars:
        if not any(_is_again(char, other) for other in kept[-3:]):
            kept.append(char)
    return kept


def _is_again(char: Char, other: Char) -> bool:
    return (
        char.text == other.text
        and abs(char.left - other.left) < SAME_PLACE * char.size
        and abs(char.baseline - other.baseline) < SAME_PLACE * char.size
        and char.text != UNKNOWN
    )


def _line(chars: list[Char], strokes: Sequence[Rule]) -> Line:
    size = _usual(char.size for char in chars)
    baseline = _usual(char.baseline for char in chars if char.size > SMALLER * size)
    plain: list[Char] = []
    shifted: list[str] = []
    struck: list[str] = []
    for char in chars:
        if abs(char.baseline - baseline) > OFF_LINE * size and char.size < 1.2 * size:
            shifted.append(char.text)
        elif _is_struck(char, strokes):
            struck.append(char.text)
        else:
            plain.append(char)
    return Line(tuple(plain), baseline, size, "".join(shifted), "".join(struck))


def _is_struck(char: Char, strokes: Sequence[Rule]) -> bool:
    """Whether a drawn line goes through the body of a character."""
    return any(
        stroke.start - 0.3 * char.size <= char.left
        and char.right <= stroke.end + 0.3 * char.size
        and char.baseline - 0.65 * char.size < stroke.at < char.baseline - 0.1 * char.size
        for stroke in strokes
    )


def _usual(values: Iterable[float]) -> float:
    """The most frequent of some lengths, to a tenth of a point."""
    counted = Counter(round(value, 1) for value in values)
    return max(counted, key=lambda value: (counted[value], value)) if counted else 0.0
