"""What a page shows, whichever engine reads it: characters and straight lines, in points from its top left corner."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

UNKNOWN = "\ufffd"
"""Stands for a glyph that the file gives no character for."""
Matrix = tuple[float, float, float, float, float, float]
UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Char(msgspec.Struct, frozen=True, gc=False):
    """A character as it is shown; *baseline* is the line that it stands on, *size* its em."""

    text: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def top(self) -> float:
        """Where its em begins."""
        return self.baseline - 0.88 * self.size

    @property
    def center(self) -> float:
        """Half its width."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """Half the height of its em."""
        return self.baseline - 0.38 * self.size


class Rule(NamedTuple):
    """A straight line, horizontal or vertical: *at* is its height or its distance from the left."""

    at: float
    start: float
    end: float


class PageContent(msgspec.Struct, frozen=True):
    """What a page shows."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    has_picture: bool = False
    """Whether a picture covers most of it, as on a scanned page."""
    slanted: str = ""
    """Text set at an angle: watermarks and stamps."""


def holds(box: Box, char: Char) -> bool:
    """Whether the middle of a character lies in a box."""
    return box[0] <= char.center <= box[2] and box[1] <= char.middle <= box[3]


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix of doing *one*, then *other*."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
