"""The sandbox profile of templates: names of the report, calculation, loops and macros, all within a budget."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.tests import TESTS
from jinja2.utils import Namespace

from gxgen.core.errors import TemplateError
from gxgen.core.jinja_sandbox import BINARY_OPERATORS, Invoke, Profile, SandboxEnvironment
from gxgen.render.templating.budget import (
    MAX_ITEMS,
    MAX_TEXT_LENGTH,
    OVER_BUDGET,
    OVER_BUDGET_HINT,
    consume_cost,
    rendering,
)
from gxgen.render.templating.filters import filters, format_values, replace_text
from gxgen.render.templating.names import Branch, PlaceableSection, TemplateObject

MAX_EXPONENT = 64
STEPS_PER_CALL = 20
"""A call takes about as long as so many rounds of a loop."""
ATTRIBUTES: Mapping[type, frozenset[str]] = {
    str: frozenset(
        [
            "upper",
            "lower",
            "title",
            "capitalize",
            "strip",
            "lstrip",
            "rstrip",
            "startswith",
            "endswith",
            "split",
            "splitlines",
            "find",
            "rfind",
            "count",
            "isdigit",
            "isalpha",
            "isnumeric",
            "replace",
            "removeprefix",
            "removesuffix",
        ]
    ),
    dict: frozenset(("items", "keys", "values", "get")),
    list: frozenset(("index", "count")),
    tuple: frozenset(("index", "count", "grouper", "list")),
    date: frozenset(("year", "month", "day")),
    LoopContext: frozenset(
        [
            "index",
            "index0",
            "revindex",
            "revindex0",
            "first",
            "last",
            "length",
            "cycle",
            "changed",
            "depth",
            "depth0",
            "previtem",
            "nextitem",
        ]
    ),
}
"""The attributes of Python's and Jinja's own values that templates may use."""


class ChineseUndefined(StrictUndefined):
    """An undefined name: any use of it raises, with a message in Chinese."""

    @property
    def _undefined_message(self) -> str:
        name, obj = self._undefined_name, self._undefined_obj
        if self._undefined_exception is SecurityError:
            return f"模板不能用「{name}」"
        owner = obj.address if isinstance(obj, Branch) else obj.key if isinstance(obj, PlaceableSection) else ""
        return f"模板中的标记用了不存在的名称「{f'{owner}.{name}' if owner else name}」"


def template_environment(*, autoescape: bool, trim: bool = False) -> SandboxEnvironment:
    """Make an environment for the templates of a format.

    Args:
        autoescape: whether the format escapes, as XML and HTML do.
        trim: whether statements take their line's indentation and end with them.
    """
    return SandboxEnvironment(_profile(), autoescape=autoescape, trim=trim)


@cache
def _profile() -> Profile:
    return Profile(
        filters=filters(),
        tests=TESTS,
        globals={"range": _range, "namespace": Namespace},
        objects=TemplateObject,
        exposes=_exposes,
        undefined=ChineseUndefined,
        operators=frozenset(("+", "-", "*", "/", "//", "%", "**")),
        calculate=_calculate,
        call=_call,
    )


def _exposes(value: object, name: str) -> bool:
    # The attributes of a ``namespace`` are what the template itself has stored in it.
    return isinstance(value, Namespace) or any(
        name in names and isinstance(value, of) for of, names in ATTRIBUTES.items()
    )


def _call(invoke: Invoke, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Call a macro or a listed method at the budget's expense."""
    consume_cost((args, named))
    rendering().consume(STEPS_PER_CALL)
    if getattr(function, "__name__", "") == "replace" and isinstance(text := getattr(function, "__self__", None), str):
        function = partial(replace_text, text)
    result = invoke(function, *args, **named)
    consume_cost(result)
    return result


def _calculate(operator: str, left: Any, right: Any) -> Any:
    """Evaluate an operation within bounds; with decimals where one side is a decimal."""
    if operator == "%" and isinstance(left, str):
        return format_values(left, *(right if isinstance(right, tuple) else (right,)))
    if isinstance(left, (int, float, Decimal)) and isinstance(right, (int, float, Decimal)):
        return _number(operator, *_same_type(left, right))
    _check_growth(operator, left, right)
    result = BINARY_OPERATORS[operator](left, right)
    consume_cost(result)
    return result


def _same_type(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return tuple(Decimal(str(side)) if isinstance(side, float) else side for side in (left, right))  # type: ignore[return-value]
    return left, right


def _number(operator: str, left: Any, right: Any) -> Any:
    if operator == "**" and not (
        -MAX_EXPONENT <= right <= MAX_EXPONENT and -MAX_TEXT_LENGTH <= left <= MAX_TEXT_LENGTH
    ):
        raise TemplateError("模板算出的数太大", "核对标记里的算式")
    try:
        result = BINARY_OPERATORS[operator](left, right)
    except (ArithmeticError, ValueError) as error:
        raise TemplateError("模板里的算式算不出来", "例如除以了 0；用 {% if %} 先判断") from error
    consume_cost(result)
    return result


def _check_growth(operator: str, left: Any, right: Any) -> None:
    """Refuse an operation on texts or lists whose result would exceed the limits, before it is made."""
    sizes = [len(side) if isinstance(side, (str, list, tuple)) else 0 for side in (left, right)]
    if operator == "*":
        times = max((side for side in (left, right) if isinstance(side, int)), default=1)
        length = max(sizes) * times
    else:
        length = sum(sizes)
    is_text = isinstance(left, str) or isinstance(right, str)
    if length > (MAX_TEXT_LENGTH if is_text else MAX_ITEMS):
        raise TemplateError(OVER_BUDGET, OVER_BUDGET_HINT)
    rendering().consume(1)


def _range(*bounds: int) -> range:
    numbers = range(*map(operator.index, bounds))
    if numbers[MAX_ITEMS:]:
        raise TemplateError(OVER_BUDGET, f"减少循环的次数，range 最多 {MAX_ITEMS} 个数")
    return numbers
