"""The filters that a template may use: Jinja's own, each within bounds.

Left out is what reaches attributes by name, makes markup of text, or is different each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import filters as jinja
from jinja2 import pass_context, pass_environment

from gxgen.core.errors import TemplateError
from gxgen.render.templating.budget import CHARACTERS_A_STEP, FEWER, LONGEST_TEXT, TOO_MUCH, WIDEST, charge, run, weight
from gxgen.render.templating.figures import Amount, Count
from gxgen.render.templating.formatting import as_text, drawn, joined
from gxgen.render.templating.names import Piece

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context


SPEND, CONCAT, SHOWN, FLAT = "gxgen:spend", "gxgen:concat", "gxgen:shown", "gxgen:flat"
"""Filters that no template can name; the compiler puts them in."""
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
MOST_MULTIPLIED = frozenset(("indent", "wordwrap"))
"""Filters that put their argument at every line's end."""


def filters() -> dict[str, Filter]:
    """All filters by name."""
    found = {name: _bounded(name, jinja.FILTERS[name]) for name in sorted(OF_TEXT | OF_LISTS | OF_ANYTHING)}
    return found | {
        "e": _escaped,
        "escape": _escaped,
        "format": formatted,
        "join": _join,
        "replace": replaced,
        "safe": _unchanged,
        "string": as_text,
        "sum": _sum,
        SPEND: _spend,
        CONCAT: _concat,
        SHOWN: _shown,
        FLAT: _flat,
    }


def _bounded(name: str, original: Filter) -> Filter:
    """One of Jinja's filters, paid for, with arguments that keep it small."""
    takes_text, takes_width = name in OF_TEXT, name in WITH_WIDTH
    value_at = 1 if getattr(original, "jinja_pass_arg", None) else 0

    @wraps(original)
    def bounded(*arguments: Any, **named: Any) -> Any:
        given = list(arguments)
        for argument in (*given[value_at:], *named.values()):
            charge(argument)
        if takes_text:
            given[value_at] = as_text(given[value_at])
        if takes_width:
            _refuse_wide((*given[value_at + 1 :], *named.values()))
        if name in MOST_MULTIPLIED:
            _refuse_multiplied(given[value_at], (*given[value_at + 1 :], *named.values()))
        result = original(*given, **named)
        charge(result)
        return result

    return bounded


def _refuse_wide(arguments: Iterable[object]) -> None:
    if any(isinstance(argument, (int, float)) and not -WIDEST <= argument <= WIDEST for argument in arguments):
        raise TemplateError(TOO_MUCH, f"过滤器里的宽度和个数最多 {WIDEST}")


def _refuse_multiplied(text: str, arguments: Iterable[object]) -> None:
    """Something is put at each line of *text*, at worst at each character."""
    longest = max((len(argument) if isinstance(argument, str) else WIDEST for argument in arguments), default=1)
    _pay_ahead(len(text) * longest)


def _pay_ahead(length: int) -> None:
    """Pay for a text before it is made."""
    if length > LONGEST_TEXT:
        raise TemplateError(TOO_MUCH, FEWER)
    run().spend(length // CHARACTERS_A_STEP)


def _in_words(value: object) -> object:
    """An argument of a format: a number to be formatted, or words."""
    if isinstance(value, (Count, Amount)):
        run().placed.add(value.address)
        return value
    return value if isinstance(value, (int, float)) else as_text(value)


def formatted(value: object, *arguments: object, **named: object) -> str:
    """``"%s 件"|format(figure)``, as Jinja has it, with modest widths."""
    pattern = as_text(value)
    numbers = [int(number) for number in re.findall(r"\d{1,9}", pattern)]
    if "*" in pattern or re.search(r"\d{5}", pattern) or max(numbers, default=0) > WIDEST:
        raise TemplateError(TOO_MUCH, f"格式里的宽度最多 {WIDEST}")
    given: Any = {name: _in_words(one) for name, one in named.items()} or tuple(map(_in_words, arguments))
    charge((pattern, given))
    result: str = pattern % given
    return result


def replaced(value: object, old: object, new: object, count: int = -1) -> str:
    """*value* with one text exchanged for another; markup is taken as words, or its tags could be cut."""
    text, before, after = (_words(each) for each in (value, old, new))
    _pay_ahead(len(text) + (text.count(before) if before else len(text) + 1) * len(after))
    return text.replace(before, after, -1 if count is None else count)


def _words(value: object) -> str:
    text = as_text(value)
    return text.unescape() if hasattr(text, "unescape") else str(text)


@pass_environment
def _join(environment: Environment, value: Any, d: object = "", attribute: str | int | None = None) -> str:
    charge(value)
    items = value if attribute is None else map(jinja.make_attrgetter(environment, attribute), value)
    texts = [as_text(item) for item in items]
    between = as_text(d)
    _pay_ahead(sum(map(len, texts)) + len(between) * len(texts))
    return joined(texts, between)


@pass_environment
def _sum(environment: Environment, iterable: Any, attribute: str | int | None = None, start: int = 0) -> Any:
    charge(iterable)
    items = iterable if attribute is None else map(jinja.make_attrgetter(environment, attribute), iterable)
    numbers = list(items)
    if not all(isinstance(number, (int, float)) or hasattr(number, "quantize") for number in (start, *numbers)):
        raise TemplateError("模板要相加的不都是数", "sum 只用于数")
    return sum(numbers, start)


def _unchanged(value: object) -> object:
    """``|safe`` in a sandbox: what is markup stays markup, and text stays text, since data may hold anything."""
    return value


def _escaped(value: object) -> str:
    from markupsafe import escape

    return value.drawn if isinstance(value, Piece) else escape(as_text(value))


@pass_context  # what takes a context is never worked out beforehand
def _spend(_: Context, steps: int) -> str:
    run().spend(max(steps, 1))
    return ""


@pass_context
def _concat(_: Context, values: list[object]) -> str:
    texts = [as_text(value) for value in values]
    _pay_ahead(sum(map(len, texts)))
    return joined(texts)


@pass_context
def _shown(_: Context, value: object) -> str:
    return drawn(value)


@pass_context
def _flat(_: Context, value: object) -> object:
    """A list or mapping that the template has written down."""
    run().spend(weight(value))
    return value
