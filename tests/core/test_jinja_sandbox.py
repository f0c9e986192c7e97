"""The sandboxed environment: what a profile does not list is out of reach."""

from __future__ import annotations

import jinja2
import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from gxgen.core.errors import TemplateError
from gxgen.core.jinja_sandbox import BINARY_OPERATORS, Profile, SandboxEnvironment


class Shelf:
    """An object with names below it, and with attributes that are none of them."""

    owner = "not for texts"

    def __getitem__(self, name: str) -> object:
        return {"book": "甲", "items": "乙"}[name]


def calculate(operator: str, left: object, right: object) -> object:
    """Calculate with integers only."""
    if not (isinstance(left, int) and isinstance(right, int)):
        raise TypeError("not a number")
    return BINARY_OPERATORS[operator](left, right)


def upper(text: str) -> str:
    """A filter."""
    return text.upper()


PROFILE = Profile(
    filters={"upper": upper, "own:secret": upper},
    objects=Shelf,
    operators=frozenset("+*"),
    calculate=calculate,
    exposes=lambda value, name: isinstance(value, str) and name in ("lower", "_hidden", "format"),
)
VALUES = {"shelf": Shelf(), "text": "A", "count": 2, "call": lambda: "called"}


def printed(source: str, profile: Profile = PROFILE) -> str:
    """Render a text."""
    return SandboxEnvironment(profile).from_string(source).render(VALUES)


def test_what_a_profile_lists_can_be_used() -> None:
    """Names, filters and operators."""
    assert printed("{{ shelf.book }}{{ shelf['items'] }}{{ text|upper }}{{ count * 3 + 1 }}") == "甲乙A7"


@pytest.mark.parametrize("source", ["{{ shelf.owner }}", "{{ shelf['owner'] }}", "{{ shelf.__class__ }}"])
def test_an_attribute_of_an_object_is_none_of_its_names(source: str) -> None:
    """It is refused, though Python finds it."""
    with pytest.raises(SecurityError):
        printed(source)


def test_a_name_that_does_not_exist_is_undefined() -> None:
    """Using it raises."""
    with pytest.raises(UndefinedError):
        printed("{{ shelf.pen }}")


@pytest.mark.parametrize("source", ["{{ text.upper }}", "{{ text._hidden }}", "{{ text.__len__ }}", "{{ count.real }}"])
def test_other_attributes_are_refused_unless_exposed(source: str) -> None:
    """Those that begin with an underscore are, too, whatever the profile exposes."""
    with pytest.raises((SecurityError, UndefinedError)):
        printed(source)


@pytest.mark.parametrize("source", ["{{ call() }}", "{{ text.lower() }}", "{{ text.format(1) }}"])
def test_nothing_is_called_unless_the_profile_calls_it(source: str) -> None:
    """A profile without calls refuses methods that it exposes, too."""
    with pytest.raises((SecurityError, UndefinedError)):
        printed(source)


@pytest.mark.parametrize("source", ["{{ text|lower }}", "{{ range(3) }}", "{% if count is odd %}{% endif %}"])
def test_jinjas_own_are_not_there_unless_listed(source: str) -> None:
    """Neither filters nor tests nor global functions."""
    with pytest.raises(jinja2.TemplateError):
        printed(source)


def test_operators_go_through_the_profile() -> None:
    """A text times a number is refused by this one."""
    with pytest.raises(TypeError):
        printed("{{ text * 3 }}")


def test_a_filter_of_the_compiler_cannot_be_called_by_its_name() -> None:
    """Filters like ``map`` call others by a name that is data."""
    with pytest.raises(TemplateError, match="own:secret"):
        SandboxEnvironment(PROFILE).call_filter("own:secret", "a")
