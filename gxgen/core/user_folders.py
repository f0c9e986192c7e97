"""The user's folders of settings and cached files, and the cache in the latter.

The cache keeps bytes together with everything that they were made from, and both are compared byte by byte when they
are looked up: nothing else can be taken for them, and no digest has to be computed.  Losing a cached file costs time
only, so that errors of reading and writing are ignored.  Files made from the packs that come with gxgen are shipped
with it in the same format (``tools/prepared_templates.py``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from zlib import crc32

from gxgen import __version__
from gxgen.core.files import write_whole

NAME = "gxgen"


class Kind(Enum):
    """The kinds of folders: the environment variable that names the parent, and its default below the home folder."""

    CONFIG = "XDG_CONFIG_HOME", ".config"
    CACHE = "XDG_CACHE_HOME", ".cache"


def user_folder(kind: Kind) -> Path | None:
    """Return gxgen's own folder of a kind; None for a user without a home folder, as in some containers."""
    return _by_xdg(*kind.value) or _by_system(kind)


def _by_xdg(variable: str, default: str) -> Path | None:
    """Return the folder by the XDG Base Directory Specification on Linux; None elsewhere, or without a home folder.

    platformdirs gives the same, but loads modules that a run does not need otherwise.
    """
    if sys.platform != "linux" or "ANDROID_ROOT" in os.environ:
        return None
    base, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if base.startswith("/"):
        return Path(base, NAME)
    return Path(home, default, NAME) if home.startswith("/") else None


def _by_system(kind: Kind) -> Path | None:
    import platformdirs

    find = platformdirs.user_config_path if kind is Kind.CONFIG else platformdirs.user_cache_path
    with suppress(RuntimeError):  # a user without a home folder
        return find(NAME, appauthor=False)
    return None


# The cache

SWITCH = "GXGEN_CACHE"
"""Environment variable: the folder to use instead, or ``off``."""
SHIPPED = Path(__file__).resolve().parent.parent / "prepared"
"""The files that come with gxgen; a checkout may have none."""
LENGTH, CHECKSUM = 8, 4
"""Bytes of the numbers in a file."""


def load(made_from: Sequence[bytes]) -> bytes | None:
    """Return what is cached or shipped as made from exactly these parts by this version of gxgen."""
    origin = _origin(made_from)
    for folder in (SHIPPED, cache_folder()):
        with suppress(OSError):
            content = _content((folder / _name(origin)).read_bytes(), origin) if folder else None
            if content is not None:
                return content
    return None


def store(made_from: Sequence[bytes], content: bytes) -> None:
    """Cache *content*, if the cache folder can be written."""
    if folder := cache_folder():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            name, whole = file_of(made_from, content)
            write_whole({folder / name: whole}, lasting=False)


def file_of(made_from: Sequence[bytes], content: bytes) -> tuple[str, bytes]:
    """Return name and bytes of the file that keeps *content*."""
    origin = _origin(made_from)
    return _name(origin), origin + crc32(content).to_bytes(CHECKSUM, "big") + content


def cache_folder() -> Path | None:
    """Return the cache folder; None where there is none, or the cache is switched off."""
    chosen = os.environ.get(SWITCH)
    if chosen == "off":
        return None
    return Path(chosen) if chosen else user_folder(Kind.CACHE)


def _origin(made_from: Sequence[bytes]) -> bytes:
    """Join the version and the parts, each with its length: no two sequences of parts give the same bytes."""
    parts = (__version__.encode(), *made_from)
    numbers = (len(parts), *map(len, parts))
    return b"".join([*(number.to_bytes(LENGTH, "big") for number in numbers), *parts])


def _name(origin: bytes) -> str:
    """Name a file; origins that happen to share a name take each other's place."""
    return f"{crc32(origin):08x}"


def _content(whole: bytes, origin: bytes) -> bytes | None:
    """Return what a file keeps; None if it was made from something else, or is damaged."""
    start = len(origin) + CHECKSUM
    content, checksum = whole[start:], whole[len(origin) : start]
    return content if whole.startswith(origin) and checksum == crc32(content).to_bytes(CHECKSUM, "big") else None
