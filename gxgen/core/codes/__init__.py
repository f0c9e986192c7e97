"""Every code that a finding can carry: one module for each family, all names here; ``docs/codes.md`` lists them."""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from typing import Any

from msgspec.structs import astuple

from gxgen.core.codes.building import *  # noqa: F403  # a family's names are given there, once
from gxgen.core.codes.checks import *  # noqa: F403
from gxgen.core.codes.data_file import *  # noqa: F403
from gxgen.core.codes.importing import *  # noqa: F403
from gxgen.core.codes.rollup import *  # noqa: F403
from gxgen.core.findings import Code

CODES: tuple[Code, ...] = tuple(
    sorted((value for value in list(globals().values()) if isinstance(value, Code)), key=lambda code: code.name[1:])
)
"""All codes, by their numbers."""

_BY_NAME = {code.name: code for code in CODES}
LOOK_ALIKES = str.maketrans({"O": "0", "L": "1"})
"""Letters that look like digits."""


def named(name: str) -> Code | None:
    """Return the code of a name, None if there is none."""
    return _BY_NAME.get(name)


def nearest(name: str) -> str:
    """Return the name of the code that is spelled most like *name*, empty if none is like it."""
    from difflib import get_close_matches

    # Letters that look like digits are those digits: E302 is the nearest to E3O2.
    meant = name.upper().translate(LOOK_ALIKES)
    return next(iter(get_close_matches(meant, _BY_NAME, n=1)), "")


def _pickled(code: Code) -> tuple[Callable[..., Code], tuple[Any, ...]]:
    return (_registered, (code.name,)) if _BY_NAME.get(code.name) is code else (Code, astuple(code))


def _registered(name: str) -> Code:
    return _BY_NAME[name]


# Codes are compared by identity: one that comes from another process is looked up in this one's table.
copyreg.pickle(Code, _pickled)
