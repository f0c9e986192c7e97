"""The sandbox that a stranger's template runs in.

It names parts of the report and reckons with figures.  It reaches no attribute that is not offered, loads no other
template, and spends no more than a budget (:mod:`gxgen.render.templating.budget`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from gxgen.core.errors import TemplateError
from gxgen.render.templating.budget import FEWER, LONGEST_TEXT, MOST_ITEMS, TOO_MUCH, charge, run
from gxgen.render.templating.figures import Offering
from gxgen.render.templating.filters import filters, formatted, replaced

if TYPE_CHECKING:
    from jinja2.runtime import Context, Undefined


MOST_POWER = 64
STEPS_OF_A_CALL = 20
"""A call takes as long as so many rounds of a loop."""
OFFERED: Mapping[type, frozenset[str]] = {
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
"""What a template may ask Python's and Jinja's own things for."""


class Missing(StrictUndefined):
    """A name that is not there: never nothing, and told in Chinese."""

    @property
    def _undefined_message(self) -> str:
        name, obj = self._undefined_name, self._undefined_obj
        if self._undefined_exception is SecurityError:
            return f"模板不能用「{name}」"
        owner = getattr(obj, "address", getattr(obj, "key", "")) if isinstance(obj, Offering) else ""
        return f"模板中的标记用了不存在的名称「{f'{owner}.{name}' if owner else name}」"


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it but what templates need."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self, *, autoescape: bool, trim: bool = False) -> None:
        super().__init__(
            autoescape=autoescape,
            undefined=Missing,
            keep_trailing_newline=True,
            trim_blocks=trim,
            lstrip_blocks=trim,
            optimized=False,  # what can be worked out beforehand could grow beforehand
            cache_size=0,
        )
        self.globals = {"range": _range, "namespace": Namespace}
        self.filters = filters()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Only what is offered."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, Offering):
            return obj.offers(attr)
        return isinstance(obj, Namespace) or any(attr in names and isinstance(obj, of) for of, names in OFFERED.items())

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ARG002
        """``str.format`` pads to any width and walks attributes; ``|format`` does what is needed."""
        return None

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """What asking for something that is not offered comes to."""
        return self.undefined(obj=obj, name=attribute, exc=SecurityError)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a macro or a harmless method, and pay for it."""
        charge((args, kwargs))
        run().spend(STEPS_OF_A_CALL)
        if getattr(__obj, "__name__", "") == "replace" and isinstance(getattr(__obj, "__self__", None), str):
            __obj = partial(replaced, __obj.__self__)
        result = super().call(__context, __obj, *args, **kwargs)
        charge(result)
        return result

    def call_filter(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call a filter by its name; the compiler's own cannot be named."""
        if ":" in name:
            raise TemplateError(f"没有「{name}」这个过滤器", "核对过滤器的名字")
        return super().call_filter(name, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Reckon, within bounds; with decimals where one side has them."""
        if operator == "%" and isinstance(left, str):
            return formatted(left, *(right if isinstance(right, tuple) else (right,)))
        if isinstance(left, (int, float, Decimal)) and isinstance(right, (int, float, Decimal)):
            return _reckoned(self.binop_table[operator], operator, *_alike(left, right))
        _refuse_growth(operator, left, right)
        result = self.binop_table[operator](left, right)
        charge(result)
        return result


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return tuple(Decimal(str(side)) if isinstance(side, float) else side for side in (left, right))  # type: ignore[return-value]
    return left, right


def _reckoned(function: Callable[[Any, Any], Any], sign: str, left: Any, right: Any) -> Any:
    if sign == "**" and not (-MOST_POWER <= right <= MOST_POWER and -LONGEST_TEXT <= left <= LONGEST_TEXT):
        raise TemplateError("模板算出的数太大", "核对标记里的算式")
    try:
        result = function(left, right)
    except (ArithmeticError, ValueError) as error:
        raise TemplateError("模板里的算式算不出来", "例如除以了 0；用 {% if %} 先判断") from error
    charge(result)
    return result


def _refuse_growth(sign: str, left: Any, right: Any) -> None:
    """A text or list may be lengthened, not without end."""
    sizes = [len(side) if isinstance(side, (str, list, tuple)) else 0 for side in (left, right)]
    if sign == "*":
        times = max((side for side in (left, right) if isinstance(side, int)), default=1)
        length = max(sizes) * times
    else:
        length = sum(sizes)
    is_text = isinstance(left, str) or isinstance(right, str)
    if length > (LONGEST_TEXT if is_text else MOST_ITEMS):
        raise TemplateError(TOO_MUCH, FEWER)
    run().spend(1)


def _range(*bounds: int) -> range:
    numbers = range(*map(operator.index, bounds))
    if numbers[MOST_ITEMS:]:
        raise TemplateError(TOO_MUCH, f"减少循环的次数，range 最多 {MOST_ITEMS} 个数")
    return numbers
