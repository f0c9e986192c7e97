"""What a template may cost: every loop, call, filter and output is charged, and what grows is paid for beforehand.

A template is a stranger's program.  Counting its steps bounds it in every thread and on every system, and the same
template is refused at the same place each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from decimal import Decimal

from gxgen.core.errors import TemplateError

MOST_EFFORT = 200_000
"""Steps of one rendering; the largest report through the most elaborate template takes some thousands."""
CHARACTERS_A_STEP = 64
LONGEST_TEXT = 1_000_000
"""Characters of one value."""
MOST_ITEMS = 10_000
"""Of a list, a range, or everything within lists of lists."""
LARGEST_NUMBER = 10**60
WIDEST = 1_000
"""What a filter may be told to fill up to, indent by or round to."""

TOO_MUCH = "模板要做的事太多，已停下"
FEWER = "减少循环的次数或层数；模板里不需要很长的文字和列表"


class Run:
    """One rendering of one part of a template: what it may still spend, and what it has placed."""

    __slots__ = ("effort", "placed")

    def __init__(self) -> None:
        self.effort = MOST_EFFORT
        self.placed: set[str] = set()

    def spend(self, steps: int) -> None:
        """Pay for *steps*.

        Raises:
            TemplateError: there is not enough left.
        """
        self.effort -= steps
        if self.effort < 0:
            raise TemplateError(TOO_MUCH, FEWER)


RUN: ContextVar[Run] = ContextVar("RUN")


def run() -> Run:
    """The rendering under way in this thread; one of its own for what a compiler works out beforehand."""
    return RUN.get(None) or Run()


def weight(value: object) -> int:
    """The steps that handling *value* costs; whatever is in it counts as often as it is there.

    Raises:
        TemplateError: it is too large for any template.
    """
    if not isinstance(value, (list, tuple, dict, set, frozenset, Mapping)):
        return 1 + _weight_alone(value)
    total, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        total += 1 + _weight_alone(one)
        if isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple, set, frozenset)):
            waiting += one
        if total > 2 * MOST_ITEMS or len(waiting) > 2 * MOST_ITEMS:
            raise TemplateError(TOO_MUCH, FEWER)
    return total


def _weight_alone(value: object) -> int:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise TemplateError(TOO_MUCH, FEWER)
        return len(value) // CHARACTERS_A_STEP
    if isinstance(value, (int, Decimal, float)) and not -LARGEST_NUMBER < value < LARGEST_NUMBER:
        raise TemplateError("模板算出的数太大", "核对标记里的算式")
    return len(value) if isinstance(value, range) else 0


def charge(value: object) -> None:
    """Pay for handling *value*."""
    run().spend(weight(value))
