"""The filters of templates: Jinja's own, with bounded arguments and at the budget's expense.

Filters that reach attributes by name (``attr``), make markup of text (``urlize``) or differ from run to run
(``random``) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import filters as jinja
from jinja2 import pass_context, pass_environment

from gxgen.core.errors import TemplateError
from gxgen.render.templating.budget import (
    CHARACTERS_PER_STEP,
    MAX_TEXT_LENGTH,
    MAX_WIDTH,
    OVER_BUDGET,
    OVER_BUDGET_HINT,
    consume_cost,
    cost,
    rendering,
)
from gxgen.render.templating.formatting import as_markup, as_text, join_markup
from gxgen.render.templating.names import Amount, Count, Placeable

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context


CONSUME, CONCAT, FORMAT, MEASURE = "gxgen:consume", "gxgen:concat", "gxgen:format", "gxgen:measure"
"""Filters that the compiler inserts; no template can write a name with a colon."""
Filter = Callable[..., Any]

OF_TEXT = frozenset(
    [
        "capitalize",
        "center",
        "indent",
        "lower",
        "striptags",
        "title",
        "trim",
        "truncate",
        "upper",
        "wordcount",
        "wordwrap",
    ]
)
OF_LISTS = frozenset(
    [
        "batch",
        "dictsort",
        "first",
        "groupby",
        "items",
        "last",
        "length",
        "count",
        "list",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "select",
        "selectattr",
        "slice",
        "sort",
        "unique",
    ]
)
OF_ANYTHING = frozenset(["abs", "d", "default", "float", "int", "round"])
WITH_WIDTH = frozenset(["batch", "center", "indent", "round", "slice", "truncate", "wordwrap"])
PREFIXES_LINES = frozenset(("indent", "wordwrap"))
"""Filters that insert their argument at every line."""


def filters() -> dict[str, Filter]:
    """Return all filters by name."""
    found = {name: _bounded(name, jinja.FILTERS[name]) for name in sorted(OF_TEXT | OF_LISTS | OF_ANYTHING)}
    return found | {
        "e": _escaped,
        "escape": _escaped,
        "format": format_values,
        "join": _join,
        "replace": replace_text,
        "safe": _unchanged,
        "string": as_text,
        "sum": _sum,
        CONSUME: _consume,
        CONCAT: _concat,
        FORMAT: _format,
        MEASURE: _measure,
    }


def _bounded(name: str, original: Filter) -> Filter:
    """Wrap one of Jinja's filters so that arguments and result count against the budget."""
    takes_text, takes_width = name in OF_TEXT, name in WITH_WIDTH
    value_at = 1 if getattr(original, "jinja_pass_arg", None) else 0

    @wraps(original)
    def bounded(*arguments: Any, **named: Any) -> Any:
        given = list(arguments)
        for argument in (*given[value_at:], *named.values()):
            consume_cost(argument)
        if takes_text:
            given[value_at] = as_text(given[value_at])
        if takes_width:
            _check_widths((*given[value_at + 1 :], *named.values()))
        if name in PREFIXES_LINES:
            _consume_prefixes(given[value_at], (*given[value_at + 1 :], *named.values()))
        result = original(*given, **named)
        consume_cost(result)
        return result

    return bounded


def _check_widths(arguments: Iterable[object]) -> None:
    if any(isinstance(argument, (int, float)) and not -MAX_WIDTH <= argument <= MAX_WIDTH for argument in arguments):
        raise TemplateError(OVER_BUDGET, f"过滤器里的宽度和个数最多 {MAX_WIDTH}")


def _consume_prefixes(text: str, arguments: Iterable[object]) -> None:
    """Consume the budget for an argument that is inserted at each line of *text*, at worst at each character."""
    longest = max((len(argument) if isinstance(argument, str) else MAX_WIDTH for argument in arguments), default=1)
    _consume_text(len(text) * longest)


def _consume_text(length: int) -> None:
    """Consume the budget for a text of *length* characters before it is made."""
    if length > MAX_TEXT_LENGTH:
        raise TemplateError(OVER_BUDGET, OVER_BUDGET_HINT)
    rendering().consume(length // CHARACTERS_PER_STEP)


def _format_argument(value: object) -> object:
    """Return an argument of ``format``: numbers stay numbers, anything else becomes text."""
    if isinstance(value, (Count, Amount)):
        rendering().placed.add(value.address)
        return value
    return value if isinstance(value, (int, float)) else as_text(value)


def format_values(value: object, *arguments: object, **named: object) -> str:
    """Format as ``"%s 件"|format(figure)`` does in Jinja, with widths of at most MAX_WIDTH."""
    pattern = as_text(value)
    numbers = [int(number) for number in re.findall(r"\d{1,9}", pattern)]
    if "*" in pattern or re.search(r"\d{5}", pattern) or max(numbers, default=0) > MAX_WIDTH:
        raise TemplateError(OVER_BUDGET, f"格式里的宽度最多 {MAX_WIDTH}")
    given: Any = {name: _format_argument(one) for name, one in named.items()} or tuple(map(_format_argument, arguments))
    consume_cost((pattern, given))
    result: str = pattern % given
    return result


def replace_text(value: object, old: object, new: object, count: int = -1) -> str:
    """Replace one text by another; markup is unescaped first, since its tags could be cut otherwise."""
    text, before, after = (_unescaped(each) for each in (value, old, new))
    _consume_text(len(text) + (text.count(before) if before else len(text) + 1) * len(after))
    return text.replace(before, after, -1 if count is None else count)


def _unescaped(value: object) -> str:
    text = as_text(value)
    return text.unescape() if hasattr(text, "unescape") else str(text)


@pass_environment
def _join(environment: Environment, value: Any, d: object = "", attribute: str | int | None = None) -> str:
    consume_cost(value)
    items = value if attribute is None else map(jinja.make_attrgetter(environment, attribute), value)
    texts = [as_text(item) for item in items]
    separator = as_text(d)
    _consume_text(sum(map(len, texts)) + len(separator) * len(texts))
    return join_markup(texts, separator)


@pass_environment
def _sum(environment: Environment, iterable: Any, attribute: str | int | None = None, start: int = 0) -> Any:
    consume_cost(iterable)
    items = iterable if attribute is None else map(jinja.make_attrgetter(environment, attribute), iterable)
    numbers = list(items)
    if not all(isinstance(number, (int, float)) or hasattr(number, "quantize") for number in (start, *numbers)):
        raise TemplateError("模板要相加的不都是数", "sum 只用于数")
    return sum(numbers, start)


def _unchanged(value: object) -> object:
    """Ignore ``|safe``: data may hold anything, so that text is escaped all the same."""
    return value


def _escaped(value: object) -> str:
    from markupsafe import escape

    return value.markup if isinstance(value, Placeable) else escape(as_text(value))


@pass_context  # filters that take a context are never evaluated at compile time
def _consume(_: Context, steps: int) -> str:
    rendering().consume(max(steps, 1))
    return ""


@pass_context
def _concat(_: Context, values: list[object]) -> str:
    texts = [as_text(value) for value in values]
    _consume_text(sum(map(len, texts)))
    return join_markup(texts)


@pass_context
def _format(_: Context, value: object) -> str:
    return as_markup(value)


@pass_context
def _measure(_: Context, value: object) -> object:
    """Consume the cost of a list or mapping literal."""
    rendering().consume(cost(value))
    return value
