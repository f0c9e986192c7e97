"""Modules that are loaded when something of theirs is used, if ever."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


def load_late(*names: str) -> None:
    """Put off loading modules, whoever imports them: for those that a library imports and seldom uses.

    importlib's LazyLoader does not help here: the import statement itself asks a module in sys.modules for its
    ``__spec__``, which has it loaded.
    """
    for name in names:
        sys.modules.setdefault(name, _Late(name))


class _Late(ModuleType):
    """Stands for a module until something of it is used, and has all that is in it afterwards."""

    def __getattr__(self, name: str) -> object:
        """Called only for what this object does not have yet."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = import_module(self.__name__)
        vars(self).update(vars(module))
        return getattr(module, name)
