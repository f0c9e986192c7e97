"""The budget of a template: every loop, call, filter and output consumes steps, and what grows is paid for beforehand.

Templates are untrusted programs.  Counting steps, unlike a clock or a memory limit, works in every thread and on every
system, and refuses the same template at the same place each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from decimal import Decimal

from gxgen.core.errors import TemplateError

MAX_STEPS = 200_000
"""Steps of one rendering; the largest report through the most elaborate template takes some thousands."""
CHARACTERS_PER_STEP = 64
MAX_TEXT_LENGTH = 1_000_000
"""Characters of one value."""
MAX_ITEMS = 10_000
"""Items of a list or range, those of nested lists included."""
MAX_NUMBER = 10**60
MAX_WIDTH = 1_000
"""The largest width, indentation or number of decimals that a filter takes."""

OVER_BUDGET = "模板要做的事太多，已停下"
OVER_BUDGET_HINT = "减少循环的次数或层数；模板里不需要很长的文字和列表"


class Rendering:
    """One rendering of one part of a template: the steps left, and the names of the report that it has placed."""

    __slots__ = ("placed", "steps_left")

    def __init__(self) -> None:
        self.steps_left = MAX_STEPS
        self.placed: set[str] = set()

    def consume(self, steps: int) -> None:
        """Take *steps* from the budget.

        Raises:
            TemplateError: fewer are left.
        """
        self.steps_left -= steps
        if self.steps_left < 0:
            raise TemplateError(OVER_BUDGET, OVER_BUDGET_HINT)


CURRENT_RENDERING: ContextVar[Rendering] = ContextVar("CURRENT_RENDERING")


def rendering() -> Rendering:
    """Return this thread's current rendering; a new one where Jinja evaluates something at compile time."""
    return CURRENT_RENDERING.get(None) or Rendering()


def cost(value: object) -> int:
    """Return the steps that handling *value* costs, its items included as often as they occur.

    Raises:
        TemplateError: the value exceeds a limit of its kind.
    """
    if not isinstance(value, (list, tuple, dict, set, frozenset, Mapping)):
        return 1 + _own_cost(value)
    # A loop rather than recursion: nesting must not exhaust the stack.
    total, pending = 0, [value]
    while pending:
        item = pending.pop()
        total += 1 + _own_cost(item)
        if isinstance(item, Mapping):
            pending += [*item.keys(), *item.values()]
        elif isinstance(item, (list, tuple, set, frozenset)):
            pending += item
        if total > 2 * MAX_ITEMS or len(pending) > 2 * MAX_ITEMS:
            raise TemplateError(OVER_BUDGET, OVER_BUDGET_HINT)
    return total


def _own_cost(value: object) -> int:
    if isinstance(value, str):
        if len(value) > MAX_TEXT_LENGTH:
            raise TemplateError(OVER_BUDGET, OVER_BUDGET_HINT)
        return len(value) // CHARACTERS_PER_STEP
    if isinstance(value, (int, Decimal, float)) and not -MAX_NUMBER < value < MAX_NUMBER:
        raise TemplateError("模板算出的数太大", "核对标记里的算式")
    return len(value) if isinstance(value, range) else 0


def consume_cost(value: object) -> None:
    """Take the cost of *value* from the current rendering's budget."""
    rendering().consume(cost(value))
