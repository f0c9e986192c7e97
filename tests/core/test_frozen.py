"""Frozen values against the standard library's: whatever can be seen of one is as it is of the other."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gxgen
from gxgen.core.frozen import frozen


def _nothing() -> Mapping[str, int]:
    return {}


class Fields:
    """What both classes are made of."""

    name: str
    number: int = 3
    counts: Mapping[str, int] = field(default_factory=_nothing)
    hidden: str = field(default="", repr=False)


def _class(decorate: Callable[[type], type]) -> Any:
    """A class of those fields, decorated."""
    return decorate(type("Pair", (), {"__doc__": "", **{k: v for k, v in vars(Fields).items() if k != "__dict__"}}))


OURS, THEIRS = _class(frozen), _class(dataclass(frozen=True))
BY_IDENTITY, THEIRS_BY_IDENTITY = _class(frozen(eq=False)), _class(dataclass(frozen=True, eq=False))


@frozen
class Point:
    """A value that can be pickled, since it can be imported."""

    x: int
    y: int = 0

    @cached_property
    def total(self) -> int:
        """Kept with the value."""
        return self.x + self.y


values = st.fixed_dictionaries(
    {"name": st.text()},
    optional={
        "number": st.integers(),
        "counts": st.dictionaries(st.text(), st.integers(), max_size=2),
        "hidden": st.text(),
    },
)


@given(values, values)
def test_a_frozen_value_is_a_frozen_dataclass(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Fields, text, equality and copies are the same for any values."""
    ours, theirs = OURS(**one), THEIRS(**one)
    assert asdict(ours) == asdict(theirs)
    assert repr(ours) == repr(theirs)
    assert (ours == OURS(**other)) == (theirs == THEIRS(**other))
    assert asdict(replace(ours, **other)) == asdict(replace(theirs, **other))
    assert ours != theirs


def test_its_fields_are_those_of_a_dataclass() -> None:
    """Whatever reads the fields of a class, or matches values by position, finds the same."""
    described = [[(each.name, each.type, each.default, each.repr) for each in fields(cls)] for cls in (OURS, THEIRS)]
    assert described[0] == described[1]
    assert OURS.__match_args__ == THEIRS.__match_args__


def test_values_that_are_equal_have_one_hash() -> None:
    """A frozen value can be a key; one that holds a mapping cannot."""
    assert len({Point(1, 2), Point(1, 2), Point(2, 1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(OURS("a"))


def test_a_value_may_be_equal_to_itself_alone() -> None:
    """Without equality of fields, values are told apart as objects are."""
    one, same = BY_IDENTITY("a"), BY_IDENTITY("a")
    assert one == one
    assert one != same
    assert len({one, same}) == len({THEIRS_BY_IDENTITY("a"), THEIRS_BY_IDENTITY("a")}) == 2


def test_nothing_of_it_can_be_changed() -> None:
    """Neither a field nor anything else can be set or deleted."""
    point = Point(1)
    for name in ("x", "z"):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(point, name, 2)
        with pytest.raises(FrozenInstanceError, match=name):
            delattr(point, name)
    assert point == Point(1)


@pytest.mark.parametrize("arguments", [{}, {"name": "a", "unknown": 1}], ids=["missing", "unknown"])
def test_it_wants_its_fields_and_no_others(arguments: dict[str, Any]) -> None:
    """A field that is missing or unknown is told as the standard library tells it."""
    with pytest.raises(TypeError) as ours:
        OURS(**arguments)
    with pytest.raises(TypeError) as theirs:
        THEIRS(**arguments)
    assert str(ours.value) == str(theirs.value)


def test_every_value_gets_a_default_of_its_own() -> None:
    """What a factory makes is made for each value."""
    assert OURS("a").counts is not OURS("a").counts


def test_it_travels_between_processes_and_keeps_what_it_worked_out() -> None:
    """A pickled value is equal, and properties are worked out once."""
    point = Point(1, 2)
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301
    assert point.total is point.total


def test_a_method_of_its_own_stays() -> None:
    """What a class says of itself goes before what is made for it."""

    @frozen
    class Named:
        """A value with its own text."""

        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Named("a")) == "a"


def test_every_frozen_value_of_gxgen_is_made_by_it() -> None:
    """No module uses the standard library's frozen dataclasses, which are compiled whether or not they are used."""
    modules = Path(gxgen.__file__).parent.rglob("*.py")
    decorated = re.compile(r"^@dataclass\(.*frozen", re.MULTILINE)
    assert not [path.name for path in modules if decorated.search(path.read_text("utf-8"))]
