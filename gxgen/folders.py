"""The user's own folders: for settings, and for what can be made again."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from enum import Enum
from pathlib import Path

NAME = "gxgen"


class Kind(Enum):
    """What a folder is for: the environment variable that names its parent, and where that is in a home otherwise."""

    CONFIG = "XDG_CONFIG_HOME", ".config"
    CACHE = "XDG_CACHE_HOME", ".cache"


def user_folder(kind: Kind) -> Path | None:
    """Gxgen's own folder of a kind; None for a user without a home, as in some containers."""
    return _by_xdg(*kind.value) or _by_system(kind)


def _by_xdg(variable: str, usual: str) -> Path | None:
    """The folder as the XDG Base Directory Specification has it; None where that is not all there is to it.

    platformdirs says the same, but on Linux loads much that it needs for other folders.
    """
    if sys.platform != "linux" or "ANDROID_ROOT" in os.environ:
        return None
    base, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if base.startswith("/"):
        return Path(base, NAME)
    return Path(home, usual, NAME) if home.startswith("/") else None


def _by_system(kind: Kind) -> Path | None:
    import platformdirs

    find = platformdirs.user_config_path if kind is Kind.CONFIG else platformdirs.user_cache_path
    with suppress(RuntimeError):  # a user without a home
        return find(NAME, appauthor=False)
    return None
