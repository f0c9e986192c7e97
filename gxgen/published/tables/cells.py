"""What stands in a cell of figures: a number of the kind that the form has there, nothing, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from gxgen.core.findings import Code
from gxgen.core.numbers import COUNT_WORDS, HALF_WIDTH, MOST_DECIMALS
from gxgen.model import IN_YUAN, LARGEST_FIGURE, Figure, Money
from gxgen.published.document import Location
from gxgen.published.labels import SPACES
from gxgen.spec import Address, Entry, Kind


class ReadingProblem(NamedTuple):
    """Something that was left out or read with a repair, and why."""

    code: Code
    location: Location
    cause: str
    """In Chinese; rows of a table with one cause are reported as one."""
    address: Address = ""
    unread: tuple[Address, ...] = ()
    """The cells of the form that were not read for this reason."""
    quote: str = ""
    """What was found there."""

    @property
    def message(self) -> str:
        """The cause, and what was found."""
        return f"{self.cause}：{self.quote}" if self.quote else self.cause


_HALF_WIDTH = HALF_WIDTH | str.maketrans("﹣–（）", "--()")
DASHES = frozenset("—–-－−_")
_DIGITS = r"(?:0|[1-9]\d{0,12}|[1-9]\d{0,2}(?:,\d{3}){1,3})"
NO_DECIMALS = r"(?:\.00?)?"
"""What a sheet prints after a count whose cells have the number format 0.00; a full count has no other decimals."""
COUNT = re.compile(rf"({_DIGITS}){NO_DECIMALS}[{COUNT_WORDS}]?")
CHANGE = re.compile(rf"([+-]?{_DIGITS}){NO_DECIMALS}")
UNITS = "|".join(IN_YUAN)
AMOUNT = re.compile(rf"({_DIGITS}(?:\.\d{{1,{MOST_DECIMALS}}})?)({UNITS})?")
WAITING = frozenset((*COUNT_WORDS, *IN_YUAN))
"""The units that stand in a cell which waits for its number."""
YEAR = re.compile(r"(?:19|20)\d\d年")
LOOKS_LIKE_FIGURE = re.compile(rf"[+-]?\d[\d.,]*(?:[{COUNT_WORDS}]|{UNITS})?(?:\(.*\))?")

AROUND = re.compile(rf"^{SPACES.pattern}|{SPACES.pattern}$")
"""Spaces around a figure, those of a web page as well (&ensp;)."""
LONGEST_KEPT = 40
"""Characters; a longer cell is read each time."""


class Mark(Enum):
    """What a cell holds."""

    FIGURE = auto()
    BLANK = auto()
    OTHER = auto()


class Content(NamedTuple):
    """A cell read: its figure if it holds one."""

    mark: Mark
    text: str
    figure: Figure | None = None


def content(text: str, entry: Entry) -> Content:
    """Read a cell.  Whatever is not the whole of one possible number is no figure."""
    read = _content if len(text) <= LONGEST_KEPT else _content.__wrapped__
    return read(text, entry.kind, entry.unit)


@lru_cache(maxsize=2048)
def _content(text: str, kind: Kind, unit: str) -> Content:
    stripped = AROUND.sub("", text)
    if not stripped or stripped in WAITING:
        return Content(Mark.BLANK, text)
    figure = None if SPACES.search(stripped) else _figure(stripped.translate(_HALF_WIDTH), kind, unit)
    return Content(Mark.OTHER if figure is None else Mark.FIGURE, text, figure)


def _figure(text: str, kind: Kind, unit: str) -> Figure | None:
    if not text.isprintable() or any(char.isdigit() and not char.isascii() for char in text):
        return None
    if kind is Kind.AMOUNT:
        return _amount(text, unit)
    pattern = CHANGE if kind is Kind.CHANGE else COUNT
    found = pattern.fullmatch(text)
    if not found:
        return None
    number = int(found[1].replace(",", ""))
    return number if abs(number) <= LARGEST_FIGURE else None


def _amount(text: str, unit: str) -> Figure | None:
    found = AMOUNT.fullmatch(text)
    if not found:
        return None
    number = Decimal(found[1].replace(",", ""))
    if number > LARGEST_FIGURE or (unit and found[2] not in (None, unit)):
        return None
    if found[2] and not unit:
        return Money.of(f"{number:f}{found[2]}", number, found[2])
    return number if "." in found[1] else int(number)


def looks_like_figure(text: str) -> bool:
    """Whether a cell is one of figures and not of labels, be its figure clear or not."""
    folded = SPACES.sub("", text).translate(_HALF_WIDTH)
    return bool(folded) and (bool(LOOKS_LIKE_FIGURE.fullmatch(folded)) or is_dash(folded))


def is_plain_figure(text: str) -> bool:
    """Whether a cell begins as a figure does, and is no year."""
    folded = SPACES.sub("", text).translate(_HALF_WIDTH)
    return is_dash(folded) or bool(re.match(r"[+-]?\d", folded) and not YEAR.match(folded))


def is_dash(text: str) -> bool:
    """Whether a cell holds only a stroke: how some write that there is nothing, and some that it does not apply."""
    return bool(text) and all(char in DASHES or char in "/／\\" for char in text)


def why_unread(found: Content) -> str:
    """What a message says of a cell without a figure."""
    if found.mark is Mark.BLANK:
        return "这一格是空的"
    if is_dash(SPACES.sub("", found.text)):
        return "这一格是横线或斜线，不知道是 0 还是不适用"
    if any(char.isdigit() for char in found.text):
        return "这一格除了数字还有别的"
    return "这一格不是数字"
