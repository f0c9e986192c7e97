"""Frozen values that are quick to define.

``@frozen`` does to a class what ``@dataclass(frozen=True)`` does; all that reads, compares, copies or pickles
dataclasses works on it.  The standard decorator writes and compiles six methods for each class while its module is
loaded, which for the values of gxgen takes longer than reading and checking a report.  Here ``__init__`` is compiled
when a class is first used, and the others are the same functions for all classes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

Value = TypeVar("Value")
Make = Callable[..., None]


@overload
def frozen(cls: type[Value], /) -> type[Value]: ...


@overload
def frozen(*, eq: bool = True) -> Callable[[type[Value]], type[Value]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Value] | None = None, /, *, eq: bool = True) -> type[Value] | Callable[[type[Value]], type[Value]]:
    """Make a class a frozen value.

    Args:
        cls: the class.
        eq: whether values are equal that have equal fields; if not, a value is equal to itself alone.
    """
    return _frozen(cls, eq=eq) if cls else lambda decorated: _frozen(decorated, eq=eq)


def _frozen(cls: type[Value], *, eq: bool) -> type[Value]:
    methods = METHODS | (OF_EQUALS if eq else {}) | {"__init__": _compiled_when_called(cls)}
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    return dataclass(init=False, repr=False, eq=False)(cls)


def _compiled_when_called(cls: type) -> Make:
    def init(self: object, *values: object, **named: object) -> None:
        compiled = _init_of(cls)
        cls.__init__ = compiled  # type: ignore[misc]  # from now on
        compiled(self, *values, **named)

    return init


def _init_of(cls: type) -> Make:
    """``__init__`` for the fields of a class."""
    scope: dict[str, Any] = {"put": object.__setattr__, "missing": MISSING}
    parameters, lines = ["self"], list[str]()
    for each in fields(cls):
        name, value = each.name, each.name
        if each.default is not MISSING:
            scope[f"default_{name}"] = each.default
            parameters.append(f"{name}=default_{name}")
        elif each.default_factory is not MISSING:
            scope[f"new_{name}"] = each.default_factory
            parameters.append(f"{name}=missing")
            value = f"new_{name}() if {name} is missing else {name}"
        else:
            parameters.append(name)
        lines.append(f"\n    put(self, '{name}', {value})")
    exec(f"def __init__({', '.join(parameters)}):{''.join(lines)}", scope)  # noqa: S102  # as dataclasses do
    made: Make = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in value.__match_args__)


def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _equal(self: object, other: object) -> bool:
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: object) -> int:
    return hash(_values(self))


def _refuse_setting(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


METHODS: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__setattr__": _refuse_setting,
    "__delattr__": _refuse_deleting,
}
OF_EQUALS: dict[str, Callable[..., Any]] = {"__eq__": _equal, "__hash__": _hash}
