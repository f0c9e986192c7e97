"""The one sandboxed Jinja environment, of which each use is a profile: quotations in data files, templates of packs.

A profile lists what its texts may use.  Everything else is refused: attributes that are not exposed, names that begin
with an underscore, filters and tests that are not given, ``str.format``, calls where the profile has none.

Import this module only where Jinja is needed: loading Jinja takes longer than making a report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gxgen.core.errors import TemplateError

if TYPE_CHECKING:
    from jinja2.runtime import Context


BINARY_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = ImmutableSandboxedEnvironment.default_binop_table
NOTHING: Mapping[str, Any] = MappingProxyType({})


class NamedValues(Protocol):
    """An object whose names are found by ``object[name]`` only, which raises KeyError for any other."""

    def __getitem__(self, name: str, /) -> object: ...


Calculate = Callable[[str, Any, Any], Any]
"""``calculate(operator, left, right)``: the value of a binary operation within the profile's bounds."""
Invoke = Callable[..., Any]


def refuse_call(invoke: Invoke, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:  # noqa: ARG001
    """Refuse every call.

    Raises:
        SecurityError: always.
    """
    raise SecurityError("calls are not part of this language")


def expose_nothing(value: object, name: str) -> bool:  # noqa: ARG001
    """Refuse every attribute."""
    return False


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What the texts of one use may do."""

    filters: Mapping[str, Callable[..., Any]]
    objects: type[NamedValues]
    """Objects whose names are looked up by ``object[name]``, never among their Python attributes."""
    calculate: Calculate
    operators: frozenset[str]
    """The binary operators that *calculate* is asked for."""
    exposes: Callable[[object, str], bool] = expose_nothing
    """``exposes(value, name)``: whether an attribute of any other value may be used."""
    tests: Mapping[str, Any] = NOTHING
    globals: Mapping[str, object] = NOTHING
    undefined: type[Undefined] = StrictUndefined
    call: Callable[[Invoke, Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any] = refuse_call
    """``call(invoke, function, args, named)``: call a function by way of ``invoke(function, *args, **named)``."""


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """A Jinja environment that holds what its profile lists and nothing else."""

    def __init__(self, profile: Profile, *, autoescape: bool = False, trim: bool = False, **options: Any) -> None:
        """Make an environment.

        Args:
            profile: what texts may do.
            autoescape: whether output is escaped for XML and HTML.
            trim: whether statements take their line's indentation and end with them.
            options: further options of :class:`jinja2.Environment`.
        """
        super().__init__(
            autoescape=autoescape,
            undefined=profile.undefined,
            keep_trailing_newline=True,
            trim_blocks=trim,
            lstrip_blocks=trim,
            optimized=False,  # constant folding would evaluate without a budget
            cache_size=0,
            **options,
        )
        self.profile = profile
        self.intercepted_binops = profile.operators
        self.filters = dict(profile.filters)
        self.tests = dict(profile.tests)
        self.globals = dict(profile.globals)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``."""
        if isinstance(obj, self.profile.objects):
            return self._value(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]``."""
        if isinstance(obj, self.profile.objects) and isinstance(argument, str):
            return self._value(obj, argument)
        return super().getitem(obj, argument)

    def _value(self, obj: Any, name: str) -> Any:
        try:
            return obj[str(name)]
        except KeyError:
            if hasattr(type(obj), name):
                return self.unsafe_undefined(obj, name)
            return self.undefined(obj=obj, name=name)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Whether the profile exposes an attribute."""
        return not attr.startswith("_") and self.profile.exposes(obj, attr)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Return the undefined value of an attribute that exists but is not exposed."""
        return self.undefined(obj=obj, name=attribute, exc=SecurityError)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ARG002
        """Refuse ``str.format``: it pads to any width and walks attributes."""
        return None

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a function by way of the profile."""

        def invoke(function: Any, /, *args: Any, **kwargs: Any) -> Any:
            return super(SandboxEnvironment, __self).call(__context, function, *args, **kwargs)

        return __self.profile.call(invoke, __obj, args, kwargs)

    def call_filter(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call a filter by its name, as ``map`` does; names with a colon are the compiler's own."""
        if ":" in name:
            raise TemplateError(f"没有「{name}」这个过滤器", "核对过滤器的名字")
        return super().call_filter(name, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Evaluate a binary operation by way of the profile."""
        return self.profile.calculate(operator, left, right)
